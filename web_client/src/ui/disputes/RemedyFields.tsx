/** What is wished, offered or decided: the whole, a part with its amount, the goods back and then the money. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

import { t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { DisputeLine } from '../../protocol/generated';
import { amountFault, type Kind, type RemedyDraft } from './remedy';
import './fields.css';

export interface RemedyFieldsProps {
  /** The question; read aloud with the choices. */
  legend: string;
  kinds: readonly Kind[];
  value: RemedyDraft;
  /** What may still be paid back, or less. */
  most: DisputeLine['refundable'];
  /** Whether the shop pays for goods that go back. */
  freeReturn: boolean;
  /** Whose choice it is: the cost of a return is said to him. */
  side: 'buyer' | 'seller' | 'mediator';
  /** Whether an amount that is missing is to be said. */
  isAsked?: boolean;
  onChange: (value: RemedyDraft) => void;
}

export function RemedyFields(props: RemedyFieldsProps): JSX.Element {
  const { legend, kinds, value, onChange } = props;
  const name = useId();
  return (
    <fieldset class="choices">
      <legend tabIndex={-1}>{legend}</legend>
      {kinds.map((kind) => (
        <div key={kind} class={`choice${value.kind === kind ? ' choice-on' : ''}`}>
          <label>
            <input type="radio" name={name} value={kind} checked={value.kind === kind} onChange={() => { onChange({ ...value, kind }); }} />
            <span class="choice-words">
              <span class="choice-name">{t(`dispute.kind.${kind}`)}</span>
              <span class="choice-note">{noteOf(kind, props)}</span>
            </span>
          </label>
          {kind === 'partial' && value.kind === 'partial' && <Amount {...props} />}
        </div>
      ))}
    </fieldset>
  );
}

/** What a choice means in money and effort. */
function noteOf(kind: Kind, { most, freeReturn, side }: RemedyFieldsProps): string {
  const amount = formatMoney(most);
  if (kind === 'full') return amount;
  if (kind === 'partial') return t('dispute.kind.partial.note', { amount });
  if (kind === 'none') return t('dispute.kind.none.note');
  if (freeReturn) return t('dispute.return.free');
  return t(side === 'buyer' ? 'dispute.return.cost.mine' : 'dispute.return.cost');
}

function Amount({ value, most, isAsked = false, onChange }: RemedyFieldsProps): JSX.Element {
  const id = useId();
  const fault = amountFault(value.amount, most);
  const isSaid = fault === 'missing' ? isAsked : fault !== null;
  return (
    <div class="amount">
      <label htmlFor={id}>{t('dispute.amount')}</label>
      <div class="amount-line">
        <input
          id={id}
          class="field figures"
          inputMode="decimal"
          autocomplete="off"
          dir="ltr"
          size={8}
          value={value.amount}
          aria-describedby={`${id}bounds`}
          aria-invalid={isSaid}
          onInput={(event) => { onChange({ ...value, amount: event.currentTarget.value }); }}
        />
        <span>{most.currency}</span>
      </div>
      <p id={`${id}bounds`} class={isSaid ? 'field-fault' : 'field-note'} role={isSaid ? 'alert' : undefined}>
        {t(isSaid && fault !== null ? `dispute.amount.${fault}` : 'dispute.amount.bounds', { amount: formatMoney(most) })}
      </p>
    </div>
  );
}
