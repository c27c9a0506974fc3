/** Threads that were taken from me, because nobody answered: said until it is seen. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { AlertIcon } from '../../ui/parts/icons';
import { useDesk } from './desk-context';
import { customerName } from './names';

export function ReturnedBanner(): JSX.Element | null {
  const desk = useDesk();
  const { returned, rows } = desk.model.value;
  const newest = returned.at(-1);
  if (newest === undefined) return null;
  const name = customerName(rows.get(newest.thread)?.customer ?? { name: '', id: '' });
  const words = returned.length === 1 ? t('console.desk.returned.one', { name }) : t('console.desk.returned', { count: returned.length });
  return (
    <Banner
      tone="danger"
      icon={AlertIcon}
      action={
        <span class="banner-buttons">
          <Button
            size="s"
            onClick={() => {
              desk.visit(newest.thread);
              desk.seeReturned();
            }}
          >
            {t('console.desk.look')}
          </Button>
          <Button
            size="s"
            kind="quiet"
            onClick={() => {
              desk.seeReturned();
            }}
          >
            {t('common.close')}
          </Button>
        </span>
      }
    >
      {words}
      {newest.away && ` ${t('console.desk.returned.away')}`}
    </Banner>
  );
}
