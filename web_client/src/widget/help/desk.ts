/** What the help on the widget's screens asks of the server, without knowing who asks. */
import { locale } from '../../i18n';
import type { FaqLink, SupportStatus } from '../../protocol/generated';
import { HelpDesk } from '../../services/help';
import { API } from '../widget';

export const desk = new HelpDesk(API);

/** By language: they change seldom. */
const suggested = new Map<string, Promise<readonly FaqLink[]>>();

/** Questions for who has not asked anything yet; none where they do not come. */
export async function suggestions(): Promise<readonly FaqLink[]> {
  const language = locale.peek();
  const asked = suggested.get(language) ?? desk.suggestions(language);
  suggested.set(language, asked);
  try {
    return await asked;
  } catch {
    suggested.delete(language);
    return [];
  }
}

/** Whether people answer now, to this topic or at all. */
export function statusOf(topic?: string): Promise<SupportStatus> {
  return desk.status(locale.peek(), topic);
}
