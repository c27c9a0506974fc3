/** Who followed a mailed link chooses the password with which he will sign in, and is in. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../i18n';
import type { StaffMe } from '../protocol/generated';
import { refusalOf, type Refusal } from '../protocol/refusal';
import type { ConsoleApi } from '../services/console';
import { Button } from '../ui/parts/Button';
import type { MailedLink } from './door';
import { DoorCard, doorRefusal } from './DoorCard';

export interface ChoosePasswordProps {
  api: ConsoleApi;
  link: MailedLink;
  onEnter: (me: StaffMe) => void;
  onBack: () => void;
}

export function ChoosePassword({ api, link, onEnter, onBack }: ChoosePasswordProps): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.focus();
  }, []);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      onEnter(await api.choosePassword(link.token, field.current?.value ?? ''));
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
      setBusy(false);
      field.current?.select();
    }
  };

  return (
    <DoorCard
      title={t(link.kind === 'invite' ? 'console.choose.invite' : 'console.forgot.title')}
      text={t('console.choose.text')}
      onSubmit={() => {
        if (!busy) void submit();
      }}
    >
      <label class="field">
        <span>{t('console.password.new')}</span>
        <input ref={field} type="password" name="password" autocomplete="new-password" required maxLength={200} dir="ltr" />
      </label>
      <p class="sign-in-refusal" role="alert">
        {refusal !== null && doorRefusal(refusal, t('console.choose.dead'))}
      </p>
      <Button kind="primary" type="submit" size="l" wide busy={busy}>
        {t('console.choose.submit')}
      </Button>
      <Button kind="quiet" wide onClick={onBack}>
        {t('console.forgot.back')}
      </Button>
    </DoorCard>
  );
}
