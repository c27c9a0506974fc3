/** The secret of an endpoint, the one time that it is shown. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { CopyIcon } from '../../ui/parts/icons';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';

export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }): JSX.Element {
  const copy = (): void => {
    navigator.clipboard.writeText(secret).then(() => { showToast({ text: t('common.copied'), tone: 'good' }); }, tellRefusal);
  };
  return (
    <Dialog
      title={t('console.webhooks.secret')}
      onClose={onClose}
      foot={
        <>
          <Button icon={CopyIcon} onClick={copy}>{t('common.copy')}</Button>
          <Button kind="primary" onClick={onClose}>{t('common.done')}</Button>
        </>
      }
    >
      <p class="quiet">{t('console.webhooks.secret.text')}</p>
      <input
        class="webhook-secret"
        dir="ltr"
        readOnly
        aria-label={t('console.webhooks.secret')}
        value={secret}
        onFocus={({ currentTarget }) => { currentTarget.select(); }}
      />
    </Dialog>
  );
}
