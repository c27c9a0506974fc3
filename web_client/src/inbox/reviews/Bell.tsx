/** The bell over the notices of one's shops, with how many are new. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { IconButton } from '../../ui/parts/Button';
import { Count } from '../../ui/parts/Count';
import { BellIcon } from '../../ui/parts/icons';
import { useDesk } from '../desk-context';
import './bell.css';

export function Bell(): JSX.Element {
  const desk = useDesk();
  const count = desk.client.chat.value.notices.shops;
  return (
    <span class="bell">
      <IconButton
        icon={BellIcon}
        label={count > 0 ? `${t('notice.title')}: ${t('notice.unread', { count })}` : t('notice.title')}
        aria-haspopup="dialog"
        onClick={() => {
          desk.window.value = 'notices';
        }}
      />
      <span aria-hidden="true">
        <Count count={count} label="" />
      </span>
    </span>
  );
}
