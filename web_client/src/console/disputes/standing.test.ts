import { expect, it } from 'vitest';

import type { CaseContext, DisputeView } from '../../protocol/generated';
import { standingOf, type Standing } from './standing';

/** How somebody stands to a case of which only this is known. */
function standing(dispute: Partial<DisputeView>, around: Partial<CaseContext> = {}): Standing {
  const opened = { dispute: { state: 'mediation', ...dispute } as DisputeView, around: around as CaseContext };
  return standingOf(opened, 'me');
}

it('says whose a case is', () => {
  expect(standing({})).toBe('free');
  expect(standing({ mediator_id: 'me' })).toBe('mine');
  expect(standing({ mediator_id: 'other' })).toBe('other');
});

it('leaves a case to others where a party was served in support, whoever has it', () => {
  expect(standing({}, { has_served: true })).toBe('served');
  expect(standing({ mediator_id: 'me' }, { has_served: true })).toBe('served');
});

it('has nothing for a mediator to do once a case is decided', () => {
  expect(standing({ state: 'refund_pending', mediator_id: 'me' })).toBe('over');
});
