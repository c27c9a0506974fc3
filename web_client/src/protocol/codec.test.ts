import { describe, expect, it } from 'vitest';

import { decode, encode } from './codec';
import { LIMITS } from './generated';
import { newKey } from './keys';
import { Refusal, refusalOf } from './refusal';
import { codePoints, storable } from './texts';

describe('frames', () => {
  it('are one JSON object each', () => {
    expect(JSON.parse(encode({ t: 'typing', id: 3, thread_id: '0000000000000901' }))).toEqual({ t: 'typing', id: 3, thread_id: '0000000000000901' });
    expect(decode('{"t":"ok","id":3}')).toEqual({ t: 'ok', id: 3 });
  });

  it('of everything that a server pushes to customers are known', () => {
    const pushes = ['event', 'thread', 'order', 'marks', 'typing_now', 'presence', 'queue', 'notice', 'notices.read'];

    expect(pushes.map((t) => decode(JSON.stringify({ t }))?.t)).toEqual(pushes);
  });

  it('that are none, or none that is known, are null', () => {
    for (const junk of ['', 'null', '3', '"ok"', '[]', '{}', '{"t":1}', '{"t":"__proto__"}', '{"t":"hello"}', '{"t":"ok"', undefined, new Blob()]) {
      expect(decode(junk)).toBeNull();
    }
  });
});

describe('texts', () => {
  it('are counted in code points, as the server counts', () => {
    expect(codePoints('')).toBe(0);
    expect(codePoints('чай')).toBe(3);
    expect(codePoints('👍🏽')).toBe(2);
    expect(codePoints('a'.repeat(LIMITS.text))).toBe(4000);
  });

  it('lose what no database keeps, and nothing else', () => {
    expect(storable('a\0b')).toBe('ab');
    expect(storable('half \ud83d and \udc4d')).toBe('half \ufffd and \ufffd');
    expect(storable('👍 مرحبا')).toBe('👍 مرحبا');
  });
});

describe('client keys', () => {
  it('are UUIDs of version 7 that rise with time', () => {
    const [one, two] = [newKey(1_800_000_000_000), newKey(1_800_000_000_001)];

    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(one < two).toBe(true);
    expect(parseInt(one.slice(0, 8) + one.slice(9, 13), 16)).toBe(1_800_000_000_000);
  });

  it('differ, also within a millisecond', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newKey(5))).size).toBe(1000);
  });
});

describe('refusals', () => {
  it('may be tried again where only the way was lost', () => {
    expect(new Refusal('offline').retryable).toBe(true);
    expect(new Refusal('blocked').retryable).toBe(false);
    expect(refusalOf(new TypeError('x')).code).toBe('internal');
  });
});
