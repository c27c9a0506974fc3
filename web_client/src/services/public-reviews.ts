/** What everybody may read of reviews: all that a product page asks for, and no more of services than it needs. */
import type { OwnText, ProductReviews, ReviewTranslation, SellerCard } from '../protocol/generated';
import { Http, queryOf } from './http';

export type Part = OwnText['part'];

/** Which reviews of a product, and where the page begins. */
export interface Wanted {
  sort?: 'newest' | 'helpful';
  stars?: number;
  photos?: boolean;
  language?: string;
  before?: string;
}

/** Products and shops are known by the marketplace's own ids. */
export class PublicReviewsApi extends Http {
  ofProduct(product: string, wanted: Wanted = {}): Promise<ProductReviews> {
    return this.json('GET', `/products/${encodeURIComponent(product)}/reviews${queryOf({ ...wanted })}`);
  }

  card(shop: string): Promise<SellerCard> {
    return this.json('GET', `/shops/${encodeURIComponent(shop)}/card`);
  }

  translation(review: string, part: Part, language: string): Promise<ReviewTranslation> {
    return this.json('GET', `/reviews/${review}/parts/${part}/translation${queryOf({ language })}`);
  }

  /** Of a published photo, by its public name. */
  photoUrl(name: string, variant: 'full' | 'thumb'): string {
    return `${this.base}/review-photos/${name}/${variant}`;
  }
}
