/** How the widget's screens reach it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Widget } from './widget';

export const WidgetContext = createContext<Widget | null>(null);

export function useWidget(): Widget {
  const found = useContext(WidgetContext);
  if (found === null) throw new Error('Rendered outside of the widget.');
  return found;
}
