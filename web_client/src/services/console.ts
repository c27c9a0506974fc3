/** What the console asks of the server: one method per route. Every one rejects with a Refusal and nothing else. */
import { signal, type Signal } from '@preact/signals';

import type {
  AddWebhook,
  AnnulRating,
  AuditPage,
  BotFigures,
  BrandLook,
  CannedReplies,
  CannedReply,
  CaseContext,
  ChangePerson,
  ComplaintQueue,
  ComplaintView,
  Decided,
  Decisions,
  DeskReport,
  DisputeView,
  DocketPage,
  EventPage,
  FaqDraft,
  FaqHistory,
  FaqImported,
  FaqRemoved,
  FaqShelf,
  FaqTried,
  FlaggedShops,
  HidePart,
  InvitePerson,
  Labels,
  Macro,
  Macros,
  ModerationQueue,
  MoveComplaint,
  MoveDispute,
  Posted201,
  PutCanned,
  PutFaqEntry,
  PutMacro,
  PutTeam,
  PutWebhook,
  ReportedMessages,
  ReportedText,
  ReviewTranslation,
  StaffMe,
  StaffPeople,
  StaffPerson,
  TeamDetails,
  TeamList,
  TurnRef,
  Unanswered,
  WebhookDeliveries,
  WebhookEndpoint,
  WebhookEndpoints,
  WebhookSecret,
} from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import { Http, queryOf, refusalOfProblem } from './http';

const FAQ = '/console/faq';
const WEBHOOKS = '/console/webhooks';
const CASES = '/console/disputes';

/** A part of a review, as its moderator has seen it. */
type SeenPart = Pick<ReportedText, 'review_id' | 'part' | 'revision'>;

/** A mediator's step, but for what every step carries. */
export type CaseStep = Omit<MoveDispute, 'client_key' | 'revision'>;

/** Days, both included; an empty team or language is all of them. */
export interface ReportWish {
  readonly from: string;
  readonly to: string;
  readonly team: string;
  readonly language: string;
}

export type ReportTable = 'episodes' | 'agents' | 'days' | 'csat';

/** A smaller change of the skew is the way of an answer, and no reason to draw anything anew. */
const SKEW_MS = 2_000;

export class ConsoleApi extends Http {
  /** How far this device's clock is behind the server's, in milliseconds, as far as an answer has told it. */
  readonly skew: Signal<number> = signal(0);

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

  /** A link by mail, for whoever works here under this address. */
  async askReset(email: string): Promise<void> {
    await this.request('POST', '/console/password-resets', { email });
  }

  /** With the secret of a mailed link; this browser is signed in. */
  choosePassword(token: string, password: string): Promise<StaffMe> {
    return this.json('POST', '/console/password-links', { token, password });
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

  report(wish: ReportWish): Promise<DeskReport> {
    return this.json('GET', `/console/reports${queryOf({ ...wish })}`);
  }

  async reportFile(wish: ReportWish, kind: ReportTable): Promise<Blob> {
    const answer = await this.request('GET', `/console/reports/export${queryOf({ ...wish, kind })}`);
    return answer.blob();
  }

  audit(search: { actor: string; action: string; thread: string; before?: string }): Promise<AuditPage> {
    return this.json('GET', `/console/audit${queryOf(search)}`);
  }

  people(): Promise<StaffPeople> {
    return this.json('GET', '/console/people');
  }

  invite(person: InvitePerson): Promise<StaffPerson> {
    return this.json('POST', '/console/people', person);
  }

  changePerson(id: string, change: ChangePerson): Promise<StaffPerson> {
    return this.json('PATCH', `/console/people/${id}`, change);
  }

  async inviteAgain(id: string): Promise<void> {
    await this.request('POST', `/console/people/${id}/invite`);
  }

  teams(): Promise<TeamList> {
    return this.json('GET', '/console/teams');
  }

  /** A new one has no id yet. */
  putTeam(id: string | null, team: PutTeam): Promise<TeamDetails> {
    return this.#put('/console/teams', id, team);
  }

  putMembers(id: string, members: readonly string[], revision: number): Promise<TeamDetails> {
    return this.json('PUT', `/console/teams/${id}/members`, { members, revision });
  }

  removeTeam(id: string, revision: number): Promise<void> {
    return this.#remove('/console/teams', id, revision);
  }

  canned(): Promise<CannedReplies> {
    return this.json('GET', '/console/canned');
  }

  putCanned(id: string | null, reply: PutCanned): Promise<CannedReply> {
    return this.#put('/console/canned', id, reply);
  }

  removeCanned(id: string, revision: number): Promise<void> {
    return this.#remove('/console/canned', id, revision);
  }

  macros(): Promise<Macros> {
    return this.json('GET', '/console/macros');
  }

  putMacro(id: string | null, macro: PutMacro): Promise<Macro> {
    return this.#put('/console/macros', id, macro);
  }

  removeMacro(id: string, revision: number): Promise<void> {
    return this.#remove('/console/macros', id, revision);
  }

  labels(): Promise<Labels> {
    return this.json('GET', '/console/labels');
  }

  putLabels(labels: Labels): Promise<Labels> {
    return this.json('PUT', '/console/labels', labels);
  }

  brand(): Promise<BrandLook> {
    return this.json('GET', '/console/brand');
  }

  putBrand(look: BrandLook): Promise<BrandLook> {
    return this.json('PUT', '/console/brand', look);
  }

  webhooks(): Promise<WebhookEndpoints> {
    return this.json('GET', WEBHOOKS);
  }

  /** With its secret, which is never shown again. */
  addWebhook(endpoint: AddWebhook): Promise<WebhookSecret> {
    return this.json('POST', WEBHOOKS, endpoint);
  }

  putWebhook(id: string, endpoint: PutWebhook): Promise<WebhookEndpoint> {
    return this.json('PUT', `${WEBHOOKS}/${id}`, endpoint);
  }

  removeWebhook(id: string, revision: number): Promise<void> {
    return this.#remove(WEBHOOKS, id, revision);
  }

  rotateWebhook(id: string, revision: number): Promise<WebhookSecret> {
    return this.json('POST', `${WEBHOOKS}/${id}/secret`, { revision });
  }

  webhookDeliveries(id: string, dead: boolean, before?: string): Promise<WebhookDeliveries> {
    return this.json('GET', `${WEBHOOKS}/${id}/deliveries${queryOf({ dead: String(dead), before })}`);
  }

  async testWebhook(id: string): Promise<void> {
    await this.request('POST', `${WEBHOOKS}/${id}/tests`);
  }

  /** One dead letter, or all of them. */
  async replayWebhooks(id: string, message?: string): Promise<void> {
    await this.request('POST', `${WEBHOOKS}/${id}/replays`, message === undefined ? {} : { message_id: message });
  }

  /** What waits for moderators. */
  moderation(): Promise<ModerationQueue> {
    return this.json('GET', '/console/moderation');
  }

  /** `last`: the page goes away, and the request outlives it. */
  decideTexts(decisions: Decisions, last = false): Promise<Decided> {
    const path = '/console/moderation/decisions';
    return last ? this.#outliving('POST', path, decisions) : this.json('POST', path, decisions);
  }

  /** The text stands as it is. */
  async settleReports(part: SeenPart): Promise<void> {
    await this.request('PUT', `${partPath(part)}/reports`, { revision: part.revision });
  }

  async hideText(part: SeenPart, hiding: HidePart): Promise<void> {
    await this.request('PUT', `${partPath(part)}/hiding`, hiding);
  }

  async annulRating(review: string, annulment: AnnulRating): Promise<void> {
    await this.request('PUT', `/console/reviews/${review}/annulment`, annulment);
  }

  translateText(part: SeenPart, language: string): Promise<ReviewTranslation> {
    return this.json('GET', `${partPath(part)}/translation${queryOf({ language })}`);
  }

  /** Of a text that waits or was reported; shown with this browser's session. */
  photoUrl(id: string, variant: 'full' | 'thumb'): string {
    return `${this.base}/console/photos/${id}/${variant}`;
  }

  /** Cases of a kind by what is due first, with how many there are of each. */
  docket(show: string, before?: string): Promise<DocketPage> {
    return this.#timed(this.json('GET', `${CASES}${queryOf({ show, before })}`));
  }

  dispute(id: string): Promise<DisputeView> {
    return this.json('GET', `${CASES}/${id}`);
  }

  /** One step, as the case was seen; `key` stays the same when it is tried again. */
  moveDispute(seen: DisputeView, step: CaseStep, key: string): Promise<DisputeView> {
    return this.json('POST', `${CASES}/${seen.id}/moves`, { ...step, revision: seen.revision, client_key: key });
  }

  /** Words to both parties. */
  sayInDispute(id: string, text: string, key: string): Promise<Posted201> {
    return this.json('POST', `${CASES}/${id}/messages`, { text, client_key: key });
  }

  caseContext(id: string): Promise<CaseContext> {
    return this.json('GET', `${CASES}/${id}/context`);
  }

  /** Of a conversation that belongs to a case. Who looks is kept. */
  caseEvents(id: string, thread: string, after: number, limit: number): Promise<EventPage> {
    return this.json('GET', `${CASES}/${id}/threads/${thread}/events${queryOf({ after, limit })}`);
  }

  async evidence(id: string, evidence: string, variant: 'full' | 'thumb'): Promise<Blob> {
    const answer = await this.request('GET', `${CASES}/${id}/evidence/${evidence}/${variant}`);
    return answer.blob();
  }

  /** Complaints that sellers do not answer, with how many there are of each kind. */
  complaints(show: string, before?: string): Promise<ComplaintQueue> {
    return this.#timed(this.json('GET', `/console/complaints${queryOf({ show, before })}`));
  }

  /** One step, as the complaint was seen; `key` stays the same when it is tried again. */
  moveComplaint(seen: ComplaintView, act: MoveComplaint['act'], text: string, key: string): Promise<ComplaintView> {
    return this.json('POST', `/console/complaints/${seen.id}/moves`, { act, text, revision: seen.revision, client_key: key });
  }

  /** Of the conversation that is complained about. Who looks is kept. */
  complaintEvents(id: string, after: number, limit: number): Promise<EventPage> {
    return this.json('GET', `/console/complaints/${id}/events${queryOf({ after, limit })}`);
  }

  /** Shops of which too many complaints were upheld. */
  flaggedShops(): Promise<FlaggedShops> {
    return this.json('GET', '/console/shops/flags');
  }

  /** Messages to shops that were reported. */
  reportedMessages(): Promise<ReportedMessages> {
    return this.json('GET', '/console/reported-messages');
  }

  /** Whether a reported message is spam, so that its shop need not have answered it. */
  async settleReport(report: string, spam: boolean): Promise<void> {
    await this.request('PUT', `/console/reports/${report}`, { spam });
  }

  async #outliving<Answer>(method: 'POST', path: string, body: unknown): Promise<Answer> {
    const headers = { ...(await this.auth.headers(false)), 'Content-Type': 'application/json' };
    const answer = await fetch(this.base + path, { method, headers, body: JSON.stringify(body), keepalive: true }).catch(() => {
      throw new Refusal('offline');
    });
    if (!answer.ok) throw refusalOfProblem(answer.status, await answer.text());
    return (await answer.json()) as Answer;
  }

  /** Learns the server's time from an answer that tells it. */
  async #timed<Answer extends { now: number }>(asked: Promise<Answer>): Promise<Answer> {
    const answer = await asked;
    const skew = answer.now - Date.now();
    if (Math.abs(skew - this.skew.peek()) >= SKEW_MS) this.skew.value = skew;
    return answer;
  }

  #put<Kept>(path: string, id: string | null, body: unknown): Promise<Kept> {
    return id === null ? this.json('POST', path, body) : this.json('PUT', `${path}/${id}`, body);
  }

  async #remove(path: string, id: string, revision: number): Promise<void> {
    await this.request('DELETE', `${path}/${id}${queryOf({ revision })}`);
  }
}

function partPath({ review_id, part }: SeenPart): string {
  return `/console/reviews/${review_id}/parts/${part}`;
}
