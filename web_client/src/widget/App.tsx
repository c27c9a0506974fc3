/** Which screen is shown: a tab with the bar below it, or a screen on top. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { locale } from '../i18n';
import { LobbyProvider } from '../ui/lobby';
import { Home } from './Home';
import { LaterScreen } from './later-screens';
import { TabBar } from './TabBar';
import type { Widget } from './widget';
import { WidgetContext } from './widget-context';

export function App({ widget }: { widget: Widget }): JSX.Element | null {
  useClosing(widget);
  const lobby = widget.lobby.value;
  if (!widget.isReady.value || lobby === null) return null;
  // A change of language draws everything anew; a change of person too.
  return (
    <WidgetContext.Provider value={widget} key={locale.value}>
      <LobbyProvider value={lobby}>
        <Screens widget={widget} />
      </LobbyProvider>
    </WidgetContext.Provider>
  );
}

function Screens({ widget }: { widget: Widget }): JSX.Element {
  const top = widget.stack.value.at(-1);
  const tab = widget.tab.value;
  // A conversation is only open while the panel is: what nobody sees is not read.
  if (top !== undefined && widget.isOpen.value) {
    return (
      <div class="screen screen-top" key={widget.stack.value.length}>
        <LaterScreen place={top} />
      </div>
    );
  }
  return (
    <div class="screen">
      {tab === 'home' ? <Home /> : <LaterScreen key={tab} place={{ kind: tab }} />}
      <TabBar />
    </div>
  );
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
