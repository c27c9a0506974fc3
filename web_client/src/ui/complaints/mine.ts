/** What one buyer complains about. */
import type { ComplaintView } from '../../protocol/generated';
import type { ComplaintsApi } from '../../services/complaints';
import { MyCases } from '../disputes/my-cases';

/** What a buyer may do in a complaint. */
export type Act = 'not_solved' | 'withdraw';

export class MyComplaints extends MyCases<ComplaintView> {
  readonly api: ComplaintsApi;

  constructor(api: ComplaintsApi) {
    const page = async (before: string | undefined): Promise<{ cases: ComplaintView[]; next: string }> => {
      const { complaints, next = '' } = await api.mine(before);
      return { cases: complaints, next };
    };
    super({ page, one: (id) => api.complaint(id) });
    this.api = api;
  }

  /** The newest complaint about a conversation: no other can be open. */
  ofThread(thread: string): ComplaintView | undefined {
    const [newest] = this.held.filter((view) => view.thread_id === thread).sort((one, other) => other.opened_at - one.opened_at);
    return newest;
  }

  async open(thread: string, text: string, key: string): Promise<ComplaintView> {
    return this.take(await this.api.open(thread, text, key));
  }

  /** Rejects with a Refusal, after it was looked how the complaint stands by now. */
  move(seen: ComplaintView, act: Act, text: string, key: string): Promise<ComplaintView> {
    return this.step(seen, this.api.move(seen, act, text, key));
  }
}
