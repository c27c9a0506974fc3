/** What happened to a thread's subject, in a sentence: the server names it, the words are the reader's. */
import { has, t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { ThreadEvent } from '../../state/model';

export type SystemEvent = Extract<ThreadEvent, { kind: 'state' | 'joined' }>;

type Params = Readonly<Record<string, string>>;

/**
 * The most exact sentence there is: `event.<code>.because` where the reason has words, `event.<code>.<by>` or
 * `….named`, else `event.<code>`, else that something changed.
 */
export function systemText(event: SystemEvent): string {
  if (event.kind === 'joined') return t('event.joined');
  const params = event.params ?? {};
  const words = spoken(params);
  const kinds = [words['reason'] === undefined ? '' : 'because', params['by'] ?? ((params['name'] ?? '') === '' ? '' : 'named')];
  const keys = [...kinds.map((kind) => `event.${event.code}.${kind}`), `event.${event.code}`];
  const found = keys.find((key) => has(key));
  return found !== undefined && has(found) ? t(found, { ...params, ...words }) : t('event.unknown');
}

/** What a step of a dispute speaks of, as its sentence has it: what is asked, offered or decided, and for what reason. */
function spoken({ kind = '', amount, currency, reason = '' }: Params): Params {
  const words: Record<string, string> = {};
  if (amount !== undefined && currency !== undefined) words['amount'] = formatMoney({ amount, currency });
  const remedy = `event.remedy.${kind}`;
  if (has(remedy)) words['remedy'] = t(remedy, words);
  const why = `dispute.reason.${reason}`;
  if (has(why)) words['reason'] = t(why);
  return words;
}
