/**
 * Reviews over HTTP, as readers, buyers and shops use them; moderators have theirs in console.ts.
 * Photos are uploaded as for a message (`Api.upload`), and named here by their ids.
 */
import type {
  MyReviews,
  MyVotes,
  NoticePage,
  Rated,
  RateLine,
  RateOrder,
  RatingExplained,
  ReadNotices,
  ReportText,
  ShopReviews,
  WriteText,
} from '../protocol/generated';
import { queryOf } from './http';
import { PublicReviewsApi, type Part } from './public-reviews';

export type { Part, Wanted } from './public-reviews';
export type Reason = ReportText['reason'];
export type Side = ReadNotices['side'];

export class ReviewsApi extends PublicReviewsApi {
  // For readers who are signed in.

  votes(product: string): Promise<MyVotes> {
    return this.json('GET', `/products/${encodeURIComponent(product)}/votes`);
  }

  async vote(review: string, helpful: boolean): Promise<void> {
    await this.request('PUT', `/reviews/${review}/vote`, { helpful });
  }

  async report(review: string, part: Part, body: ReportText): Promise<void> {
    await this.request('POST', `/reviews/${review}/parts/${part}/report`, body);
  }

  // For buyers, and for shops where they write.

  mine(before?: string): Promise<MyReviews> {
    return this.json('GET', `/reviews/mine${queryOf({ before })}`);
  }

  rate(order: string, line: string, body: RateLine): Promise<Rated> {
    return this.json('POST', `/orders/${order}/lines/${line}/review`, body);
  }

  async rateOrder(order: string, line: string, body: RateOrder): Promise<void> {
    await this.request('PUT', `/orders/${order}/lines/${line}/order-rating`, body);
  }

  async write(review: string, part: Part, body: WriteText): Promise<void> {
    await this.request('PUT', `/reviews/${review}/parts/${part}`, body);
  }

  // For shops, by Parley's own ids.

  ofShop(shop: string, query: { to_answer?: boolean; before?: string; review?: string } = {}): Promise<ShopReviews> {
    return this.json('GET', `/shops/${shop}/reviews${queryOf(query)}`);
  }

  explained(shop: string, query: { show?: 'window' | 'earlier' | 'excluded'; before?: string } = {}): Promise<RatingExplained> {
    return this.json('GET', `/shops/${shop}/rating${queryOf(query)}`);
  }

  // Notices.

  notices(side: Side, before?: string): Promise<NoticePage> {
    return this.json('GET', `/notices${queryOf({ side, before })}`);
  }

  async readNotices(body: ReadNotices): Promise<void> {
    await this.request('PUT', '/notices/read', body);
  }
}
