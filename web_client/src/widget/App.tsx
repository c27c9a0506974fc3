/** Which screen is shown: a tab with the bar below it, or a screen on top. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { locale } from '../i18n';
import { ClientProvider } from '../ui/client';
import { Home } from './Home';
import { Messages } from './Messages';
import { Nobody } from './Nobody';
import { LaterToasts, OrdersTab, TopScreen } from './later-screens';
import { TabBar } from './TabBar';
import type { Widget } from './widget';
import { WidgetContext } from './widget-context';

export function App({ widget }: { widget: Widget }): JSX.Element | null {
  useClosing(widget);
  if (!widget.isReady.value) return null;
  const who = widget.who.value;
  // A change of language draws everything anew; a change of person too.
  return (
    <WidgetContext.Provider value={widget} key={locale.value}>
      {who === null ? (
        <Nobody />
      ) : (
        <ClientProvider value={who}>
          <Screens widget={widget} />
          <Said widget={widget} />
        </ClientProvider>
      )}
    </WidgetContext.Provider>
  );
}

const TABS = { home: Home, messages: Messages, orders: OrdersTab } as const;

function Screens({ widget }: { widget: Widget }): JSX.Element {
  const top = widget.stack.value.at(-1);
  const Tab = TABS[widget.tab.value];
  // A conversation is only open while the panel is: what nobody sees is not read.
  if (top !== undefined && widget.isOpen.value) return <TopScreen key={widget.stack.value.length} screen={top} />;
  return (
    <div class="screen">
      <Tab />
      <TabBar />
    </div>
  );
}

/** The place for short words, from the first screen on that may have something to say. */
function Said({ widget }: { widget: Widget }): JSX.Element | null {
  const wanted = useRef(false);
  wanted.current ||= widget.stack.value.length > 0;
  return wanted.current ? <LaterToasts /> : null;
}

/** Escape closes the panel, unless something inside wanted it. */
function useClosing(widget: Widget): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('dialog[open]') === null) widget.close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [widget]);
}
