/** The list and the card; or what is shown where there is neither. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { Refusal } from '../../protocol/refusal';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, FlagIcon, ShieldCheckIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useModeration } from './context';
import { keyOf } from './lane';
import { List } from './List';
import { QueuedCard } from './QueuedCard';
import { ReportedCard } from './ReportedCard';

export function Panel({ isSupervisor }: { isSupervisor: boolean }): JSX.Element {
  const room = useModeration();
  const { watch } = room;
  const isWaiting = room.tab.value === 'waiting';
  const texts = room.lane.value.texts.value;
  const count = isWaiting ? watch.waiting.value : watch.reports.value;

  const refusal = watch.refusal.value;
  if (refusal !== null && (!watch.hasCome.value || refusal.code === 'not_allowed')) {
    return (
      <EmptyState icon={AlertIcon} title={refusalText(refusal)}>
        <Button onClick={() => void watch.refresh()}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  // What was decided here makes room for the next fifty, which are on their way.
  if (!watch.hasCome.value || (texts.length === 0 && count > 0)) return <SkeletonRows label={t('common.loading')} />;
  if (texts.length === 0) return <Nothing isWaiting={isWaiting} />;
  const [queued, reported] = [room.waiting.open.value, room.reported.open.value];
  return (
    <>
      {refusal !== null && <Away refusal={refusal} />}
      <div class={`entries${room.isOpen.value ? ' entries-open' : ''}`}>
        <List key={room.tab.value} />
        {isWaiting && queued !== null && <QueuedCard key={keyOf(queued)} text={queued} />}
        {!isWaiting && reported !== null && <ReportedCard key={keyOf(reported)} text={reported} isSupervisor={isSupervisor} />}
      </div>
    </>
  );
}

/** What is shown may not be what waits now. */
function Away({ refusal }: { refusal: Refusal }): JSX.Element {
  const { watch } = useModeration();
  const again = (
    <Button size="s" onClick={() => void watch.refresh()}>
      {t('common.retry')}
    </Button>
  );
  return (
    <Banner tone="warn" icon={AlertIcon} action={again}>
      {refusalText(refusal)}
    </Banner>
  );
}

/** The focus comes here from the last card. */
function Nothing({ isWaiting }: { isWaiting: boolean }): JSX.Element {
  const { turn } = useModeration();
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef(turn.value);
  useEffect(() => {
    if (drawn.current > 0) place.current?.focus();
  }, []);
  return (
    <div class="judging-nothing" ref={place} tabIndex={-1}>
      {isWaiting ? (
        <EmptyState icon={ShieldCheckIcon} title={t('console.moderation.empty')} text={t('console.moderation.empty.text')} />
      ) : (
        <EmptyState icon={FlagIcon} title={t('console.moderation.reported.empty')} text={t('console.moderation.reported.empty.text')} />
      )}
    </div>
  );
}
