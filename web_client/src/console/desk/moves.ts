/** Moving a thread from hand to hand: what is asked, what is said of it, and a way back where there is one. */
import { effect } from '@preact/signals';

import { formatWhen, t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { Refusal, refusalOf } from '../../protocol/refusal';
import type { Wished } from '../../services/desk';
import { isHeld, isQueued } from '../../state/desk-lists';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import type { Desk } from './desk';
import { customerName } from './names';

/** Does it, once more with the fresh revision where nothing that matters has changed meanwhile. Rejects with a Refusal. */
export async function moved(desk: Desk, row: DeskThread, wished: Wished): Promise<DeskThread> {
  try {
    return await once(desk, row, wished);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal.code !== 'stale' && refusal.code !== 'wrong_state') throw refusal;
    const fresh = await desk.api.row(row.id);
    desk.put(fresh);
    if (refusal.code !== 'stale' || !isSame(row, fresh)) throw refusal;
    return once(desk, fresh, wished);
  }
}

async function once(desk: Desk, row: DeskThread, wished: Wished): Promise<DeskThread> {
  const after = await desk.api.move(row.id, { ...wished, revision: row.revision });
  desk.put(after);
  return after;
}

/** Whether the thread is in the same hands as its reader believes. */
function isSame(one: DeskThread, other: DeskThread): boolean {
  const isAlike = one.state === other.state || (isHeld(one) && isHeld(other));
  return isAlike && one.team_id === other.team_id && one.agent?.id === other.agent?.id;
}

/** Says why a move was refused; where somebody else was faster, who. */
export function tellMove(desk: Desk, id: string, thrown: unknown): void {
  const refusal = refusalOf(thrown);
  const holder = desk.model.value.rows.get(id)?.agent;
  if (refusal.code === 'wrong_state' && refusal.reason === 'taken' && holder !== undefined && holder.id !== desk.me) {
    showToast({ text: t('console.desk.taken', { name: holder.name }), tone: 'danger' });
  } else {
    tellRefusal(refusal);
  }
}

/** A move of the open thread that tells of itself. Answers whether it was done. */
async function told(desk: Desk, row: DeskThread, wished: Wished, text = ''): Promise<boolean> {
  try {
    await moved(desk, row, wished);
    if (text !== '') showToast({ text, tone: 'good' });
    return true;
  } catch (thrown) {
    tellMove(desk, row.id, thrown);
    return false;
  }
}

export function isMine(desk: Desk, row: DeskThread): boolean {
  return row.agent?.id === desk.me && row.state !== 'resolved' && row.state !== 'bot' && !isQueued(row);
}

/** Whose thread it is, where it is a colleague's. */
export function otherHolder(desk: Desk, row: DeskThread): DeskThread['agent'] {
  return (isHeld(row) || row.state === 'snoozed') && row.agent?.id !== desk.me ? row.agent : undefined;
}

export function claim(desk: Desk, row: DeskThread): Promise<boolean> {
  return told(desk, row, row.state === 'resolved' ? { move: 'reopen' } : { move: 'claim' });
}

/** From a colleague to me. */
export function takeOver(desk: Desk, row: DeskThread): Promise<boolean> {
  return told(desk, row, { move: 'assign', agent: desk.me });
}

/** Who writes in a thread that nobody has takes it first. Answers whether he may write. */
export async function claimToWrite(desk: Desk, id: string): Promise<boolean> {
  const row = desk.model.value.rows.get(id);
  if (row === undefined) return false;
  if (isMine(desk, row)) return true;
  const holder = otherHolder(desk, row);
  if (holder === undefined) return claim(desk, row);
  showToast({ text: t('console.desk.taken', { name: holder.name }), tone: 'danger' });
  return false;
}

/** Done, with a way back; the next of the list opens. */
export async function resolve(desk: Desk, row: DeskThread): Promise<void> {
  if (!(await told(desk, row, { move: 'resolve', seen: row.last_seq }))) return;
  if (desk.place.value?.id === row.id) desk.moveOn();
  showToast({
    text: t('console.desk.resolved', { name: customerName(row.customer) }),
    tone: 'good',
    action: {
      label: t('common.undo'),
      onPick: () => void reopen(desk, row.id),
    },
  });
}

export async function reopen(desk: Desk, id: string): Promise<void> {
  const row = desk.model.value.rows.get(id);
  if (row !== undefined && (await told(desk, row, { move: 'reopen' }))) desk.visit(id);
}

export async function snooze(desk: Desk, row: DeskThread, until: number): Promise<void> {
  const done = await told(desk, row, { move: 'snooze', until }, t('console.desk.snoozed', { time: formatWhen(until) }));
  if (done && desk.place.value?.id === row.id && desk.list.value === 'mine') desk.moveOn();
}

export function wake(desk: Desk, row: DeskThread): Promise<boolean> {
  return told(desk, row, { move: 'wake' });
}

/** To an agent, a team or the bot. Answers whether it was done. */
export async function give(desk: Desk, row: DeskThread, wished: Wished, to: string): Promise<boolean> {
  const done = await told(desk, row, wished, t('console.desk.given', { name: to }));
  const isAway = done && desk.place.value?.id === row.id && !('agent' in wished && wished.agent === desk.me);
  if (isAway && desk.list.value === 'mine') desk.moveOn();
  return done;
}

/** Labels and priority. */
export async function mark(desk: Desk, id: string, marks: { priority?: number; labels?: string[] }): Promise<DeskThread> {
  const row = desk.model.value.rows.get(id);
  if (row === undefined) throw new Refusal('not_found');
  try {
    return await patched(desk, row, marks);
  } catch (thrown) {
    if (refusalOf(thrown).code !== 'stale') throw thrown;
    const fresh = await desk.api.row(id);
    desk.put(fresh);
    return patched(desk, fresh, marks);
  }
}

async function patched(desk: Desk, row: DeskThread, marks: { priority?: number; labels?: string[] }): Promise<DeskThread> {
  const after = await desk.api.patch(row.id, { ...marks, revision: row.revision });
  desk.put(after);
  return after;
}

/** Ends once a letter stands in its thread; false where it was refused. */
export function delivered(desk: Desk, key: string): Promise<boolean> {
  return new Promise((done) => {
    const stop = effect(() => {
      const letter = desk.client.letters.value.find((one) => one.key === key);
      if (letter !== undefined && letter.refused === undefined) return;
      done(letter === undefined);
      queueMicrotask(() => {
        stop();
      });
    });
  });
}

