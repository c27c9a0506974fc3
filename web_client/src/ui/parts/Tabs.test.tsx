import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { cleanup, render, screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { Tabs } from './Tabs';

afterEach(cleanup);

const ITEMS = [
  { id: 'home', label: 'Home' },
  { id: 'messages', label: 'Messages', count: 2, countLabel: '2 unread messages' },
  { id: 'orders', label: 'Orders' },
] as const;

function Sample(): JSX.Element {
  const [current, setCurrent] = useState<(typeof ITEMS)[number]['id']>('home');
  return <Tabs label="Parts" items={ITEMS} current={current} onPick={setCurrent} />;
}

const selected = (): string => screen.getByRole('tab', { selected: true }).textContent;

it('is one stop for Tab, and arrows walk round', async () => {
  render(<Sample />);
  const user = userEvent.setup();

  await user.tab();
  await user.keyboard('{ArrowLeft}');
  expect(selected()).toBe('Orders');
  await user.keyboard('{ArrowRight}{ArrowRight}');

  expect(selected()).toContain('2 unread messages');
  expect(document.activeElement).toBe(screen.getByRole('tab', { selected: true }));
  expect(screen.getAllByRole('tab').filter((tab) => tab.tabIndex === 0)).toHaveLength(1);
});

it('goes to both ends', async () => {
  render(<Sample />);
  const user = userEvent.setup();

  await user.tab();
  await user.keyboard('{End}');
  expect(selected()).toBe('Orders');
  await user.keyboard('{Home}');

  expect(selected()).toBe('Home');
});
