/** What is shown while nobody is signed in. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { EmptyState } from '../ui/parts/EmptyState';
import { ChatsIcon } from '../ui/parts/icons-first';
import { CloseButton } from './Head';

export function Nobody(): JSX.Element {
  return (
    <div class="screen">
      <header class="home-head">
        <CloseButton />
        <h1>{t('home.greeting.anonymous')}</h1>
        <p>{t('home.lead')}</p>
      </header>
      <div class="thread-filler">
        <EmptyState icon={ChatsIcon} title={t('home.sign_in')} text={t('home.sign_in.text')} />
      </div>
    </div>
  );
}
