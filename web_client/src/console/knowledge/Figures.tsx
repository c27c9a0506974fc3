/** How the bot does: by day, by entry, by language. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { formatNumber, locale, t } from '../../i18n';
import type { BotDay, BotFigures, FaqShelf } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { ZapIcon } from '../../ui/parts/icons';
import { useConsole } from '../context';
import { Shown } from '../Shown';
import { useLoaded } from '../use-loaded';
import { titleOf, type Wish } from './drafts';

const SPANS = [7, 30, 90] as const;
const KINDS = ['answers', 'options', 'misses', 'handoffs', 'smalltalk'] as const;
const HEIGHT = 120;
const WIDTH = 720;

interface FiguresProps {
  shelf: FaqShelf;
  onEdit: (wish: Wish) => void;
}

export function Figures({ shelf, onEdit }: FiguresProps): JSX.Element {
  const { api } = useConsole();
  const [days, setDays] = useState<number>(30);
  const load = useCallback(() => api.figures(days), [api, days]);
  const loaded = useLoaded(load);
  return (
    <div class="figures-room scroll">
      <div class="figures-spans" role="group" aria-label={t('console.figures.span')}>
        {SPANS.map((span) => (
          <Button key={span} size="s" aria-pressed={span === days} onClick={() => { setDays(span); }}>
            {t('console.figures.days', { count: span })}
          </Button>
        ))}
      </div>
      <Shown loaded={loaded}>
        {(figures) =>
          figures.talks === 0 ? (
            <EmptyState icon={ZapIcon} title={t('console.figures.none')} text={t('console.figures.none.text')} />
          ) : (
            <Drawn figures={figures} shelf={shelf} onEdit={onEdit} />
          )
        }
      </Shown>
    </div>
  );
}

function sum(days: readonly BotDay[], name: Exclude<keyof BotDay, 'at'>): number {
  return days.reduce((total, day) => total + (day[name] ?? 0), 0);
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${formatNumber(Math.round((100 * part) / whole))} %`;
}

function Drawn({ figures, shelf, onEdit }: FiguresProps & { figures: BotFigures }): JSX.Element {
  const { days, talks, handed_off: handedOff } = figures;
  const asked = sum(days, 'answers') + sum(days, 'options') + sum(days, 'misses');
  const rated = sum(days, 'helped') + sum(days, 'not_helped');
  const numbers = [
    ['talks', formatNumber(talks)],
    ['answered', share(sum(days, 'answers'), asked)],
    ['taken', share(figures.taken, sum(days, 'options'))],
    ['deflected', share(talks - handedOff, talks)],
    ['helped', share(sum(days, 'helped'), rated)],
  ] as const;
  return (
    <>
      <dl class="numbers">
        {numbers.map(([name, number]) => (
          <div key={name}>
            <dt>{t(`console.figures.${name}`)}</dt>
            <dd class="figures">{number}</dd>
          </div>
        ))}
      </dl>
      <Chart days={days} />
      <div class="figures-tables">
        <table>
          <caption>{t('console.figures.entries')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('console.entry')}</th>
              <th scope="col">{t('console.figures.answers')}</th>
              <th scope="col">{t('console.figures.helped')}</th>
              <th scope="col">{t('console.figures.not_helped')}</th>
            </tr>
          </thead>
          <tbody>
            {figures.entries.slice(0, 20).map((row) => (
              <tr key={row.entry}>
                <th scope="row">
                  <button type="button" class="bar-name" dir="auto" onClick={() => { onEdit({ kind: 'entry', id: row.entry }); }}>
                    {titleOf(shelf, row.entry, locale.value)}
                  </button>
                </th>
                <td>{formatNumber(row.answers)}</td>
                <td>{formatNumber(row.helped)}</td>
                <td>{formatNumber(row.not_helped)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table>
          <caption>{t('console.figures.languages')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('common.language')}</th>
              <th scope="col">{t('console.figures.turns')}</th>
              <th scope="col">{t('console.figures.answered')}</th>
            </tr>
          </thead>
          <tbody>
            {figures.languages.map((row) => (
              <tr key={row.language}>
                <th scope="row">{new Intl.DisplayNames([locale.value], { type: 'language' }).of(row.language) ?? row.language}</th>
                <td>{formatNumber(row.turns)}</td>
                <td>{share(row.answered, row.turns)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A column a day, in parts; the table below it says the same to ears. */
function Chart({ days }: { days: readonly BotDay[] }): JSX.Element {
  const most = Math.max(1, ...days.map((day) => KINDS.reduce((total, kind) => total + (day[kind] ?? 0), 0)));
  const step = WIDTH / days.length;
  const dayName = new Intl.DateTimeFormat(locale.value, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={t('console.figures.by_day')}>
        {days.map((day, index) => {
          let below = 0;
          return KINDS.map((kind) => {
            const height = ((day[kind] ?? 0) / most) * HEIGHT;
            below += height;
            return (
              <rect
                key={`${String(day.at)} ${kind}`}
                class={`chart-${kind}`}
                x={index * step + step * 0.12}
                y={HEIGHT - below}
                width={step * 0.76}
                height={height}
              >
                <title>{`${dayName.format(day.at)} · ${t(`console.figures.${kind}`)} · ${formatNumber(day[kind] ?? 0)}`}</title>
              </rect>
            );
          });
        })}
      </svg>
      <div class="chart-days quiet figures" aria-hidden="true">
        <span>{dayName.format(days[0]?.at ?? 0)}</span>
        <span>{dayName.format(days.at(-1)?.at ?? 0)}</span>
      </div>
      <figcaption class="chart-legend">
        {KINDS.map((kind) => (
          <span key={kind}>
            <i class={`chart-key chart-${kind}`} aria-hidden="true" />
            {t(`console.figures.${kind}`)} <span class="figures">{formatNumber(sum(days, kind))}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
