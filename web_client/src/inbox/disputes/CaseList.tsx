/** The cases of a shelf: loading, empty, failed, or there. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { ComplaintView, DisputeView } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, FlagIcon, ScaleIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import '../../ui/parts/tabs-line.css';
import { refusalText } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { ComplaintRow, DisputeRow } from './CaseRow';
import type { Cases, Listed } from './cases';
import { isOver, type Case } from './held';
import { SHELVES, type Shelf, type Spot } from './spot';

export interface CaseListProps {
  spot: Spot;
  /** A case covers it: it stays as it is, for the way back. */
  isAway: boolean;
}

const NAME = 'docket-';

export function CaseList({ spot, isAway }: CaseListProps): JSX.Element {
  const { disputes } = useDesk();
  const shop = disputes.shop.value;
  const { shelf } = spot;
  return (
    <section class={`docket-list${isAway ? ' docket-away' : ''}`} aria-label={t('inbox.disputes.shelves')}>
      <Tabs
        label={t('inbox.disputes.shelves')}
        name={NAME}
        items={SHELVES.map((id) => {
          const count = disputes.waitingIn(id, shop);
          return { id, label: t(`inbox.disputes.shelf.${id}`), count, countLabel: t('inbox.disputes.waiting', { count }) };
        })}
        current={shelf}
        onPick={(picked: Shelf) => {
          disputes.visit({ shelf: picked, ...(shop === null ? {} : { shop }) });
        }}
      />
      <div id={panelId(NAME, shelf)} role="tabpanel" aria-labelledby={tabId(NAME, shelf)} class="docket-scroll scroll">
        <Shown shelf={shelf} shop={shop} current={spot.id} />
      </div>
    </section>
  );
}

interface ShownProps {
  shelf: Shelf;
  shop: string | null;
  current: string | undefined;
}

function Shown({ shelf, shop, current }: ShownProps): JSX.Element {
  const { client, disputes } = useDesk();
  const hasNoShop = client.chat.value.me !== null && shop === null;
  if (hasNoShop) return <Nothing shelf={shelf} />;
  return shelf === 'disputes' ? (
    <Rows cases={disputes.disputes} shelf={shelf} shop={shop ?? ''} current={current} draw={drawDispute} />
  ) : (
    <Rows cases={disputes.complaints} shelf={shelf} shop={shop ?? ''} current={current} draw={drawComplaint} />
  );
}

const drawDispute = (view: DisputeView, shop: string): JSX.Element => <DisputeRow view={view} shop={shop} />;
const drawComplaint = (view: ComplaintView, shop: string): JSX.Element => <ComplaintRow view={view} shop={shop} />;

interface RowsProps<C extends Case> {
  cases: Cases<C>;
  shelf: Shelf;
  shop: string;
  current: string | undefined;
  draw: (one: C, shop: string) => JSX.Element;
}

function Rows<C extends Case>({ cases, shelf, shop, current, draw }: RowsProps<C>): JSX.Element {
  const listed: Listed<C> = cases.of(shop);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (current !== undefined) place.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  if (listed.kind === 'loading') return <SkeletonRows rows={6} label={t('common.loading')} />;
  if (listed.kind === 'failed') {
    return (
      <EmptyState icon={AlertIcon} title={t('inbox.disputes.error')} text={refusalText(listed.refusal)} compact>
        <Button onClick={() => void cases.fetch(shop)}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  if (listed.cases.length === 0) return <Nothing shelf={shelf} />;
  const isClosed = (one: C): boolean => isOver(one);
  return (
    <div ref={place} class="docket-rows">
      <Group shop={shop} name={t('inbox.disputes.open')} of={listed.cases.filter((one) => !isClosed(one))} draw={draw} />
      <Group shop={shop} name={t('inbox.disputes.over')} of={listed.cases.filter(isClosed)} draw={draw} />
      {listed.next !== '' && (
        <Button kind="quiet" size="s" onClick={() => void cases.more(shop)}>
          {t('common.show_more')}
        </Button>
      )}
    </div>
  );
}

interface GroupProps<C extends Case> {
  shop: string;
  name: string;
  of: readonly C[];
  draw: (one: C, shop: string) => JSX.Element;
}

function Group<C extends Case>({ shop, name, of, draw }: GroupProps<C>): JSX.Element | null {
  if (of.length === 0) return null;
  return (
    <>
      <p class="docket-group" aria-hidden="true">
        {name}
      </p>
      <ul aria-label={name}>
        {of.map((one) => (
          <li key={one.id}>{draw(one, shop)}</li>
        ))}
      </ul>
    </>
  );
}

function Nothing({ shelf }: { shelf: Shelf }): JSX.Element {
  const icon = shelf === 'disputes' ? ScaleIcon : FlagIcon;
  return <EmptyState icon={icon} title={t(`inbox.disputes.none.${shelf}`)} text={t(`inbox.disputes.none.${shelf}.text`)} compact />;
}
