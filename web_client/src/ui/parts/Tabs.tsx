/** Tabs: one stop for the Tab key, arrows between them. The panel belongs to the screen: id `panel-<id>`, role `tabpanel`. */
import type { JSX } from 'preact';
import { Count } from './Count';
import type { IconPart } from './icons';
import './tabs.css';

export interface TabItem<Id extends string> {
  id: Id;
  label: string;
  icon?: IconPart | undefined;
  count?: number | undefined;
  /** The count as a sentence for ears. */
  countLabel?: string | undefined;
}

export interface TabsProps<Id extends string> {
  label: string;
  items: readonly TabItem<Id>[];
  current: Id;
  onPick: (id: Id) => void;
  /** `bar`: icons over words, at the foot of a phone screen. */
  look?: 'line' | 'bar';
  /** Names the tabs and panels apart where a screen has two sets. */
  name?: string;
}

export function tabId(name: string, id: string): string {
  return `${name}tab-${id}`;
}

export function panelId(name: string, id: string): string {
  return `${name}panel-${id}`;
}

export function Tabs<Id extends string>(props: TabsProps<Id>): JSX.Element {
  const { label, items, current, onPick, look = 'line', name = '' } = props;

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = neighbour(event, items, current);
    if (!next) return;
    event.preventDefault();
    onPick(next.id);
    document.getElementById(tabId(name, next.id))?.focus();
  };

  return (
    <div class={`tabs tabs-${look}`} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {items.map(({ icon: Icon, ...item }) => (
        <button
          key={item.id}
          id={tabId(name, item.id)}
          type="button"
          role="tab"
          class="tab"
          aria-selected={item.id === current}
          aria-controls={item.id === current ? panelId(name, item.id) : undefined}
          tabIndex={item.id === current ? 0 : -1}
          onClick={() => {
            onPick(item.id);
          }}
        >
          {Icon && <Icon size={look === 'bar' ? 21 : 16} />}
          <span class="tab-label">{item.label}</span>
          <Count count={item.count ?? 0} label={item.countLabel ?? ''} />
        </button>
      ))}
    </div>
  );
}

function neighbour<Id extends string>(
  event: KeyboardEvent,
  items: readonly TabItem<Id>[],
  current: Id,
): TabItem<Id> | undefined {
  const forward = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
  const at = items.findIndex((item) => item.id === current);
  if (event.key === forward) return items[(at + 1) % items.length];
  if (event.key === back) return items[(at - 1 + items.length) % items.length];
  if (event.key === 'Home') return items[0];
  if (event.key === 'End') return items[items.length - 1];
  return undefined;
}
