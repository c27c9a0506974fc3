/** What one buyer disputes. */
import type { DisputeView, OpenDispute } from '../../protocol/generated';
import type { DisputesApi, Step } from '../../services/disputes';
import { MyCases } from './my-cases';
import { isOver } from './words';

export type Told = (view: DisputeView) => void;

export class MyDisputes extends MyCases<DisputeView> {
  readonly api: DisputesApi;

  constructor(api: DisputesApi, told?: Told) {
    const page = async (before: string | undefined): Promise<{ cases: DisputeView[]; next: string }> => {
      const { disputes, next = '' } = await api.mine(before);
      return { cases: disputes, next };
    };
    super({ page, one: (id) => api.dispute(id) }, told);
    this.api = api;
  }

  /** The dispute about a line of an order. */
  ofLine(line: string): DisputeView | undefined {
    return this.held.find(({ line: { id } }) => id === line);
  }

  /** Those of an order that are not over. */
  openOf(order: string): DisputeView[] {
    return this.held.filter((view) => view.order_id === order && !isOver(view));
  }

  async open(order: string, line: string, body: OpenDispute): Promise<DisputeView> {
    return this.take(await this.api.open(order, line, body), true);
  }

  /** Rejects with a Refusal, after it was looked how the dispute stands by now. */
  move(seen: DisputeView, step: Step, key: string): Promise<DisputeView> {
    return this.step(seen, this.api.move(seen, step, key));
  }
}
