/** When people ask: weekdays by hours, the busier the darker. It is a table, so that ears have it as well. */
import type { JSX } from 'preact';

import { formatNumber, t } from '../../i18n';
import { weekdayName } from './words';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const SHADES = 4;

/** How dark: 0 for nothing, then in equal parts of the most. */
export function shadeOf(value: number, most: number): number {
  return value === 0 ? 0 : Math.ceil((value / most) * SHADES);
}

export function HeatMap({ hours, zone }: { hours: readonly (readonly number[])[]; zone: string }): JSX.Element {
  const most = Math.max(1, ...hours.flat());
  return (
    <section class="report-panel" aria-labelledby="heat-title">
      <div class="report-panel-head">
        <h3 id="heat-title">{t('console.reports.hours')}</h3>
        <span class="quiet">{t('console.reports.zone', { zone })}</span>
      </div>
      <table class="heat">
        <caption class="unseen">{t('console.reports.hours')}</caption>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th scope="col" key={hour} class={hour % 3 === 0 ? undefined : 'heat-between'}>
                <span>{String(hour).padStart(2, '0')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((row, weekday) => (
            <tr key={weekday}>
              <th scope="row">
                <abbr title={weekdayName(weekday, 'long')}>{weekdayName(weekday, 'short')}</abbr>
              </th>
              {row.map((value, hour) => (
                <td key={hour} class={`heat-${String(shadeOf(value, most))}`} title={`${weekdayName(weekday, 'long')} ${String(hour).padStart(2, '0')}:00 · ${formatNumber(value)}`}>
                  <span>{formatNumber(value)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
