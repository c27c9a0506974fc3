import { beforeEach, describe, expect, it } from 'vitest';
import type { Me } from '../protocol/generated';
import { Refusal, type RefusalCode } from '../protocol/refusal';
import { enter, takeToken, tokenIn } from './entry';

const ME: Me = { person: { id: '0000000000000001', name: 'Ion' }, shops: [], epoch: 'e', locale: 'ro' };

/** A door that opens, or refuses with a code. */
function door(code?: RefusalCode): { me: () => Promise<Me>; openInbox: () => Promise<Me>; asked: string[] } {
  const asked: string[] = [];
  const answer = (name: string) => (): Promise<Me> => {
    asked.push(name);
    return code === undefined ? Promise.resolve(ME) : Promise.reject(new Refusal(code));
  };
  return { me: answer('me'), openInbox: answer('openInbox'), asked };
}

describe('the secret of a link', () => {
  beforeEach(() => {
    history.replaceState(null, '', '/inbox#token=abcdefghijklmnopqrstuvwxyz');
  });

  it('is taken once and leaves no trace in the address', () => {
    expect(takeToken()).toBe('abcdefghijklmnopqrstuvwxyz');
    expect(location.hash).toBe('');
    expect(takeToken()).toBe(null);
  });

  it('is nothing else that stands after a #', () => {
    expect(tokenIn('#/t/0000000000000001')).toBe(null);
    expect(tokenIn('#token=')).toBe(null);
  });
});

describe('enter', () => {
  it('opens with a link, or with the session that is there', async () => {
    const [link, session] = [door(), door()];

    expect(await enter(link, 'secret')).toEqual({ kind: 'in', me: ME });
    expect(await enter(session, null)).toEqual({ kind: 'in', me: ME });
    expect([link.asked, session.asked]).toEqual([['openInbox'], ['me']]);
  });

  it.each(['unauthenticated', 'not_found', 'invalid'] as const)('says that a link is used: %s', async (code) => {
    expect(await enter(door(code), 'secret')).toEqual({ kind: 'link_used' });
    expect(await enter(door(code), null)).toEqual({ kind: 'signed_out' });
  });

  it.each(['offline', 'unavailable', 'internal', 'rate_limited'] as const)(
    'blames no link where the service is away: %s',
    async (code) => {
      expect(await enter(door(code), 'secret')).toEqual({ kind: 'no_service' });
    },
  );
});
