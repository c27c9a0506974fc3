/** Below the bot's words that nobody is here: an address to which people may write when they are back. */
import type { JSX } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { refusalOf } from '../../protocol/refusal';
import { useClient } from '../client';
import { Button } from '../parts/Button';
import { CircleCheckIcon } from '../parts/icons';
import { refusalText, tellRefusal } from '../refusals';
import { useTalk } from '../threads/talk';
import { useStatus } from '../use-status';
import './leave-email.css';

export function LeaveEmail({ threadId }: { threadId: string }): JSX.Element | null {
  const client = useClient();
  const [left, setLeft] = useState(() => client.contact(threadId));
  const [isChanging, setChanging] = useState(false);
  const [isForgotten, setForgotten] = useState(false);
  const canMail = useCanMail(threadId);
  const place = useRef<HTMLDivElement>(null);

  const keep = (email: string): void => {
    // The field goes with its button; who came by keyboard stays here.
    place.current?.focus({ preventScroll: true });
    setLeft(email);
    setChanging(false);
    setForgotten(email === '');
  };
  const forget = async (): Promise<void> => {
    try {
      await client.leaveEmail(threadId, '');
      keep('');
    } catch (thrown) {
      tellRefusal(thrown);
    }
  };

  if (left === '' && !canMail) return null;
  return (
    <div class="leave-email" ref={place} tabIndex={-1}>
      {left === '' || isChanging ? (
        <Asking threadId={threadId} email={left} onLeft={keep} />
      ) : (
        <Left email={left} onChange={() => { setChanging(true); }} onForget={() => void forget()} />
      )}
      {isForgotten && (
        <p class="leave-email-forgotten" role="status">
          {t('support.email.forgotten')}
        </p>
      )}
    </div>
  );
}

/** Not before the server has said so: an offer that nobody keeps is none. */
function useCanMail(threadId: string): boolean {
  const client = useClient();
  const help = useTalk().help.value;
  const topic = client.chat.value.threads.get(threadId)?.view.topic ?? '';
  const ask = useMemo(() => (help === null ? null : () => help.status(topic)), [help, topic]);
  return useStatus(ask)?.mail === true;
}

interface AskingProps {
  threadId: string;
  email: string;
  onLeft: (email: string) => void;
}

function Asking({ threadId, email, onLeft }: AskingProps): JSX.Element {
  const client = useClient();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');

  const leave = async (): Promise<void> => {
    const input = field.current;
    if (input === null || isBusy) return;
    const text = input.value.trim();
    if (text === '' || !input.validity.valid) {
      setWrong(t('error.invalid.email'));
      input.focus();
      return;
    }
    setBusy(true);
    try {
      await client.leaveEmail(threadId, text);
      onLeft(text);
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      setWrong(refusal.code === 'invalid' ? t('error.invalid.email') : refusalText(refusal));
      setBusy(false);
    }
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void leave();
      }}
    >
      <label class="leave-email-title" for={`${id}field`}>
        {t('support.email.title')}
      </label>
      <div class="leave-email-row">
        <input
          ref={field}
          id={`${id}field`}
          type="email"
          name="email"
          dir="ltr"
          autocomplete="email"
          maxLength={256}
          defaultValue={email}
          placeholder="name@example.com"
          aria-invalid={wrong !== ''}
          aria-describedby={wrong === '' ? undefined : `${id}wrong`}
          onInput={() => {
            setWrong('');
          }}
        />
        <Button type="submit" kind="primary" busy={isBusy}>
          {t('support.email.send')}
        </Button>
      </div>
      {wrong !== '' && (
        <p class="leave-email-wrong" id={`${id}wrong`} role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}

interface LeftProps {
  email: string;
  onChange: () => void;
  onForget: () => void;
}

function Left({ email, onChange, onForget }: LeftProps): JSX.Element {
  return (
    <>
      <p class="leave-email-done" role="status">
        <CircleCheckIcon size={16} />
        <span>{t('support.email.done', { email })}</span>
      </p>
      <div class="leave-email-deeds">
        <Button kind="quiet" size="s" onClick={onChange}>
          {t('support.email.change')}
        </Button>
        <Button kind="quiet" size="s" onClick={onForget}>
          {t('support.email.forget')}
        </Button>
      </div>
    </>
  );
}
