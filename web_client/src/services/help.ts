/** What anybody may ask of the server: questions of the FAQ, and to be known as a visitor. */
import type { FaqLink, FaqLinks, Visitor } from '../protocol/generated';
import type { Auth } from './auth';
import { Http, queryOf } from './http';

/** The server cuts no question: a longer one is no search. */
const MOST_TYPED = 200;

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

  welcome(locale: string): Promise<Visitor> {
    return this.json('POST', '/visitors', { locale });
  }
}
