/** Webhooks in words. */
import { has, t } from '../../i18n';
import type { WebhookDelivery, WebhookEndpoint } from '../../protocol/generated';

/** So long before its next try, something that waits is worth looking at again soon. */
const SOON_MS = 60_000;

/** What a try came to; empty before the first. */
export function saidText({ said }: Pick<WebhookDelivery, 'said'>): string {
  if (/^\d+$/u.test(said)) return t('console.webhooks.said.status', { status: said });
  const key = `console.webhooks.said.${said}`;
  return has(key) ? t(key) : said;
}

/** What stands below an endpoint's name in the list. */
export function noteOf({ active, url, waiting, dead }: WebhookEndpoint): string {
  const state = url === '' ? t('console.webhooks.left_settings') : t(active ? 'console.webhooks.active' : 'console.webhooks.paused');
  const counts = [
    ...(waiting > 0 ? [t('console.webhooks.waiting.count', { count: waiting })] : []),
    ...(dead > 0 ? [t('console.webhooks.dead.count', { count: dead })] : []),
  ];
  return [state, ...counts].join(' · ');
}

/** Whether something will have happened before long. */
export function isMoving(deliveries: readonly WebhookDelivery[], now: number): boolean {
  return deliveries.some(({ state, next_at }) => state === 'waiting' && next_at < now + SOON_MS);
}
