import { cleanup, render } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it } from 'vitest';

import { shopDispute } from '../../../test/shop-disputes';
import { needPart, setLocale } from '../../i18n';
import '../../i18n/more';
import '../../i18n/disputes';
import type { DisputeView } from '../../protocol/generated';
import { Countdown } from './Countdown';
import { Offers } from './Offers';

beforeAll(async () => {
  await Promise.all([setLocale('en'), needPart('more'), needPart('disputes')]);
});

afterEach(cleanup);

function urgencyFor(parts: Partial<DisputeView>): string | undefined {
  const view = shopDispute(1, { due_at: Date.now() + 60_000, ...parts });
  return render(<Countdown view={view} skew={0} />).container.firstElementChild?.className;
}

it('alarms who is waited for, and nobody else', () => {
  expect(urgencyFor({ state: 'seller_turn', waits_for: 'seller' })).toBe('countdown countdown-late');
  expect(urgencyFor({ state: 'buyer_turn', waits_for: 'buyer' })).toBe('countdown countdown-calm');
  expect(urgencyFor({ state: 'mediation', waits_for: 'mediator' })).toBe('countdown countdown-calm');
});

it("says whose proposal it is: a colleague's is not the reader's own", () => {
  const view = shopDispute(1, { state: 'mediation', my_side: 'mediator', proposal: { kind: 'full' } });

  expect(render(<Offers view={view} />).container.textContent).toContain('The mediator proposes');
  expect(render(<Offers view={view} isMediators />).container.textContent).toContain('You propose');
});
