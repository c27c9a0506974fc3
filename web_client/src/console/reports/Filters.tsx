/** Which days, team and language a report is of, and in which time it counts. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Team } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import type { Counting } from './Figures';
import { dayOf, daysOf, isSound, lastDays, type Wish } from './wish';
import { languageName } from './words';

const SPANS = [7, 30, 90] as const;

export interface FiltersProps {
  wish: Wish;
  teams: readonly Team[];
  languages: readonly string[];
  counting: Counting;
  onWish: (wish: Wish) => void;
  onCounting: (counting: Counting) => void;
}

export function Filters({ wish, teams, languages, counting, onWish, onCounting }: FiltersProps): JSX.Element {
  const today = dayOf(new Date());
  const isLast = (days: number): boolean => wish.to === today && daysOf(wish) === days;
  const day = (name: 'from' | 'to'): JSX.Element => (
    <label class="report-filter">
      <span>{t(`console.reports.${name}`)}</span>
      <input
        type="date"
        value={wish[name]}
        max={today}
        onChange={(event) => {
          onWish({ ...wish, [name]: event.currentTarget.value });
        }}
      />
    </label>
  );
  return (
    <div class="report-filters">
      <div class="report-filter-group" role="group" aria-label={t('console.figures.span')}>
        {SPANS.map((span) => (
          <Button
            key={span}
            size="s"
            aria-pressed={isLast(span)}
            onClick={() => {
              onWish({ ...wish, ...lastDays(span, today) });
            }}
          >
            {t('console.figures.days', { count: span })}
          </Button>
        ))}
      </div>
      {day('from')}
      {day('to')}
      <Choice
        label={t('console.reports.team')}
        all={t('console.reports.all_teams')}
        value={wish.team}
        options={teams.map(({ id, name }) => [id, name])}
        onPick={(team) => {
          onWish({ ...wish, team });
        }}
      />
      <Choice
        label={t('common.language')}
        all={t('console.reports.all_languages')}
        value={wish.language}
        options={languages.map((tag) => [tag, languageName(tag)])}
        onPick={(language) => {
          onWish({ ...wish, language });
        }}
      />
      <div class="report-filter-group" role="group" aria-label={t('console.reports.counting')}>
        {(['worked', 'wall'] as const).map((name) => (
          <Button
            key={name}
            size="s"
            aria-pressed={name === counting}
            onClick={() => {
              onCounting(name);
            }}
          >
            {t(`console.reports.${name}`)}
          </Button>
        ))}
      </div>
      <p class="report-filters-wrong" role="alert">
        {isSound(wish) ? '' : t('error.invalid.days')}
      </p>
    </div>
  );
}

export interface ChoiceProps {
  label: string;
  /** What choosing nothing means. */
  all: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
}

/** One of a few, or all. */
export function Choice({ label, all, value, options, onPick }: ChoiceProps): JSX.Element {
  return (
    <label class="report-filter">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          onPick(event.currentTarget.value);
        }}
      >
        <option value="">{all}</option>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
