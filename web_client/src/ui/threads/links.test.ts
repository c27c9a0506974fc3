import { describe, expect, it } from 'vitest';

import { isMixed, segments } from './links';

/** Not written out, so that nothing in this file looks like a link that runs. */
const SCRIPT = ['java', 'script'].join('');

const linksIn = (text: string): string[] => segments(text).flatMap((one) => (one.kind === 'link' ? [one.href] : []));
const shown = (text: string): string => segments(text).map((one) => one.text).join('');

describe('links', () => {
  it('are found in a sentence, without its punctuation', () => {
    expect(linksIn('See https://shop.example/a?b=1&c=2, or (https://shop.example/x_(y)).')).toEqual([
      'https://shop.example/a?b=1&c=2',
      'https://shop.example/x_(y)',
    ]);
    expect(linksIn('write to ana@shop.example or www.shop.example!')).toEqual(['mailto:ana@shop.example', 'https://www.shop.example/']);
  });

  it('leave every other letter as it was written', () => {
    for (const text of ['', 'no link', 'a  b\n\nc', 'https://shop.example', '<b>x</b> & "y" https://a.example/ z']) expect(shown(text)).toBe(text);
  });

  it('are only what a browser may safely open', () => {
    const hostile = [
      `${SCRIPT}:alert(1)`,
      `${SCRIPT.toUpperCase()}:alert(1)`,
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'https://',
      'http://[::1',
      'intent://x#Intent;end',
    ];
    for (const text of hostile) expect(linksIn(text)).toEqual([]);
  });

  it('do not hide where they lead behind a name and a password', () => {
    expect(linksIn('https://bank.example@evil.example/')).toEqual([]);
    expect(linksIn('https://bank.example:443@evil.example/')).toEqual([]);
  });

  it('show a host of mixed scripts as what it is', () => {
    expect(shown('https://аpple.com/')).toBe('https://xn--pple-43d.com/');
    expect(isMixed('пример.рф')).toBe(false);
    expect(isMixed('shop.example')).toBe(false);
    expect(isMixed('раypal.com')).toBe(true);
  });
});
