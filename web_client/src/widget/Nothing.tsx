/** What stands where there is nothing yet: for somebody new, and for nobody. */
import type { ComponentType, JSX } from 'preact';

import { needPart, t } from '../i18n';
import '../i18n/more';
import { EmptyState } from '../ui/parts/EmptyState';
import { ChatsIcon } from '../ui/parts/icons-first';

function NothingYet(): JSX.Element {
  return <EmptyState icon={ChatsIcon} title={t('list.empty')} text={t('list.empty.text')} compact />;
}

/** In place of the latest conversations. */
export async function nothingYet(): Promise<ComponentType> {
  await needPart('more');
  return NothingYet;
}

/** In place of what only a buyer has. */
export function SignIn({ compact = false }: { compact?: boolean }): JSX.Element {
  return <EmptyState icon={ChatsIcon} title={t('home.sign_in')} text={t('home.sign_in.text')} compact={compact} />;
}
