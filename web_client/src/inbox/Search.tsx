/** The search field, and what was found instead of the list. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { SearchHit } from '../protocol/generated';
import { otherName } from '../state/select';
import { highlight } from '../ui/highlight';
import { Avatar } from '../ui/parts/Avatar';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon, SearchIcon } from '../ui/parts/icons';
import { RelativeTime } from '../ui/parts/RelativeTime';
import { SearchField as Field } from '../ui/parts/SearchField';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { refusalText, tellRefusal } from '../ui/refusals';
import { useDesk } from './desk-context';
import { Topic } from './ThreadRow';

export function SearchField(): JSX.Element {
  const desk = useDesk();
  return (
    <Field
      value={desk.query.value}
      label={t('inbox.search.label')}
      placeholder={t('inbox.search.placeholder')}
      wish={desk.searches.value}
      onWrite={(words) => {
        desk.query.value = words;
      }}
      onSearch={(words) => void desk.search(words)}
      onClear={() => {
        desk.clearSearch();
      }}
    />
  );
}

export function SearchResults(): JSX.Element {
  const desk = useDesk();
  const finding = desk.finding.value;
  return (
    <div class="list-scroll scroll" tabIndex={-1}>
      <h2 class="unseen">{t('inbox.search.results')}</h2>
      {finding.kind === 'short' && <EmptyState icon={SearchIcon} title={t('inbox.search.short')} compact />}
      {finding.kind === 'searching' && <SkeletonRows rows={5} label={t('common.loading')} />}
      {finding.kind === 'failed' && (
        <EmptyState icon={AlertIcon} title={refusalText(finding.refusal)}>
          <Button onClick={() => void desk.search(desk.query.value)}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {finding.kind === 'found' && <Hits hits={finding.hits} hasMore={finding.next !== ''} />}
    </div>
  );
}

function Hits({ hits, hasMore }: { hits: readonly SearchHit[]; hasMore: boolean }): JSX.Element {
  const desk = useDesk();
  if (hits.length === 0) {
    return <EmptyState icon={SearchIcon} title={t('inbox.search.empty')} text={t('inbox.search.empty.text')} />;
  }
  return (
    <>
      <p class="search-count quiet" role="status">
        {t('inbox.search.found', { count: hits.length })}
      </p>
      <ul class="list-rows">
        {hits.map((hit) => (
          <li key={`${hit.thread.id} ${String(hit.message.seq)}`}>
            <Hit hit={hit} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <div class="search-more">
          <Button size="s" onClick={() => void desk.searchOn().catch(tellRefusal)}>
            {t('common.show_more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Hit({ hit: { thread, message } }: { hit: SearchHit }): JSX.Element {
  const desk = useDesk();
  const place = desk.place.value;
  const isOpen = place?.id === thread.id && place.seq === message.seq;
  return (
    <a
      class="row"
      href={`#/t/${thread.id}/${String(message.seq)}`}
      aria-current={isOpen ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        desk.visit(thread.id, message.seq);
      }}
    >
      <Avatar name={otherName(thread)} size={36} />
      <span class="row-words">
        <span class="row-line">
          <span class="row-name clip" dir="auto">
            {otherName(thread)}
          </span>
          <RelativeTime at={message.at} class="row-time" />
        </span>
        <span class="hit-text" dir="auto">
          {message.side === thread.my_side && <span class="quiet">{t('common.you')}: </span>}
          {highlight(message.text ?? '', desk.query.value).map(({ text, isHit }, index) =>
            isHit ? <mark key={index}>{text}</mark> : text,
          )}
        </span>
        <span class="row-line row-about">
          <Topic view={thread} />
        </span>
      </span>
    </a>
  );
}
