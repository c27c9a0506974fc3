/** A number beside a name. */
import type { JSX } from 'preact';
import { formatNumber } from '../../i18n';
import './count.css';

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
