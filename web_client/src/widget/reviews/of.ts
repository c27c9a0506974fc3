/** What the person who is here may rate and has rated: one list for all screens, another one for who comes after. */
import { ReviewsApi } from '../../services/reviews';
import type { Lobby } from '../../state/lobby';
import { MyReviews } from '../../ui/reviews/mine';
import { onOpen } from '../on-open';
import { useWidget } from '../widget-context';
import { API, type Widget } from '../widget';

const known = new WeakMap<Lobby, MyReviews>();

export function reviewsOf(widget: Widget): MyReviews {
  const lobby = widget.lobby.value;
  const held = lobby === null ? undefined : known.get(lobby);
  if (held !== undefined) return held;
  const mine = new MyReviews(new ReviewsApi(widget.auth, API));
  if (lobby !== null) {
    known.set(lobby, mine);
    // Each notice of one's own is about what is to be rated, or what became of a review.
    lobby.listen({
      noticed: ({ shop_id: shop }) => {
        if (shop === undefined) void mine.renew();
      },
    });
    onOpen(lobby, () => void mine.renew());
  }
  return mine;
}

export function useReviews(): MyReviews {
  return reviewsOf(useWidget());
}
