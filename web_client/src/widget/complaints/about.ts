/** What a complaint is about, in a few words. */
import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { useClient } from '../../ui/client';

/** The product, or the order by its number, where it is known that it is one. */
export function useAbout({ thread_id: thread, about }: ComplaintView): string {
  const kind = useClient().chat.value.threads.get(thread)?.view.kind;
  return kind === 'order' ? t('order.number', { number: about }) : about;
}
