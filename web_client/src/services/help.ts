/** What anybody may ask of the server: questions of the FAQ, whether people answer now, and to be known as a visitor. */
import type { FaqLink, FaqLinks, Returned, SupportStatus, Visitor } from '../protocol/generated';
import type { Auth } from './auth';
import { Http, queryOf } from './http';

/** The server cuts no question: a longer one is no search. */
const MOST_TYPED = 200;

/** As the server takes one. */
const ZONE = /^[A-Za-z][\w+/-]{1,63}$/;

const nobody: Auth = { renewable: false, headers: () => Promise.resolve({}) };

export class HelpDesk extends Http {
  constructor(base?: string) {
    super(nobody, base);
  }

  async suggestions(locale: string): Promise<readonly FaqLink[]> {
    const { links } = await this.json<FaqLinks>('GET', `/faq/suggestions${queryOf({ locale })}`);
    return links;
  }

  async search(q: string, locale: string): Promise<readonly FaqLink[]> {
    const { links } = await this.json<FaqLinks>('GET', `/faq/search${queryOf({ q: q.slice(0, MOST_TYPED), locale })}`);
    return links;
  }

  /** Whether people answer now, in a sentence for somebody of this language in this browser's zone. */
  status(locale: string, topic?: string): Promise<SupportStatus> {
    return this.json('GET', `/support/status${queryOf({ locale, zone: hereZone(), topic })}`);
  }

  welcome(locale: string): Promise<Visitor> {
    return this.json('POST', '/visitors', { locale, zone: hereZone() });
  }

  /** Back to a conversation, with the secret of a mailed link. */
  comeBack(token: string): Promise<Returned> {
    return this.json('POST', '/support/return', { token });
  }
}

/** The browser's time zone; UTC where it names none. */
export function hereZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string };
  return timeZone !== undefined && ZONE.test(timeZone) ? timeZone : 'UTC';
}
