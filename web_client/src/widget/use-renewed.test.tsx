import { signal } from '@preact/signals';
import { act, cleanup, render, screen, waitFor } from '@testing-library/preact';
import type { JSX } from 'preact';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { Refusal } from '../protocol/refusal';
import { ClientProvider, type Surroundings } from '../ui/client';
import { usePages } from '../ui/use-pages';
import { useRenewed } from './use-renewed';

interface Item {
  id: string;
  state: string;
}

/** What the server has, newest first; null where it does not answer. */
let held: Item[] | null;
let asked: string[];
const connection = signal({ kind: 'connecting' });

beforeEach(() => {
  held = [{ id: '2', state: 'paid' }, { id: '1', state: 'shipped' }];
  asked = [];
  connection.value = { kind: 'connecting' };
});

afterEach(cleanup);

function load(before: string): Promise<{ items: Item[]; next: string }> {
  asked.push(before);
  return held === null ? Promise.reject(new Refusal('offline')) : Promise.resolve({ items: held, next: '' });
}

function List(): JSX.Element {
  const pages = usePages<Item>(load);
  useRenewed(pages, load);
  return <p>{pages.items?.map(({ id, state }) => `${id} ${state}`).join(', ') ?? pages.refusal?.code}</p>;
}

function show(): void {
  const value = { client: { connection, lobby: null } } as unknown as Surroundings;
  render(<ClientProvider value={value}><List /></ClientProvider>);
}

async function turn(kind: string): Promise<void> {
  await act(() => {
    connection.value = { kind };
  });
}

it('shows what has come and changed while nobody listened, and what it held beside it', async () => {
  show();
  await screen.findByText('2 paid, 1 shipped');
  held = [{ id: '3', state: 'placed' }, { id: '2', state: 'shipped' }];

  await turn('open');

  await screen.findByText('3 placed, 2 shipped, 1 shipped');
});

it('asks once where somebody listens already, and keeps what is shown where nothing comes', async () => {
  await turn('open');
  show();
  await screen.findByText('2 paid, 1 shipped');
  expect(asked).toEqual(['']);

  held = null;
  await turn('waiting');
  await turn('open');

  await waitFor(() => { expect(asked).toEqual(['', '']); });
  expect(screen.getByText('2 paid, 1 shipped')).toBeTruthy();
});

it('begins anew where the beginning failed to come', async () => {
  const late = held;
  held = null;
  show();
  await screen.findByText('offline');
  held = late;

  await turn('open');

  await screen.findByText('2 paid, 1 shipped');
});
