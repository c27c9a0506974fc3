/** What is asked, offered and proposed, side by side; under each whatever may be done about it. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import type { DisputeView, RemedyView } from '../../protocol/generated';
import { CheckIcon } from '../parts/icons';
import { remedyText, sameRemedy } from './words';
import './offers.css';

export type Offered = 'wish' | 'offer' | 'proposal';

export interface OffersProps {
  view: DisputeView;
  /** What a screen puts under one of them: the buttons that answer it. */
  under?: ((offered: Offered) => ComponentChildren) | undefined;
  /** Whether it is read by the mediator who has the case. */
  isMediators?: boolean;
}

export function Offers({ view, under, isMediators = false }: OffersProps): JSX.Element {
  if (view.remedy !== undefined) return <Outcome view={view} remedy={view.remedy} />;
  const { my_side: side, wish, asked, offer, proposal, state } = view;
  const isOpen = state === 'seller_turn' || state === 'buyer_turn' || state === 'mediation';
  const first = sameRemedy(wish, asked) ? undefined : t('dispute.offers.first', { remedy: remedyText(asked) });
  return (
    <section class="offers" aria-label={t('dispute.offers')}>
      <Offer title={t(side === 'buyer' ? 'dispute.wish.mine' : 'dispute.wish')} remedy={wish} note={first}>
        {under?.('wish')}
      </Offer>
      {isOpen && (
        <Offer
          title={t(side === 'seller' ? 'dispute.offer.mine' : 'dispute.offer')}
          remedy={offer}
          nothing={t(state === 'seller_turn' ? 'dispute.offer.none' : 'dispute.offer.nothing')}
        >
          {under?.('offer')}
        </Offer>
      )}
      {proposal !== undefined && (
        <Offer title={t(isMediators ? 'dispute.proposal.mine' : 'dispute.proposal')} remedy={proposal} isChief>
          <Agreed view={view} />
          {under?.('proposal')}
        </Offer>
      )}
    </section>
  );
}

interface OfferProps {
  title: string;
  remedy: RemedyView | undefined;
  nothing?: string;
  note?: string | undefined;
  isChief?: boolean;
  children?: ComponentChildren;
}

function Offer({ title, remedy, nothing = '', note, isChief = false, children }: OfferProps): JSX.Element {
  return (
    <div class={`offer${isChief ? ' offer-chief' : ''}`}>
      <h2>{title}</h2>
      <p class={remedy === undefined ? 'offer-nothing' : 'offer-remedy figures'}>{remedy === undefined ? nothing : remedyText(remedy)}</p>
      {note !== undefined && <p class="offer-note">{note}</p>}
      {children}
    </div>
  );
}

/** Who has agreed to a mediator's proposal so far. */
function Agreed({ view: { agreed, my_side: side } }: { view: DisputeView }): JSX.Element | null {
  if (agreed !== 'buyer' && agreed !== 'seller') return null;
  return (
    <p class="offer-agreed">
      <CheckIcon size={14} />
      {t(agreed === side ? 'dispute.agreed.mine' : `dispute.agreed.${agreed}`)}
    </p>
  );
}

/** What came of it, and whose word it was. */
function Outcome({ view, remedy }: { view: DisputeView; remedy: RemedyView }): JSX.Element {
  const { decided_by: by = 'timer', decision = '' } = view;
  return (
    <section class="offers" aria-label={t('dispute.outcome')}>
      <div class="offer offer-chief">
        <h2>{t(`dispute.outcome.${by}`)}</h2>
        <p class="offer-remedy figures">{remedyText(remedy)}</p>
        {decision !== '' && (
          <blockquote class="offer-words" dir="auto">
            {decision}
          </blockquote>
        )}
      </div>
    </section>
  );
}
