/** What is shown while nobody is signed in. */
import type { ComponentType, JSX } from 'preact';

import { t } from '../i18n';
import { Later } from '../ui/Later';
import { CloseButton } from './Head';

const loadNobody = async (): Promise<ComponentType> => (await import('./Nothing')).NobodyHere;

export function Nobody(): JSX.Element {
  return (
    <div class="screen">
      <header class="home-head">
        <CloseButton />
        <h1>{t('home.greeting.anonymous')}</h1>
        <p>{t('home.lead')}</p>
      </header>
      <Later load={loadNobody} props={{}} />
    </div>
  );
}
