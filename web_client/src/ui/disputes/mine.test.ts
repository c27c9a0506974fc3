import { expect, test } from 'vitest';

import type { DisputeView } from '../../protocol/generated';
import { Refusal } from '../../protocol/refusal';
import { DisputesApi } from '../../services/disputes';
import { MyDisputes } from './mine';

const MONEY = { amount: '12.50', currency: 'EUR' };
const VIEW: DisputeView = {
  id: 'd1',
  thread_id: 't1',
  state: 'seller_turn',
  revision: 1,
  reason: 'damaged',
  my_side: 'buyer',
  order_id: 'o1',
  order_number: '1001',
  line: { id: 'l1', title: 'Lamp', photo_url: '', paid: MONEY, refundable: MONEY },
  buyer: { id: 'p1', name: 'Ana' },
  shop: { id: 's1', name: 'Light' },
  opened_at: 1,
  asked: { kind: 'full', amount: MONEY },
  wish: { kind: 'full', amount: MONEY },
  acts: ['withdraw'],
};

/** A server that knows one dispute. */
class Server extends DisputesApi {
  now: DisputeView = VIEW;
  refuses: Refusal | null = null;

  constructor() {
    super({ renewable: false, headers: () => Promise.resolve({}) });
  }

  override mine(): Promise<{ disputes: DisputeView[] }> {
    return Promise.resolve({ disputes: [this.now] });
  }

  override dispute(): Promise<DisputeView> {
    return Promise.resolve(this.now);
  }

  override move(): Promise<DisputeView> {
    return this.refuses === null ? Promise.resolve(this.now) : Promise.reject(this.refuses);
  }
}

test('a dispute is found by its line, and by its order while it is open', async () => {
  const server = new Server();
  const mine = new MyDisputes(server);
  await mine.refresh();

  expect(mine.ofLine('l1')?.id).toBe('d1');
  expect(mine.openOf('o1')).toHaveLength(1);

  server.now = { ...VIEW, revision: 2, state: 'refunded' };
  await mine.refresh();
  expect(mine.openOf('o1')).toHaveLength(0);
});

test('what may have happened unheard is fetched after what is on its way, and not before anybody asked', async () => {
  const server = new Server();
  let asked = 0;
  server.mine = () => {
    asked += 1;
    return Promise.resolve({ disputes: [server.now] });
  };
  const mine = new MyDisputes(server);
  await mine.renew();
  expect(asked).toBe(0);

  const first = mine.refresh();
  const again = mine.renew();
  server.now = { ...VIEW, revision: 2, state: 'buyer_turn' };
  await Promise.all([first, again]);

  expect(asked).toBe(2);
  expect(mine.ofLine('l1')?.state).toBe('buyer_turn');
});

test('what failed to come is fetched when the connection is there', async () => {
  const server = new Server();
  server.mine = () => Promise.reject(new Refusal('offline'));
  const mine = new MyDisputes(server);
  await mine.refresh();
  expect(mine.refusal.value?.code).toBe('offline');

  server.mine = () => Promise.resolve({ disputes: [server.now] });
  await mine.renew();

  expect(mine.ofLine('l1')?.id).toBe('d1');
  expect(mine.refusal.value).toBeNull();
});

test('only what has moved since is told, and what was known at the beginning is no news', async () => {
  const told: string[] = [];
  const server = new Server();
  const mine = new MyDisputes(server, ({ state }) => told.push(state));
  await mine.refresh();
  await mine.look('d1');
  expect(told).toEqual([]);

  server.now = { ...VIEW, revision: 2, state: 'buyer_turn' };
  await mine.look('d1');
  expect(told).toEqual(['buyer_turn']);
});

test('what was not known before is told where something has just happened in it, and not where it is only looked at', async () => {
  const told: string[] = [];
  const looked = new MyDisputes(new Server(), ({ id }) => told.push(id));
  await looked.look('d1');
  expect(told).toEqual([]);

  const noticed = new MyDisputes(new Server(), ({ id }) => told.push(id));
  await noticed.look('d1', true);
  expect(told).toEqual(['d1']);
});

test('an answer that comes late does not take the dispute back', async () => {
  const server = new Server();
  const mine = new MyDisputes(server);
  server.now = { ...VIEW, revision: 3, state: 'mediation' };
  await mine.look('d1');
  server.now = VIEW;

  expect((await mine.look('d1')).state).toBe('mediation');
});

test('who was too slow sees how it stands by now', async () => {
  const server = new Server();
  const mine = new MyDisputes(server);
  await mine.refresh();
  server.now = { ...VIEW, revision: 2, state: 'buyer_turn' };
  server.refuses = new Refusal('stale');

  await expect(mine.move(VIEW, { act: 'withdraw' }, 'k')).rejects.toThrow('stale');
  expect(mine.all.value?.get('d1')?.state).toBe('buyer_turn');
});
