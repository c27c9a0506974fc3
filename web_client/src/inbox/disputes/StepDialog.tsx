/** One step of the shop in a dispute: what it brings about is said before it is made; what is begun survives a reload. */
import type { JSX } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { refusalOf } from '../../protocol/refusal';
import { EvidenceFields } from '../../ui/disputes/EvidenceFields';
import { orderMessages } from '../../ui/disputes/order-messages';
import { bodyOf, wishOf, type RemedyDraft } from '../../ui/disputes/remedy';
import { RemedyFields } from '../../ui/disputes/RemedyFields';
import { EvidenceWriting, type Form } from '../../ui/disputes/writing';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { Address } from './Address';
import { Consequences } from './Consequences';
import { formOf, isReady, offers, type ShopAct } from './steps';

export interface StepDialogProps {
  view: DisputeView;
  shop: string;
  act: ShopAct;
  onClose: () => void;
}

/** Of these it is said again what is meant, so that no other one is accepted by mistake. */
const NAMED = { accept: 'wish', agree: 'proposal' } as const;

const KINDS = ['full', 'partial', 'return'] as const;

export function StepDialog({ view, shop, act, onClose }: StepDialogProps): JSX.Element {
  const { client, disputes } = useDesk();
  const [isBusy, setBusy] = useState(false);
  // What is being written outlives a fresh copy of its dispute.
  const writing = useMemo(() => new EvidenceWriting(client, `dispute:${view.id}:${act}`), [client, view.id, act]);
  const loadMessages = useCallback(() => orderMessages(client, view.order_id), [client, view.order_id]);
  const form = formOf(view, act);
  const remedy = remedyIn(writing.form.value);
  const wish = form.takesRemedy ? wishOf(remedy, view.line.refundable) : namedBy(view, act);
  const filled = { text: writing.text.value, hasPieces: writing.hasPieces.value, isWhole: writing.isWhole.value, hasRemedy: wish !== null };

  const send = async (): Promise<void> => {
    setBusy(true);
    const step = { act, ...(wish === null ? {} : { wish }), ...(form.words === 'none' ? {} : { evidence: writing.body() }) };
    try {
      const now = await disputes.api.move(view, step, writing.keyOf(step));
      writing.forget();
      disputes.disputes.take(shop, [now]);
      onClose();
      showToast({ text: t('inbox.disputes.done'), tone: 'good' });
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
      if (refusalOf(thrown).code === 'offline') return;
      // Somebody, or time, was faster: what may be done is another thing now.
      const now = await disputes.disputes.look(shop, view.id).catch(() => view);
      if (!now.acts.includes(act)) onClose();
    }
  };

  return (
    <Dialog
      title={t(`inbox.disputes.title.${act}`)}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind={act === 'reject' ? 'danger' : 'primary'} busy={isBusy} disabled={!isReady(form, filled)} onClick={() => void send()}>
            {t(`inbox.disputes.confirm.${act}`)}
          </Button>
        </>
      }
    >
      <div class="step">
        <Consequences view={view} act={act} />
        {form.takesRemedy && (
          <RemedyFields
            legend={t('inbox.disputes.offer')}
            kinds={offers(view)}
            value={remedy}
            most={view.line.refundable}
            freeReturn={view.free_return === true}
            side="seller"
            onChange={({ kind, amount }) => {
              writing.form.value = { kind: kind ?? '', amount };
            }}
          />
        )}
        {form.takesPieces && (
          <EvidenceFields
            writing={writing}
            label={t(`inbox.disputes.words.${form.words === 'none' ? 'optional' : form.words}`)}
            loadMessages={loadMessages}
          />
        )}
        {act === 'address' && <Address writing={writing} />}
      </div>
    </Dialog>
  );
}

function remedyIn({ kind = '', amount = '' }: Form): RemedyDraft {
  return { kind: KINDS.find((one) => one === kind) ?? null, amount };
}

function namedBy(view: DisputeView, act: ShopAct): ReturnType<typeof wishOf> {
  const name = act === 'accept' || act === 'agree' ? NAMED[act] : null;
  const named = name === null ? undefined : view[name];
  return named === undefined ? null : bodyOf(named);
}
