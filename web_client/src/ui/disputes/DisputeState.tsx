/** Where a dispute stands: a word, a sign and a colour. Whose turn it is comes first. */
import type { JSX } from 'preact';

import { has, t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { Badge } from '../parts/Badge';
import type { Tone } from '../parts/Banner';
import { BanIcon, CircleCheckIcon, CircleXIcon, ClockIcon, HourglassIcon, ScaleIcon, TruckIcon, UndoIcon, WalletIcon, type IconPart } from '../parts/icons';

type State = DisputeView['state'];

const LOOKS: Readonly<Record<State, readonly [Tone, IconPart]>> = {
  seller_turn: ['brand', HourglassIcon],
  buyer_turn: ['brand', HourglassIcon],
  mediation: ['brand', ScaleIcon],
  awaiting_return: ['brand', UndoIcon],
  return_in_transit: ['brand', TruckIcon],
  refund_pending: ['brand', WalletIcon],
  refunded: ['good', CircleCheckIcon],
  closed_no_refund: ['neutral', CircleXIcon],
  withdrawn: ['neutral', BanIcon],
};

export function DisputeState({ view }: { view: Pick<DisputeView, 'state' | 'waits_for' | 'my_side'> }): JSX.Element {
  const yours = `dispute.yours.${view.state}`;
  const isMine = view.waits_for === view.my_side && has(yours);
  const [tone, icon] = isMine ? (['warn', ClockIcon] as const) : LOOKS[view.state];
  return (
    <Badge tone={tone} icon={icon}>
      {isMine ? t(yours) : t(`dispute.state.${view.state}`)}
    </Badge>
  );
}
