/** Disputes over HTTP, as buyers and shops use them; mediators have theirs in console.ts. */
import type { DisputeOptions, DisputePage, DisputeView, MoveDispute, OpenDispute } from '../protocol/generated';
import { newKey } from '../protocol/keys';
import { Http, queryOf } from './http';

/** A step, but for what every step carries. */
export type Step = Omit<MoveDispute, 'client_key' | 'revision'>;

export class DisputesApi extends Http {
  options(order: string, line: string): Promise<DisputeOptions> {
    return this.json('GET', `/orders/${order}/lines/${line}/dispute-options`);
  }

  open(order: string, line: string, body: OpenDispute): Promise<DisputeView> {
    return this.json('POST', `/orders/${order}/lines/${line}/disputes`, body);
  }

  mine(before?: string): Promise<DisputePage> {
    return this.json('GET', `/disputes${queryOf({ before })}`);
  }

  ofShop(shop: string, before?: string): Promise<DisputePage> {
    return this.json('GET', `/shops/${shop}/disputes${queryOf({ before })}`);
  }

  dispute(id: string): Promise<DisputeView> {
    return this.json('GET', `/disputes/${id}`);
  }

  /** One step, as the dispute was seen; `key` stays the same when it is tried again. */
  move(seen: DisputeView, step: Step, key = newKey()): Promise<DisputeView> {
    return this.json('POST', `/disputes/${seen.id}/moves`, { ...step, revision: seen.revision, client_key: key });
  }

  /** Where a photo that was put in is shown. */
  evidencePath(dispute: string, evidence: string, variant: 'full' | 'thumb'): string {
    return `${this.base}/disputes/${dispute}/evidence/${evidence}/${variant}`;
  }

  /** The bytes of a photo that was put in: its address alone opens nothing. */
  async evidence(dispute: string, evidence: string, variant: 'full' | 'thumb'): Promise<Blob> {
    const answer = await this.request('GET', `/disputes/${dispute}/evidence/${evidence}/${variant}`);
    return answer.blob();
  }
}
