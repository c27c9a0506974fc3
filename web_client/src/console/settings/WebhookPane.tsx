/** One endpoint: whether it is active, what it is signed with, what was sent to it. */
import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import type { WebhookEndpoint } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import { Button, IconButton } from '../../ui/parts/Button';
import { TrashIcon, XIcon } from '../../ui/parts/icons';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import { Confirm } from '../EditorFrame';
import { Deliveries } from './Deliveries';
import { WebhookForm } from './WebhookForm';

export interface WebhookPaneProps {
  endpoint: WebhookEndpoint;
  onChanged: () => void;
  onRemoved: () => void;
  onSecret: (secret: string) => void;
  onClose: () => void;
}

export function WebhookPane({ endpoint, onChanged, onRemoved, onSecret, onClose }: WebhookPaneProps): JSX.Element {
  const { api } = useConsole();
  const [asks, setAsks] = useState<'rotate' | 'remove' | null>(null);
  const [turn, setTurn] = useState(0);
  const { id, name, url, active, in_settings: inSettings, revision, old_secret_until: oldUntil } = endpoint;
  const done = useCallback((): void => {
    setTurn((before) => before + 1);
    onChanged();
  }, [onChanged]);
  const run = (work: Promise<unknown>, said?: string): void => {
    work.then(() => {
      if (said !== undefined) showToast({ text: said, tone: 'good' });
    }, tellRefusal).finally(done);
  };
  const mayRemove = !inSettings || url === '';

  return (
    <WebhookFrame title={name} onRemove={mayRemove ? () => { setAsks('remove'); } : undefined} onClose={onClose}>
      <div class="webhook-state">
        <Badge tone={active ? 'good' : 'warn'}>{t(active ? 'console.webhooks.active' : 'console.webhooks.paused')}</Badge>
        {inSettings && <Badge>{t(url === '' ? 'console.webhooks.left_settings' : 'console.webhooks.in_settings')}</Badge>}
        {inSettings && url !== '' && <bdi class="webhook-url" dir="ltr">{url}</bdi>}
      </div>
      {inSettings && url !== '' && <p class="quiet">{t('console.webhooks.in_settings.text')}</p>}
      {!active && url !== '' && <p class="quiet">{t('console.webhooks.paused.text')}</p>}
      {url !== '' && (
        <div class="webhook-tools">
          <Button onClick={() => { run(api.putWebhook(id, { name, url, active: !active, revision })); }}>
            {t(active ? 'console.webhooks.pause' : 'console.webhooks.resume')}
          </Button>
          <Button disabled={!active} onClick={() => { run(api.testWebhook(id), t('console.webhooks.test.sent')); }}>{t('console.webhooks.test')}</Button>
          {!inSettings && <Button onClick={() => { setAsks('rotate'); }}>{t('console.webhooks.rotate')}</Button>}
        </div>
      )}
      {(oldUntil ?? 0) > Date.now() && <p class="quiet">{t('console.webhooks.old_secret', { time: formatWhen(oldUntil ?? 0) })}</p>}
      {!inSettings && <WebhookForm key={revision} endpoint={endpoint} onSaved={done} />}
      <Deliveries
        endpoint={endpoint}
        turn={turn}
        onMoved={onChanged}
        onReplay={(message) => { run(api.replayWebhooks(id, message), t('console.webhooks.replay.sent')); }}
      />
      {asks === 'rotate' && (
        <Confirm
          title={t('console.webhooks.rotate.title')}
          text={t('console.webhooks.rotate.text')}
          label={t('console.webhooks.rotate')}
          run={() => api.rotateWebhook(id, revision).then(({ secret }) => { onSecret(secret); }).finally(done)}
          onClose={() => { setAsks(null); }}
        />
      )}
      {asks === 'remove' && (
        <Confirm
          title={t('console.webhooks.remove')}
          text={t('console.webhooks.remove.text')}
          label={t('console.remove')}
          run={() => api.removeWebhook(id, revision).then(onRemoved)}
          onClose={() => { setAsks(null); }}
        />
      )}
    </WebhookFrame>
  );
}

export interface WebhookFrameProps {
  title: string;
  /** Left out where it cannot be removed. */
  onRemove?: (() => void) | undefined;
  onClose: () => void;
  children: ComponentChildren;
}

/** Around an endpoint: its name above, which has the focus as it opens. */
export function WebhookFrame({ title, onRemove, onClose, children }: WebhookFrameProps): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => { head.current?.focus(); }, []);
  return (
    <section class="editor" aria-label={title}>
      <header class="editor-head">
        <h3 ref={head} class="clip" dir="auto" tabIndex={-1}>{title}</h3>
        {onRemove !== undefined && <IconButton icon={TrashIcon} label={t('console.remove')} aria-haspopup="dialog" onClick={onRemove} />}
        <IconButton icon={XIcon} label={t('common.close')} onClick={onClose} />
      </header>
      <div class="editor-body webhook-body scroll" tabIndex={-1}>{children}</div>
    </section>
  );
}
