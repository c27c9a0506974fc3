/** One complaint: how it stands, what was said and decided, and what its buyer may do. */
import type { ComponentChildren, ComponentType, JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { ComplaintState } from '../../ui/complaints/ComplaintState';
import type { Act } from '../../ui/complaints/mine';
import { thenText } from '../../ui/complaints/words';
import { TimeLeft } from '../../ui/disputes/TimeLeft';
import { Later } from '../../ui/Later';
import { Button } from '../../ui/parts/Button';
import { ChatIcon, FlagIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { CaseFrame } from '../cases/CaseFrame';
import { useCase } from '../cases/use-case';
import '../disputes/room.css';
import type { Place, Widget } from '../widget';
import { useWidget } from '../widget-context';
import { useAbout } from './about';
import type { ActDialogProps } from './ActDialog';
import { useComplaints } from './of';
import { Unanswered } from './Unanswered';

const loadAct = async (): Promise<ComponentType<ActDialogProps>> => (await import('./ActDialog')).ActDialog;

export function ComplaintScreen({ place }: { place: Place }): JSX.Element | null {
  return place.kind === 'complaint' ? <Complaint key={place.id} id={place.id} /> : null;
}

function Complaint({ id }: { id: string }): JSX.Element {
  const looked = useCase(useComplaints(), id, (view) => view.due_at ?? Infinity);
  return (
    <CaseFrame title={t('complaint.title')} fault={t('complaint.error')} looked={looked}>
      {(view) => <Shown view={view} />}
    </CaseFrame>
  );
}

function Shown({ view }: { view: ComplaintView }): JSX.Element {
  const widget = useWidget();
  const [act, setAct] = useState<Act | null>(null);
  const room = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setAct(null);
    // The button that was pressed may be gone with what it did.
    setTimeout(() => {
      if (document.activeElement === document.body) room.current?.focus({ preventScroll: true });
    });
  };
  const acts = (['not_solved', 'withdraw'] as const).filter((one) => view.acts.includes(one));
  return (
    <div class="dispute-overview scroll" ref={room} tabIndex={-1}>
      <About view={view} />
      <Stands view={view} />
      <Said title={t('complaint.answer')} text={view.answer} at={view.answered_at} />
      <div class="dispute-deeds">
        {acts.map((one) => (
          <Button key={one} kind={one === 'not_solved' ? 'primary' : 'quiet'} onClick={() => { setAct(one); }}>
            {t(`complaint.act.${one}`)}
          </Button>
        ))}
        <Button kind="quiet" icon={ChatIcon} onClick={() => { toThread(widget, view.thread_id); }}>{t('complaint.thread')}</Button>
      </div>
      <Said title={t('complaint.not_solved')} text={view.not_solved} />
      <Said title={t('complaint.added')} text={view.text} />
      <Unanswered facts={view} mattersAway={view.waits_for === 'seller'} />
      {act !== null && <Later load={loadAct} props={{ act, view, onClose: close }} />}
    </div>
  );
}

/** Who came from the conversation goes back to it. */
function toThread(widget: Widget, thread: string): void {
  const below = widget.stack.value.at(-2);
  if (below?.kind === 'thread' && below.id === thread) widget.back();
  else widget.push({ kind: 'thread', id: thread });
}

function About({ view }: { view: ComplaintView }): JSX.Element {
  const about = useAbout(view);
  return (
    <div class="dispute-about">
      <span class="dispute-blank">
        <FlagIcon size={20} />
      </span>
      <div class="dispute-about-words">
        <p class="dispute-about-title clip" dir="auto">{about}</p>
        <p class="quiet"><RelativeTime at={view.opened_at} /></p>
        <div role="status">
          <ComplaintState view={view} />
        </div>
      </div>
    </div>
  );
}

/** How long there is, who reads it now, or what was decided and why. */
function Stands({ view }: { view: ComplaintView }): JSX.Element | null {
  const { skew } = useClient().chat.value;
  const { state, due_at: due, decision = '', closed_at: at } = view;
  if (due !== undefined) return <TimeLeft due={due} skew={skew} calm={view.waits_for !== 'buyer'} then={thenText(view)} />;
  if (state === 'under_review') return <p class="complaint-lead">{t('complaint.review')}</p>;
  if (state !== 'upheld' && state !== 'rejected') return null;
  return (
    <div class={`complaint-verdict complaint-verdict-${state}`}>
      <p>{t(`complaint.${state}`)}</p>
      <Said title={t('complaint.decision')} text={decision} at={at} />
    </div>
  );
}

function Said({ title, text = '', at }: { title: ComponentChildren; text?: string | undefined; at?: number | undefined }): JSX.Element | null {
  if (text === '') return null;
  return (
    <section class="dispute-part">
      <h2>{title}</h2>
      <blockquote class="complaint-quote">
        <p class="complaint-said" dir="auto">{text}</p>
        {at !== undefined && <p class="quiet"><RelativeTime at={at} /></p>}
      </blockquote>
    </section>
  );
}
