/** The room of reviews: how the shop stands, what was said of it, and its replies. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Tabs, panelId, tabId } from '../../ui/parts/Tabs';
import '../../ui/parts/tabs-line.css';
import { useDesk } from '../desk-context';
import { RoomFrame } from '../RoomFrame';
import { ShopPick } from '../ShopPick';
import { ReviewList } from './ReviewList';
import type { Filter } from './reviews';
import { Standing } from './Standing';

export interface ReviewsRoomProps {
  /** Whether the rail stands beside it, with the groups and all else. */
  isRoomy: boolean;
}

export function ReviewsRoom({ isRoomy }: ReviewsRoomProps): JSX.Element {
  const { reviews } = useDesk();
  const filter = reviews.filter.value;
  const waiting = reviews.toAnswer.value.get(reviews.shop.value ?? '') ?? 0;

  const onScroll = ({ currentTarget }: Event): void => {
    const { scrollHeight, clientHeight, scrollTop } = currentTarget as HTMLElement;
    if (scrollHeight - clientHeight - scrollTop < FETCH_PX) void reviews.more();
  };

  return (
    <RoomFrame title={t('inbox.reviews')} isRoomy={isRoomy} pick={<Pick />} class="reviews-pane">
      <div class="room-scroll scroll" onScroll={onScroll}>
        <div class="room-column reviews-column">
          <Standing card={reviews.card.value} />
          <Tabs
            label={t('inbox.reviews.filter')}
            name="reviews-"
            items={[
              { id: 'to_answer', label: t('inbox.reviews.to_answer'), count: waiting, countLabel: t('inbox.reviews.to_answer.count', { count: waiting }) },
              { id: 'all', label: t('inbox.reviews.all') },
            ]}
            current={filter}
            onPick={(picked: Filter) => {
              reviews.filter.value = picked;
            }}
          />
          <div id={panelId('reviews-', filter)} role="tabpanel" aria-labelledby={tabId('reviews-', filter)}>
            {/* Where the room's own name is the page's, the names of reviews stand two ranks below. */}
            {!isRoomy && <h2 class="unseen">{t(`inbox.reviews.${filter}`)}</h2>}
            <ReviewList />
          </div>
        </div>
      </div>
    </RoomFrame>
  );
}

function Pick(): JSX.Element {
  const { reviews } = useDesk();
  return (
    <ShopPick
      shop={reviews.shop.value}
      nameOf={({ id, name }) => {
        const count = reviews.toAnswer.value.get(id) ?? 0;
        return count > 0 ? t('inbox.reviews.shop.waiting', { name, count }) : name;
      }}
      onPick={(shop) => {
        reviews.visit({ shop });
      }}
    />
  );
}

/** So near the end the next page is fetched. */
const FETCH_PX = 600;
