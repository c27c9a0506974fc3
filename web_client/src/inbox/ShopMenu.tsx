/** On narrower screens, what the rail holds beside the groups. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { ClockIcon, KeyboardIcon, LogOutIcon, MenuIcon, SettingsIcon } from '../ui/parts/icons';
import { Menu } from '../ui/parts/Menu';
import { useDesk } from './desk-context';
import { signOut } from './sign-out';
import { contacts } from './support';

export function ShopMenu(): JSX.Element {
  const desk = useDesk();
  return (
    <Menu
      label={t('common.more')}
      icon={MenuIcon}
      items={[
        ...contacts(desk),
        {
          id: 'hours',
          label: t('inbox.hours'),
          icon: ClockIcon,
          apart: true,
          onPick: () => {
            desk.window.value = 'hours';
          },
        },
        {
          id: 'settings',
          label: t('inbox.settings'),
          icon: SettingsIcon,
          onPick: () => {
            desk.window.value = 'settings';
          },
        },
        {
          id: 'keys',
          label: t('keys.title'),
          icon: KeyboardIcon,
          onPick: () => {
            desk.window.value = 'help';
          },
        },
        {
          id: 'sign_out',
          label: t('inbox.sign_out'),
          icon: LogOutIcon,
          apart: true,
          onPick: () => void signOut(desk),
        },
      ]}
    />
  );
}
