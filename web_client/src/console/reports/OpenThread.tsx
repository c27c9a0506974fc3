/** The way from a figure to the conversation that it is about. */
import { createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';

import { t } from '../../i18n';

/** Shows a conversation in the room of the desk. */
export const Opening = createContext<(thread: string) => void>(() => undefined);

export function OpenThread({ thread }: { thread: string }): JSX.Element {
  const open = useContext(Opening);
  return (
    <button
      type="button"
      class="report-open"
      onClick={() => {
        open(thread);
      }}
    >
      {t('console.reports.open')}
    </button>
  );
}
