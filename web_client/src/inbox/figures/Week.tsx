/** From when to when somebody is there, day by day. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { IconButton } from '../../ui/parts/Button';
import { PlusIcon, XIcon } from '../../ui/parts/icons';
import { clock, endingAt, endOf, minuteOf, openingAt, WORKDAY, type Span } from './hours';
import { weekdayName } from './names';

export interface WeekProps {
  days: readonly (readonly Span[])[];
  onChange: (days: readonly (readonly Span[])[]) => void;
}

export function Week({ days, onChange }: WeekProps): JSX.Element {
  return (
    <fieldset class="hours-part">
      <legend class="hours-label">{t('inbox.hours.week')}</legend>
      <ul class="hours-days">
        {days.map((spans, weekday) => (
          <Day
            key={weekday}
            name={weekdayName(weekday)}
            spans={spans}
            onChange={(changed) => {
              onChange(days.map((old, index) => (index === weekday ? changed : old)));
            }}
          />
        ))}
      </ul>
    </fieldset>
  );
}

interface DayProps {
  name: string;
  spans: readonly Span[];
  onChange: (spans: readonly Span[]) => void;
}

function Day({ name, spans, onChange }: DayProps): JSX.Element {
  const last = spans.at(-1);
  const next = last === undefined ? WORKDAY : { opens: Math.min(endOf(last) + 60, 1380), minutes: 60 };
  return (
    <li class="hours-day">
      <span class="hours-name">{name}</span>
      <span class="hours-spans">
        {spans.length === 0 && <span class="quiet">{t('inbox.hours.closed')}</span>}
        {spans.map((span, index) => (
          <SpanFields
            key={index}
            name={name}
            span={span}
            onChange={(changed) => {
              onChange(spans.map((old, at) => (at === index ? changed : old)));
            }}
            onRemove={() => {
              onChange(spans.filter((_, at) => at !== index));
            }}
          />
        ))}
      </span>
      <IconButton
        icon={PlusIcon}
        size="s"
        label={t('inbox.hours.add', { day: name })}
        onClick={() => {
          onChange([...spans, next]);
        }}
      />
    </li>
  );
}

interface SpanFieldsProps {
  name: string;
  span: Span;
  onChange: (span: Span) => void;
  onRemove: () => void;
}

function SpanFields({ name, span, onChange, onRemove }: SpanFieldsProps): JSX.Element {
  const time = (value: number, label: string, put: (minute: number) => Span): JSX.Element => (
    <input
      type="time"
      class="hours-time"
      aria-label={label}
      value={clock(value)}
      onChange={({ currentTarget }) => {
        const minute = minuteOf(currentTarget.value);
        if (minute !== null) onChange(put(minute));
      }}
    />
  );
  return (
    <span class="hours-span">
      {time(span.opens, t('inbox.hours.from', { day: name }), (minute) => openingAt(span, minute))}
      <span aria-hidden="true">–</span>
      {time(endOf(span), t('inbox.hours.to', { day: name }), (minute) => endingAt(span, minute))}
      <IconButton icon={XIcon} size="s" label={t('inbox.hours.remove', { day: name })} onClick={onRemove} />
    </span>
  );
}
