/** What is shown where the inbox cannot be: while it opens, a link that was used, a session that ended. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { LinkOffIcon, LogOutIcon, WifiOffIcon, type IconPart } from '../ui/parts/icons';
import type { Entry } from './entry';
import './door.css';

type Closed = Exclude<Entry['kind'], 'in' | 'opening'>;

const ICONS: Record<Closed, IconPart> = {
  link_used: LinkOffIcon,
  signed_out: LogOutIcon,
  no_service: WifiOffIcon,
};

export interface DoorProps {
  kind: Exclude<Entry['kind'], 'in'>;
  onRetry: () => void;
}

export function Door({ kind, onRetry }: DoorProps): JSX.Element {
  return (
    <main class="door">
      {kind === 'opening' ? (
        <p class="door-opening quiet" role="status">
          <span class="spinner" />
          {t('inbox.opening')}
        </p>
      ) : (
        <Notice kind={kind} onRetry={onRetry} />
      )}
    </main>
  );
}

function Notice({ kind, onRetry }: { kind: Closed; onRetry: () => void }): JSX.Element {
  const text = kind === 'no_service' ? t('error.offline') : t(`inbox.door.${kind}.text`);
  return (
    <>
      <h1 class="unseen">{t('inbox.title')}</h1>
      <EmptyState icon={ICONS[kind]} title={t(`inbox.door.${kind}`)} text={text}>
        {kind === 'no_service' && (
          <Button kind="primary" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )}
      </EmptyState>
    </>
  );
}
