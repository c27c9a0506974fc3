import { expect, it, vi } from 'vitest';

import type { SocketEvents } from './socket';
import { tapped } from './tap';

it('hears every frame first and keeps what it wants', () => {
  const heard: string[] = [];
  const passed: unknown[] = [];
  let line: SocketEvents | undefined;
  const dial = tapped(
    ({ t }) => {
      heard.push(t);
      return t === 'desk.note';
    },
    (_url, events) => {
      line = events;
      return { send: vi.fn(), close: vi.fn() };
    },
  );

  dial('ws://here', { opened: vi.fn(), received: (text) => passed.push(text), closed: vi.fn() });
  for (const text of ['{"t":"desk.note"}', '{"t":"event"}', 'no frame', '{}', 7]) line?.received(text);

  expect(heard).toEqual(['desk.note', 'event']);
  expect(passed).toEqual(['{"t":"event"}', 'no frame', '{}', 7]);
});
