/** The room of reviews: how the shop stands, what was said of it, and its replies. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Tabs, panelId, tabId } from '../../ui/parts/Tabs';
import '../../ui/parts/tabs-line.css';
import { useDesk } from '../desk-context';
import { Groups } from '../Groups';
import { ShopMenu } from '../ShopMenu';
import { Bell } from './Bell';
import { ReviewList } from './ReviewList';
import type { Filter } from './reviews';
import { ShopPick } from './ShopPick';
import { Standing } from './Standing';
import './reviews-room.css';

export interface ReviewsRoomProps {
  /** Whether the rail stands beside it, with the groups and all else. */
  isRoomy: boolean;
}

export function ReviewsRoom({ isRoomy }: ReviewsRoomProps): JSX.Element {
  const { reviews } = useDesk();
  const filter = reviews.filter.value;
  const waiting = reviews.toAnswer.value.get(reviews.shop.value ?? '') ?? 0;
  const Title = isRoomy ? 'h2' : 'h1';

  const onScroll = ({ currentTarget }: Event): void => {
    const { scrollHeight, clientHeight, scrollTop } = currentTarget as HTMLElement;
    if (scrollHeight - clientHeight - scrollTop < FETCH_PX) void reviews.more();
  };

  return (
    <main class="reviews-pane" id="conversation" tabIndex={-1} aria-label={t('inbox.reviews')}>
      <header class="reviews-head">
        <Title>{t('inbox.reviews')}</Title>
        <ShopPick />
        {!isRoomy && (
          <span class="reviews-tools">
            <Bell />
            <ShopMenu />
          </span>
        )}
      </header>
      {!isRoomy && <Groups look="row" />}
      <div class="reviews-scroll scroll" onScroll={onScroll}>
        <div class="reviews-column">
          <Standing />
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
    </main>
  );
}

/** So near the end the next page is fetched. */
const FETCH_PX = 600;
