/** A forgotten password: a link by mail. Whether somebody works here under an address is told to nobody. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../i18n';
import { refusalOf, type Refusal } from '../protocol/refusal';
import type { ConsoleApi } from '../services/console';
import { Button } from '../ui/parts/Button';
import { DoorCard, doorRefusal } from './DoorCard';

export interface ForgotProps {
  api: ConsoleApi;
  /** What was written at the door already. */
  email: string;
  onBack: () => void;
}

type Progress = 'asking' | 'sending' | 'sent';

export function Forgot({ api, email, onBack }: ForgotProps): JSX.Element {
  const [progress, setProgress] = useState<Progress>('asking');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.focus();
  }, []);

  const send = async (): Promise<void> => {
    setProgress('sending');
    setRefusal(null);
    try {
      await api.askReset(field.current?.value ?? '');
      setProgress('sent');
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
      setProgress('asking');
    }
  };

  const isSent = progress === 'sent';
  return (
    <DoorCard
      title={t('console.forgot.title')}
      text={t(isSent ? 'console.forgot.sent' : 'console.forgot.text')}
      onSubmit={() => {
        if (progress === 'asking') void send();
      }}
    >
      {!isSent && (
        <>
          <label class="field">
            <span>{t('console.email')}</span>
            <input ref={field} type="email" name="email" autocomplete="username" required maxLength={256} dir="ltr" defaultValue={email} />
          </label>
          <p class="sign-in-refusal" role="alert">
            {refusal !== null && doorRefusal(refusal, '')}
          </p>
          <Button kind="primary" type="submit" size="l" wide busy={progress === 'sending'}>
            {t('console.forgot.send')}
          </Button>
        </>
      )}
      <Button kind="quiet" wide onClick={onBack}>
        {t('console.forgot.back')}
      </Button>
    </DoorCard>
  );
}
