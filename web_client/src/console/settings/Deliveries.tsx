/** What goes and went to an endpoint, and what never arrived, which can be sent again. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import type { WebhookDelivery, WebhookEndpoint } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import type { Tone } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { refusalText } from '../../ui/refusals';
import { useDeliveries } from './use-deliveries';
import { saidText } from './webhooks';

const TABS = ['all', 'dead'] as const;
const NAME = 'deliveries-';
const TONES: Record<WebhookDelivery['state'], Tone> = { waiting: 'neutral', held: 'warn', sent: 'good', dead: 'danger' };

export interface DeliveriesProps {
  endpoint: WebhookEndpoint;
  /** Rises where something was done that shows here. */
  turn: number;
  /** Sends one dead letter again, or, without a message, all of them. */
  onReplay: (message?: string) => void;
  /** Something may have arrived meanwhile. */
  onMoved: () => void;
}

export function Deliveries({ endpoint, turn, onReplay, onMoved }: DeliveriesProps): JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]>('all');
  const { rows, refusal, hasMore, more, reload } = useDeliveries(endpoint.id, tab === 'dead', turn, onMoved);
  const label = t('console.webhooks.deliveries');
  return (
    <section class="deliveries" aria-label={label}>
      <header class="deliveries-head">
        <h4>{label}</h4>
        <Tabs
          name={NAME}
          label={label}
          items={TABS.map((id) => ({ id, label: t(`console.webhooks.${id}`), count: id === 'dead' ? endpoint.dead : 0, countLabel: t('console.webhooks.dead.count', { count: endpoint.dead }) }))}
          current={tab}
          onPick={setTab}
        />
      </header>
      <div role="tabpanel" id={panelId(NAME, tab)} aria-labelledby={tabId(NAME, tab)}>
        {tab === 'dead' && endpoint.dead > 0 && (
          <p class="deliveries-all"><Button size="s" onClick={() => { onReplay(); }}>{t('console.webhooks.replay.all')}</Button></p>
        )}
        {refusal !== null && <p class="sign-in-refusal" role="alert">{refusalText(refusal)} <Button size="s" onClick={reload}>{t('common.retry')}</Button></p>}
        {rows === null && refusal === null && <SkeletonRows label={t('common.loading')} />}
        {rows?.length === 0 && <p class="quiet">{t(tab === 'dead' ? 'console.webhooks.dead.none' : 'console.webhooks.deliveries.none')}</p>}
        <ul>
          {rows?.map((one) => <DeliveryRow key={one.message_id} delivery={one} onReplay={() => { onReplay(one.message_id); }} />)}
        </ul>
        {hasMore && <Button size="s" onClick={more}>{t('common.show_more')}</Button>}
      </div>
    </section>
  );
}

function DeliveryRow({ delivery, onReplay }: { delivery: WebhookDelivery; onReplay: () => void }): JSX.Element {
  const { type, state, attempts, created_at, next_at } = delivery;
  const facts = [
    saidText(delivery),
    ...(attempts > 1 || state === 'dead' ? [t('console.webhooks.attempts', { count: attempts })] : []),
    ...(state === 'waiting' && attempts > 0 ? [t('console.webhooks.next', { time: formatWhen(next_at) })] : []),
  ];
  return (
    <li class="delivery">
      <bdi class="delivery-type" dir="ltr">{type}</bdi>
      <Badge tone={TONES[state]}>{t(`console.webhooks.state.${state}`)}</Badge>
      <RelativeTime class="quiet" at={created_at} />
      <span class="delivery-facts quiet">{facts.filter((fact) => fact !== '').join(' · ')}</span>
      {state === 'dead' && <Button size="s" onClick={onReplay}>{t('console.webhooks.replay')}</Button>}
    </li>
  );
}
