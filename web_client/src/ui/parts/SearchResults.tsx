/** Looking for messages: the field above a list, and what was found in place of the list. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import type { Posted } from '../../protocol/generated';
import type { Finding } from '../../state/finding';
import { highlight } from '../highlight';
import type { Places } from '../places';
import { refusalText, tellRefusal } from '../refusals';
import { Avatar } from './Avatar';
import { Button } from './Button';
import { EmptyState } from './EmptyState';
import { AlertIcon, SearchIcon } from './icons';
import { RelativeTime } from './RelativeTime';
import { RowLink } from './RowLink';
import { SearchField } from './SearchField';
import { SkeletonRows } from './Skeleton';
import './search-results.css';

/** A message that was found, and where. */
export interface FoundIn {
  readonly thread: { readonly id: string };
  readonly message: Posted;
}

/** Where the sentences of a screen's search begin. */
type Words = 'inbox.search' | 'console.desk.search';

export interface FindingFieldProps {
  finding: Finding<FoundIn>;
  label: string;
  placeholder: string;
}

export function FindingField({ finding, label, placeholder }: FindingFieldProps): JSX.Element {
  return (
    <SearchField
      value={finding.query.value}
      label={label}
      placeholder={placeholder}
      wish={finding.wish.value}
      onWrite={(words) => {
        finding.query.value = words;
      }}
      onSearch={(words) => void finding.search(words)}
      onClear={() => {
        finding.clear();
      }}
    />
  );
}

export interface SearchResultsProps<Hit extends FoundIn> {
  class: string;
  words: Words;
  /** A heading of this rank names the list for those who hear it. */
  rank: 'h2' | 'h3';
  finding: Finding<Hit>;
  draw: (hit: Hit) => JSX.Element;
}

export function SearchResults<Hit extends FoundIn>({ class: look, words, rank: Heading, finding, draw }: SearchResultsProps<Hit>): JSX.Element {
  const found = finding.found.value;
  return (
    <div class={`${look} scroll`} tabIndex={-1}>
      <Heading class="unseen">{t(`${words}.results`)}</Heading>
      {found.kind === 'short' && <EmptyState icon={SearchIcon} title={t(`${words}.short`)} compact />}
      {found.kind === 'searching' && <SkeletonRows rows={5} label={t('common.loading')} />}
      {found.kind === 'failed' && (
        <EmptyState icon={AlertIcon} title={refusalText(found.refusal)}>
          <Button onClick={() => void finding.search(finding.query.value)}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {found.kind === 'found' && found.hits.length === 0 && (
        <EmptyState icon={SearchIcon} title={t(`${words}.empty`)} text={t(`${words}.empty.text`)} />
      )}
      {found.kind === 'found' && found.hits.length > 0 && (
        <>
          <p class="search-count quiet" role="status">
            {t(`${words}.found`, { count: found.hits.length })}
          </p>
          <ul>
            {found.hits.map((hit) => (
              <li key={`${hit.thread.id} ${String(hit.message.seq)}`}>{draw(hit)}</li>
            ))}
          </ul>
          {found.next !== '' && <More finding={finding} />}
        </>
      )}
    </div>
  );
}

function More({ finding }: { finding: Finding<FoundIn> }): JSX.Element {
  return (
    <div class="search-more">
      <Button size="s" onClick={() => void finding.more().catch(tellRefusal)}>
        {t('common.show_more')}
      </Button>
    </div>
  );
}

export interface HitRowProps {
  class?: string;
  desk: Places;
  hit: FoundIn;
  /** Whom the conversation is with. */
  name: string;
  avatar: number;
  /** Who said it, where that was not him. */
  author: string | null;
  /** What was looked for. */
  query: string;
  /** What else is told of the conversation. */
  children: ComponentChildren;
}

export function HitRow({ class: look, desk, hit: { thread, message }, name, avatar, author, query, children }: HitRowProps): JSX.Element {
  return (
    <RowLink {...(look === undefined ? {} : { class: look })} desk={desk} id={thread.id} seq={message.seq}>
      <Avatar name={name} size={avatar} />
      <span class="row-words">
        <span class="row-line">
          <span class="row-name clip" dir="auto">
            {name}
          </span>
          <RelativeTime at={message.at} class="row-time" />
        </span>
        <span class="hit-text" dir="auto">
          {author !== null && <bdi class="quiet">{author}: </bdi>}
          {highlight(message.text ?? '', query).map(({ text, isHit }, index) => (isHit ? <mark key={index}>{text}</mark> : text))}
        </span>
        <span class="row-line row-about">{children}</span>
      </span>
    </RowLink>
  );
}
