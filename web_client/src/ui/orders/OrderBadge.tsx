/** The state of an order: a word, a sign and a colour. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { OrderView } from '../../protocol/generated';
import { Badge } from '../parts/Badge';
import type { Tone } from '../parts/Banner';
import { CircleCheckIcon, CircleXIcon, ClockIcon, PackageIcon, TruckIcon, type IconPart } from '../parts/icons';

type State = OrderView['state'];

const LOOKS: Readonly<Record<State, { tone: Tone; icon: IconPart }>> = {
  placed: { tone: 'neutral', icon: ClockIcon },
  paid: { tone: 'warn', icon: PackageIcon },
  shipped: { tone: 'brand', icon: TruckIcon },
  received: { tone: 'good', icon: CircleCheckIcon },
  cancelled: { tone: 'neutral', icon: CircleXIcon },
};

export function OrderBadge({ state }: { state: State }): JSX.Element {
  const { tone, icon } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`order.state.${state}`)}
    </Badge>
  );
}
