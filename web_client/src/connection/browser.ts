/** What the browser says about its network and about being looked at, told to a session. */
import type { Session } from './session';

/** Answers how to stop. */
export function followBrowser(session: Pick<Session, 'network' | 'wake'>): () => void {
  const online = (): void => {
    session.network(true);
  };
  const offline = (): void => {
    session.network(false);
  };
  const sight = (): void => {
    if (document.visibilityState === 'visible') session.wake();
  };
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', sight);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', sight);
  };
}
