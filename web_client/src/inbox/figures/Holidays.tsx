/** Days on which nobody is there: the clocks of answers stand still, and buyers are told when the shop is back. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Holiday } from '../../protocol/generated';
import { Button, IconButton } from '../../ui/parts/Button';
import { PlusIcon, XIcon } from '../../ui/parts/icons';
import { isWhole } from './hours';

export interface HolidaysProps {
  holidays: readonly Holiday[];
  /** How many days may still be put. */
  left: number;
  onChange: (holidays: readonly Holiday[]) => void;
}

export function Holidays({ holidays, left, onChange }: HolidaysProps): JSX.Element {
  return (
    <fieldset class="hours-part">
      <legend class="hours-label">{t('inbox.hours.holidays')}</legend>
      <p class="quiet">{t('inbox.hours.holidays.text')}</p>
      <ul class="hours-holidays">
        {holidays.map((holiday, index) => (
          <HolidayFields
            key={index}
            number={index + 1}
            holiday={holiday}
            onChange={(changed) => {
              onChange(holidays.map((old, at) => (at === index ? changed : old)));
            }}
            onRemove={() => {
              onChange(holidays.filter((_, at) => at !== index));
            }}
          />
        ))}
      </ul>
      <p class="hours-foot">
        <Button
          size="s"
          icon={PlusIcon}
          onClick={() => {
            onChange([...holidays, { first: '', last: '' }]);
          }}
        >
          {t('inbox.hours.holidays.add')}
        </Button>
        <span class="quiet">{t('inbox.hours.holidays.left', { count: left })}</span>
      </p>
    </fieldset>
  );
}

interface HolidayFieldsProps {
  number: number;
  holiday: Holiday;
  onChange: (holiday: Holiday) => void;
  onRemove: () => void;
}

function HolidayFields({ number, holiday, onChange, onRemove }: HolidayFieldsProps): JSX.Element {
  const isTurned = holiday.first !== '' && holiday.last !== '' && !isWhole(holiday);
  return (
    <li>
      <span class="hours-span">
        <input
          type="date"
          class="hours-date"
          aria-label={t('inbox.hours.holidays.first', { number })}
          value={holiday.first}
          onChange={({ currentTarget: { value } }) => {
            onChange({ first: value, last: holiday.last === '' ? value : holiday.last });
          }}
        />
        <span aria-hidden="true">–</span>
        <input
          type="date"
          class="hours-date"
          aria-label={t('inbox.hours.holidays.last', { number })}
          value={holiday.last}
          min={holiday.first}
          aria-invalid={isTurned}
          onChange={({ currentTarget: { value } }) => {
            onChange({ ...holiday, last: value });
          }}
        />
        <IconButton icon={XIcon} size="s" label={t('inbox.hours.holidays.remove', { number })} onClick={onRemove} />
      </span>
      {isTurned && (
        <p class="hours-fault" role="alert">
          {t('inbox.hours.holidays.turned')}
        </p>
      )}
    </li>
  );
}
