/** Who did what and when: the log that nobody can change. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { formatWhen, has, t } from '../../i18n';
import type { AuditEntry, AuditPage } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ShieldCheckIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useConsole } from '../context';
import { priorityName } from '../priority';
import { Choice } from './Filters';
import { OpenThread } from './OpenThread';

interface Search {
  readonly actor: string;
  readonly action: string;
  readonly thread: string;
}

const ALL: Search = { actor: '', action: '', thread: '' };

/** What a deed is called; one that has no sentence yet goes by its own name. */
export function deedName(action: string): string {
  const key = `console.deed.${action}`;
  return has(key) ? t(key) : action;
}

/** The facts of a deed that say anything. */
export function factsOf({ details }: AuditEntry): [string, string][] {
  return Object.entries(details).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    const key = `console.deed.fact.${name}`;
    return [[has(key) ? t(key) : name, Array.isArray(value) ? value.join(', ') : wordOf(name, String(value))]];
  });
}

/** A fact that stands for a word. */
function wordOf(name: string, value: string): string {
  if (name === 'priority') return priorityName(Number(value));
  const key = `console.deed.${name}.${value}`;
  return has(key) ? t(key) : value;
}

export function Audit(): JSX.Element {
  const [search, setSearch] = useState(ALL);
  const { page, refusal, more, reload } = usePages(search);
  return (
    <div class="reports scroll">
      <div class="report-filters">
        <Choice
          label={t('console.audit.who')}
          all={t('console.audit.everybody')}
          value={search.actor}
          options={(page?.people ?? []).map(({ id, name }) => [id, name])}
          onPick={(actor) => {
            setSearch({ ...search, actor });
          }}
        />
        <Choice
          label={t('console.audit.what')}
          all={t('console.audit.everything')}
          value={search.action}
          options={(page?.actions ?? []).map((action) => [action, deedName(action)])}
          onPick={(action) => {
            setSearch({ ...search, action });
          }}
        />
        {search.thread !== '' && (
          <Button
            size="s"
            onClick={() => {
              setSearch({ ...search, thread: '' });
            }}
          >
            {t('console.audit.all_threads')}
          </Button>
        )}
      </div>
      {page === null && refusal === null && <SkeletonRows label={t('common.loading')} />}
      {refusal !== null && (
        <EmptyState icon={AlertIcon} title={refusalText(refusal)}>
          <Button onClick={reload}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {page !== null && refusal === null && page.entries.length === 0 && (
        <EmptyState icon={ShieldCheckIcon} title={t('console.audit.none')} text={t('console.audit.none.text')} />
      )}
      {page !== null && refusal === null && page.entries.length > 0 && (
        <Deeds
          page={page}
          onMore={more}
          onThread={(thread) => {
            setSearch({ ...search, thread });
          }}
        />
      )}
    </div>
  );
}

interface DeedsProps {
  page: AuditPage;
  onMore: () => void;
  onThread: (thread: string) => void;
}

function Deeds({ page, onMore, onThread }: DeedsProps): JSX.Element {
  return (
    <>
      <ul class="audit-rows" aria-label={t('console.reports.audit')}>
        {page.entries.map((entry) => (
          <li key={entry.id} class="audit-row">
            <time class="quiet figures" dateTime={new Date(entry.at).toISOString()}>
              {formatWhen(entry.at)}
            </time>
            <span class="audit-who">
              <bdi>{entry.actor?.name ?? t('console.audit.system')}</bdi>
            </span>
            <span class="audit-what">
              {deedName(entry.action)}
              {factsOf(entry).map(([name, value]) => (
                <span class="audit-fact" key={name}>
                  <span class="quiet">{name}</span> <bdi>{value}</bdi>
                </span>
              ))}
            </span>
            {entry.thread_id !== undefined && <ThreadDeeds thread={entry.thread_id} onThread={onThread} />}
          </li>
        ))}
      </ul>
      {(page.next ?? '') !== '' && (
        <div class="audit-more">
          <Button onClick={onMore}>{t('console.audit.more')}</Button>
        </div>
      )}
    </>
  );
}

function ThreadDeeds({ thread, onThread }: { thread: string; onThread: (thread: string) => void }): JSX.Element {
  return (
    <span class="audit-thread">
      <button
        type="button"
        class="report-open"
        onClick={() => {
          onThread(thread);
        }}
      >
        {t('console.audit.thread')}
      </button>
      <OpenThread thread={thread} />
    </span>
  );
}

interface Pages {
  /** All that has come so far, as one page. */
  page: AuditPage | null;
  refusal: Refusal | null;
  more: () => void;
  reload: () => void;
}

/** The log from its newest row as far down as was asked for; another search begins anew. */
function usePages(search: Search): Pages {
  const { api } = useConsole();
  const [page, setPage] = useState<AuditPage | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let isHere = true;
    api.audit(search).then(
      (first) => {
        if (!isHere) return;
        setPage(first);
        setRefusal(null);
      },
      (thrown: unknown) => {
        if (isHere) setRefusal(refusalOf(thrown));
      },
    );
    return () => {
      isHere = false;
    };
  }, [api, search, turn]);

  const more = useCallback(() => {
    if (page === null) return;
    api.audit({ ...search, before: page.next ?? '' }).then(
      (older) => {
        // Where the search was changed meanwhile, its first page stays.
        setPage((now) => (now === page ? { ...older, entries: [...page.entries, ...older.entries] } : now));
      },
      (thrown: unknown) => {
        setRefusal(refusalOf(thrown));
      },
    );
  }, [api, search, page]);

  const reload = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);
  return { page, refusal, more, reload };
}
