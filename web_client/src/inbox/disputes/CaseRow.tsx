/** One case in the list: who, about what, where it stands, how long there is. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { ComplaintView, DisputeView } from '../../protocol/generated';
import { Countdown } from '../../ui/disputes/Countdown';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { Count } from '../../ui/parts/Count';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import '../../ui/parts/row.css';
import { useDesk } from '../desk-context';
import { ComplaintState } from './ComplaintState';
import { Left } from './Left';
import { addressOf, type Shelf } from './spot';

export function DisputeRow({ view, shop }: { view: DisputeView; shop: string }): JSX.Element {
  const { client } = useDesk();
  const { amount } = view.remedy ?? view.wish;
  const unread = client.chat.value.threads.get(view.thread_id)?.view.unread ?? 0;
  const isTimed = view.due_at !== undefined && view.state !== 'refund_pending';
  return (
    <CaseLink shelf="disputes" shop={shop} id={view.id}>
      <span class="row-line">
        <span class="row-name clip" dir="auto">
          {view.buyer.name}
        </span>
        {isTimed ? <Countdown view={view} skew={client.chat.value.skew} compact /> : <RelativeTime at={view.closed_at ?? view.opened_at} class="row-time" />}
      </span>
      <span class="row-line">
        <span class="row-last clip" dir="auto">
          {view.line.title}
        </span>
        <Count count={unread} label={t('list.unread', { count: unread })} />
      </span>
      <span class="row-line docket-about">
        <DisputeState view={view} />
        {amount !== undefined && <span class="figures">{formatMoney(amount)}</span>}
      </span>
    </CaseLink>
  );
}

export function ComplaintRow({ view, shop }: { view: ComplaintView; shop: string }): JSX.Element {
  return (
    <CaseLink shelf="complaints" shop={shop} id={view.id}>
      <span class="row-line">
        <span class="row-name clip" dir="auto">
          {view.buyer.name}
        </span>
        {view.waits_for === 'seller' && view.due_at !== undefined ? (
          <Left due={view.due_at} />
        ) : (
          <RelativeTime at={view.closed_at ?? view.opened_at} class="row-time" />
        )}
      </span>
      <span class="row-last clip" dir="auto">
        {view.about}
      </span>
      <span class="row-line docket-about">
        <ComplaintState view={view} />
      </span>
    </CaseLink>
  );
}

interface CaseLinkProps {
  shelf: Shelf;
  shop: string;
  id: string;
  children: ComponentChildren;
}

/** With Ctrl and the like it opens in a window of its own, as any link. */
function CaseLink({ children, ...spot }: CaseLinkProps): JSX.Element {
  const { disputes } = useDesk();
  return (
    <a
      class="row"
      href={addressOf(spot)}
      aria-current={disputes.spot.value?.id === spot.id ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        disputes.visit(spot);
      }}
    >
      <span class="row-words">{children}</span>
    </a>
  );
}
