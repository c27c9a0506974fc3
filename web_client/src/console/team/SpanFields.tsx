/** From when to when, on the wall; an end that is not later than the beginning is on the next day. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { HoursSpan } from '../../protocol/generated';
import { clock, endOf, minuteOf, withEnd, withOpening } from './week';

export interface SpanFieldsProps<Kind extends HoursSpan> {
  /** Of the day, for ears. */
  name: string;
  span: Kind;
  onChange: (span: Kind) => void;
}

export function SpanFields<Kind extends HoursSpan>({ name, span, onChange }: SpanFieldsProps<Kind>): JSX.Element {
  const { minute, isNextDay } = endOf(span);
  return (
    <span class="span-fields">
      <input
        type="time"
        aria-label={t('console.team.window.from', { name })}
        value={clock(span.opens)}
        onChange={({ currentTarget }) => {
          const written = minuteOf(currentTarget.value);
          if (written !== null) onChange(withOpening(span, written));
        }}
      />
      <span aria-hidden="true">–</span>
      <input
        type="time"
        aria-label={t('console.team.window.to', { name })}
        value={clock(minute)}
        onChange={({ currentTarget }) => {
          const written = minuteOf(currentTarget.value);
          if (written !== null) onChange(withEnd(span, written));
        }}
      />
      {isNextDay && <span class="span-next">{t('console.team.window.next_day')}</span>}
    </span>
  );
}
