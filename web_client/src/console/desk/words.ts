/** Words that are said often, in the customer's language and with his name. Pure. */
import type { CannedReply } from '../../protocol/generated';

export interface Blanks {
  customer: string;
  agent: string;
  /** The number of the newest order; empty where there is none. */
  order: string;
}

/** The text in the customer's language, else in English, else in any. */
export function textFor({ texts }: Pick<CannedReply, 'texts'>, locale: string): string {
  const language = locale.split('-')[0] ?? '';
  return texts[locale] ?? texts[language] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
}

/** With what is known put into its places; what is empty leaves no doubled space, nor one before a comma. */
export function filled(text: string, blanks: Blanks): string {
  const known: Readonly<Record<string, string>> = { ...blanks };
  const full = text.replace(/\{(customer|agent|order)\}/gu, (_, name: string) => known[name] ?? '');
  return full.replace(/ {2,}/gu, ' ').replace(/ +([,.!?;:،؟])/gu, '$1').trim();
}
