/** Ratings and what became of each, one line a rating; of many only those in sight are drawn. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import { Badge } from '../../ui/parts/Badge';
import type { Tone as Look } from '../../ui/parts/Banner';
import { VirtualList } from '../../ui/parts/VirtualList';
import { Stars } from '../../ui/reviews/Stars';
import type { Line, Tone } from './explained';

export interface ExplainedLinesProps {
  lines: readonly Line[];
  label: string;
  /** Shows the review of a rating. */
  onOpen: (review: string) => void;
}

/** So many are drawn at once. */
const FEW = 60;

/** What a line measures with common type; the list finds out the truth. */
const LINE_HEIGHT = 56;

export function ExplainedLines({ lines, label, onOpen }: ExplainedLinesProps): JSX.Element {
  const draw = useCallback((line: Line) => <LineRow line={line} onOpen={onOpen} />, [onOpen]);
  if (lines.length === 0) return <p class="quiet explained-none">{t('inbox.reviews.why.nothing')}</p>;
  if (lines.length > FEW) {
    return (
      <VirtualList class="explained-many" items={lines} keyOf={keyOf} rowHeight={LINE_HEIGHT} label={label}>
        {draw}
      </VirtualList>
    );
  }
  return (
    <ul class="explained-lines" aria-label={label}>
      {lines.map((line) => (
        <li key={keyOf(line)}>{draw(line)}</li>
      ))}
    </ul>
  );
}

function keyOf({ rating }: Line): string {
  return rating.review_id;
}

function LineRow({ line, onOpen }: { line: Line; onOpen: (review: string) => void }): JSX.Element {
  const { rating } = line;
  return (
    <button
      type="button"
      class={`explained-line explained-line-${line.kind}`}
      onClick={() => {
        onOpen(rating.review_id);
      }}
    >
      <span class="explained-given">
        <Stars stars={rating.stars} size={14} />
        <time class="figures quiet" dateTime={new Date(rating.rated_at).toISOString()}>
          {formatDate(rating.rated_at)}
        </time>
      </span>
      <Fate line={line} />
    </button>
  );
}

const LOOKS: Record<Tone, Look> = { positive: 'good', neutral: 'neutral', negative: 'danger' };

function Fate({ line }: { line: Line }): JSX.Element {
  switch (line.kind) {
    case 'counted':
      return (
        <span class="explained-fate">
          {line.merged > 0 && (
            <span class="quiet">{t('inbox.reviews.why.group', { count: line.merged + 1, stars: line.stars })}</span>
          )}
          <Badge tone={LOOKS[line.tone]}>{t(`inbox.reviews.why.${line.tone}`)}</Badge>
        </span>
      );
    case 'merged':
      return (
        <span class="explained-fate quiet">
          {line.opener === undefined ? '' : t('inbox.reviews.why.merged', { date: formatDate(line.opener.rated_at) })}
        </span>
      );
    case 'excluded':
      return <span class="explained-fate quiet">{t(line.rating.why === 'annulled' ? 'inbox.reviews.why.annulled' : 'inbox.reviews.why.refunded')}</span>;
  }
}
