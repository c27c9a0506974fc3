/** The seller as somebody who asks: how he reaches support and the administration, and what the bot can do for him here. */
import { locale, t } from '../i18n';
import { HelpDesk } from '../services/help';
import { FlagIcon, HelpIcon } from '../ui/parts/icons';
import type { MenuItem } from '../ui/parts/Menu';
import { tellRefusal } from '../ui/refusals';
import type { Help } from '../ui/threads/talk';
import type { Desk } from './desk';

const help = new HelpDesk(new URL('api/v1', new URL('.', location.href)).pathname);

/** What the bot offers leads to a buyer's screens, and there are none here. */
export const HELP: Help = {
  act: null,
  suggest: () => help.suggestions(locale.peek()).catch(() => []),
  status: (topic) => help.status(locale.peek(), topic),
};

export function contacts(desk: Desk): MenuItem[] {
  const write = (about: 'selling' | 'complaint') => (): void => {
    desk.contact(about).catch(tellRefusal);
  };
  return [
    { id: 'support', label: t('support.contact'), icon: HelpIcon, onPick: write('selling') },
    { id: 'complaint', label: t('support.complain'), icon: FlagIcon, onPick: write('complaint') },
  ];
}
