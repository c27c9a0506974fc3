/** Puts the client around a screen that needs it. */
import type { ComponentChildren, JSX } from 'preact';

import { ClientProvider } from '../ui/client';
import { useWidget } from './widget-context';

export function Inside({ children }: { children: ComponentChildren }): JSX.Element | null {
  const around = useWidget().inside.value;
  return around === null ? null : <ClientProvider value={around}>{children}</ClientProvider>;
}
