/** What a step brings about, in plain words, before it is made: amounts, terms, and that it cannot be taken back. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { DisputeView, RemedyView } from '../../protocol/generated';
import { remedyText } from '../../ui/disputes/words';
import { isSilent, type ShopAct } from './steps';

export function Consequences({ view, act }: { view: DisputeView; act: ShopAct }): JSX.Element {
  const remedy = act === 'accept' ? view.wish : act === 'agree' ? view.proposal : undefined;
  return (
    <>
      {remedy !== undefined && <p class="step-sum figures">{remedyText(remedy)}</p>}
      <ul class="step-lines">
        {linesOf(view, act, remedy).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

function linesOf(view: DisputeView, act: ShopAct, remedy: RemedyView | undefined): string[] {
  switch (act) {
    case 'accept':
      return [...effectsOf(view, remedy), t('inbox.disputes.lead.final')];
    case 'agree':
      return [t(view.agreed === 'buyer' ? 'inbox.disputes.lead.agree.last' : 'inbox.disputes.lead.agree.first'), ...effectsOf(view, remedy), t('inbox.disputes.lead.final')];
    case 'receive':
      return [t('inbox.disputes.lead.receive', { amount: moneyOf(view.remedy) }), t('inbox.disputes.lead.final')];
    case 'escalate':
      return [t('inbox.disputes.lead.escalate'), ...(isSilent(view) ? [t('inbox.disputes.lead.escalate.silent')] : [])];
    case 'reject':
    case 'counter':
    case 'address':
    case 'contest':
    case 'evidence':
      return [t(`inbox.disputes.lead.${act}`)];
  }
}

/** What is paid, when, and what has to come back first. */
function effectsOf(view: DisputeView, remedy: RemedyView | undefined): string[] {
  const amount = moneyOf(remedy);
  if (remedy?.kind !== 'return') return [t('inbox.disputes.lead.refund', { amount })];
  return [
    t('inbox.disputes.lead.return', { amount }),
    t('inbox.disputes.lead.return.address'),
    t(view.free_return === true ? 'dispute.return.free' : 'dispute.return.cost'),
  ];
}

function moneyOf(remedy: RemedyView | undefined): string {
  return remedy?.amount === undefined ? '' : formatMoney(remedy.amount);
}
