import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { setLocale } from '../../i18n';
import { LightboxFrame } from './LightboxFrame';

beforeAll(() => setLocale('en'));

beforeEach(() => {
  render(<Shelf />);
  screen.getByRole('button', { name: 'Look' }).focus();
  fireEvent.click(screen.getByRole('button', { name: 'Look' }));
});

afterEach(() => {
  cleanup();
  document.documentElement.dir = '';
});

function Shelf(): JSX.Element {
  const [index, setIndex] = useState<number | null>(null);
  return (
    <>
      <button type="button" onClick={() => { setIndex(0); }}>Look</button>
      {index !== null && (
        <LightboxFrame index={index} total={3} onWalk={setIndex} onClose={() => { setIndex(null); }}>
          <span>photo {index + 1}</span>
        </LightboxFrame>
      )}
    </>
  );
}

function press(key: string): void {
  fireEvent.keyDown(screen.getByRole('dialog', { hidden: true }), { key });
}

it('walks round with the arrows, as the page is read', () => {
  press('ArrowLeft');
  expect(screen.getByText('photo 3')).toBeTruthy();
  press('ArrowRight');
  press('ArrowRight');
  expect(screen.getByText('photo 2')).toBeTruthy();

  document.documentElement.dir = 'rtl';
  press('ArrowRight');
  expect(screen.getByText('photo 1')).toBeTruthy();
});

it('begins at the way out, and gives the focus back', () => {
  expect(document.activeElement?.classList.contains('lightbox-close')).toBe(true);

  fireEvent.click(document.activeElement as Element);

  expect(screen.queryByRole('dialog', { hidden: true })).toBeNull();
  expect(document.activeElement?.textContent).toBe('Look');
});
