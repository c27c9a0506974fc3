/** Where a complaint stands, to its buyer: a word, a sign and a colour. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { Badge } from '../parts/Badge';
import type { Tone } from '../parts/Banner';
import { BanIcon, CircleCheckIcon, CircleXIcon, HourglassIcon, ReplyIcon, ScaleIcon, type IconPart } from '../parts/icons';

const LOOKS: Readonly<Record<ComplaintView['state'], readonly [Tone, IconPart]>> = {
  seller_notified: ['brand', HourglassIcon],
  answered: ['warn', ReplyIcon],
  under_review: ['brand', ScaleIcon],
  upheld: ['good', CircleCheckIcon],
  rejected: ['neutral', CircleXIcon],
  solved: ['good', CircleCheckIcon],
  withdrawn: ['neutral', BanIcon],
};

export function ComplaintState({ view: { state } }: { view: Pick<ComplaintView, 'state'> }): JSX.Element {
  const [tone, icon] = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`complaint.state.${state}`)}
    </Badge>
  );
}
