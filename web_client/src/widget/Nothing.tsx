/** What stands where there is nothing yet: for somebody new, and for nobody. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { EmptyState } from '../ui/parts/EmptyState';
import { ChatsIcon } from '../ui/parts/icons-first';

export function NothingYet(): JSX.Element {
  return <EmptyState icon={ChatsIcon} title={t('list.empty')} text={t('list.empty.text')} compact />;
}

export function NobodyHere(): JSX.Element {
  return (
    <div class="thread-filler">
      <EmptyState icon={ChatsIcon} title={t('home.sign_in')} text={t('home.sign_in.text')} />
    </div>
  );
}
