/** When the shop's people are there, and when they are away; what of it buyers are told. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { ShopHours } from '../../protocol/generated';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ClockIcon, SunIcon } from '../../ui/parts/icons';
import { Skeleton } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { dayOf } from '../reviews/figures';
import { clock, endOf, runsOf } from './hours';
import { weekdayName } from './names';
import { useFound } from './use-found';

export function Presence({ shop }: { shop: string }): JSX.Element {
  const desk = useDesk();
  const { figures } = desk;
  const ask = useCallback(() => figures.complaints.hours(shop), [figures, shop]);
  const { thing, refusal, again } = useFound(ask);
  const isWriting = desk.window.value === 'hours';
  const wasWriting = useRef(isWriting);
  useEffect(() => {
    // What was written there is shown here.
    if (wasWriting.current && !isWriting) again();
    wasWriting.current = isWriting;
  }, [isWriting, again]);

  return (
    <section class="figures-part">
      <h3>{t('inbox.hours')}</h3>
      {thing === null && refusal !== null && (
        <EmptyState icon={AlertIcon} title={t('inbox.hours.error')} text={refusalText(refusal)} compact>
          <Button onClick={again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {thing === null && refusal === null && (
        <div class="standing" aria-hidden="true">
          <Skeleton width="100%" height="40px" />
        </div>
      )}
      {thing !== null && <Summary hours={thing} onChange={() => { desk.window.value = 'hours'; }} />}
    </section>
  );
}

function Summary({ hours, onChange }: { hours: ShopHours; onChange: () => void }): JSX.Element {
  const { away_until: away, holidays } = hours;
  return (
    <div class="standing">
      {away !== undefined && (
        <Banner tone="warn" icon={SunIcon}>
          {t('inbox.hours.away', { date: formatWhen(away) })}
        </Banner>
      )}
      <div class="standing-chief">
        <Week hours={hours} />
        <Button size="s" icon={ClockIcon} onClick={onChange}>
          {t('inbox.hours.change')}
        </Button>
      </div>
      <p class="quiet">
        {holidays.length === 0 ? t('inbox.hours.no_holidays') : t('inbox.hours.holidays_on', { dates: holidays.map(({ first, last }) => rangeOf(first, last)).join(', ') })}
      </p>
    </div>
  );
}

function Week({ hours }: { hours: ShopHours }): JSX.Element {
  if (hours.windows.length === 0) return <p class="quiet">{t('inbox.hours.none')}</p>;
  return (
    <dl class="presence-week figures">
      {runsOf(hours).map(({ first, last, spans }) => (
        <>
          <dt>{first === last ? weekdayName(first, 'short') : `${weekdayName(first, 'short')} – ${weekdayName(last, 'short')}`}</dt>
          <dd>{spans.length === 0 ? t('inbox.hours.closed') : spans.map((span) => `${clock(span.opens)} – ${clock(endOf(span))}`).join(', ')}</dd>
        </>
      ))}
    </dl>
  );
}

function rangeOf(first: string, last: string): string {
  const [from, to] = [formatDate(dayOf(first)), formatDate(dayOf(last))];
  return first === last ? from : `${from} – ${to}`;
}
