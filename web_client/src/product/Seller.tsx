/** Who sells it, as the shop's customers have rated it. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { SellerCard } from '../protocol/generated';
import { Avatar } from '../ui/parts/Avatar';
import { meanOf, percentOf, scoreOf } from './names';

const DETAILS = ['described', 'communication', 'shipping'] as const;

export function Seller({ card }: { card: SellerCard }): JSX.Element {
  const given = DETAILS.flatMap((detail) => (card[detail] === undefined ? [] : [[detail, card[detail]] as const]));
  return (
    <section class="seller" aria-label={t('reader.seller')}>
      <div class="seller-top">
        <Avatar name={card.shop.name} size={36} shape="square" />
        <div class="seller-words">
          <p class="seller-name">
            <bdi>{card.shop.name}</bdi>
          </p>
          <Standing card={card} />
        </div>
      </div>
      <dl class="seller-facts">
        {given.map(([detail, mean]) => (
          <div key={detail}>
            <dt>{t(`reader.${detail}`)}</dt>
            <dd class="figures">{meanOf(mean)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('reader.score')}</dt>
          <dd class="figures" dir="ltr">
            {scoreOf(card.score)}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Standing({ card: { is_new, per_mille } }: { card: SellerCard }): JSX.Element {
  if (is_new || per_mille === null) return <p class="seller-new">{t('reader.new_seller')}</p>;
  return (
    <>
      <p class="seller-percent figures">{t('reader.positive', { percent: percentOf(per_mille) })}</p>
      <p class="quiet">{t('reader.six_months')}</p>
    </>
  );
}
