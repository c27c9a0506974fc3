/** Name and address of an endpoint that is kept in the console. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { WebhookEndpoint } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { refusalText } from '../../ui/refusals';
import { useConsole } from '../context';
import { useDraft } from '../use-draft';

export interface WebhookFormProps {
  /** Null for a new one. */
  endpoint: WebhookEndpoint | null;
  /** The secret comes with a new one alone. */
  onSaved: (endpoint: WebhookEndpoint, secret?: string) => void;
}

export function WebhookForm({ endpoint, onSaved }: WebhookFormProps): JSX.Element {
  const { api } = useConsole();
  let secret: string | undefined;
  const work = useDraft<WebhookEndpoint, { name: string; url: string }>({
    kept: endpoint,
    begin: (kept) => ({ name: kept?.name ?? '', url: kept?.url ?? '' }),
    send: async ({ name, url }, kept) => {
      if (kept !== null) return api.putWebhook(kept.id, { name, url: url.trim(), active: kept.active, revision: kept.revision });
      const made = await api.addWebhook({ name, url: url.trim() });
      secret = made.secret;
      return made.endpoint;
    },
    fetch: async (kept) => (await api.webhooks()).endpoints.find(({ id }) => id === kept?.id),
    onSaved: (saved) => { onSaved(saved, secret); },
  });
  const { draft: { name, url }, change, refusal } = work;
  const isStale = refusal?.code === 'stale';

  return (
    <form
      class="webhook-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (work.isChanged && !work.busy) void work.save();
      }}
    >
      <label class="field">
        <span>{t('console.webhooks.name')}</span>
        <input dir="auto" maxLength={80} value={name} onInput={({ currentTarget }) => { change({ name: currentTarget.value }); }} />
      </label>
      <label class="field">
        <span>{t('console.webhooks.url')}</span>
        <input type="url" dir="ltr" maxLength={500} spellcheck={false} placeholder="https://" value={url} onInput={({ currentTarget }) => { change({ url: currentTarget.value }); }} />
      </label>
      <p class="quiet webhook-hint">{t('console.webhooks.url.hint')}</p>
      <p class="sign-in-refusal" role="alert">{refusal !== null && (isStale ? t('console.stale.any') : refusalText(refusal))}</p>
      <div class="webhook-tools">
        {isStale && <Button onClick={() => void work.reload()}>{t('console.load_again')}</Button>}
        <Button kind="primary" type="submit" busy={work.busy} disabled={!work.isChanged || name.trim() === '' || url.trim() === ''}>
          {t(endpoint === null ? 'console.webhooks.add' : 'common.save')}
        </Button>
      </div>
    </form>
  );
}
