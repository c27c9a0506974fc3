/** How urgent a conversation is, in words. */
import { t } from '../i18n';

export const PRIORITIES = [2, 1, 0, -1] as const;

const NAMES = ['low', 'normal', 'high', 'urgent'] as const;

export function priorityName(priority: number): string {
  return t(`console.desk.priority.${NAMES[priority + 1] ?? 'normal'}`);
}
