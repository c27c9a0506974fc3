/** A time as people say it ("5 min", "Yesterday"), which keeps itself true; the exact one is a hint away. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { formatRelative, formatWhen } from '../../i18n';

const TICK_MS = 20_000;

/** The present for all that counts minutes: moves while somebody looks at it. */
export const now = signal(Date.now());

let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now.value = Date.now();
}

/** Keeps `now` moving while the component is on the screen. */
export function useNow(): number {
  useEffect(() => {
    if (watchers === 0) timer = setInterval(tick, TICK_MS);
    watchers += 1;
    return () => {
      watchers -= 1;
      if (watchers === 0) clearInterval(timer);
    };
  }, []);
  return now.value;
}

export interface RelativeTimeProps {
  /** UTC milliseconds. */
  at: number;
  class?: string;
}

export function RelativeTime({ at, class: extra = '' }: RelativeTimeProps): JSX.Element {
  const present = useNow();
  return (
    <time class={`figures ${extra}`} dateTime={new Date(at).toISOString()} title={formatWhen(at)}>
      {formatRelative(at, present)}
    </time>
  );
}
