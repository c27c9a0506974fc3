/** How a dispute stands: the time that is left, what is asked and offered, what can be done, and all that happened. */
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { Countdown } from '../../ui/disputes/Countdown';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { Evidence } from '../../ui/disputes/Evidence';
import { evidencePhotos } from '../../ui/disputes/EvidencePhoto';
import { Offers, type Offered } from '../../ui/disputes/Offers';
import { RefundProgress } from '../../ui/disputes/RefundProgress';
import { ReturnSteps } from '../../ui/disputes/ReturnSteps';
import { Timeline } from '../../ui/disputes/Timeline';
import { Later } from '../../ui/Later';
import { Button } from '../../ui/parts/Button';
import { PackageIcon } from '../../ui/parts/icons';
import { Picture } from '../../ui/threads/SubjectPicture';
import { Deeds } from './Deeds';
import { loadAct, type Act } from './acts';
import { useDisputes } from './of';

export function Overview({ view }: { view: DisputeView }): JSX.Element {
  const client = useClient();
  const mine = useDisputes();
  const [act, setAct] = useState<Act | null>(null);
  const photos = useMemo(() => evidencePhotos((piece, variant) => mine.api.evidence(view.id, piece, variant)), [mine, view.id]);
  const timeline = client.chat.value.threads.get(view.thread_id)?.timeline ?? null;
  const count = view.evidence?.length ?? 0;
  const earlier = timeline?.moreBefore === true ? (): void => { void client.history.older(view.thread_id).catch(() => undefined); } : undefined;
  const under = (offered: Offered): JSX.Element | null => {
    const answer = ANSWERS[offered];
    if (answer === null || !view.acts.includes(answer)) return null;
    return <Button kind="primary" onClick={() => { setAct(answer); }}>{t(`dispute.do.${answer}`)}</Button>;
  };
  const room = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setAct(null);
    // The button that was pressed may be gone with what it answered.
    setTimeout(() => {
      if (document.activeElement === document.body) room.current?.focus({ preventScroll: true });
    });
  };
  return (
    <div class="dispute-overview scroll" ref={room} tabIndex={-1}>
      <About view={view} />
      <Countdown view={view} skew={client.chat.value.skew} />
      <Offers view={view} under={under} />
      {view.escalate_from !== undefined && <p class="field-note">{t('dispute.escalate.from', { date: formatWhen(view.escalate_from) })}</p>}
      <ReturnSteps view={view} />
      <RefundProgress view={view} />
      <Deeds view={view} onAct={setAct} />
      <section class="dispute-part" aria-labelledby="dispute-timeline">
        <h2 id="dispute-timeline">{t('dispute.timeline')}</h2>
        <Timeline view={view} events={timeline?.events ?? null} photos={photos} onEarlier={earlier} />
      </section>
      {count > 0 && (
        <section class="dispute-part" aria-labelledby="dispute-evidence">
          <h2 id="dispute-evidence">{t('dispute.evidence')}</h2>
          <Evidence view={view} photos={photos} />
        </section>
      )}
      {act !== null && <Later load={loadAct} props={{ act, view, onClose: close }} />}
    </div>
  );
}

const ANSWERS: Readonly<Record<Offered, 'accept' | 'agree' | null>> = { wish: null, offer: 'accept', proposal: 'agree' };

function About({ view }: { view: DisputeView }): JSX.Element {
  return (
    <div class="dispute-about">
      <Picture address={view.line.photo_url} size={48} rest={<span class="dispute-blank"><PackageIcon size={20} /></span>} />
      <div class="dispute-about-words">
        <p class="dispute-about-title clip" dir="auto">{view.line.title}</p>
        <p class="quiet">{t(`dispute.reason.${view.reason}`)}</p>
        <div role="status">
          <DisputeState view={view} />
        </div>
      </div>
    </div>
  );
}
