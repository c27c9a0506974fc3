/** What a buyer may do now, beside answering an offer. */
import type { JSX } from 'preact';

import { formatDate } from '../../i18n/more';
import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { ImageIcon, PencilIcon, ScaleIcon, TruckIcon, UndoIcon, XIcon, type IconPart } from '../../ui/parts/icons';
import { OTHERS, type Act } from './acts';

const ICONS: Readonly<Partial<Record<Act, IconPart>>> = {
  ship: TruckIcon,
  counter: PencilIcon,
  escalate: ScaleIcon,
  evidence: ImageIcon,
  reopen: UndoIcon,
  withdraw: XIcon,
};

export interface DeedsProps {
  view: DisputeView;
  onAct: (act: Act) => void;
}

export function Deeds({ view, onAct }: DeedsProps): JSX.Element | null {
  const acts = OTHERS.filter((act) => view.acts.includes(act));
  if (acts.length === 0) return null;
  const { reopen_until: until } = view;
  return (
    <section class="dispute-deeds" aria-label={t('dispute.deeds')}>
      {acts.map((act) => (
        <Button key={act} kind={act === 'ship' ? 'primary' : act === 'withdraw' ? 'quiet' : 'plain'} icon={ICONS[act]} onClick={() => { onAct(act); }}>
          {t(`dispute.act.${act}`)}
        </Button>
      ))}
      {acts.includes('reopen') && until !== undefined && <p class="field-note">{t('dispute.reopen.until', { date: formatDate(until) })}</p>}
    </section>
  );
}
