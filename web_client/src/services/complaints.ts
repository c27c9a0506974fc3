/** Complaints that a seller does not answer, how fast a shop answers and when its people are there, over HTTP. */
import type { ComplaintOptions, ComplaintPage, ComplaintView, MoveComplaint, PutShopHours, ResponseExplained, ShopHours } from '../protocol/generated';
import { newKey } from '../protocol/keys';
import { Http, queryOf } from './http';

export class ComplaintsApi extends Http {
  /** Whether a buyer may complain about a conversation now, with all that a complaint will say. */
  options(thread: string): Promise<ComplaintOptions> {
    return this.json('GET', `/threads/${thread}/complaint-options`);
  }

  open(thread: string, text: string, key = newKey()): Promise<ComplaintView> {
    return this.json('POST', `/threads/${thread}/complaints`, { text, client_key: key });
  }

  mine(before?: string): Promise<ComplaintPage> {
    return this.json('GET', `/complaints${queryOf({ before })}`);
  }

  ofShop(shop: string, before?: string): Promise<ComplaintPage> {
    return this.json('GET', `/shops/${shop}/complaints${queryOf({ before })}`);
  }

  complaint(id: string): Promise<ComplaintView> {
    return this.json('GET', `/complaints/${id}`);
  }

  /** One step, as the complaint was seen; `key` stays the same when it is tried again. */
  move(seen: ComplaintView, act: MoveComplaint['act'], text: string, key = newKey()): Promise<ComplaintView> {
    return this.json('POST', `/complaints/${seen.id}/moves`, { act, text, revision: seen.revision, client_key: key });
  }

  // For shops, by Parley's own ids.

  response(shop: string): Promise<ResponseExplained> {
    return this.json('GET', `/shops/${shop}/response`);
  }

  hours(shop: string): Promise<ShopHours> {
    return this.json('GET', `/shops/${shop}/hours`);
  }

  putHours(shop: string, hours: PutShopHours): Promise<ShopHours> {
    return this.json('PUT', `/shops/${shop}/hours`, hours);
  }
}
