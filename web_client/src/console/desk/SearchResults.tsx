/** Messages that were found, in place of the list. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DeskHit } from '../../protocol/generated';
import { highlight } from '../../ui/highlight';
import { Avatar } from '../../ui/parts/Avatar';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, SearchIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText, tellRefusal } from '../../ui/refusals';
import { authorName } from '../../ui/threads/author';
import { useDesk } from './desk-context';
import { customerName, holderOf } from './names';
import './thread-row.css';

export function SearchResults(): JSX.Element {
  const { finding } = useDesk();
  const found = finding.found.value;
  return (
    <div class="desk-scroll scroll" tabIndex={-1}>
      <h3 class="unseen">{t('console.desk.search.results')}</h3>
      {found.kind === 'short' && <EmptyState icon={SearchIcon} title={t('console.desk.search.short')} compact />}
      {found.kind === 'searching' && <SkeletonRows rows={5} label={t('common.loading')} />}
      {found.kind === 'failed' && (
        <EmptyState icon={AlertIcon} title={refusalText(found.refusal)}>
          <Button onClick={() => void finding.search(finding.query.value)}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {found.kind === 'found' && <Hits hits={found.hits} hasMore={found.next !== ''} />}
    </div>
  );
}

function Hits({ hits, hasMore }: { hits: readonly DeskHit[]; hasMore: boolean }): JSX.Element {
  const { finding } = useDesk();
  if (hits.length === 0) return <EmptyState icon={SearchIcon} title={t('console.desk.search.empty')} text={t('console.desk.search.empty.text')} />;
  return (
    <>
      <p class="search-count quiet" role="status">
        {t('console.desk.search.found', { count: hits.length })}
      </p>
      <ul>
        {hits.map((hit) => (
          <li key={`${hit.thread.id} ${String(hit.message.seq)}`}>
            <Hit hit={hit} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <div class="search-more">
          <Button size="s" onClick={() => void finding.more().catch(tellRefusal)}>
            {t('common.show_more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Hit({ hit: { thread, message } }: { hit: DeskHit }): JSX.Element {
  const desk = useDesk();
  const place = desk.place.value;
  const name = customerName(thread.customer);
  const isOpen = place?.id === thread.id && place.seq === message.seq;
  const author = message.author === desk.me ? t('common.you') : authorName(message, name);
  return (
    <a
      class="desk-row"
      href={`#/t/${thread.id}/${String(message.seq)}`}
      aria-current={isOpen ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        desk.visit(thread.id, message.seq);
      }}
    >
      <Avatar name={name} size={32} />
      <span class="desk-row-words">
        <span class="desk-row-line">
          <span class="desk-row-name clip" dir="auto">
            {name}
          </span>
          <RelativeTime at={message.at} class="desk-row-time" />
        </span>
        <span class="hit-text" dir="auto">
          {message.side !== 'customer' && <span class="quiet">{author}: </span>}
          {highlight(message.text ?? '', desk.finding.query.value).map(({ text, isHit }, index) => (isHit ? <mark key={index}>{text}</mark> : text))}
        </span>
        <span class="desk-row-line">
          <span class="desk-row-holder clip">{holderOf(thread, desk.me)}</span>
        </span>
      </span>
    </a>
  );
}
