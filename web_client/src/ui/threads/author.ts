/** Who said something, as the reader calls them. */
import { t } from '../../i18n';
import type { Message } from '../../state/model';

/** The bot says that it is one; who is named goes by that name, everybody else by that of the other side. */
export function authorName({ side, name = '' }: Pick<Message, 'side' | 'name'>, otherName: string): string {
  if (side === 'bot') return t('support.bot');
  return name === '' ? otherName : name;
}
