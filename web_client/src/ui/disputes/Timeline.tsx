/** The steps of a dispute from the first to the last, each as a sentence, with the words and the evidence that came with it. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import type { DisputeView, EvidenceView } from '../../protocol/generated';
import type { ThreadEvent } from '../../state/model';
import { Button } from '../parts/Button';
import { RelativeTime } from '../parts/RelativeTime';
import { systemText } from '../threads/system-text';
import type { EvidencePhotos } from './EvidencePhoto';
import { Gallery } from './Gallery';
import { stepsOf, type Step } from './steps-of';
import { partyName } from './words';
import './timeline.css';

export interface TimelineProps {
  view: DisputeView;
  /** Of the dispute's thread, oldest first; messages among them are left out. Null while they are fetched. */
  events: readonly ThreadEvent[] | null;
  photos: EvidencePhotos;
  /** Where there are older ones. */
  onEarlier?: (() => void) | undefined;
}

export function Timeline({ view, events, photos, onEarlier }: TimelineProps): JSX.Element {
  const steps = stepsOf(events ?? [], view.evidence ?? []);
  return (
    <div class="timeline">
      {onEarlier !== undefined && (
        <Button kind="quiet" size="s" onClick={onEarlier}>
          {t('thread.earlier')}
        </Button>
      )}
      <ol aria-label={t('dispute.timeline')}>
        {steps.map((step) => (
          <StepItem key={step.event.seq} step={step} view={view} photos={photos} />
        ))}
      </ol>
    </div>
  );
}

function StepItem({ step, view, photos }: { step: Step; view: DisputeView; photos: EvidencePhotos }): JSX.Element {
  const { event, pieces } = step;
  const { text = '', at } = event;
  const by = event.params?.['by'] ?? '';
  const giver = pieces[0] === undefined ? '' : partyName(pieces[0].by, view.my_side);
  return (
    <li class={`timeline-step timeline-${by}`}>
      <p class="timeline-sentence figures">{systemText(event)}</p>
      {text !== '' && (
        <blockquote class="timeline-words" dir="auto">
          {text}
        </blockquote>
      )}
      <Gallery pieces={pieces.filter(({ kind }) => kind === 'photo')} photos={photos} alt={() => t('photo.alt', { name: giver })} />
      {pieces.filter(({ kind, text: said = '' }) => kind === 'message' && said !== '').map((piece) => (
        <Quoted key={piece.id} piece={piece} view={view} />
      ))}
      <p class="timeline-time" title={formatWhen(at)}>
        <RelativeTime at={at} />
      </p>
    </li>
  );
}

function Quoted({ piece, view }: { piece: EvidenceView; view: DisputeView }): JSX.Element {
  const { said_at: at, said_by: by, text = '' } = piece;
  return (
    <figure class="timeline-quoted">
      <figcaption>{t('dispute.evidence.message', { name: by === undefined ? '' : partyName(by, view.my_side), date: at === undefined ? '' : formatWhen(at) })}</figcaption>
      <blockquote dir="auto">{text}</blockquote>
    </figure>
  );
}
