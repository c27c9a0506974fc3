/** Asking until there is an answer: for what was told by a push, which tells it once. */
import { refusalOf } from '../protocol/refusal';

const FIRST_MS = 500;
const LONGEST_MS = 5_000;

/** Asks again after a while where the way to the server failed, or the server says so. Rejects with any other Refusal. */
export async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let pause = FIRST_MS; ; pause = Math.min(2 * pause, LONGEST_MS)) {
    try {
      return await ask();
    } catch (thrown) {
      const { retryable, retryAfterMs } = refusalOf(thrown);
      if (!retryable) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, Math.max(pause, retryAfterMs)));
    }
  }
}
