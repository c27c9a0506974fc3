/** The room that is shown in the place of conversations, fetched when it is first gone to. */
import type { JSX } from 'preact';

import { needPart, t } from '../i18n';
import { Later } from '../ui/Later';
import { SkeletonRows } from '../ui/parts/Skeleton';
import type { Room } from './desk';
import type { DisputesRoomProps } from './disputes/DisputesRoom';
import type { FiguresRoomProps } from './figures/FiguresRoom';
import type { ReviewsRoomProps } from './reviews/ReviewsRoom';

const loadReviews = async (): Promise<(props: ReviewsRoomProps) => JSX.Element> => (await import('./reviews/ReviewsRoom')).ReviewsRoom;
const loadFigures = async (): Promise<(props: FiguresRoomProps) => JSX.Element> => (await import('./figures/FiguresRoom')).FiguresRoom;
const loadDisputes = async (): Promise<(props: DisputesRoomProps) => JSX.Element> => {
  const [{ DisputesRoom }] = await Promise.all([import('./disputes/DisputesRoom'), needPart('disputes')]);
  return DisputesRoom;
};

export interface RoomPaneProps {
  room: NonNullable<Room>;
  isRoomy: boolean;
  isNarrow: boolean;
}

export function RoomPane({ room, isRoomy, isNarrow }: RoomPaneProps): JSX.Element {
  const meanwhile = <SkeletonRows label={t('common.loading')} />;
  switch (room) {
    case 'reviews':
      return <Later load={loadReviews} props={{ isRoomy }} meanwhile={meanwhile} />;
    case 'disputes':
      return <Later load={loadDisputes} props={{ isRoomy, isNarrow }} meanwhile={meanwhile} />;
    case 'figures':
      return <Later load={loadFigures} props={{ isRoomy }} meanwhile={meanwhile} />;
  }
}
