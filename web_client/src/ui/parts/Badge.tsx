/** Small facts beside a name: a count, a state. Never colour alone: each says its word. */
import type { ComponentChildren, JSX } from 'preact';
import { formatNumber } from '../../i18n';
import type { IconPart } from './icons';
import './badge.css';

export interface CountProps {
  count: number;
  /** The whole sentence for ears: "3 unread messages". */
  label: string;
  /** Numbers above are shown as "99+". */
  most?: number;
  quiet?: boolean;
}

/** A number in a pill; nothing where there is nothing to count. */
export function Count({ count, label, most = 99, quiet = false }: CountProps): JSX.Element | null {
  if (count <= 0) return null;
  const shown = count > most ? `${formatNumber(most)}+` : formatNumber(count);
  return (
    <span class={`count figures${quiet ? ' count-quiet' : ''}`}>
      <span aria-hidden="true">{shown}</span>
      <span class="unseen">{label}</span>
    </span>
  );
}

export type Tone = 'neutral' | 'brand' | 'good' | 'warn' | 'danger';

export interface BadgeProps {
  children: ComponentChildren;
  tone?: Tone;
  icon?: IconPart;
}

export function Badge({ children, tone = 'neutral', icon: Icon }: BadgeProps): JSX.Element {
  return (
    <span class={`badge tone-${tone}`}>
      {Icon && <Icon size={13} />}
      <span>{children}</span>
    </span>
  );
}
