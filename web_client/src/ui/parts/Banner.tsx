/** One quiet line above a screen: offline, a limit, a notice. */
import type { ComponentChildren, JSX } from 'preact';
import type { IconPart } from './icons';
import './banner.css';
import './tones.css';

export type Tone = 'neutral' | 'brand' | 'good' | 'warn' | 'danger';

export interface BannerProps {
  children: ComponentChildren;
  tone?: Tone;
  icon?: IconPart;
  /** A small button at the end. */
  action?: ComponentChildren;
}

/** Spoken when it comes; interrupts nobody. */
export function Banner({ children, tone = 'neutral', icon: Icon, action }: BannerProps): JSX.Element {
  return (
    <div class={`banner tone-${tone}`} role="status">
      {Icon && <Icon size={16} />}
      <span class="banner-text">{children}</span>
      {action}
    </div>
  );
}
