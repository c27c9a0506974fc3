/** What the console asks of the server: one method per route. Every one rejects with a Refusal and nothing else. */
import type {
  BotFigures,
  FaqDraft,
  FaqHistory,
  FaqImported,
  FaqRemoved,
  FaqShelf,
  FaqTried,
  PutFaqEntry,
  StaffMe,
  TurnRef,
  Unanswered,
} from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import { Http, queryOf, refusalOfProblem } from './http';

const FAQ = '/console/faq';

export class ConsoleApi extends Http {
  signIn(email: string, password: string): Promise<StaffMe> {
    return this.json('POST', '/console/session', { email, password });
  }

  me(): Promise<StaffMe> {
    return this.json('GET', '/console/me');
  }

  async signOut(): Promise<void> {
    await this.request('DELETE', '/console/session');
  }

  async signOutEverywhere(): Promise<void> {
    await this.request('DELETE', '/console/sessions');
  }

  changePassword(old: string, fresh: string): Promise<StaffMe> {
    return this.json('PUT', '/console/password', { old, new: fresh });
  }

  shelf(): Promise<FaqShelf> {
    return this.json('GET', FAQ);
  }

  entry(id: string): Promise<FaqDraft> {
    return this.json('GET', `${FAQ}/entries/${id}`);
  }

  publish(put: PutFaqEntry): Promise<FaqDraft> {
    return this.json('PUT', `${FAQ}/entries/${put.entry.id}`, put);
  }

  remove(id: string, revision: number): Promise<FaqRemoved> {
    return this.json('DELETE', `${FAQ}/entries/${id}${queryOf({ revision })}`);
  }

  history(id: string): Promise<FaqHistory> {
    return this.json('GET', `${FAQ}/entries/${id}/history`);
  }

  undo(id: string, to: number, revision: number): Promise<FaqRemoved> {
    return this.json('POST', `${FAQ}/entries/${id}/undo`, { to, revision });
  }

  try(question: string, language: string): Promise<FaqTried> {
    return this.json('POST', `${FAQ}/try`, { question, language });
  }

  async file(form: 'csv' | 'toml', entry = ''): Promise<Blob> {
    const answer = await this.request('GET', `${FAQ}/export${queryOf({ format: form, entry })}`);
    return answer.blob();
  }

  /** The file goes as it is, not as JSON. */
  async bring(form: 'csv' | 'toml', text: string): Promise<FaqImported> {
    const headers = { ...(await this.auth.headers(false)), 'Content-Type': 'text/plain; charset=utf-8' };
    const path = `${this.base}${FAQ}/import${queryOf({ format: form })}`;
    const answer = await fetch(path, { method: 'POST', headers, body: text }).catch(() => {
      throw new Refusal('offline');
    });
    if (!answer.ok) throw refusalOfProblem(answer.status, await answer.text());
    return (await answer.json()) as FaqImported;
  }

  unanswered(): Promise<Unanswered> {
    return this.json('GET', `${FAQ}/unanswered`);
  }

  async dismiss(turns: readonly TurnRef[]): Promise<void> {
    await this.request('POST', `${FAQ}/dismissals`, { turns });
  }

  figures(days: number): Promise<BotFigures> {
    return this.json('GET', `${FAQ}/figures${queryOf({ days })}`);
  }
}
