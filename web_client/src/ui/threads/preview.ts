/** A message in one line. */
import { t } from '../../i18n';
import type { Message } from '../../state/model';

export function preview({ text = '', photos = [], withdrawn = false }: Pick<Message, 'text' | 'photos' | 'withdrawn'>): string {
  if (withdrawn) return t('list.withdrawn');
  const words = text.replace(/\s+/gu, ' ').trim().slice(0, 160);
  return words === '' ? t('list.photos', { count: photos.length }) : words;
}
