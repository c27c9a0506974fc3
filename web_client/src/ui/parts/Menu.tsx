/** A button that opens a short list of things to do. Arrow keys walk, Escape and Tab close, the focus goes back. */
import { Fragment, type JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './Button';
import { CheckIcon, type IconPart } from './icons';
import './menu.css';

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconPart | undefined;
  danger?: boolean;
  /** In a menu of choices: whether this one is chosen. */
  current?: boolean;
  /** Draws a line above. */
  apart?: boolean;
  onPick: () => void;
}

export interface MenuProps {
  label: string;
  icon: IconPart;
  items: readonly MenuItem[];
  size?: 's' | 'm' | 'l';
  /** Which edge of the button the list keeps to. */
  align?: 'start' | 'end';
  class?: string;
}

export function Menu({ label, icon, items, size = 'm', align = 'end', class: extra = '' }: MenuProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const listId = useId();

  const close = (back: boolean): void => {
    setOpen(false);
    if (back) button.current?.focus();
  };

  return (
    <span class={`menu ${extra}`}>
      <IconButton
        icon={icon}
        label={label}
        size={size}
        innerRef={button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        onClick={() => {
          setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      />
      {open && <MenuList id={listId} label={label} items={items} anchor={button.current} align={align} onClose={close} />}
    </span>
  );
}

interface MenuListProps {
  id: string;
  label: string;
  items: readonly MenuItem[];
  anchor: HTMLElement | null;
  align: 'start' | 'end';
  /** `back`: whether the focus returns to the button. */
  onClose: (back: boolean) => void;
}

function MenuList({ id, label, items, anchor, align, onClose }: MenuListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (list.current && anchor) place(list.current, anchor, align);
    list.current?.querySelector<HTMLElement>('.menu-item')?.focus();
  }, [anchor, align]);

  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !anchor?.contains(target)) onClose(false);
    };
    const away = (): void => {
      onClose(false);
    };
    document.addEventListener('pointerdown', outside);
    window.addEventListener('resize', away);
    return () => {
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('resize', away);
    };
  }, [anchor, onClose]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      onClose(true);
    } else {
      walk(event, list.current);
    }
  };

  return (
    <div ref={list} id={id} class="menu-list" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {items.map(({ icon: Icon, ...item }) => (
        <Fragment key={item.id}>
          {item.apart === true && <div class="menu-line" role="separator" />}
          <button
            type="button"
            role={item.current === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.current}
            tabIndex={-1}
            class={`menu-item${item.danger === true ? ' menu-danger' : ''}`}
            onClick={() => {
              onClose(true);
              item.onPick();
            }}
          >
            {Icon && <Icon size={16} />}
            <span class="menu-label">{item.label}</span>
            {item.current === true && <CheckIcon size={16} />}
          </button>
        </Fragment>
      ))}
    </div>
  );
}

/** Below the button, above it where there is no room; always on the screen. */
function place(list: HTMLElement, anchor: HTMLElement, align: 'start' | 'end'): void {
  // Near an edge it would be measured narrower than it is.
  list.style.left = '0';
  const [at, own] = [anchor.getBoundingClientRect(), list.getBoundingClientRect()];
  const rightToLeft = getComputedStyle(anchor).direction === 'rtl';
  const keepsLeft = rightToLeft === (align === 'end');
  const wished = keepsLeft ? at.left : at.right - own.width;
  const left = Math.max(8, Math.min(wished, window.innerWidth - own.width - 8));
  const below = at.bottom + 4 + own.height <= window.innerHeight - 8;
  list.style.left = `${String(left)}px`;
  list.style.top = `${String(below ? at.bottom + 4 : Math.max(8, at.top - 4 - own.height))}px`;
}

function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];
  const now = items.findIndex((item) => item === document.activeElement);
  const steps: Record<string, number> = {
    ArrowDown: (now + 1) % items.length,
    ArrowUp: (now - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items[next]?.focus();
}
