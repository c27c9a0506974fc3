/** After support has closed a conversation: how it was, from one to five, and a word on it. Asked once; writing on reopens. */
import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ThreadView } from '../../protocol/generated';
import { useClient } from '../client';
import { Button } from '../parts/Button';
import { tellRefusal } from '../refusals';
import { FACES, SCORES, type Score } from './csat-faces';
import './csat.css';

/** The server takes no longer one. */
const MOST_COMMENT = 1000;

export function Csat({ view }: { view: ThreadView }): JSX.Element {
  const client = useClient();
  const [isThanked, setThanked] = useState(false);
  const place = useRef<HTMLLIElement>(null);
  const given = SCORES.find((score) => score === view.csat);

  const send = async (score: Score, comment: string): Promise<void> => {
    try {
      await client.rateSupport(view.id, score, comment);
      // The form is gone; who came by keyboard stays here.
      place.current?.focus({ preventScroll: true });
      setThanked(true);
    } catch (thrown) {
      tellRefusal(thrown);
    }
  };
  return (
    <li class="csat" ref={place} tabIndex={-1}>
      {given === undefined ? <Asking onSend={send} /> : <Given score={given} isThanked={isThanked} />}
    </li>
  );
}

function Asking({ onSend }: { onSend: (score: Score, comment: string) => Promise<void> }): JSX.Element {
  const id = useId();
  const [score, setScore] = useState<Score | null>(null);
  const [comment, setComment] = useState('');
  const [isBusy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    if (score === null || isBusy) return;
    setBusy(true);
    await onSend(score, comment.trim());
    setBusy(false);
  };
  return (
    <form
      class="csat-card"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset class="csat-scores">
        <legend>{t('support.csat.title')}</legend>
        {SCORES.map((one) => (
          <label key={one} class="csat-score">
            <input
              type="radio"
              class="unseen"
              name={`${id}score`}
              checked={one === score}
              onChange={() => {
                setScore(one);
              }}
            />
            <Face score={one} size={28} />
            <span>{t(`support.csat.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {score !== null && (
        <>
          <label class="csat-comment">
            {t('support.csat.comment')}
            <textarea
              rows={2}
              dir="auto"
              maxLength={MOST_COMMENT}
              value={comment}
              onInput={(event) => {
                setComment(event.currentTarget.value);
              }}
            />
          </label>
          <Button type="submit" kind="primary" wide busy={isBusy}>
            {t('common.send')}
          </Button>
        </>
      )}
    </form>
  );
}

function Given({ score, isThanked }: { score: Score; isThanked: boolean }): JSX.Element {
  return (
    <p class="csat-card csat-given" role="status">
      <Face score={score} size={22} />
      <span>
        {isThanked && `${t('support.csat.thanks')} `}
        {t('support.csat.given', { score: t(`support.csat.${score}`) })}
      </span>
    </p>
  );
}

function Face({ score, size }: { score: Score; size: number }): JSX.Element {
  const Icon = FACES[score];
  return <Icon size={size} />;
}
