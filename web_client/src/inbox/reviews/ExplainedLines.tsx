/** Ratings and what became of each, one line a rating, as far as they have been asked for. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import { Badge } from '../../ui/parts/Badge';
import type { Tone as Look } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { Stars } from '../../ui/reviews/Stars';
import type { Line, Tone } from './explained';

export interface ExplainedLinesProps {
  lines: readonly Line[];
  label: string;
  /** Shows the review of a rating. */
  onOpen: (review: string) => void;
  /** Brings the next page, while there is one. */
  onMore: (() => void) | undefined;
  isPaging: boolean;
}

export function ExplainedLines({ lines, label, onOpen, onMore, isPaging }: ExplainedLinesProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const asked = useRef(lines.length);

  // Who asked for more goes on with the first of it, were the button gone.
  useLayoutEffect(() => {
    if (lines.length > asked.current) list.current?.children[asked.current]?.querySelector('button')?.focus({ preventScroll: true });
    asked.current = lines.length;
  }, [lines]);

  if (lines.length === 0) return <p class="quiet explained-none">{t('inbox.reviews.why.nothing')}</p>;
  return (
    <>
      <ul ref={list} aria-label={label}>
        {lines.map((line) => (
          <li key={line.rating.review_id}>
            <LineRow line={line} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {onMore !== undefined && (
        <div class="explained-more">
          <Button kind="quiet" busy={isPaging} onClick={onMore}>
            {t('common.show_more')}
          </Button>
        </div>
      )}
    </>
  );
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
