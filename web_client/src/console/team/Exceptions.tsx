/** Dates on which other hours hold: holidays, short days, days that are worked all the same. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { HoursException, HoursSpan } from '../../protocol/generated';
import { Button, IconButton } from '../../ui/parts/Button';
import { PlusIcon, TrashIcon } from '../../ui/parts/icons';
import { SpanFields } from './SpanFields';

const NINE_TO_SIX: HoursSpan = { opens: 540, minutes: 540 };

export interface ExceptionsProps {
  exceptions: readonly HoursException[];
  onChange: (exceptions: readonly HoursException[]) => void;
}

export function Exceptions({ exceptions, onChange }: ExceptionsProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const put = (at: number, changed: HoursException): void => {
    onChange(exceptions.map((one, index) => (index === at ? changed : one)));
  };
  const drop = (at: number): void => {
    onChange(exceptions.filter((_, index) => index !== at));
  };

  return (
    <section class="team-part">
      <h4>{t('console.team.exceptions')}</h4>
      <p class="quiet checks-hint">{t('console.team.exceptions.hint')}</p>
      <ul class="dates" ref={list}>
        {exceptions.map((one, index) => (
          <li key={index} class="date">
            <Dated exception={one} onChange={(changed) => { put(index, changed); }} onRemove={() => { drop(index); }} />
          </li>
        ))}
      </ul>
      <Button
        size="s"
        icon={PlusIcon}
        onClick={() => {
          onChange([...exceptions, { date: nextFree(exceptions) }]);
          requestAnimationFrame(() => { list.current?.querySelector<HTMLElement>('.date:last-child input')?.focus(); });
        }}
      >
        {t('console.team.exceptions.add')}
      </Button>
    </section>
  );
}

interface DatedProps {
  exception: HoursException;
  onChange: (exception: HoursException) => void;
  onRemove: () => void;
}

function Dated({ exception: { date, spans = [] }, onChange, onRemove }: DatedProps): JSX.Element {
  const putSpans = (changed: HoursSpan[]): void => { onChange({ date, spans: changed }); };
  return (
    <>
      <div class="date-head">
        <input
          type="date"
          aria-label={t('console.team.date')}
          value={date}
          onChange={({ currentTarget }) => { if (currentTarget.value !== '') onChange({ date: currentTarget.value, spans }); }}
        />
        <select
          aria-label={t('console.team.date.what', { date })}
          value={spans.length === 0 ? 'closed' : 'open'}
          onChange={({ currentTarget }) => { putSpans(currentTarget.value === 'closed' ? [] : [NINE_TO_SIX]); }}
        >
          <option value="closed">{t('console.team.date.closed')}</option>
          <option value="open">{t('console.team.date.open')}</option>
        </select>
        <IconButton icon={TrashIcon} size="s" label={t('console.team.date.remove', { date })} onClick={onRemove} />
      </div>
      {spans.map((span, index) => (
        <div key={index} class="span-line">
          <SpanFields
            name={date}
            span={span}
            onChange={(changed) => { putSpans(spans.map((other, at) => (at === index ? changed : other))); }}
          />
          {spans.length > 1 && (
            <IconButton
              icon={TrashIcon}
              size="s"
              label={t('console.team.window.remove', { name: date })}
              onClick={() => { putSpans(spans.filter((_, at) => at !== index)); }}
            />
          )}
        </div>
      ))}
      {spans.length > 0 && (
        <Button size="s" kind="quiet" icon={PlusIcon} onClick={() => { putSpans([...spans, NINE_TO_SIX]); }}>
          {t('console.team.window.add')}
        </Button>
      )}
    </>
  );
}

/** Tomorrow, or the first day after it that has no hours of its own yet. */
function nextFree(exceptions: readonly HoursException[]): string {
  const taken = new Set(exceptions.map(({ date }) => date));
  const day = new Date();
  for (;;) {
    day.setDate(day.getDate() + 1);
    const date = new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    if (!taken.has(date)) return date;
  }
}
