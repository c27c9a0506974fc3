/** Goods on their way back: the address, the sending, the arrival; who pays for it. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { Steps } from './Steps';

/** Nothing where nothing goes back. */
export function ReturnSteps({ view }: { view: DisputeView }): JSX.Element | null {
  const { returning, state, my_side: side } = view;
  if (returning === undefined) return null;
  const { address = '', carrier = '', tracking = '', contested = false, free = false } = returning;
  const isSent = tracking !== '' || carrier !== '';
  const isArrived = isSent && !contested && (state === 'refund_pending' || state === 'refunded');
  const cost = t(free ? 'dispute.return.free' : side === 'buyer' ? 'dispute.return.cost.mine' : 'dispute.return.cost');
  const sent = isSent ? <bdi>{[carrier, tracking].filter((part) => part !== '').join(' · ')}</bdi> : cost;
  return (
    <Steps
      label={t('dispute.return')}
      steps={[
        {
          key: 'address',
          name: t('dispute.return.address'),
          isDone: address !== '',
          note: address === '' ? t('dispute.return.address.awaited') : <address dir="auto">{address}</address>,
        },
        { key: 'ship', name: t('dispute.return.ship'), isDone: isSent, note: sent },
        {
          key: 'receive',
          name: t('dispute.return.receive'),
          isDone: isArrived,
          note: contested ? <span class="way-alarm">{t('dispute.return.contested')}</span> : '',
        },
      ]}
    />
  );
}
