/** The buyer says that the goods are there. It cannot be taken back, so it is asked once more. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { OrderView } from '../../protocol/generated';
import { useClient } from '../client';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { PackageCheckIcon } from '../parts/icons';
import { showToast } from '../parts/Toast';
import { tellRefusal } from '../refusals';

export interface ConfirmReceiptProps {
  order: OrderView;
  onConfirmed: (order: OrderView) => void;
  /** Something of it was said not to have come: confirming takes that back, for which he is asked as well. */
  withdraws?: boolean;
}

export function ConfirmReceipt({ order, onConfirmed, withdraws = false }: ConfirmReceiptProps): JSX.Element | null {
  const client = useClient();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [agrees, setAgrees] = useState(false);
  if (order.can_confirm !== true) return null;

  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      onConfirmed(await client.confirmReceipt(order.id, withdraws && agrees));
      showToast({ text: t('order.confirmed'), tone: 'good' });
    } catch (thrown) {
      tellRefusal(thrown);
    }
    setBusy(false);
    setAsks(false);
  };
  const close = (): void => {
    setAsks(false);
  };

  return (
    <>
      <Button
        kind="primary"
        size="l"
        wide
        icon={PackageCheckIcon}
        onClick={() => {
          setAsks(true);
        }}
      >
        {t('order.confirm')}
      </Button>
      {asks && (
        <Dialog
          title={t('order.confirm.title')}
          size="s"
          onClose={close}
          foot={
            <>
              <Button kind="quiet" onClick={close}>
                {t('common.cancel')}
              </Button>
              <Button kind="primary" busy={busy} disabled={withdraws && !agrees} onClick={() => void confirm()}>
                {t('order.confirm.yes')}
              </Button>
            </>
          }
        >
          <p class="quiet">{t('order.confirm.text')}</p>
          {withdraws && (
            <label class="order-consent">
              <input type="checkbox" checked={agrees} onChange={(event) => { setAgrees(event.currentTarget.checked); }} />
              <span>{t('order.confirm.withdraws')}</span>
            </label>
          )}
        </Dialog>
      )}
    </>
  );
}
