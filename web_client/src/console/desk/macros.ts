/** Several actions that are done together, in order; the first that fails ends it and is named. */
import type { DeskThread, Macro, MacroStep } from '../../protocol/generated';
import { newKey } from '../../protocol/keys';
import { Refusal, refusalOf } from '../../protocol/refusal';
import type { Desk } from './desk';
import { claimToWrite, mark, moved } from './moves';

export interface Outcome {
  /** How many steps were done. */
  done: number;
  /** What stopped it. */
  failed?: { step: MacroStep; refusal: Refusal };
}

export interface MacroParts {
  desk: Desk;
  id: string;
  /** A text with its blanks filled. */
  fill: (text: string) => string;
}

const MINUTE_MS = 60_000;

export async function runMacro(macro: Macro, parts: MacroParts): Promise<Outcome> {
  let done = 0;
  for (const step of macro.steps) {
    try {
      await perform(step, parts);
    } catch (thrown) {
      return { done, failed: { step, refusal: refusalOf(thrown) } };
    }
    done += 1;
  }
  return { done };
}

async function perform({ kind, value = '' }: MacroStep, { desk, id, fill }: MacroParts): Promise<void> {
  const row = rowOf(desk, id);
  const labels = row.labels ?? [];
  switch (kind) {
    case 'reply':
      if (!(await claimToWrite(desk, id))) throw new Refusal('wrong_state', { reason: 'not_yours' });
      await desk.api.post(id, { client_key: newKey(), text: fill(value) });
      break;
    case 'note':
      desk.putNotes(id, [await desk.api.postNote(id, { client_key: newKey(), text: fill(value) })]);
      break;
    case 'label':
      if (!labels.includes(value)) await mark(desk, id, { labels: [...labels, value] });
      break;
    case 'unlabel':
      if (labels.includes(value)) await mark(desk, id, { labels: labels.filter((slug) => slug !== value) });
      break;
    case 'priority':
      await mark(desk, id, { priority: Number(value) });
      break;
    case 'assign':
      await moved(desk, row, { move: 'assign', agent: value === '' || value === 'me' ? desk.me : value });
      break;
    case 'transfer':
      await moved(desk, row, { move: 'transfer', team: value });
      break;
    case 'snooze':
      await moved(desk, row, { move: 'snooze', until: desk.client.now() + Number(value) * MINUTE_MS });
      break;
    case 'resolve':
      await moved(desk, row, { move: 'resolve', seen: row.last_seq });
  }
}

function rowOf(desk: Desk, id: string): DeskThread {
  const row = desk.model.value.rows.get(id);
  if (row === undefined) throw new Refusal('not_found');
  return row;
}
