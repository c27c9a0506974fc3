/** Where a complaint stands: a word, a sign and a colour. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import type { Tone } from '../../ui/parts/Banner';
import { AlertIcon, BanIcon, CircleCheckIcon, ClockIcon, ReplyIcon, ScaleIcon, type IconPart } from '../../ui/parts/icons';

const LOOKS: Readonly<Record<ComplaintView['state'], readonly [Tone, IconPart]>> = {
  seller_notified: ['warn', ClockIcon],
  answered: ['brand', ReplyIcon],
  under_review: ['brand', ScaleIcon],
  upheld: ['danger', AlertIcon],
  rejected: ['good', CircleCheckIcon],
  solved: ['good', CircleCheckIcon],
  withdrawn: ['neutral', BanIcon],
};

export function ComplaintState({ view }: { view: ComplaintView }): JSX.Element {
  const [tone, icon] = LOOKS[view.state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`inbox.complaints.state.${view.state}`)}
    </Badge>
  );
}
