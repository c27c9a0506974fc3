import { expect, it } from 'vitest';

import { Refusal } from '../../protocol/refusal';
import { Polled } from './polled';

/** Answers that are given by hand, in any order. */
function asked(): { polled: Polled<string>; answers: ((value: string | Refusal) => void)[] } {
  const answers: ((value: string | Refusal) => void)[] = [];
  const ask = (): Promise<string> =>
    new Promise((resolve, reject) => {
      answers.push((value) => {
        if (typeof value === 'string') resolve(value);
        else reject(value);
      });
    });
  return { polled: new Polled(ask, 1_000), answers };
}

it('shows the answer that was asked for last, whichever comes first', async () => {
  const { polled, answers } = asked();
  const both = [polled.refresh(), polled.refresh()];

  answers[1]?.('new');
  answers[0]?.('old');
  await Promise.all(both);

  expect(polled.value.value).toBe('new');
});

it('keeps what came while a later question is refused, and says so', async () => {
  const { polled, answers } = asked();
  const first = polled.refresh();
  answers[0]?.('here');
  await first;

  const second = polled.refresh();
  answers[1]?.(new Refusal('offline'));
  await second;

  expect([polled.value.value, polled.refusal.value?.code]).toEqual(['here', 'offline']);
});

it('forgets what was asked for about something else', async () => {
  const { polled, answers } = asked();
  const first = polled.refresh();
  polled.forget();
  answers[0]?.('of another');
  await first;

  expect(polled.value.value).toBeNull();
});
