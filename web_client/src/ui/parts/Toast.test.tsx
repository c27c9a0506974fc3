import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setLocale } from '../../i18n';
import { showToast, Toasts } from './Toast';

const wait = (ms: number): void => {
  void act(() => {
    vi.advanceTimersByTime(ms);
  });
};

beforeEach(async () => {
  await setLocale('en');
  vi.useFakeTimers();
  render(<Toasts />);
});

afterEach(() => {
  wait(60_000);
  cleanup();
  vi.useRealTimers();
});

const say = (text: string): void => {
  void act(() => {
    showToast({ text });
  });
};

it('speaks from a region that was there before, and leaves by itself', () => {
  const region = screen.getByRole('status');

  say('Saved');
  wait(0);
  expect(region.textContent).toContain('Saved');
  wait(6_100);

  expect(screen.queryByText('Saved')).toBe(null);
});

it('stays while it is looked at', () => {
  say('Look');
  wait(0);

  const card = screen.getByText('Look').parentElement;
  if (card) fireEvent.mouseEnter(card);
  wait(20_000);
  expect(screen.queryByText('Look')).not.toBe(null);
  if (card) fireEvent.mouseLeave(card);
  wait(6_100);

  expect(screen.queryByText('Look')).toBe(null);
});

it('shows three at most and drops the oldest', () => {
  ['1', '2', '3', '4'].forEach((text) => {
    say(text);
  });
  wait(0);

  expect(screen.queryByText('1')).toBe(null);
  expect(['2', '3', '4'].every((text) => screen.queryByText(text) !== null)).toBe(true);
});

it('does its one thing and goes', () => {
  const onPick = vi.fn();
  void act(() => {
    showToast({ text: 'Archived', action: { label: 'Undo', onPick } });
  });
  wait(0);

  fireEvent.click(screen.getByText('Undo'));
  wait(0);

  expect(onPick).toHaveBeenCalledOnce();
  expect(screen.queryByText('Archived')).toBe(null);
});

it('waits longer where there is something to press', () => {
  void act(() => {
    showToast({ text: 'Resolved', action: { label: 'Undo', onPick: vi.fn() } });
  });
  wait(0);

  wait(9_900);
  expect(screen.queryByText('Undo')).not.toBe(null);
  wait(200);

  expect(screen.queryByText('Resolved')).toBe(null);
});
