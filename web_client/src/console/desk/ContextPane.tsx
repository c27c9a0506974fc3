/** What is known of the customer: who he is, his orders, what he asked before, what the bot made of it, how it went. */
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DeskContext, DeskThread, OrderView } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { OrderDetails } from '../../ui/orders/OrderDetails';
import { OrderItem } from '../../ui/orders/OrderItem';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { Block } from './Block';
import { contextOf } from './blanks';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { holderOf } from './names';
import { Attempts, Episodes } from './Past';
import { Person } from './Person';
import './context.css';

interface Loaded {
  id: string;
  context: DeskContext | null;
  refusal: Refusal | null;
}

export function ContextPane(): JSX.Element | null {
  const desk = useDesk();
  const id = desk.place.value?.id;
  const [turn, setTurn] = useState(0);
  const loaded = useContextOf(desk, id ?? '', turn);
  if (id === undefined) return null;
  if (loaded.context === null) {
    if (loaded.refusal === null) return <SkeletonRows rows={4} label={t('common.loading')} />;
    return (
      <EmptyState icon={AlertIcon} title={refusalText(loaded.refusal)} compact>
        <Button
          size="s"
          onClick={() => {
            setTurn(turn + 1);
          }}
        >
          {t('common.retry')}
        </Button>
      </EmptyState>
    );
  }
  const { customer, email = '', orders = [], threads = [], attempts = [], episodes = [] } = loaded.context;
  return (
    <div class="context">
      <Person customer={customer} email={email} />
      <Orders orders={orders} />
      <Threads threads={threads} me={desk.me} />
      <Attempts attempts={attempts} />
      <Episodes episodes={episodes} me={desk.me} />
    </div>
  );
}

/** Asked for with each thread, and anew when it passes into other hands. What came stays while it is asked again. */
function useContextOf(desk: Desk, id: string, turn: number): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ id: '', context: null, refusal: null });
  const [standing, setStanding] = useState('');
  useSignalEffect(() => {
    const row = desk.open.value;
    setStanding(row === null ? '' : `${row.id} ${row.state} ${row.agent?.id ?? ''}`);
  });
  useEffect(() => {
    if (id === '') return undefined;
    let isHere = true;
    contextOf(desk, id, true).then(
      (context) => {
        if (isHere) setLoaded({ id, context, refusal: null });
      },
      (thrown: unknown) => {
        if (isHere) setLoaded((before) => ({ id, context: before.id === id ? before.context : null, refusal: refusalOf(thrown) }));
      },
    );
    return () => {
      isHere = false;
    };
  }, [desk, id, turn, standing]);
  return loaded.id === id ? loaded : { id, context: null, refusal: null };
}

function Orders({ orders }: { orders: readonly OrderView[] }): JSX.Element {
  const [open, setOpen] = useState<OrderView | null>(null);
  return (
    <Block title={t('console.desk.orders')}>
      {orders.length === 0 ? (
        <p class="quiet">{t('console.desk.orders.none')}</p>
      ) : (
        <ul class="context-orders">
          {orders.map((order) => (
            <li key={order.id}>
              <OrderItem order={order} onOpen={setOpen} />
            </li>
          ))}
        </ul>
      )}
      {open !== null && (
        <Dialog
          title={t('order.number', { number: open.number })}
          look="sheet"
          onClose={() => {
            setOpen(null);
          }}
        >
          <OrderDetails order={open} />
        </Dialog>
      )}
    </Block>
  );
}

function Threads({ threads, me }: { threads: readonly DeskThread[]; me: string }): JSX.Element | null {
  const desk = useDesk();
  if (threads.length === 0) return null;
  return (
    <Block title={t('console.desk.earlier')}>
      <ul class="context-list">
        {threads.map((thread) => (
          <li key={thread.id}>
            <a
              class="context-link"
              href={`#/t/${thread.id}`}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                desk.put(thread);
                desk.visit(thread.id);
              }}
            >
              <span class="clip" dir="auto">
                {thread.last?.text ?? t('list.no_messages')}
              </span>
              <span class="context-line quiet">
                <span class="clip">{holderOf(thread, me)}</span>
                <RelativeTime at={thread.last_at} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Block>
  );
}
