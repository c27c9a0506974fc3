import { render, type JSX } from 'preact';
import { afterEach, expect, it } from 'vitest';

import { ModerationProvider } from './context';
import { Moderation } from './moderation';
import { useKeys } from './use-keys';
import { QueueWatch } from './watch';

const nothing = (): Promise<never> => Promise.reject(new Error('nothing is asked for'));

afterEach(() => {
  render(null, document.body);
});

function Room(): JSX.Element {
  useKeys(false);
  return <p>The room</p>;
}

// Drawn without the test library, which would run what is done after the painting as well.
it('hears a key that is pressed as soon as the room is there', () => {
  const api = { decideTexts: nothing, settleReports: nothing, hideText: nothing, annulRating: nothing, translateText: nothing, photoUrl: String };
  const room = new Moderation(api, new QueueWatch({ moderation: nothing }));

  render(<ModerationProvider value={room}><Room /></ModerationProvider>, document.body);
  document.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }));

  expect(room.window.value).toBe('keys');
  room.dispose();
});
