/** All entries on the one side, the one that is open on the other. */
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

import { formatRelative, locale, t } from '../../i18n';
import type { FaqHead, FaqShelf } from '../../protocol/generated';
import { EmptyState } from '../../ui/parts/EmptyState';
import { HelpIcon, SearchIcon } from '../../ui/parts/icons';
import type { Wish } from './drafts';
import { Editor } from './Editor';

export interface EntriesProps {
  shelf: FaqShelf;
  wish: Wish | null;
  onWish: (wish: Wish | null) => void;
  onChange: () => void;
}

export function Entries({ shelf, wish, onWish, onChange }: EntriesProps): JSX.Element {
  const [words, setWords] = useState('');
  const found = useMemo(() => matching(shelf.entries, words), [shelf, words]);
  const open = wish?.kind === 'entry' ? wish.id : '';

  return (
    <div class={`entries${wish === null ? '' : ' entries-open'}`}>
      <section class="entries-list" aria-label={t('console.knowledge.entries')}>
        <div class="entries-search" role="search">
          <SearchIcon size={15} />
          <input
            type="search"
            dir={words === '' ? undefined : 'auto'}
            value={words}
            aria-label={t('console.entry.search')}
            placeholder={t('console.entry.search')}
            onInput={({ currentTarget }) => {
              setWords(currentTarget.value);
            }}
          />
        </div>
        <div class="scroll entries-scroll" tabIndex={-1}>
          {shelf.groups.map((group) => (
            <Group
              key={group}
              group={group}
              entries={found.filter((entry) => entry.group === group)}
              open={open}
              onOpen={(id) => {
                onWish({ kind: 'entry', id });
              }}
            />
          ))}
          {found.length === 0 && <EmptyState icon={SearchIcon} title={t('console.entry.none')} compact />}
        </div>
      </section>
      {wish === null ? (
        <div class="entries-none">
          <EmptyState icon={HelpIcon} title={t('console.entry.choose')} text={t('console.entry.choose.text')} />
        </div>
      ) : (
        <Editor
          key={wish.kind === 'entry' ? wish.id : 'new'}
          shelf={shelf}
          wish={wish}
          onClose={() => {
            onWish(null);
          }}
          onPublished={(id) => {
            onChange();
            onWish({ kind: 'entry', id });
          }}
          onRemoved={() => {
            onChange();
            onWish(null);
          }}
        />
      )}
    </div>
  );
}

/** Entries whose questions, in any language, or whose name have all the words. */
function matching(entries: readonly FaqHead[], words: string): FaqHead[] {
  const wanted = words.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  return entries.filter((entry) => {
    const said = [entry.id, ...Object.values(entry.questions)].join('\n').toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
}

interface GroupProps {
  group: string;
  entries: readonly FaqHead[];
  open: string;
  onOpen: (id: string) => void;
}

function Group({ group, entries, open, onOpen }: GroupProps): JSX.Element | null {
  if (entries.length === 0) return null;
  return (
    <div class="entries-group">
      <h3>{groupName(group)}</h3>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              class="entry-row"
              aria-current={entry.id === open ? 'true' : undefined}
              onClick={() => {
                onOpen(entry.id);
              }}
            >
              <span class={`clip${entry.removed === true ? ' entry-removed' : ''}`} dir="auto">
                {entry.questions[locale.value] ?? entry.questions['en'] ?? entry.id}
              </span>
              <span class="entry-row-note quiet clip">
                {entry.removed === true ? t('console.entry.removed') : <Languages entry={entry} />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Languages({ entry }: { entry: FaqHead }): JSX.Element {
  const spoken = Object.keys(entry.questions).join(' ');
  const changed = entry.changed_at === undefined ? '' : ` · ${formatRelative(entry.changed_at)} · ${entry.changed_by ?? ''}`;
  return (
    <>
      {spoken}
      {changed}
    </>
  );
}

export function groupName(group: string): string {
  const key = `console.group.${group}`;
  return t(key as 'console.group.orders');
}
