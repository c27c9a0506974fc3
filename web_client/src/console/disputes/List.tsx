/** Cases by what is due first. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { DisputeView } from '../../protocol/generated';
import { Countdown } from '../../ui/disputes/Countdown';
import { Badge } from '../../ui/parts/Badge';
import { Button } from '../../ui/parts/Button';
import { AlertIcon, ClockIcon } from '../../ui/parts/icons';
import { UserCheckIcon } from '../../ui/parts/icons-desk';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { useSkew } from '../context';
import { useDocket } from './context';

export function List({ disputes, hasMore }: { disputes: readonly DisputeView[]; hasMore: boolean }): JSX.Element {
  const docket = useDocket();
  const current = docket.current.value;
  const place = useRef<HTMLUListElement>(null);
  useEffect(() => {
    place.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <section class="entries-list" aria-label={t(`console.disputes.${docket.tab.value}`)}>
      <ul class="scroll entries-scroll things" ref={place} tabIndex={-1}>
        {disputes.map((dispute) => (
          <Row key={dispute.id} dispute={dispute} />
        ))}
        {hasMore && (
          <li class="docket-more">
            <Button size="s" onClick={() => void docket.more()}>
              {t('common.show_more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

function Row({ dispute }: { dispute: DisputeView }): JSX.Element {
  const docket = useDocket();
  const skew = useSkew();
  const { id, line, reason, asked, buyer, shop, opened_at: openedAt } = dispute;
  return (
    <li>
      <button type="button" class="entry-row docket-row" aria-current={id === docket.current.value ? 'true' : undefined} onClick={() => { docket.open(id); }}>
        <span class="docket-line">
          <span class="clip docket-title" dir="auto">{line.title}</span>
          {asked.amount !== undefined && <span class="figures">{formatMoney(asked.amount)}</span>}
        </span>
        <span class="docket-line quiet">
          <span class="clip">
            <bdi>{buyer.name}</bdi> · <bdi>{shop.name}</bdi>
          </span>
        </span>
        <span class="docket-line docket-foot">
          <span class="clip quiet">{t(`dispute.reason.${reason}`)}</span>
          {dispute.state === 'refund_pending' ? <RelativeTime at={dispute.refund_asked_at ?? openedAt} class="quiet" /> : <Countdown view={dispute} skew={skew} compact />}
        </span>
        <Marks dispute={dispute} />
      </button>
    </li>
  );
}

function Marks({ dispute }: { dispute: DisputeView }): JSX.Element | null {
  const { me } = useDocket();
  const { mediator_id: mediator, refund_failed: failed = '' } = dispute;
  // What takes too long was said once; after that nothing is due any more.
  const isLate = dispute.state === 'mediation' && dispute.due_at === undefined;
  if (failed !== '') {
    return (
      <span class="docket-marks">
        <Badge tone="danger" icon={AlertIcon}>{t('console.disputes.failed')}</Badge>
      </span>
    );
  }
  if (mediator === undefined && !isLate) return null;
  return (
    <span class="docket-marks">
      {isLate && <Badge tone="danger" icon={ClockIcon}>{t('console.disputes.late')}</Badge>}
      {mediator !== undefined && <Badge tone={mediator === me ? 'brand' : 'neutral'} icon={UserCheckIcon}>{t(mediator === me ? 'console.disputes.yours' : 'console.disputes.taken')}</Badge>}
    </span>
  );
}
