/** Head and foot of the rail: whose inbox this is, and what may be set. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Avatar } from '../ui/parts/Avatar';
import { IconButton } from '../ui/parts/Button';
import { HelpIcon, KeyboardIcon, LogOutIcon, SettingsIcon } from '../ui/parts/icons';
import { Menu } from '../ui/parts/Menu';
import '../ui/parts/rail.css';
import { useDesk } from './desk-context';
import { Bell } from './reviews/Bell';
import { signOut } from './sign-out';
import { contacts } from './support';

export function RailHead(): JSX.Element {
  const desk = useDesk();
  const { shops, me } = desk.client.chat.value;
  const shop = shops[0]?.name ?? me?.name ?? '';
  return (
    <header class="rail-head">
      <Avatar name={shop} size={32} shape="square" />
      <div class="rail-names">
        <h1 class="clip">
          <bdi>{shop}</bdi>
        </h1>
        <p class="clip quiet">
          <bdi>{me?.name}</bdi>
        </p>
      </div>
      <Bell />
    </header>
  );
}

export function RailFoot(): JSX.Element {
  const desk = useDesk();
  return (
    <footer class="rail-foot">
      <Menu label={t('list.support')} icon={HelpIcon} align="start" items={contacts(desk)} />
      <IconButton
        icon={SettingsIcon}
        label={t('inbox.settings')}
        aria-haspopup="dialog"
        onClick={() => {
          desk.window.value = 'settings';
        }}
      />
      <IconButton
        icon={KeyboardIcon}
        label={t('keys.title')}
        aria-haspopup="dialog"
        onClick={() => {
          desk.window.value = 'help';
        }}
      />
      <IconButton icon={LogOutIcon} label={t('inbox.sign_out')} onClick={() => void signOut(desk)} />
    </footer>
  );
}
