/** Leaving: the session ends on the server, and this browser forgets what it kept of this person. */
import { refusalOf } from '../protocol/refusal';
import { tellRefusal } from '../ui/refusals';
import type { Desk } from './desk';

/** Says so and stays where the server could not be told. */
export async function signOut({ client }: Desk): Promise<void> {
  try {
    await client.api.closeInbox();
  } catch (thrown) {
    if (refusalOf(thrown).code !== 'unauthenticated') {
      tellRefusal(thrown);
      return;
    }
  }
  client.signOut();
  location.assign(location.pathname);
}
