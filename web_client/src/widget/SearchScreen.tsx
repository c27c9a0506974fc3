/** Search in one's own messages. A hit opens its conversation at that message. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../i18n';
import type { SearchHit } from '../protocol/generated';
import { useClient } from '../ui/client';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon, SearchIcon } from '../ui/parts/icons';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { refusalText } from '../ui/refusals';
import { SearchItem } from '../ui/threads/SearchItem';
import { usePages } from '../ui/use-pages';
import { Head } from './Head';
import type { Place } from './widget';
import { useWidget } from './widget-context';

/** A search begins when the keys rest. */
const REST_MS = 300;

export function SearchScreen(_props: { place: Place }): JSX.Element {
  const [text, setText] = useState('');
  const words = useRested(text.trim());
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);

  return (
    <>
      <Head title={t('common.search')} />
      <div class="search-bar">
        <SearchIcon size={17} />
        <input
          ref={field}
          type="search"
          dir={text === '' ? undefined : 'auto'}
          value={text}
          aria-label={t('search.label')}
          placeholder={t('search.label')}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      </div>
      {words === '' ? <EmptyState icon={SearchIcon} title={t('search.lead')} /> : <Hits key={words} words={words} />}
    </>
  );
}

function Hits({ words }: { words: string }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const load = useCallback(
    async (before: string) => {
      const { hits, next = '' } = await client.api.search(words, before);
      return { items: hits, next };
    },
    [client, words],
  );
  const pages = usePages<SearchHit>(load);
  const open = ({ thread, message }: SearchHit): void => {
    client.hold([thread]);
    widget.push({ kind: 'thread', id: thread.id, seq: message.seq });
  };

  return (
    <div class="list scroll" onScroll={pages.onScroll}>
      <p class="unseen" role="status">
        {pages.items !== null && t('search.found', { count: pages.items.length })}
      </p>
      {pages.items === null && pages.refusal === null && <SkeletonRows label={t('common.loading')} />}
      {pages.refusal !== null && (
        <EmptyState icon={AlertIcon} title={refusalText(pages.refusal)}>
          <Button onClick={pages.again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {pages.items?.length === 0 && <EmptyState icon={SearchIcon} title={t('search.empty')} text={t('search.empty.text')} />}
      {pages.items?.map((hit) => (
        <SearchItem key={`${hit.thread.id} ${String(hit.message.seq)}`} hit={hit} words={words} onOpen={open} />
      ))}
    </div>
  );
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(setRested, REST_MS, text);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return rested;
}
