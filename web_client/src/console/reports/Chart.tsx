/** A chart of days: columns and lines, what the pointer is on, and the same as a table for whoever wants it so. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { locale, t } from '../../i18n';
import { preferences } from '../preferences';
import type { Series } from './plot';
import { TableView } from './TableView';
import { dayName, NOTHING } from './words';

export interface ChartProps {
  title: string;
  days: readonly string[];
  series: readonly Series[];
  tell: (value: number) => string;
  steps: number[];
}

export function Chart({ title, days, series, tell, steps }: ChartProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const [point, setPoint] = useState<number | null>(null);
  // What draws comes by itself, after the numbers; where it does not come, the table stands open.
  const [isLost, setLost] = useState(false);
  const theme = preferences.value.theme;
  const isDark = useDark();
  const say = (value: number | null | undefined): string => (value === null || value === undefined ? NOTHING : tell(value));

  useEffect(() => {
    if (host.current === null) return undefined;
    const area = host.current;
    let end: (() => void) | null = null;
    let isHere = true;
    import('./plot').then(
      ({ show }) => {
        if (isHere) end = show({ host: area, series, tell, steps, nameOf: (index) => dayName(days[index] ?? ''), onPoint: setPoint });
      },
      () => {
        setLost(true);
      },
    );
    return () => {
      isHere = false;
      end?.();
    };
    // The colours and the direction are read off the page when it is drawn.
  }, [days, series, tell, steps, theme, isDark]);

  const pointed = point === null ? undefined : days[point];
  return (
    <figure class="report-panel">
      <figcaption class="report-panel-head">
        <h3>{title}</h3>
        <span class="quiet figures" aria-hidden="true">
          {pointed !== undefined && dayName(pointed, true)}
        </span>
      </figcaption>
      <div class="report-plot" hidden={isLost} ref={host} aria-hidden="true" key={locale.value} />
      <ul class="report-keys">
        {series.map(({ label, colour, values }) => (
          <li key={label}>
            <i class="report-key" style={{ background: `var(${colour})` }} aria-hidden="true" />
            {label}
            {point !== null && <b class="figures" aria-hidden="true">{say(values[point])}</b>}
          </li>
        ))}
      </ul>
      <TableView
        isOpen={isLost}
        caption={title}
        head={[t('console.reports.day'), ...series.map(({ label }) => label)]}
        rows={days.map((day, index) => [dayName(day, true), ...series.map(({ values }) => say(values[index]))])}
      />
    </figure>
  );
}

const DARK = '(prefers-color-scheme: dark)';

/** Whether the system is dark, which counts where no theme is chosen. */
function useDark(): boolean {
  const [isDark, setDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const media = matchMedia(DARK);
    const change = (): void => {
      setDark(media.matches);
    };
    media.addEventListener('change', change);
    return () => {
      media.removeEventListener('change', change);
    };
  }, []);
  return isDark;
}
