/** One step of a buyer: what it means, what it needs, and the press that makes it. */
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import type { Step } from '../../services/disputes';
import { useClient } from '../../ui/client';
import { EvidenceFields } from '../../ui/disputes/EvidenceFields';
import { orderMessages } from '../../ui/disputes/order-messages';
import { bodyOf, wishOf } from '../../ui/disputes/remedy';
import { RemedyFields } from '../../ui/disputes/RemedyFields';
import { remedyText } from '../../ui/disputes/words';
import { EvidenceWriting } from '../../ui/disputes/writing';
import { ActFrame } from '../cases/ActFrame';
import type { Act } from './acts';
import { useDisputes } from './of';
import { endsForEver, kindsOf, lackOf, mostOf, remedyIn } from './step';

export interface ActDialogProps {
  act: Act;
  view: DisputeView;
  onClose: () => void;
}

export function ActDialog({ act, view, onClose }: ActDialogProps): JSX.Element {
  const client = useClient();
  const mine = useDisputes();
  const writing = useMemo(() => new EvidenceWriting(client, `dispute:${view.id}:${act}`), [client, view.id, act]);
  // What is pressed is about what was seen when the window opened, whatever has come since.
  const [seen] = useState(view);
  const lack = lackOf(act, seen, writing);
  const isFinal = endsForEver(seen, client.chat.value.threads.get(seen.thread_id)?.timeline?.events ?? []);

  const make = async (): Promise<void> => {
    const step = stepOf(act, seen, writing);
    await mine.move(seen, step, writing.keyOf([step, seen.revision]));
    writing.forget();
  };
  return (
    <ActFrame
      title={t(`dispute.act.${act}`)}
      size={act === 'counter' || act === 'evidence' || act === 'reopen' ? 'm' : 's'}
      meaning={meaningOf(act, seen, isFinal)}
      press={t(`dispute.do.${act}`)}
      isDanger={act === 'withdraw'}
      isReady={lack === null}
      make={make}
      told={t(`dispute.did.${act}`)}
      onClose={onClose}
    >
      {(isAsked) => (
        <>
          <Fields act={act} view={seen} writing={writing} isAsked={isAsked} />
          <p class="field-fault" role="alert">
            {isAsked && lack !== null && lack !== 'amount' && t(`dispute.lack.${lack}`)}
          </p>
        </>
      )}
    </ActFrame>
  );
}

/** What it means, in a sentence or two. */
function meaningOf(act: Act, view: DisputeView, isFinal: boolean): string {
  const remedy = act === 'accept' ? view.offer : view.proposal;
  if (act === 'withdraw') return t(isFinal ? 'dispute.means.withdraw.final' : 'dispute.means.withdraw');
  return t(`dispute.means.${act}`, { remedy: remedy === undefined ? '' : remedyText(remedy) });
}

interface FieldsProps {
  act: Act;
  view: DisputeView;
  writing: EvidenceWriting;
  isAsked: boolean;
}

function Fields({ act, view, writing, isAsked }: FieldsProps): JSX.Element | null {
  const client = useClient();
  const load = useMemo(() => () => orderMessages(client, view.order_id), [client, view.order_id]);
  const form = writing.form.value;
  if (act === 'accept' || act === 'agree' || act === 'withdraw') return null;
  if (act === 'ship') return <ShipFields writing={writing} />;
  const needsWords = act === 'evidence';
  return (
    <>
      {(act === 'counter' || act === 'reopen') && (
        <RemedyFields
          legend={t('dispute.ask.wish')}
          kinds={kindsOf(act, view)}
          value={remedyIn(form)}
          most={mostOf(view)}
          freeReturn={view.returning?.free ?? false}
          side="buyer"
          isAsked={isAsked}
          onChange={({ kind, amount }) => { writing.form.value = { ...form, amount, ...(kind === null ? {} : { kind }) }; }}
        />
      )}
      <EvidenceFields
        writing={writing}
        label={t('dispute.words')}
        note={needsWords ? undefined : t('dispute.optional')}
        loadMessages={load}
        photosFirst={needsWords}
      />
    </>
  );
}

function ShipFields({ writing }: { writing: EvidenceWriting }): JSX.Element {
  const form = writing.form.value;
  const names = ['carrier', 'tracking'] as const;
  return (
    <>
      {names.map((name) => (
        <label key={name}>
          <span class="field-label">{t(`dispute.ship.${name}`)}</span>
          <input
            class="field"
            maxLength={80}
            autocomplete="off"
            dir="auto"
            value={form[name] ?? ''}
            onInput={(event) => { writing.form.value = { ...form, [name]: event.currentTarget.value }; }}
          />
        </label>
      ))}
    </>
  );
}

function stepOf(act: Act, view: DisputeView, writing: EvidenceWriting): Step {
  const form = writing.form.value;
  const wish = wishOf(remedyIn(form), mostOf(view));
  switch (act) {
    case 'accept':
      return { act, ...(view.offer === undefined ? {} : { wish: bodyOf(view.offer) }) };
    case 'agree':
      return { act, ...(view.proposal === undefined ? {} : { wish: bodyOf(view.proposal) }) };
    case 'counter':
    case 'reopen':
      return { act, evidence: writing.body(), ...(wish === null ? {} : { wish }) };
    case 'ship':
      return { act, carrier: (form['carrier'] ?? '').trim(), tracking: (form['tracking'] ?? '').trim() };
    case 'withdraw':
      return { act };
    case 'escalate':
    case 'evidence':
      return { act, evidence: writing.body() };
  }
}

