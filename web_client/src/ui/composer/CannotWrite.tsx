/** In place of the composer, where this person cannot write: why, and what can be done about it. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { ThreadView } from '../../protocol/generated';
import { useClient } from '../client';
import { Button } from '../parts/Button';
import { tellRefusal } from '../refusals';

export function CannotWrite({ view }: { view: ThreadView }): JSX.Element {
  const client = useClient();
  const isMine = view.blocked_by === 'me' || view.blocked_by === 'both';
  const key = isMine ? 'thread.blocked_by_me' : view.blocked_by === 'them' ? 'thread.blocked_by_them' : 'thread.cannot_write';
  return (
    <div class="cannot-write" role="status">
      <p>{t(key)}</p>
      {isMine && (
        <Button size="s" onClick={() => void client.putBlock(view.id, false).catch(tellRefusal)}>
          {t('thread.unblock')}
        </Button>
      )}
    </div>
  );
}
