/** What stands where there is nothing yet: for somebody new, and for nobody. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { EmptyState } from '../ui/parts/EmptyState';
import { ChatsIcon } from '../ui/parts/icons-first';
import { CloseButton } from './CloseButton';

/** In place of the latest conversations. */
export function NothingYet(): JSX.Element {
  return <EmptyState icon={ChatsIcon} title={t('list.empty')} text={t('list.empty.text')} compact />;
}

/** The whole screen, while nobody is signed in. */
export function Nobody(): JSX.Element {
  return (
    <div class="screen">
      <header class="home-head">
        <CloseButton />
        <h1>{t('home.greeting.anonymous')}</h1>
        <p>{t('home.lead')}</p>
      </header>
      <EmptyState icon={ChatsIcon} title={t('home.sign_in')} text={t('home.sign_in.text')} />
    </div>
  );
}
