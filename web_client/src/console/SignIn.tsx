/** The console's door: e-mail and password. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../i18n';
import type { StaffMe } from '../protocol/generated';
import { refusalOf, type Refusal } from '../protocol/refusal';
import type { ConsoleApi } from '../services/console';
import { Button } from '../ui/parts/Button';
import { DoorCard, doorRefusal } from './DoorCard';
import { Forgot } from './Forgot';

export interface SignInProps {
  api: ConsoleApi;
  onEnter: (me: StaffMe) => void;
}

export function SignIn(props: SignInProps): JSX.Element {
  const [forgot, setForgot] = useState<string | null>(null);
  if (forgot === null) return <Password {...props} onForget={setForgot} />;
  return (
    <Forgot
      api={props.api}
      email={forgot}
      onBack={() => {
        setForgot(null);
      }}
    />
  );
}

function Password({ api, onEnter, onForget }: SignInProps & { onForget: (email: string) => void }): JSX.Element {
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
    <DoorCard
      title={t('console.sign_in.title')}
      text={t('console.sign_in.text')}
      onSubmit={() => {
        if (!busy) void submit();
      }}
    >
      <label class="field">
        <span>{t('console.email')}</span>
        <input ref={email} type="email" name="email" autocomplete="username" required maxLength={256} dir="ltr" />
      </label>
      <label class="field">
        <span>{t('console.password')}</span>
        <input ref={password} type="password" name="password" autocomplete="current-password" required maxLength={200} dir="ltr" />
      </label>
      <p class="sign-in-refusal" role="alert">
        {refusal !== null && doorRefusal(refusal, t('console.sign_in.wrong'))}
      </p>
      <Button kind="primary" type="submit" size="l" wide busy={busy}>
        {t('console.sign_in')}
      </Button>
      <Button
        kind="quiet"
        wide
        onClick={() => {
          onForget(email.current?.value ?? '');
        }}
      >
        {t('console.forgot')}
      </Button>
    </DoorCard>
  );
}
