/** Above the conversation of a dispute: the way to the dispute itself. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { ThreadView } from '../protocol/generated';
import { Banner } from '../ui/parts/Banner';
import { Button } from '../ui/parts/Button';
import { ScaleIcon } from '../ui/parts/icons';
import { useDesk } from './desk-context';

export function InDispute({ view }: { view: ThreadView }): JSX.Element {
  const { disputes } = useDesk();
  const { dispute_id: id, shop } = view;
  return (
    <Banner
      tone="brand"
      icon={ScaleIcon}
      action={
        id !== undefined &&
        shop !== undefined && (
          <Button
            size="s"
            onClick={() => {
              disputes.visit({ shelf: 'disputes', shop: shop.id, id });
            }}
          >
            {t('inbox.disputes.show')}
          </Button>
        )
      }
    >
      {t('inbox.disputes.talk')}
    </Banner>
  );
}
