/** What stands below a message of the bot: what may be asked next, which screens it leads to, whether it helped, whereto people may write. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { Action, Card, Choice } from '../../protocol/generated';
import type { Client } from '../../state/client';
import type { Message } from '../../state/model';
import { useClient } from '../client';
import { Later } from '../Later';
import { Button } from '../parts/Button';
import { CheckIcon, UserIcon } from '../parts/icons';
import { PackageIcon } from '../parts/icons-first';
import { tellRefusal } from '../refusals';
import { useTalk } from '../threads/talk';
import './answers.css';

export interface AnswerCardProps {
  message: Message;
  card: Card;
  /** Whether nothing was said after it: only then its questions are still open. */
  isNewest: boolean;
}

export function AnswerCard({ message, card, isNewest }: AnswerCardProps): JSX.Element | null {
  const client = useClient();
  const talk = useTalk();
  const { choices = [], actions = [], rates = false, helpful } = card;
  const doable = (talk.help.value?.act ?? null) === null ? [] : actions.filter(({ kind }) => kind !== 'open_settings');
  const asksIfHelpful = rates && (isNewest || helpful !== undefined);
  const open = isNewest ? choices : [];
  const offersMail = card.kind === 'offline' && isLatestOffer(client, talk.threadId, message.seq);
  if (message.withdrawn === true || (open.length === 0 && doable.length === 0 && !asksIfHelpful && !offersMail)) return null;
  return (
    <div class="answer-card">
      {doable.length > 0 && (
        <div class="answer-actions">
          {doable.map((action) => (
            <ActionButton key={`${action.kind} ${action.order ?? ''}`} action={action} />
          ))}
        </div>
      )}
      {asksIfHelpful && <Rating seq={message.seq} helpful={helpful} />}
      {open.length > 0 && <Choices choices={open} />}
      {offersMail && <Later load={loadLeaveEmail} props={{ threadId: talk.threadId }} />}
    </div>
  );
}

const loadLeaveEmail = async (): Promise<ComponentType<{ threadId: string }>> => (await import('./LeaveEmail')).LeaveEmail;

/** Whether people are still away since this was said: an address is asked for once, below the last such words. */
function isLatestOffer(client: Client, threadId: string, seq: number): boolean {
  const { view, timeline = null } = client.chat.value.threads.get(threadId) ?? {};
  if (view?.state !== 'queued_offline' || timeline === null) return false;
  return timeline.events.findLast((event) => event.kind === 'posted' && event.card?.kind === 'offline')?.seq === seq;
}

/** Buttons that say something. They are gone once something is said. */
function Choices({ choices }: { choices: readonly Choice[] }): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const place = useRef<HTMLUListElement>(null);
  const say = ({ pick, label }: Choice): void => {
    // The button goes; who came by keyboard stays in the conversation.
    place.current?.closest<HTMLElement>('.message-scroll')?.focus({ preventScroll: true });
    client.send({ threadId: talk.threadId, text: label, photos: [], pick });
  };
  return (
    <ul class="answer-choices" ref={place} aria-label={t('support.choices')}>
      {choices.map((choice) => (
        <li key={choice.pick}>
          <button
            type="button"
            class="answer-choice"
            onClick={() => {
              say(choice);
            }}
          >
            {choice.pick === 'human' && <UserIcon size={15} />}
            <span dir="auto">{choice.label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function ActionButton({ action }: { action: Action }): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const { kind, order } = action;
  const isShowing = kind === 'show_order' && order !== undefined;
  useEffect(() => {
    if (isShowing) client.needOrder(order).catch(() => undefined);
  }, [client, isShowing, order]);
  const number = isShowing ? client.chat.value.orders.get(order)?.number : undefined;
  const isOrder = kind === 'show_order' || kind === 'show_orders';
  return (
    <Button
      size="s"
      icon={isOrder ? PackageIcon : undefined}
      onClick={() => {
        talk.help.value?.act?.(action);
      }}
    >
      {number === undefined ? t(actionKey(kind)) : t('support.action.show_order.number', { number })}
    </Button>
  );
}

function actionKey(kind: Action['kind']): `support.action.${Exclude<Action['kind'], 'open_settings'>}` {
  return kind === 'open_settings' ? 'support.action.show_orders' : `support.action.${kind}`;
}

/** Asked once; what was said stays. */
function Rating({ seq, helpful }: { seq: number; helpful: boolean | undefined }): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const [said, setSaid] = useState<boolean | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const shown = helpful ?? said;

  const rate = (answer: boolean): void => {
    place.current?.focus({ preventScroll: true });
    setSaid(answer);
    client.rate(talk.threadId, seq, answer).catch((thrown: unknown) => {
      setSaid(undefined);
      tellRefusal(thrown);
    });
  };
  return (
    <div class="answer-rating" role="group" aria-label={t('support.rate')} ref={place} tabIndex={-1}>
      {shown === undefined ? (
        <>
          <span aria-hidden="true">{t('support.rate')}</span>
          <Button kind="quiet" size="s" onClick={() => { rate(true); }}>
            {t('support.helpful')}
          </Button>
          <Button kind="quiet" size="s" onClick={() => { rate(false); }}>
            {t('support.unhelpful')}
          </Button>
        </>
      ) : (
        <span class="answer-rated" role="status">
          {shown && <CheckIcon size={14} />}
          {t(shown ? 'support.rated.helpful' : 'support.rated.unhelpful')}
        </span>
      )}
    </div>
  );
}
