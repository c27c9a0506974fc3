/** What an entry was, newest first; any of it can be brought back. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { formatWhen, locale, t } from '../../i18n';
import type { FaqRevision } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { UndoIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText, tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import { useLoaded } from '../use-loaded';

export interface HistoryDialogProps {
  id: string;
  /** The one in force. */
  revision: number;
  onClose: () => void;
  onUndone: () => void;
}

export function HistoryDialog({ id, revision, onClose, onUndone }: HistoryDialogProps): JSX.Element {
  const { api } = useConsole();
  const load = useCallback(() => api.history(id), [api, id]);
  const { value, refusal } = useLoaded(load);
  const newest = value?.revisions[0]?.revision ?? revision;
  return (
    <Dialog title={t('console.history')} size="l" onClose={onClose}>
      {value === null && refusal === null && <SkeletonRows label={t('common.loading')} />}
      {refusal !== null && <p role="alert">{refusalText(refusal)}</p>}
      <ol class="history">
        {value?.revisions.map((one) => (
          <li key={one.revision}>
            <div class="history-head">
              <strong>{one.revision === 0 ? t('console.history.shipped') : formatWhen(one.at)}</strong>
              <bdi class="quiet">{one.by}</bdi>
              {one.revision === newest ? (
                <span class="history-now">{t('console.history.now')}</span>
              ) : (
                <Button size="s" icon={UndoIcon} onClick={() => void api.undo(id, one.revision, newest).then(onUndone, tellRefusal)}>
                  {t('console.undo')}
                </Button>
              )}
            </div>
            <Said revision={one} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function Said({ revision: { entry } }: { revision: FaqRevision }): JSX.Element {
  if (entry === undefined) return <p class="quiet">{t('console.entry.removed')}</p>;
  const wording = entry.wordings[locale.value] ?? entry.wordings['en'] ?? Object.values(entry.wordings)[0];
  return (
    <p class="history-said" dir="auto">
      {wording?.answer}
    </p>
  );
}
