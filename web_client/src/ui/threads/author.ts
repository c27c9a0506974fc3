/** Who said something, as the reader calls them. */
import { t } from '../../i18n';
import type { Message } from '../../state/model';

/** The bot says that it is one; everybody else goes by the name of the other side. */
export function authorName({ side }: Pick<Message, 'side'>, otherName: string): string {
  return side === 'bot' ? t('support.bot') : otherName;
}
