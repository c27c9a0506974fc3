import { act, cleanup, render } from '@testing-library/preact';
import type { JSX } from 'preact';
import { createRef } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { setLocale } from '../../i18n';
import { Refusal } from '../../protocol/refusal';
import { ClientProvider, type Surroundings } from '../client';
import { newTalk, type Talk } from './talk';
import { useWanted } from './use-wanted';

let talk: Talk;
let came: { there: (isThere: boolean) => void; refused: (refusal: Refusal) => void };

beforeEach(async () => {
  await setLocale('en');
  vi.useFakeTimers();
  talk = newTalk('0000000000000901');
  talk.wanted.value = 7;
  const around = (): Promise<boolean> =>
    new Promise((resolve, reject) => {
      came = { there: resolve, refused: reject };
    });
  const value = { client: { history: { around }, lobby: null } } as unknown as Surroundings;
  render(
    <ClientProvider value={value}>
      <List />
    </ClientProvider>,
  );
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const box = createRef<HTMLElement>();

function List(): JSX.Element {
  useWanted(box, talk);
  return <ul />;
}

async function passes(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

it('lets a message glow from when it is there on, however long that took', async () => {
  await passes(10_000);
  expect(talk.wanted.value).toBe(7);

  came.there(true);
  await passes(1_500);
  expect(talk.wanted.value).toBe(7);
  await passes(300);

  expect(talk.wanted.value).toBeNull();
});

it('wants nothing any more where it cannot be shown', async () => {
  came.there(false);
  await passes(0);
  expect(talk.wanted.value).toBeNull();

  await act(() => {
    talk.wanted.value = 8;
  });
  came.refused(new Refusal('offline'));
  await passes(0);
  expect(talk.wanted.value).toBeNull();
});
