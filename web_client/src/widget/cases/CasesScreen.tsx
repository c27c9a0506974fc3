/** All that a buyer disputes and complains about, open ones first. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../../i18n';
import type { ComplaintView, DisputeView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { ComplaintState } from '../../ui/complaints/ComplaintState';
import { isOver as isComplaintOver } from '../../ui/complaints/words';
import { Countdown } from '../../ui/disputes/Countdown';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { TimeLeft } from '../../ui/disputes/TimeLeft';
import { isOver as isDisputeOver } from '../../ui/disputes/words';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ScaleIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { useAbout } from '../complaints/about';
import { useComplaints } from '../complaints/of';
import { useDisputes } from '../disputes/of';
import { Head } from '../Head';
import { useWidget } from '../widget-context';
import { inOrder } from './order';
import './cases.css';

export function CasesScreen(): JSX.Element {
  const disputes = useDisputes();
  const complaints = useComplaints();
  const load = (): void => {
    void disputes.refresh();
    void complaints.refresh();
  };
  useEffect(load, [disputes, complaints]);
  const quarrels = disputes.all.value;
  const silences = complaints.all.value;
  const refusal = disputes.refusal.value ?? complaints.refusal.value;
  const isKnown = quarrels !== null && silences !== null;
  return (
    <>
      <Head title={t('complaint.cases')} />
      <ConnectionBanner />
      <div class="list scroll">
        {!isKnown && refusal === null && <SkeletonRows label={t('common.loading')} />}
        {!isKnown && refusal !== null && (
          <EmptyState icon={AlertIcon} title={t('complaint.cases.error')} text={refusalText(refusal)}>
            <Button onClick={load}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {isKnown && quarrels.size + silences.size === 0 && (
          <EmptyState icon={ScaleIcon} title={t('complaint.cases.none')} text={t('complaint.cases.none.text')} />
        )}
        {isKnown && (
          <>
            <Shelf title={t('complaint.cases.disputes')} isEmpty={quarrels.size === 0}>
              {inOrder(quarrels.values(), isDisputeOver).map((view) => <DisputeItem key={view.id} view={view} />)}
            </Shelf>
            <Shelf title={t('complaint.cases.complaints')} isEmpty={silences.size === 0}>
              {inOrder(silences.values(), isComplaintOver).map((view) => <ComplaintItem key={view.id} view={view} />)}
            </Shelf>
          </>
        )}
      </div>
    </>
  );
}

function Shelf({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ComponentChildren }): JSX.Element | null {
  if (isEmpty) return null;
  return (
    <section aria-label={title}>
      <h2 class="cases-title">{title}</h2>
      {children}
    </section>
  );
}

function DisputeItem({ view }: { view: DisputeView }): JSX.Element {
  const widget = useWidget();
  const { skew } = useClient().chat.value;
  return (
    <Item title={view.line.title} shop={view.shop.name} at={view.closed_at ?? view.opened_at} onOpen={() => { widget.push({ kind: 'dispute', id: view.id }); }}>
      <DisputeState view={view} />
      <Countdown view={view} skew={skew} compact />
    </Item>
  );
}

function ComplaintItem({ view }: { view: ComplaintView }): JSX.Element {
  const widget = useWidget();
  const { skew } = useClient().chat.value;
  const about = useAbout(view);
  const { due_at: due } = view;
  return (
    <Item title={about} shop={view.shop.name} at={view.closed_at ?? view.opened_at} onOpen={() => { widget.push({ kind: 'complaint', id: view.id }); }}>
      <ComplaintState view={view} />
      {due !== undefined && <TimeLeft due={due} skew={skew} calm={view.waits_for !== 'buyer'} />}
    </Item>
  );
}

interface ItemProps {
  title: string;
  shop: string;
  at: number;
  children: ComponentChildren;
  onOpen: () => void;
}

function Item({ title, shop, at, children, onOpen }: ItemProps): JSX.Element {
  return (
    <button type="button" class="case-item" onClick={onOpen}>
      <span class="case-item-title clip" dir="auto">{title}</span>
      <span class="case-item-facts quiet">
        <bdi class="clip">{shop}</bdi>
        <RelativeTime at={at} />
      </span>
      <span class="case-item-states">{children}</span>
    </button>
  );
}
