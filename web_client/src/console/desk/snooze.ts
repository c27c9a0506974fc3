/** Until when a thread may sleep. Pure; days are those of this device. */

export const SNOOZES = ['hour', 'hours', 'tomorrow', 'week'] as const;

export type SnoozeName = (typeof SNOOZES)[number];

const HOUR_MS = 3_600_000;

/** The hour at which a working day begins. */
const MORNING = 9;

export function snoozeUntil(name: SnoozeName, now: number): number {
  switch (name) {
    case 'hour':
      return now + HOUR_MS;
    case 'hours':
      return now + 3 * HOUR_MS;
    case 'tomorrow':
      return morning(now, 1);
    case 'week':
      return morning(now, daysToMonday(now));
  }
}

/** The next Monday, never today. */
function daysToMonday(now: number): number {
  return (8 - new Date(now).getDay()) % 7 || 7;
}

function morning(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, MORNING).getTime();
}

/** As a field for day and time wants it: 2027-03-01T09:00. */
export function fieldValue(at: number): string {
  const day = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(day.getFullYear())}-${two(day.getMonth() + 1)}-${two(day.getDate())}T${two(day.getHours())}:${two(day.getMinutes())}`;
}
