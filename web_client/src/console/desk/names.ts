/** What people and things of the desk are called. */
import { t } from '../../i18n';
import type { CustomerView, DeskStart, DeskThread } from '../../protocol/generated';

/** So much of his id tells one visitor from another. */
const SHOWN = 4;

/** A visitor has no name: he is told from others by the end of his id. */
export function customerName({ name, id }: Pick<CustomerView, 'name' | 'id'>): string {
  return name === '' ? t('console.desk.visitor', { code: id.slice(-SHOWN).toUpperCase() }).trim() : name;
}

export function teamName(kit: DeskStart | null, id: string): string {
  return kit?.all_teams.find((team) => team.id === id)?.name ?? '';
}

/** Whose a thread is, in a word: an agent's name, or how it stands where it is nobody's. */
export function holderOf(row: DeskThread, me: string): string {
  if (row.state === 'bot' || row.state === 'queued' || row.state === 'queued_offline') return t(`console.desk.state.${row.state}`);
  if (row.agent === undefined) return t(`console.desk.state.${row.state}`);
  return row.agent.id === me ? t('common.you') : row.agent.name;
}
