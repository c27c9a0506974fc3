/** A screen that only a buyer has, while nobody is signed in: a kind word in its place. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { panelId, tabId } from '../ui/parts/Tabs';
import { Head } from './Head';
import { SignIn } from './Nothing';
import type { Place } from './widget';

export function SignInScreen({ place }: { place: Place }): JSX.Element {
  const isTab = place.kind === 'orders';
  const panel = isTab ? { role: 'tabpanel' as const, id: panelId('', 'orders'), 'aria-labelledby': tabId('', 'orders') } : {};
  return (
    <>
      <Head title={t(isTab || place.kind === 'order' ? 'home.orders' : 'home.title')} />
      <div class="list scroll" {...panel}>
        <SignIn />
      </div>
    </>
  );
}
