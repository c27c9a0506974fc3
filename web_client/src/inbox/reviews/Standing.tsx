/** The seller's card: what the public sees of the shop, and the way to where the number comes from. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import type { SellerCard } from '../../protocol/generated';
import { Later } from '../../ui/Later';
import { Button } from '../../ui/parts/Button';
import { InfoIcon } from '../../ui/parts/icons';
import { Skeleton } from '../../ui/parts/Skeleton';
import type { ExplainedProps } from './Explained';
import { mean, percent, signed } from './figures';
import './standing.css';

const loadExplained = async (): Promise<(props: ExplainedProps) => JSX.Element> => (await import('./Explained')).Explained;

const TONES = ['positive', 'neutral', 'negative'] as const;
const DETAILS = ['described', 'communication', 'shipping'] as const;

/** `card` is null until it is there. */
export function Standing({ card }: { card: SellerCard | null }): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  if (card === null) return <Waiting />;
  return (
    <section class="standing" aria-label={t('inbox.reviews.standing')}>
      <div class="standing-chief">
        <Chief card={card} />
        <Button
          size="s"
          icon={InfoIcon}
          onClick={() => {
            setAsked(true);
          }}
        >
          {t('inbox.reviews.why')}
        </Button>
      </div>
      <Facts card={card} />
      {isAsked && (
        <Later
          load={loadExplained}
          props={{
            shop: card.shop.id,
            onClose: () => {
              setAsked(false);
            },
          }}
        />
      )}
    </section>
  );
}

function Chief({ card }: { card: SellerCard }): JSX.Element {
  const rate = card.is_new ? null : card.per_mille;
  const none = card.is_new ? t('inbox.reviews.new') : t('inbox.reviews.no_rate');
  return (
    <div>
      <p class="standing-rate figures">{rate === null ? none : percent(rate)}</p>
      <p class="quiet">{t(card.is_new ? 'inbox.reviews.new.text' : 'inbox.reviews.rate')}</p>
    </div>
  );
}

function Facts({ card }: { card: SellerCard }): JSX.Element {
  const details = DETAILS.flatMap((detail) => {
    const given = card[detail] ?? null;
    return given === null ? [] : [{ detail, given }];
  });
  return (
    <div class="standing-groups">
      <dl class="standing-facts">
        {TONES.map((tone) => (
          <Fact key={tone} name={t(`inbox.reviews.${tone}`)} value={formatNumber(card[tone])} look={`standing-${tone}`} />
        ))}
        <Fact name={t('inbox.reviews.score')} value={signed(card.score)} />
      </dl>
      {details.length > 0 && (
        <dl class="standing-facts">
          {details.map(({ detail, given }) => (
            <Fact key={detail} name={t(`review.detail.${detail}`)} value={mean(given)} />
          ))}
        </dl>
      )}
    </div>
  );
}

function Fact({ name, value, look = '' }: { name: string; value: string; look?: string }): JSX.Element {
  return (
    <div class={`standing-fact ${look}`}>
      <dt>{name}</dt>
      <dd class="figures">{value}</dd>
    </div>
  );
}

function Waiting(): JSX.Element {
  return (
    <div class="standing" aria-hidden="true">
      <div class="standing-chief">
        <Skeleton width="110px" height="34px" />
      </div>
      <Skeleton width="100%" height="40px" />
    </div>
  );
}
