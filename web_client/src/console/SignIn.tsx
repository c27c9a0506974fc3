/** The console's door: e-mail and password. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../i18n';
import type { StaffMe } from '../protocol/generated';
import { refusalOf, type Refusal } from '../protocol/refusal';
import { Button } from '../ui/parts/Button';
import { ShieldCheckIcon } from '../ui/parts/icons';
import { refusalText } from '../ui/refusals';
import type { ConsoleApi } from '../services/console';

export function SignIn({ api, onEnter }: { api: ConsoleApi; onEnter: (me: StaffMe) => void }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  useEffect(() => {
    email.current?.focus();
  }, []);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      onEnter(await api.signIn(email.current?.value ?? '', password.current?.value ?? ''));
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
      setBusy(false);
      password.current?.select();
    }
  };

  return (
    <main class="sign-in">
      <form
        class="sign-in-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <span class="sign-in-mark">
          <ShieldCheckIcon size={22} />
        </span>
        <h1>{t('console.sign_in.title')}</h1>
        <p class="quiet">{t('console.sign_in.text')}</p>
        <label class="field">
          <span>{t('console.email')}</span>
          <input ref={email} type="email" name="email" autocomplete="username" required maxLength={256} dir="ltr" />
        </label>
        <label class="field">
          <span>{t('console.password')}</span>
          <input ref={password} type="password" name="password" autocomplete="current-password" required maxLength={200} dir="ltr" />
        </label>
        <p class="sign-in-refusal" role="alert">
          {refusal !== null && sentenceOf(refusal)}
        </p>
        <Button kind="primary" type="submit" size="l" wide busy={busy}>
          {t('console.sign_in')}
        </Button>
      </form>
    </main>
  );
}

function sentenceOf(refusal: Refusal): string {
  if (refusal.code === 'unauthenticated') return t('console.sign_in.wrong');
  if (refusal.code === 'rate_limited') {
    return t('console.sign_in.wait', { count: Math.max(1, Math.ceil(refusal.retryAfterMs / 1000)) });
  }
  return refusalText(refusal);
}
