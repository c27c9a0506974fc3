/** The rooms beside the conversations: what is in dispute, what buyers said, how the shop stands. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { BarChartIcon, ScaleIcon, StarIcon } from '../ui/parts/icons';
import { useDesk } from './desk-context';
import { RoomButton } from './RoomButton';

export function DisputesButton(): JSX.Element {
  const { disputes, room } = useDesk();
  const count = disputes.waiting.value;
  return (
    <RoomButton
      icon={ScaleIcon}
      name={t('inbox.disputes')}
      isCurrent={room.value === 'disputes'}
      count={count}
      countLabel={t('inbox.disputes.waiting', { count })}
      onOpen={() => {
        disputes.visit({ shelf: 'disputes' });
      }}
    />
  );
}

export function ReviewsButton(): JSX.Element {
  const { reviews, room } = useDesk();
  const count = reviews.waiting.value;
  return (
    <RoomButton
      icon={StarIcon}
      name={t('inbox.reviews')}
      isCurrent={room.value === 'reviews'}
      count={count}
      countLabel={t('inbox.reviews.to_answer.count', { count })}
      onOpen={() => {
        reviews.visit({});
      }}
    />
  );
}

export function FiguresButton(): JSX.Element {
  const { figures, room } = useDesk();
  return (
    <RoomButton
      icon={BarChartIcon}
      name={t('inbox.figures')}
      isCurrent={room.value === 'figures'}
      onOpen={() => {
        figures.visit({});
      }}
    />
  );
}
