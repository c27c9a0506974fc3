/** A refund on its way: agreed, asked of the marketplace, paid. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { DisputeView } from '../../protocol/generated';
import { Steps } from './Steps';

/** Nothing where no money goes back, or not yet. */
export function RefundProgress({ view }: { view: DisputeView }): JSX.Element | null {
  const { state, remedy, refund_asked_at: asked, refund_failed: failed = '', closed_at: closed } = view;
  const isPaid = state === 'refunded';
  if (state !== 'refund_pending' && !isPaid) return null;
  const amount = remedy?.amount === undefined ? '' : formatMoney(remedy.amount);
  const trouble = (
    <span class="way-alarm" dir="auto">
      {t('dispute.refund.failed', { reason: failed })}
    </span>
  );
  return (
    <Steps
      label={amount === '' ? t('dispute.refund') : t('dispute.refund.of', { amount })}
      steps={[
        // What the marketplace paid back by itself was never asked of it.
        ...(asked === undefined ? [] : [{ key: 'asked', name: t('dispute.refund.asked'), isDone: true, note: formatWhen(asked) }]),
        {
          key: 'paid',
          name: t(isPaid ? 'dispute.refund.paid' : 'dispute.refund.paying'),
          isDone: isPaid,
          note: isPaid ? (closed === undefined ? '' : formatWhen(closed)) : failed === '' ? t('dispute.refund.usually') : trouble,
        },
      ]}
    />
  );
}
