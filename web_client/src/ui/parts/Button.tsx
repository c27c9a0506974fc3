/** Buttons: one look for all that is pressed. What happens then belongs to the screen. */
import type { ComponentChildren, JSX, Ref } from 'preact';
import type { IconPart } from './icons';
import './button.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps {
  children: ComponentChildren;
  kind?: ButtonKind;
  size?: 's' | 'm' | 'l';
  icon?: IconPart | undefined;
  /** Work is under way: shown, and no second press is taken. */
  busy?: boolean;
  disabled?: boolean | undefined;
  wide?: boolean;
  type?: 'button' | 'submit';
  onClick?: ((event: MouseEvent) => void) | undefined;
  innerRef?: Ref<HTMLButtonElement>;
  'aria-describedby'?: string | undefined;
  'aria-pressed'?: boolean | undefined;
  class?: string;
}

export function Button(props: ButtonProps): JSX.Element {
  const { children, kind = 'plain', size = 'm', icon: Icon, busy = false, disabled = false, wide = false } = props;
  const look = `button button-${kind} button-${size}${wide ? ' button-wide' : ''} ${props.class ?? ''}`;
  return (
    <button
      ref={props.innerRef ?? null}
      type={props.type ?? 'button'}
      class={look}
      disabled={disabled}
      aria-busy={busy}
      aria-describedby={props['aria-describedby']}
      aria-pressed={props['aria-pressed']}
      onClick={busy ? undefined : props.onClick}
    >
      {busy ? <span class="spinner" /> : Icon && <Icon size={size === 's' ? 15 : 17} />}
      <span class="button-text">{children}</span>
    </button>
  );
}

export interface IconButtonProps {
  icon: IconPart;
  /** What it does: read aloud, and shown as a hint. */
  label: string;
  onClick?: ((event: MouseEvent) => void) | undefined;
  /** 's' 28 px, 'm' 36 px, 'l' 44 px. */
  size?: 's' | 'm' | 'l';
  disabled?: boolean | undefined;
  pressed?: boolean | undefined;
  type?: 'button' | 'submit';
  kind?: 'quiet' | 'primary';
  innerRef?: Ref<HTMLButtonElement>;
  class?: string;
  'aria-haspopup'?: 'menu' | 'dialog' | undefined;
  'aria-expanded'?: boolean | undefined;
  'aria-controls'?: string | undefined;
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
}

const ICON_SIZES = { s: 16, m: 18, l: 20 } as const;

export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon: Icon, label, size = 'm', kind = 'quiet' } = props;
  return (
    <button
      ref={props.innerRef ?? null}
      type={props.type ?? 'button'}
      class={`icon-button icon-button-${size} icon-button-${kind} ${props.class ?? ''}`}
      aria-label={label}
      title={label}
      disabled={props.disabled ?? false}
      aria-pressed={props.pressed}
      aria-haspopup={props['aria-haspopup']}
      aria-expanded={props['aria-expanded']}
      aria-controls={props['aria-controls']}
      onClick={props.onClick}
      onKeyDown={props.onKeyDown}
    >
      <Icon size={ICON_SIZES[size]} />
    </button>
  );
}
