/** How a shop answers others, and when its people are there. */
import type { JSX } from 'preact';

import { formatNumber, formatWhen, locale, t } from '../../i18n';
import type { ComplaintView, ResponseFigure, ShopHours } from '../../protocol/generated';
import { formatLeft } from '../../ui/disputes/left';
import { dayName, wallTime } from '../team/names';
import { endOf } from '../team/week';

export function ShopFacts({ complaint: { response, hours } }: { complaint: ComplaintView }): JSX.Element {
  return (
    <aside class="case-around" aria-label={t('console.complaints.shop')}>
      <section>
        <h3 class="case-heading">{t('console.complaints.shop')}</h3>
        <Figure response={response} />
      </section>
      <section>
        <h3 class="case-heading">{t('console.complaints.hours')}</h3>
        <Hours hours={hours} />
      </section>
    </aside>
  );
}

export function Figure({ response }: { response: ResponseFigure }): JSX.Element {
  const { per_mille: perMille, median_ms: median, counted } = response;
  return (
    <dl class="case-facts">
      <div>
        <dt>{t('console.complaints.rate')}</dt>
        <dd class="figures">{perMille === null ? t('console.complaints.rate.none') : percent(perMille)}</dd>
      </div>
      {median !== null && (
        <div>
          <dt>{t('console.complaints.median')}</dt>
          <dd class="figures">{formatLeft(median)}</dd>
        </div>
      )}
      <div>
        <dt>{t('console.complaints.counted')}</dt>
        <dd class="figures">{formatNumber(counted)}</dd>
      </div>
    </dl>
  );
}

function percent(perMille: number): string {
  return new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 1 }).format(perMille / 1_000);
}

function Hours({ hours }: { hours: ShopHours | undefined }): JSX.Element {
  if (hours === undefined || hours.windows.length === 0) {
    return (
      <>
        <p class="quiet">{t('console.complaints.hours.none')}</p>
        <Away hours={hours} />
      </>
    );
  }
  return (
    <>
      <ul class="complaint-hours">
        {hours.windows.map((window) => (
          <li key={`${String(window.weekday)} ${String(window.opens)}`} class="figures">
            <span>{dayName(window.weekday)}</span>
            <bdi>
              {wallTime(window.opens)} – {wallTime(endOf(window).minute)}
            </bdi>
          </li>
        ))}
      </ul>
      <p class="quiet">{t('console.complaints.hours.zone')}: <bdi>{hours.zone}</bdi></p>
      <Away hours={hours} />
    </>
  );
}

function Away({ hours }: { hours: ShopHours | undefined }): JSX.Element | null {
  if (hours?.away_until === undefined) return null;
  return <p>{t('console.complaints.away', { date: formatWhen(hours.away_until) })}</p>;
}
