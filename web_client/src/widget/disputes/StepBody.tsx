/** What is asked at each step of opening a dispute. */
import type { JSX } from 'preact';
import { useId, useMemo } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import type { DisputeOptions, OrderView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { EvidenceFields } from '../../ui/disputes/EvidenceFields';
import { orderMessages } from '../../ui/disputes/order-messages';
import { RemedyFields } from '../../ui/disputes/RemedyFields';
import type { EvidenceWriting } from '../../ui/disputes/writing';
import { Button } from '../../ui/parts/Button';
import { ChatIcon } from '../../ui/parts/icons';
import { useWidget } from '../widget-context';
import { lackOf, reasonIn, remedyIn, type Step } from './opening';
import { Summary } from './Summary';

export interface StepBodyProps {
  step: Step;
  writing: EvidenceWriting;
  order: OrderView;
  options: DisputeOptions;
  /** Going on was tried with something missing. */
  isAsked: boolean;
  onGo: (step: Step) => void;
}

export function StepBody(props: StepBodyProps): JSX.Element {
  const { step, isAsked, writing, options } = props;
  const lack = isAsked ? lackOf(step, writing, options) : null;
  return (
    <>
      {step === 'reason' && <ReasonStep {...props} />}
      {step === 'wish' && <WishStep {...props} />}
      {step === 'evidence' && <EvidenceStep {...props} />}
      {step === 'summary' && <Summary {...props} />}
      <p class="field-fault" role="alert">
        {lack !== null && lack !== 'amount' && t(`dispute.lack.${lack}`)}
      </p>
    </>
  );
}

function ReasonStep({ writing, options, order }: StepBodyProps): JSX.Element {
  const name = useId();
  const form = writing.form.value;
  const { not_received_from: from, has_messages: talks = false } = options;
  return (
    <>
      {!talks && <SellerFirst order={order} />}
      <fieldset class="choices">
        <legend tabIndex={-1}>{t('dispute.ask.reason')}</legend>
        {options.reasons.map(({ reason }) => (
          <div key={reason} class={`choice${form['reason'] === reason ? ' choice-on' : ''}`}>
            <label>
              <input
                type="radio"
                name={name}
                value={reason}
                checked={form['reason'] === reason}
                onChange={() => { writing.form.value = { ...form, reason }; }}
              />
              <span class="choice-words">
                <span class="choice-name">{t(`dispute.reason.${reason}`)}</span>
              </span>
            </label>
          </div>
        ))}
      </fieldset>
      {from !== undefined && <p class="field-note">{t('dispute.early.text', { date: formatWhen(from) })}</p>}
      {order.received_at === undefined && <p class="field-note">{t('dispute.goods_later')}</p>}
    </>
  );
}

/** Many things are settled with a message; nobody has to. */
function SellerFirst({ order }: { order: OrderView }): JSX.Element {
  const widget = useWidget();
  return (
    <div class="seller-first">
      <p>{t('dispute.seller_first')}</p>
      <Button size="s" icon={ChatIcon} onClick={() => { widget.push({ kind: 'opening', order: order.id }); }}>
        {t('order.message_seller')}
      </Button>
    </div>
  );
}

function WishStep({ writing, options, isAsked }: StepBodyProps): JSX.Element {
  const form = writing.form.value;
  const reason = reasonIn(form, options);
  return (
    <>
      <RemedyFields
        legend={t('dispute.ask.wish')}
        kinds={reason?.wishes ?? []}
        value={remedyIn(form, reason)}
        most={options.line.refundable}
        freeReturn={options.free_return ?? false}
        side="buyer"
        isAsked={isAsked}
        onChange={({ kind, amount }) => { writing.form.value = { ...form, amount, ...(kind === null ? {} : { kind }) }; }}
      />
      <p class="field-note">{t('dispute.ask.wish.note')}</p>
    </>
  );
}

function EvidenceStep({ writing, options, order }: StepBodyProps): JSX.Element {
  const client = useClient();
  const load = useMemo(() => () => orderMessages(client, order.id), [client, order.id]);
  const needsPhotos = reasonIn(writing.form.value, options)?.photos_needed ?? false;
  return (
    <>
      <h2 class="wizard-title" tabIndex={-1}>{t(needsPhotos ? 'dispute.ask.photos' : 'dispute.ask.words')}</h2>
      {needsPhotos && <p class="field-note">{t('dispute.ask.photos.note')}</p>}
      <EvidenceFields
        writing={writing}
        label={t('dispute.words')}
        note={t('dispute.optional')}
        placeholder={t('dispute.words.placeholder')}
        photosFirst={needsPhotos}
        loadMessages={options.has_messages === true ? load : undefined}
      />
    </>
  );
}
