/** What one party put in: photos, words, messages of the order; behind "details" when, and the hash of each. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import type { DisputeView, EvidenceView } from '../../protocol/generated';
import type { EvidencePhotos } from './EvidencePhoto';
import { Gallery } from './Gallery';
import { byTime } from './steps-of';
import { partyName } from './words';
import './evidence.css';

export interface EvidenceProps {
  view: DisputeView;
  photos: EvidencePhotos;
  /** Of this party alone; else of both, one after the other. */
  of?: 'buyer' | 'seller';
}

export function Evidence({ view, photos, of }: EvidenceProps): JSX.Element {
  const parties = of === undefined ? (['buyer', 'seller'] as const) : [of];
  return (
    <div class="evidence">
      {parties.map((party) => (
        <Given key={party} view={view} photos={photos} party={party} />
      ))}
    </div>
  );
}

function Given({ view, photos, party }: { view: DisputeView; photos: EvidencePhotos; party: 'buyer' | 'seller' }): JSX.Element {
  const pieces = (view.evidence ?? []).filter(({ by }) => by === party).sort(byTime);
  const name = partyName(party, view.my_side);
  return (
    <section class="evidence-of">
      <h3>{name}</h3>
      {pieces.length === 0 && <p class="quiet">{t('dispute.evidence.none')}</p>}
      <Gallery pieces={pieces.filter(({ kind }) => kind === 'photo')} photos={photos} alt={() => t('photo.alt', { name })} />
      {pieces.filter(({ kind }) => kind !== 'photo').map((piece) => (
        <Words key={piece.id} piece={piece} view={view} />
      ))}
      {pieces.length > 0 && <Details pieces={pieces} />}
    </section>
  );
}

function Words({ piece, view }: { piece: EvidenceView; view: DisputeView }): JSX.Element {
  const { said_at: at, said_by: by, text = '' } = piece;
  return (
    <figure class="evidence-words">
      {at !== undefined && <figcaption>{t('dispute.evidence.message', { name: by === undefined ? '' : partyName(by, view.my_side), date: formatWhen(at) })}</figcaption>}
      <blockquote dir="auto">{text}</blockquote>
    </figure>
  );
}

function Details({ pieces }: { pieces: readonly EvidenceView[] }): JSX.Element {
  return (
    <details class="evidence-details">
      <summary>{t('dispute.evidence.details')}</summary>
      <p class="quiet">{t('dispute.evidence.hash')}</p>
      <ol>
        {pieces.map((piece) => (
          <li key={piece.id}>
            <span>{t(`dispute.evidence.kind.${piece.kind}`)} · {formatWhen(piece.at)}</span>
            <code dir="ltr">{piece.sha256}</code>
          </li>
        ))}
      </ol>
    </details>
  );
}
