/** What opens above a conversation: photos large, a report, the question before a withdrawal. Each comes when it is needed. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { useClient } from '../client';
import { Later } from '../Later';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { withdraw } from './MessageMenu';
import { useTalk } from './talk';

const loadLightbox = async (): Promise<() => JSX.Element | null> => (await import('./Lightbox')).Lightbox;
const loadReport = async (): Promise<() => JSX.Element> => (await import('./ReportDialog')).ReportDialog;

export function ThreadWindows(): JSX.Element {
  const talk = useTalk();
  return (
    <>
      {talk.lightbox.value !== null && <Later load={loadLightbox} props={{}} />}
      {talk.reporting.value !== null && <Later load={loadReport} props={{}} />}
      {talk.withdrawing.value !== null && <WithdrawDialog />}
    </>
  );
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
