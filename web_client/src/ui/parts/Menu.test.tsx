import { cleanup, render, screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { EllipsisIcon } from './icons';
import { Menu } from './Menu';

afterEach(cleanup);

function show(onPick = vi.fn()): { onPick: typeof onPick; button: HTMLElement } {
  const items = ['One', 'Two', 'Three'].map((label) => ({
    id: label,
    label,
    onPick: () => {
      onPick(label);
    },
  }));
  render(<Menu label="More" icon={EllipsisIcon} items={items} />);
  return { onPick, button: screen.getByRole('button', { name: 'More' }) };
}

it('is walked with arrows, picks with Enter, and gives the focus back', async () => {
  const { onPick, button } = show();
  const user = userEvent.setup();

  button.focus();
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');

  expect(onPick).toHaveBeenCalledExactlyOnceWith('Three');
  expect(screen.queryByRole('menu')).toBe(null);
  expect(document.activeElement).toBe(button);
});

it('closes with Escape and picks nothing', async () => {
  const { onPick, button } = show();
  const user = userEvent.setup();

  await user.click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  await user.keyboard('{Escape}');

  expect(screen.queryByRole('menu')).toBe(null);
  expect(onPick).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(button);
});

it('closes when something else is pressed', async () => {
  const { button } = show();
  const user = userEvent.setup();

  await user.click(button);
  await user.pointer({ keys: '[MouseLeft]', target: document.body });

  expect(screen.queryByRole('menu')).toBe(null);
});
