/** What is known of the customer: who he is, his orders, what he asked before, what the bot made of it, how it went. */
import { useSignalEffect } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { formatWhen, locale, t } from '../../i18n';
import { countryName, formatDate, formatTimeIn, languageName } from '../../i18n/more';
import type { Attempt, CustomerView, DeskContext, DeskThread, EpisodeView, OrderView } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { OrderDetails } from '../../ui/orders/OrderDetails';
import { OrderItem } from '../../ui/orders/OrderItem';
import { Avatar } from '../../ui/parts/Avatar';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ClockIcon, GlobeIcon, StarIcon, StoreIcon } from '../../ui/parts/icons';
import { MailIcon } from '../../ui/parts/icons-desk';
import { RelativeTime, useNow } from '../../ui/parts/RelativeTime';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { contextOf } from './blanks';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { customerName, holderOf } from './names';
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

function Block({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="context-block">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Person({ customer, email }: { customer: CustomerView; email: string }): JSX.Element {
  const present = useNow();
  const { locale: language, zone, country = '' } = customer;
  const time = formatTimeIn(present, zone);
  const place = [country === '' ? '' : countryName(country), zone.split('/').at(-1)?.replaceAll('_', ' ') ?? ''].filter((word) => word !== '').join(', ');
  return (
    <div class="person">
      <div class="person-top">
        <Avatar name={customerName(customer)} size={44} />
        <div class="person-names">
          <p class="person-name">
            <bdi>{customerName(customer)}</bdi>
          </p>
          <p class="quiet">{t(`console.desk.kind.${customer.kind}`)}</p>
        </div>
      </div>
      <dl class="person-facts">
        <Fact icon={<GlobeIcon size={14} />} name={t('console.desk.language')} value={languageName(language)} />
        {time !== '' && <Fact icon={<ClockIcon size={14} />} name={t('console.desk.local_time')} value={time} about={place} />}
        {email !== '' && <Fact icon={<MailIcon size={14} />} name={t('console.email')} value={email} isCode />}
        {customer.sells === true && <Fact icon={<StoreIcon size={14} />} name={t('console.desk.sells')} value={t('console.desk.sells.yes')} />}
      </dl>
    </div>
  );
}

function Fact({ icon, name, value, about = '', isCode = false }: { icon: JSX.Element; name: string; value: string; about?: string; isCode?: boolean }): JSX.Element {
  return (
    <div class="person-fact">
      <dt>
        {icon}
        <span class="unseen">{name}</span>
      </dt>
      <dd class="figures" dir={isCode ? 'ltr' : undefined}>
        {value}
        {about !== '' && <span class="quiet"> · {about}</span>}
      </dd>
    </div>
  );
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

/** So many are shown at once. */
const MOST_ATTEMPTS = 5;

function Attempts({ attempts }: { attempts: readonly Attempt[] }): JSX.Element | null {
  const [all, setAll] = useState(false);
  if (attempts.length === 0) return null;
  return (
    <Block title={t('console.desk.attempts')}>
      <ol class="context-list">
        {(all ? attempts : attempts.slice(0, MOST_ATTEMPTS)).map((attempt) => (
          <li key={attempt.seq} class="attempt">
            <p class="attempt-question" dir="auto">
              {attempt.question}
            </p>
            <p class="attempt-outcome">
              <span class={`attempt-word attempt-${attempt.outcome}`}>{t(`console.outcome.${attempt.outcome}`)}</span>
              {attempt.entry_question !== '' && (
                <span class="clip" dir="auto">
                  {attempt.entry_question}
                </span>
              )}
              <span class="figures quiet">{percent(attempt.probability)}</span>
            </p>
            {attempt.helpful !== undefined && (
              <p class={attempt.helpful ? 'attempt-good' : 'attempt-bad'}>{t(attempt.helpful ? 'console.desk.helped' : 'console.desk.not_helped')}</p>
            )}
          </li>
        ))}
      </ol>
      {!all && attempts.length > MOST_ATTEMPTS && (
        <Button
          size="s"
          kind="quiet"
          onClick={() => {
            setAll(true);
          }}
        >
          {t('common.show_more')}
        </Button>
      )}
    </Block>
  );
}

function percent(share: number): string {
  return new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

function Episodes({ episodes, me }: { episodes: readonly EpisodeView[]; me: string }): JSX.Element | null {
  if (episodes.length === 0) return null;
  return (
    <Block title={t('console.desk.episodes')}>
      <ol class="context-list">
        {episodes.map(({ number, asked_at: askedAt, resolved_at: resolvedAt, agent, csat, comment = '' }) => (
          <li key={number} class="episode">
            <p class="context-line">
              <time class="figures" title={formatWhen(askedAt)}>
                {formatDate(askedAt)}
              </time>
              <span class="quiet clip">
                {agent === undefined ? t('console.desk.state.queued') : agent.id === me ? t('common.you') : agent.name}
              </span>
              <span class="quiet">{t(resolvedAt === undefined ? 'console.desk.episode.open' : 'console.desk.state.resolved')}</span>
              {csat !== undefined && csat > 0 && <Score score={csat} />}
            </p>
            {comment !== '' && (
              <p class="episode-comment" dir="auto">
                {comment}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Block>
  );
}

function Score({ score }: { score: number }): JSX.Element {
  return (
    <span class="score figures" title={t('console.desk.score', { count: score })}>
      <StarIcon size={13} />
      <span aria-hidden="true">{score}</span>
      <span class="unseen">{t('console.desk.score', { count: score })}</span>
    </span>
  );
}
