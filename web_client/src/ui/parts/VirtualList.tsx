/**
 * A long list of which only what is in sight is drawn. All rows are equally high: the first one drawn is measured.
 * What a row shows is the screen's affair.
 */
import type { ComponentChild, JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import './virtual-list.css';

export interface VirtualListProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** Draws a row. One function for all renders: a row is drawn anew when its item is another one. */
  children: (item: Item) => ComponentChild;
  /** CSS pixels, until a row has been measured. */
  rowHeight: number;
  /** The row that must stay in sight when it changes, by its key. */
  current?: string | undefined;
  label?: string | undefined;
  class?: string;
}

/** So many rows are drawn beyond each edge, so that fast scrolling shows no holes. */
const BEYOND = 8;

interface Sight {
  top: number;
  height: number;
}

/** The window moves by so many rows at once, so that most scrolling draws nothing. */
const STEP = 4;

/** Which rows to draw, from and to (not included). Pure. */
export function windowOf(sight: Sight, rowHeight: number, count: number): [from: number, to: number] {
  const first = Math.floor(sight.top / rowHeight / STEP) * STEP;
  const last = Math.ceil((sight.top + sight.height) / rowHeight / STEP) * STEP;
  const to = Math.min(count, last + BEYOND);
  return [Math.min(Math.max(0, first - BEYOND), to), to];
}

/** Where to scroll so that a row is in sight; the same place where it is. Pure. */
export function scrollFor(index: number, sight: Sight, rowHeight: number): number {
  const [start, end] = [index * rowHeight, (index + 1) * rowHeight];
  if (start < sight.top) return start;
  return end > sight.top + sight.height ? end - sight.height : sight.top;
}

export function VirtualList<Item>(props: VirtualListProps<Item>): JSX.Element {
  const { items, keyOf, children, current, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const rowHeight = useRowHeight(list, props.rowHeight);
  const [from, to] = useWindow(box, rowHeight, items.length);
  const place = current === undefined ? -1 : items.findIndex((item) => keyOf(item) === current);

  useLayoutEffect(() => {
    if (place < 0 || !box.current) return;
    const { scrollTop: top, clientHeight: height } = box.current;
    box.current.scrollTop = scrollFor(place, { top, height }, rowHeight);
    // Only another row moves the list, not the same one that others push about.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [current]);

  return (
    <div class={`virtual scroll ${props.class ?? ''}`} ref={box} tabIndex={-1}>
      <ul
        ref={list}
        class="virtual-rows"
        aria-label={label}
        style={{ blockSize: `${String(items.length * rowHeight)}px`, paddingBlockStart: `${String(from * rowHeight)}px` }}
      >
        {items.slice(from, to).map((item, index) => (
          <li key={keyOf(item)} aria-setsize={items.length} aria-posinset={from + index + 1}>
            <Row item={item} draw={children} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Row<Item>({ item, draw }: { item: Item; draw: (item: Item) => ComponentChild }): JSX.Element {
  return <>{useMemo(() => draw(item), [item, draw])}</>;
}

/** Follows the scrolling and the size of the box. */
function useWindow(box: { current: HTMLElement | null }, rowHeight: number, count: number): [number, number] {
  const [sight, setSight] = useState<Sight>({ top: 0, height: 800 });
  const shown = windowOf(sight, rowHeight, count);
  const now = useRef({ shown, rowHeight, count });
  now.current = { shown, rowHeight, count };

  useEffect(() => {
    const at = box.current;
    if (!at) return undefined;
    const look = (): void => {
      const seen = { top: at.scrollTop, height: at.clientHeight };
      const [from, to] = windowOf(seen, now.current.rowHeight, now.current.count);
      if (from !== now.current.shown[0] || to !== now.current.shown[1]) setSight(seen);
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(at);
    at.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      at.removeEventListener('scroll', look);
    };
  }, [box]);
  return shown;
}

/** The true height of a row, followed when type or width change. */
function useRowHeight(list: { current: HTMLElement | null }, expected: number): number {
  const [height, setHeight] = useState(expected);
  // Type may grow at any time; a height that is right already sets nothing, so this ends.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  useLayoutEffect(() => {
    const found = list.current?.firstElementChild?.getBoundingClientRect().height ?? 0;
    if (found > 0 && Math.abs(found - height) > 0.5) setHeight(found);
  });
  return height;
}
