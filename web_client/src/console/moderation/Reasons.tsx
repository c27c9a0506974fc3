/** Why: six buttons with numbers; the focus is at the one that what was found speaks for. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { IconButton } from '../../ui/parts/Button';
import { XIcon } from '../../ui/parts/icons';
import { useModeration } from './context';
import { Key } from './Key';
import { REASONS, type Reason } from './moderation';
import { back, choose } from './use-keys';

export function Reasons({ title, suggested }: { title: string; suggested: Reason | null }): JSX.Element {
  const room = useModeration();
  const first = useRef<HTMLButtonElement>(null);
  const likely = suggested ?? REASONS[0];

  useLayoutEffect(() => {
    first.current?.focus();
  }, []);

  return (
    <div class="reasons" role="group" aria-label={title}>
      <div class="reasons-head">
        <strong>{title}</strong>
        <IconButton icon={XIcon} size="s" label={t('common.cancel')} onClick={() => { back(room); }} />
      </div>
      <ol class="reasons-all">
        {REASONS.map((reason, at) => (
          <li key={reason}>
            <button
              type="button"
              class={`reason${reason === suggested ? ' reason-suggested' : ''}`}
              ref={reason === likely ? first : null}
              onClick={() => { choose(room, reason); }}
            >
              <Key name={String(at + 1)} />
              <span>{t(`review.reason.${reason}`)}</span>
              {reason === suggested && <span class="reason-note">{t('console.moderation.suggested')}</span>}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
