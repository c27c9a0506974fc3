/** How the shop stands, in one place: how fast it answers, how it is rated, what counted and why, when its people are there. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import { EmptyState } from '../../ui/parts/EmptyState';
import { BarChartIcon } from '../../ui/parts/icons';
import { useDesk } from '../desk-context';
import { Standing } from '../reviews/Standing';
import { RoomFrame } from '../RoomFrame';
import { ShopPick } from '../ShopPick';
import { Presence } from './Presence';
import { Response } from './Response';
import { useFound } from './use-found';
import './figures.css';

export interface FiguresRoomProps {
  /** Whether the rail stands beside it, with the groups and all else. */
  isRoomy: boolean;
}

export function FiguresRoom({ isRoomy }: FiguresRoomProps): JSX.Element {
  const { client, figures } = useDesk();
  const shop = figures.shop.value;
  const hasNoShop = client.chat.value.me !== null && shop === null;
  return (
    <RoomFrame title={t('inbox.figures')} isRoomy={isRoomy} pick={<Pick />} class="figures-pane">
      <div class="room-scroll scroll">
        <div class="room-column shop-figures">
          {hasNoShop && <EmptyState icon={BarChartIcon} title={t('inbox.figures.none')} text={t('inbox.figures.none.text')} />}
          {shop !== null && (
            <>
              {!isRoomy && <h2 class="unseen">{t('inbox.figures')}</h2>}
              <Response key={`response ${shop}`} shop={shop} />
              <Rating key={`rating ${shop}`} shop={shop} />
              <Presence key={`presence ${shop}`} shop={shop} />
            </>
          )}
        </div>
      </div>
    </RoomFrame>
  );
}

function Pick(): JSX.Element {
  const { figures } = useDesk();
  return (
    <ShopPick
      shop={figures.shop.value}
      onPick={(shop) => {
        figures.visit({ shop });
      }}
    />
  );
}

/** The same card as in the room of reviews. */
function Rating({ shop }: { shop: string }): JSX.Element {
  const { figures } = useDesk();
  const ask = useCallback(async () => (await figures.reviews.ofShop(shop, { to_answer: true })).card, [figures, shop]);
  const { thing } = useFound(ask);
  return (
    <section class="figures-part">
      <h3>{t('inbox.figures.rating')}</h3>
      <Standing card={thing} />
    </section>
  );
}
