/** All figures of some days: the numbers that matter, then what is behind them. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import type { DeskReport, Spread } from '../../protocol/generated';
import { Chart } from './Chart';
import { HeatMap } from './HeatMap';
import { Levels } from './Levels';
import type { Series } from './plot';
import { Scores } from './Scores';
import { Table } from './TableView';
import { mean, NOTHING, share, span, zoneName } from './words';

/** `worked` counts working time alone, `wall` all that passed. */
export type Counting = 'worked' | 'wall';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const COUNT_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 4, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50].map((n) => n * DAY),
];

export function medianOf(spread: Spread, counting: Counting): number | undefined {
  return counting === 'worked' ? spread.worked_median : spread.median;
}

export function ninetiethOf(spread: Spread, counting: Counting): number | undefined {
  return counting === 'worked' ? spread.worked_p90 : spread.p90;
}

export function Figures({ report, counting }: { report: DeskReport; counting: Counting }): JSX.Element {
  const days = useMemo(() => report.days.map(({ date }) => date), [report]);
  const volume = useMemo(() => volumeOf(report), [report]);
  const first = useMemo(() => firstOf(report, counting), [report, counting]);
  return (
    <>
      <Tiles report={report} counting={counting} />
      <div class="report-panels">
        <Chart title={t('console.reports.volume')} days={days} series={volume} tell={formatNumber} steps={COUNT_STEPS} />
        <Chart title={t('console.reports.first_by_day')} days={days} series={first} tell={span} steps={TIME_STEPS} />
        <div class="report-panel-wide">
          <HeatMap hours={report.hours} zone={zoneName(report.zone)} />
        </div>
        <Scores report={report} />
        <Levels report={report} />
        <div class="report-panel-wide">
          <Agents report={report} counting={counting} />
        </div>
      </div>
    </>
  );
}

function Tiles({ report, counting }: { report: DeskReport; counting: Counting }): JSX.Element {
  const { total, talks, reached, first_level: level } = report;
  const within = (spread: Spread): string =>
    spread.count === 0 ? '' : t('console.reports.within', { time: span(ninetiethOf(spread, counting)) });
  const tiles = [
    ['asked', formatNumber(total.asked), t('console.reports.resolved_of', { count: total.resolved })],
    ['first', span(medianOf(total.first, counting)), within(total.first)],
    ['resolution', span(medianOf(total.resolution, counting)), within(total.resolution)],
    ['wait', span(medianOf(total.wait, counting)), within(total.wait)],
    ['satisfaction', mean(total.score.mean), t('console.reports.ratings', { count: total.score.rated })],
    ['first_level', share(level.kept, level.kept + level.broken), t('console.reports.broken', { count: level.broken })],
    ['deflection', share(talks - reached, talks), t('console.reports.talks', { count: talks })],
  ] as const;
  return (
    <dl class="report-tiles">
      {tiles.map(([name, number, note]) => (
        <div class="report-tile" key={name}>
          <dt>{t(`console.reports.${name}`)}</dt>
          <dd class="report-tile-number figures">{number}</dd>
          <dd class="quiet figures">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function volumeOf({ days }: DeskReport): Series[] {
  const looks = [
    ['asked', 'bars'],
    ['resolved', 'line'],
    ['answered', 'dashes'],
  ] as const;
  return looks.map(([name, look]) => ({
    label: t(`console.reports.${name}`),
    colour: `--plot-${name}`,
    look,
    values: days.map(({ line }) => line[name]),
  }));
}

function firstOf({ days }: DeskReport, counting: Counting): Series[] {
  return [
    {
      label: t('console.reports.p90'),
      colour: '--plot-p90',
      look: 'line',
      values: days.map(({ line }) => ninetiethOf(line.first, counting) ?? null),
    },
    {
      label: t('console.reports.median'),
      colour: '--plot-median',
      look: 'line',
      values: days.map(({ line }) => medianOf(line.first, counting) ?? null),
    },
  ];
}

function Agents({ report, counting }: { report: DeskReport; counting: Counting }): JSX.Element {
  return (
    <section class="report-panel" aria-labelledby="agents-title">
      <div class="report-panel-head">
        <h3 id="agents-title">{t('console.reports.agents')}</h3>
      </div>
      {report.agents.length === 0 ? (
        <p class="quiet">{NOTHING}</p>
      ) : (
        <Table
          caption={t('console.reports.agents')}
          quiet
          head={[
            t('console.reports.agent'),
            t('console.reports.threads'),
            t('console.reports.answered'),
            t('console.reports.resolved'),
            t('console.reports.first'),
            t('console.reports.satisfaction'),
          ]}
          rows={report.agents.map(({ agent, line }) => [
            <bdi key="name">{agent.name}</bdi>,
            formatNumber(line.asked),
            formatNumber(line.answered),
            formatNumber(line.resolved),
            span(medianOf(line.first, counting)),
            mean(line.score.mean),
          ])}
        />
      )}
    </section>
  );
}
