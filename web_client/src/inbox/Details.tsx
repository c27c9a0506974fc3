/** What a seller wants to see beside a conversation: the order or the product, and what else this buyer wrote about. */
import type { ComponentChildren, JSX } from 'preact';

import { needPart, t } from '../i18n';
import { formatDate } from '../i18n/more';
import type { ThreadView } from '../protocol/generated';
import { isSupport, otherName } from '../state/select';
import { Later } from '../ui/Later';
import { Avatar } from '../ui/parts/Avatar';
import { Dialog } from '../ui/parts/Dialog';
import { RelativeTime } from '../ui/parts/RelativeTime';
import { SupportMark } from '../ui/threads/SupportMark';
import { useDesk } from './desk-context';
import type { OrderDisputesProps } from './disputes/OrderDisputes';
import { othersOf } from './groups';
import { OrderDetails } from './OrderDetails';
import { ProductDetails } from './ProductDetails';
import { Topic } from './ThreadRow';
import './details.css';

export function Details({ view }: { view: ThreadView }): JSX.Element {
  return (
    <div class="details">
      <div class="details-person">
        {isSupport(view) ? <SupportMark view={view} size={44} /> : <Avatar name={otherName(view)} size={44} />}
        <div class="details-names">
          <p class="details-name">
            <bdi>{otherName(view)}</bdi>
          </p>
          <p class="quiet">
            {t('inbox.details.since')} {formatDate(view.created_at)}
          </p>
        </div>
      </div>
      {view.order !== undefined && <InDisputes order={view.order.id} />}
      {view.order !== undefined && <OrderDetails order={view.order} />}
      {view.order === undefined && view.product !== undefined && <ProductDetails product={view.product} />}
      <Others view={view} />
    </div>
  );
}

const loadDisputes = async (): Promise<(props: OrderDisputesProps) => JSX.Element> => {
  const [{ OrderDisputes }] = await Promise.all([import('./disputes/OrderDisputes'), needPart('disputes')]);
  return OrderDisputes;
};

function InDisputes({ order }: { order: string }): JSX.Element | null {
  const { disputes } = useDesk();
  const found = disputes.disputes.all().filter(({ order_id: id }) => id === order);
  return found.length === 0 ? null : <Later load={loadDisputes} props={{ found }} />;
}

export function Block({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="details-block">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Others({ view }: { view: ThreadView }): JSX.Element | null {
  const desk = useDesk();
  const others = othersOf(view, desk.views.value);
  if (others.length === 0) return null;
  return (
    <Block title={t('inbox.details.other', { name: otherName(view) })}>
      <ul class="details-others">
        {others.slice(0, 8).map((other) => (
          <li key={other.id}>
            <a href={`#/t/${other.id}`}>
              <Topic view={other} />
              <RelativeTime at={other.last_at} class="row-time" />
            </a>
          </li>
        ))}
      </ul>
    </Block>
  );
}

/** The same, above the conversation. */
export function DetailsSheet({ view }: { view: ThreadView }): JSX.Element {
  const desk = useDesk();
  return (
    <Dialog
      title={t('inbox.details')}
      look="sheet"
      onClose={() => {
        desk.isPeeking.value = false;
      }}
    >
      <Details view={view} />
    </Dialog>
  );
}
