/** Complaints by what is due first, beside the one that is open. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { formatLeft } from '../../ui/disputes/left';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, FlagIcon } from '../../ui/parts/icons';
import { useNow } from '../../ui/parts/RelativeTime';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useSkew } from '../context';
import { ComplaintPane } from './ComplaintPane';
import type { Listed } from './complaints';
import { useComplaints } from './context';

export function Queue({ listed }: { listed: Listed }): JSX.Element {
  const room = useComplaints();
  const [queue, refusal, open] = [room.queue.value.value, room.queue.refusal.value, room.open.value];
  if (queue === null) {
    if (refusal === null) return <SkeletonRows label={t('common.loading')} />;
    return (
      <EmptyState icon={AlertIcon} title={refusalText(refusal)}>
        <Button onClick={() => void room.queue.refresh()}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  if (queue.complaints.length === 0 && open === null) {
    return <EmptyState icon={FlagIcon} title={t(`console.complaints.empty.${listed}`)} text={t(`console.complaints.empty.${listed}.text`)} />;
  }
  return (
    <div class={`entries${open === null ? '' : ' entries-open'}`}>
      <section class="entries-list" aria-label={t(`console.complaints.${listed}`)}>
        <ul class="scroll entries-scroll things" tabIndex={-1}>
          {queue.complaints.map((complaint) => (
            <Row key={complaint.id} complaint={complaint} />
          ))}
          {(queue.next ?? '') !== '' && (
            <li class="docket-more">
              <Button size="s" onClick={() => void room.more()}>{t('common.show_more')}</Button>
            </li>
          )}
        </ul>
      </section>
      {open === null ? (
        <div class="entries-none">
          <EmptyState icon={FlagIcon} title={t('console.complaints.choose')} text={t('console.complaints.choose.text')} />
        </div>
      ) : (
        <ComplaintPane key={open.id} complaint={open} />
      )}
    </div>
  );
}

function Row({ complaint }: { complaint: ComplaintView }): JSX.Element {
  const room = useComplaints();
  const now = useNow() + useSkew();
  const { id, about, buyer, shop, due_at: due, waits_for: waits } = complaint;
  return (
    <li>
      <button type="button" class="entry-row docket-row" aria-current={id === room.current.value ? 'true' : undefined} onClick={() => { room.look(id); }}>
        <span class="clip docket-title" dir="auto">{shop.name}</span>
        <span class="docket-line quiet">
          <span class="clip">
            <bdi>{buyer.name}</bdi> · <bdi>{about}</bdi>
          </span>
        </span>
        <span class="docket-line docket-foot">
          <span class="clip quiet">{waits === undefined ? t('console.complaints.over') : t(`console.complaints.waits.${waits}`)}</span>
          {due !== undefined && <span class="figures">{t('console.complaints.due', { time: formatLeft(due - now) })}</span>}
        </span>
      </button>
    </li>
  );
}
