/** What was found, and how, as words for people. */
import { has, locale, t } from '../../i18n';
import { nameOf } from '../../i18n/formats-more';
import type { FoundSpan } from '../../protocol/generated';

export function kindText({ kind }: FoundSpan): string {
  const key = `console.moderation.kind.${kind}`;
  return has(key) ? t(key) : kind;
}

/** What tells more than the kind: how it was written, in which messenger, in which language; nothing where it is plain. */
export function howText({ kind, reason = '' }: FoundSpan): string {
  const key = `console.moderation.how.${reason}`;
  if (has(key)) return t(key);
  if (kind === 'insult') return languageText(reason);
  return kind === 'handle' && reason !== '@' ? reason : '';
}

export function foundText(span: FoundSpan): string {
  return [kindText(span), howText(span)].filter((word) => word !== '').join(' · ');
}

/** The name of a language in the reader's own; empty where it is not known. */
export function languageText(language: string): string {
  return language === '' ? '' : nameOf(locale.value, 'language', language);
}
