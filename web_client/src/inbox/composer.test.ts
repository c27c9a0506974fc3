import { afterEach, expect, it } from 'vitest';

import { focusComposer } from './composer';

/** What a microtask tells has been told. */
const told = (): Promise<void> => Promise.resolve();

function composer(): HTMLTextAreaElement {
  const form = document.createElement('form');
  form.className = 'composer';
  const text = document.createElement('textarea');
  form.append(text);
  document.body.append(form);
  return text;
}

afterEach(() => {
  document.body.replaceChildren();
  location.hash = '';
});

it('puts the cursor where messages are written', () => {
  const text = composer();

  focusComposer();

  expect(document.activeElement).toBe(text);
});

it('puts it there as soon as the conversation that is on its way has such a place, once', async () => {
  focusComposer();
  document.body.append(document.createElement('header'));
  await told();
  const text = composer();
  await told();
  expect(document.activeElement).toBe(text);

  text.blur();
  document.body.append(document.createElement('p'));
  await told();

  expect(document.activeElement).toBe(document.body);
});

it('leaves whoever has gone on to another place, or writes elsewhere, or has pressed something', async () => {
  const search = document.createElement('input');
  for (const goOn of [
    () => { location.hash = '#/t/1'; },
    () => { search.focus(); },
    () => { window.dispatchEvent(new Event('pointerdown')); },
  ]) {
    document.body.replaceChildren(search);
    focusComposer();
    goOn();
    const before = document.activeElement;
    composer();
    await told();
    expect(document.activeElement).toBe(before);
  }
});
