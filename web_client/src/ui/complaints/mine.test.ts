import { expect, test } from 'vitest';

import type { ComplaintView } from '../../protocol/generated';
import { Refusal } from '../../protocol/refusal';
import { ComplaintsApi } from '../../services/complaints';
import { MyComplaints } from './mine';

const VIEW: ComplaintView = {
  id: 'c1', thread_id: 't1', state: 'answered', revision: 2, my_side: 'buyer', buyer: { id: 'p1', name: 'Ana' }, shop: { id: 's1', name: 'Light' },
  about: 'Lamp', opened_at: 5, text: '', messages: [], waited_ms: 1, response: { per_mille: null, median_ms: null, counted: 0 }, acts: ['not_solved', 'withdraw'],
};

/** A server that knows some complaints, the first of which may be moved. */
class Server extends ComplaintsApi {
  held: [ComplaintView, ...ComplaintView[]] = [VIEW];
  refuses: Refusal | null = null;

  constructor() {
    super({ renewable: false, headers: () => Promise.resolve({}) });
  }

  override mine(): Promise<{ complaints: ComplaintView[] }> {
    return Promise.resolve({ complaints: this.held });
  }

  override complaint(): Promise<ComplaintView> {
    return Promise.resolve(this.held[0]);
  }

  override move(): Promise<ComplaintView> {
    return this.refuses === null ? Promise.resolve(this.held[0]) : Promise.reject(this.refuses);
  }
}

test('of several complaints about a conversation the newest counts', async () => {
  const server = new Server();
  server.held = [{ ...VIEW, id: 'old', opened_at: 1 }, VIEW, { ...VIEW, id: 'other', thread_id: 't2', opened_at: 9 }];
  const mine = new MyComplaints(server);
  await mine.refresh();

  expect(mine.ofThread('t1')?.id).toBe('c1');
  expect(mine.ofThread('t3')).toBeUndefined();
});

test('what is refused shows how the complaint stands by now', async () => {
  const server = new Server();
  const mine = new MyComplaints(server);
  await mine.refresh();
  server.held = [{ ...VIEW, state: 'solved', revision: 3, acts: [] }];
  server.refuses = new Refusal('wrong_state');

  await expect(mine.move(VIEW, 'not_solved', 'The lamp.', 'key')).rejects.toBe(server.refuses);
  expect(mine.ofThread('t1')?.state).toBe('solved');
});
