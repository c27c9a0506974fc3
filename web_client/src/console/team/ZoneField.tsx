/** A time zone, found by typing a part of its name. */
import type { JSX } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { offsetOf, zones } from './hours';

const MOST = 60;

export interface ZoneFieldProps {
  zone: string;
  onChange: (zone: string) => void;
}

export function ZoneField({ zone, onChange }: ZoneFieldProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [id, listId] = [useId(), useId()];
  const list = useRef<HTMLUListElement>(null);
  const known = useMemo(() => zones(zone), [zone]);
  const found = useMemo(() => matching(known, typed ?? ''), [known, typed]);
  const isOpen = typed !== null;

  const pick = (chosen: string | undefined): void => {
    if (chosen !== undefined) onChange(chosen);
    setTyped(null);
  };
  const walk = (to: number): void => {
    const next = Math.min(found.length - 1, Math.max(0, to));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) walk(at + (event.key === 'ArrowDown' ? 1 : -1));
      else setTyped('');
    } else if (isOpen && event.key === 'Enter') {
      event.preventDefault();
      pick(found[at]);
    } else if (isOpen && event.key === 'Escape') {
      event.stopPropagation();
      setTyped(null);
    }
  };

  return (
    <div class="field zone">
      <label for={id}>{t('console.team.zone')}</label>
      <input
        id={id}
        dir="ltr"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && found.length > 0 ? `${listId}-${String(at)}` : undefined}
        aria-autocomplete="list"
        value={typed ?? zone}
        onFocus={({ currentTarget }) => { currentTarget.select(); }}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setAt(0);
        }}
        onBlur={() => { setTyped(null); }}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <ul ref={list} id={listId} class="zone-list scroll" role="listbox" aria-label={t('console.team.zone')} dir="ltr">
          {found.map((name, index) => (
            <li
              key={name}
              id={`${listId}-${String(index)}`}
              role="option"
              aria-selected={index === at}
              // The press would take the focus away, and the list with it, before the click comes.
              onPointerDown={(event) => { event.preventDefault(); }}
              onClick={() => { pick(name); }}
            >
              <span>{name.replaceAll('_', ' ')}</span>
              <span class="quiet figures">{offsetOf(name, Date.now())}</span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && found.length === 0 && <p class="zone-list quiet" role="status">{t('console.team.zone.none')}</p>}
    </div>
  );
}

/** Zones with all of these words in their name; those whose city begins with the first one come first. */
function matching(known: readonly string[], words: string): string[] {
  const wanted = words.toLowerCase().replaceAll('_', ' ').split(/\s+/u).filter((word) => word !== '');
  const plain = (name: string): string => name.toLowerCase().replaceAll('_', ' ');
  const first = wanted[0] ?? '';
  const begins = (name: string): boolean => (plain(name).split('/').pop() ?? '').startsWith(first);
  return known
    .filter((name) => wanted.every((word) => plain(name).includes(word)))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)))
    .slice(0, MOST);
}
