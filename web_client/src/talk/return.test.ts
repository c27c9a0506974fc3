import { beforeEach, expect, test, vi } from 'vitest';

import { keepVisitor, keptVisitor } from '../connection/visitor-keep';
import type { Returned } from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import { comeBack, takeSecret } from './return';

const RETURNED: Returned = { token: 'new-token', person: { id: '0000000000000001', name: '' }, thread_id: '0000000000000002' };

const refused = (code: 'unauthenticated' | 'offline'): (() => Promise<Returned>) => () => Promise.reject(new Refusal(code));

beforeEach(() => {
  localStorage.clear();
});

test('who follows a link is that visitor from now on', async () => {
  const follow = vi.fn(() => Promise.resolve(RETURNED));

  expect(await comeBack('secret', follow)).toEqual({ kind: 'back', thread: RETURNED.thread_id });

  expect(follow).toHaveBeenCalledWith('secret');
  expect(keptVisitor()).toEqual({ token: 'new-token', id: RETURNED.person.id, saidAt: 0 });
});

test('another visitor of this browser makes way for him', async () => {
  keepVisitor({ token: 'old', id: '0000000000000009', saidAt: 5 });

  await comeBack('secret', () => Promise.resolve(RETURNED));

  expect(keptVisitor()?.token).toBe('new-token');
});

test('a link that was used here before leads to where it led', async () => {
  keepVisitor({ token: 'kept', id: RETURNED.person.id, saidAt: 0 });

  expect(await comeBack('secret', refused('unauthenticated'))).toEqual({ kind: 'back', thread: null });

  expect(keptVisitor()?.token).toBe('kept');
});

test('a link that was used elsewhere leads nowhere', async () => {
  expect(await comeBack('secret', refused('unauthenticated'))).toEqual({ kind: 'dead' });
});

test('a server that is away uses no link up', async () => {
  expect(await comeBack('secret', refused('offline'))).toEqual({ kind: 'away' });
});

test('without a link there is help all the same', async () => {
  const follow = vi.fn(() => Promise.resolve(RETURNED));

  expect(await comeBack('', follow)).toEqual({ kind: 'back', thread: null });

  expect(follow).not.toHaveBeenCalled();
});

test('the secret does not stay in the address', () => {
  location.hash = '#secret-of-mine';

  expect(takeSecret()).toBe('secret-of-mine');

  expect(location.href).not.toContain('secret-of-mine');
  expect(takeSecret()).toBe('');
});
