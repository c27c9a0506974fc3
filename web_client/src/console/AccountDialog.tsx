/** One's own account: language, look, password, and signing out of every browser. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { t } from '../i18n';
import { refusalOf, type Refusal } from '../protocol/refusal';
import { Button } from '../ui/parts/Button';
import { Dialog } from '../ui/parts/Dialog';
import { Look } from '../ui/parts/Look';
import { showToast } from '../ui/parts/Toast';
import { refusalText, tellRefusal } from '../ui/refusals';
import { useConsole } from './context';
import { prefer, preferences } from './preferences';

export function AccountDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const { api, me, leave } = useConsole();
  return (
    <Dialog title={t('console.account')} onClose={onClose}>
      <div class="settings">
        <p class="quiet" dir="ltr">
          {me.email}
        </p>
        <Look theme={preferences.value.theme} onPick={prefer} />
        <Password onDone={onClose} />
        <div class="setting">
          <span>{t('console.sign_out_everywhere.text')}</span>
          <Button kind="danger" onClick={() => void api.signOutEverywhere().then(leave, tellRefusal)}>
            {t('console.sign_out_everywhere')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Password({ onDone }: { onDone: () => void }): JSX.Element {
  const { api } = useConsole();
  const old = useRef<HTMLInputElement>(null);
  const fresh = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const change = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.changePassword(old.current?.value ?? '', fresh.current?.value ?? '');
      showToast({ text: t('console.password.changed'), tone: 'good' });
      onDone();
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
      setBusy(false);
    }
  };

  return (
    <form
      class="setting setting-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void change();
      }}
    >
      <label class="field">
        <span>{t('console.password.old')}</span>
        <input ref={old} type="password" autocomplete="current-password" required maxLength={200} dir="ltr" />
      </label>
      <label class="field">
        <span>{t('console.password.new')}</span>
        <input ref={fresh} type="password" autocomplete="new-password" required maxLength={200} dir="ltr" />
      </label>
      <p class="sign-in-refusal" role="alert">
        {refusal !== null && refusalText(refusal)}
      </p>
      <Button type="submit" busy={busy}>
        {t('console.password.change')}
      </Button>
    </form>
  );
}
