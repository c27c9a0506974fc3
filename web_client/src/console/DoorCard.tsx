/** The card of the console's door: signing in, a forgotten password, a new one. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../i18n';
import { ShieldCheckIcon } from '../ui/parts/icons';
import type { Refusal } from '../protocol/refusal';
import { refusalText } from '../ui/refusals';

export interface DoorCardProps {
  title: string;
  text: string;
  onSubmit: () => void;
  children: ComponentChildren;
}

export function DoorCard({ title, text, onSubmit, children }: DoorCardProps): JSX.Element {
  return (
    <main class="sign-in">
      <form
        class="sign-in-card"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <span class="sign-in-mark">
          <ShieldCheckIcon size={22} />
        </span>
        <h1>{title}</h1>
        <p class="quiet" role="status">
          {text}
        </p>
        {children}
      </form>
    </main>
  );
}

/** What a person is told of a refusal; `unauthenticated` is the card's own affair. */
export function doorRefusal(refusal: Refusal, unauthenticated: string): string {
  if (refusal.code === 'unauthenticated') return unauthenticated;
  if (refusal.code === 'rate_limited') {
    return t('console.sign_in.wait', { count: Math.max(1, Math.ceil(refusal.retryAfterMs / 1000)) });
  }
  return refusalText(refusal);
}
