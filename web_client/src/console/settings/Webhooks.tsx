/** Webhooks: every endpoint, and the one that is open. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { PlusIcon, ZapIcon } from '../../ui/parts/icons';
import { useConsole } from '../context';
import { ListRoom, useOpened } from '../ListRoom';
import { Shown } from '../Shown';
import { useLoaded } from '../use-loaded';
import { SecretDialog } from './SecretDialog';
import { WebhookForm } from './WebhookForm';
import { WebhookFrame, WebhookPane } from './WebhookPane';
import { noteOf } from './webhooks';
import './webhooks.css';

export function Webhooks(): JSX.Element {
  const { api } = useConsole();
  const load = useCallback(() => api.webhooks(), [api]);
  const loaded = useLoaded(load);
  const { opened, open, close } = useOpened();
  const [secret, setSecret] = useState<string | null>(null);
  const { reload } = loaded;

  return (
    <Shown loaded={loaded}>
      {({ endpoints }) => {
        const current = endpoints.find(({ id }) => id === opened?.id);
        return (
          <>
            <ListRoom
              label={t('console.settings.webhooks')}
              icon={ZapIcon}
              items={endpoints.map((one) => ({ id: one.id, title: one.name, note: noteOf(one) }))}
              opened={opened}
              onOpen={open}
              chooseTitle={t('console.webhooks.choose')}
              chooseText={t('console.webhooks.choose.text')}
              emptyTitle={t('console.webhooks.none')}
              emptyText={t('console.webhooks.choose.text')}
              first={<Button size="s" kind="primary" icon={PlusIcon} onClick={() => { open(null); }}>{t('console.webhooks.new')}</Button>}
            >
              {opened?.id === null && (
                <WebhookFrame key={opened.key} title={t('console.webhooks.new')} onClose={close}>
                  <WebhookForm
                    endpoint={null}
                    onSaved={({ id }, made) => {
                      reload();
                      open(id);
                      setSecret(made ?? null);
                    }}
                  />
                </WebhookFrame>
              )}
              {current !== undefined && opened !== null && (
                <WebhookPane
                  key={opened.key}
                  endpoint={current}
                  onChanged={reload}
                  onRemoved={() => {
                    close();
                    reload();
                  }}
                  onSecret={setSecret}
                  onClose={close}
                />
              )}
            </ListRoom>
            {secret !== null && (
              <SecretDialog
                secret={secret}
                onClose={() => {
                  setSecret(null);
                  requestAnimationFrame(focusOpened);
                }}
              />
            )}
          </>
        );
      }}
    </Shown>
  );
}

/** What asked for the secret may be gone: the focus goes to the endpoint that has it. */
function focusOpened(): void {
  document.querySelector<HTMLElement>('.editor-head h3')?.focus();
}
