import * as full from '@preact/signals';
import { describe, expect, it } from 'vitest';

import * as small from './small-signals';

const heardOf = (_: unknown): void => undefined;

// What the build puts in the place of the other does the same, as far as this page uses it.
describe.each([['the small signals', small], ['those that they stand for', full]])('%s', (_, { signal, computed, effect, batch }) => {
  it('call whoever read a value when it changes, and not when it is set to what it was', () => {
    const word = signal('one');
    const heard: string[] = [];
    effect(() => {
      heard.push(word.value);
    });

    word.value = 'two';
    word.value = 'two';

    expect(heard).toEqual(['one', 'two']);
  });

  it('follow what was read the last time, and nothing that was read before', () => {
    const isOn = signal(true);
    const word = signal('one');
    let calls = 0;
    effect(() => {
      calls += 1;
      if (isOn.value) heardOf(word.value);
    });

    isOn.value = false;
    word.value = 'two';

    expect(calls).toBe(2);
  });

  it('do not follow what was only looked at', () => {
    const word = signal('one');
    let calls = 0;
    effect(() => {
      calls += 1;
      word.peek();
    });

    word.value = 'two';

    expect(calls).toBe(1);
  });

  it('follow through what is computed', () => {
    const word = signal('one');
    const loud = computed(() => word.value.toUpperCase());
    const heard: string[] = [];
    effect(() => {
      heard.push(loud.value);
    });

    word.value = 'two';

    expect(heard).toEqual(['ONE', 'TWO']);
  });

  it('call once for several changes of one batch, and with all of them', () => {
    const [one, two] = [signal(1), signal(1)];
    const heard: number[] = [];
    effect(() => {
      heard.push(one.value + two.value);
    });

    batch(() => {
      one.value = 2;
      two.value = 3;
    });

    expect(heard).toEqual([2, 5]);
  });

  it('call nobody who has stopped', () => {
    const word = signal('one');
    let calls = 0;
    const stop = effect(() => {
      calls += 1;
      heardOf(word.value);
    });

    stop();
    word.value = 'two';

    expect(calls).toBe(1);
  });
});
