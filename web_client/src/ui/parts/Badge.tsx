/** A state beside a name. Never colour alone: each says its word. */
import type { ComponentChildren, JSX } from 'preact';
import type { Tone } from './Banner';
import type { IconPart } from './icons';
import './badge.css';
import './tones.css';

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
