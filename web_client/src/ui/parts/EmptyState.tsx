/** Where a list has nothing: what this place is for, and what to do next. */
import type { ComponentChildren, JSX } from 'preact';
import type { IconPart } from './icons';
import './empty-state.css';

export interface EmptyStateProps {
  icon: IconPart;
  title: string;
  text?: string | undefined;
  /** A button, mostly. */
  children?: ComponentChildren;
  compact?: boolean;
}

export function EmptyState({ icon: Icon, title, text, children, compact = false }: EmptyStateProps): JSX.Element {
  return (
    <div class={`empty${compact ? ' empty-compact' : ''}`}>
      <span class="empty-mark">
        <Icon size={compact ? 20 : 26} />
      </span>
      <p class="empty-title">{title}</p>
      {text !== undefined && <p class="empty-text">{text}</p>}
      {children !== undefined && <div class="empty-next">{children}</div>}
    </div>
  );
}
