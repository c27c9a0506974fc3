/** What opens above a conversation: photos large, a report, the question before a withdrawal. Each comes when it is needed. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { useClient } from '../client';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { withdraw } from './MessageMenu';
import { useTalk } from './talk';

export function ThreadWindows(): JSX.Element {
  const talk = useTalk();
  return (
    <>
      {talk.lightbox.value !== null && <Later load={async () => (await import('./Lightbox')).Lightbox} />}
      {talk.reporting.value !== null && <Later load={async () => (await import('./ReportDialog')).ReportDialog} />}
      {talk.withdrawing.value !== null && <WithdrawDialog />}
    </>
  );
}

/** A part that is fetched when it is first shown; until then there is nothing. */
function Later({ load }: { load: () => Promise<ComponentType> }): JSX.Element | null {
  const [found, setFound] = useState<{ Part: ComponentType } | null>(null);
  useEffect(() => {
    void load().then((Part) => {
      setFound({ Part });
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is loaded never changes
  }, []);
  return found === null ? null : <found.Part />;
}

function WithdrawDialog(): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const close = (): void => {
    talk.withdrawing.value = null;
  };
  return (
    <Dialog
      title={t('message.withdraw.title')}
      size="s"
      onClose={close}
      foot={
        <>
          <Button kind="quiet" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button kind="danger" onClick={() => void withdraw(client.api, talk)}>
            {t('message.withdraw')}
          </Button>
        </>
      }
    >
      <p class="quiet">{t('message.withdraw.text')}</p>
    </Dialog>
  );
}
