/** What people and things of the desk are called. */
import { t } from '../../i18n';
import type { CustomerView, DeskStart, DeskThread } from '../../protocol/generated';

/** A visitor has no name. */
export function customerName({ name }: Pick<CustomerView, 'name'>): string {
  return name === '' ? t('console.desk.visitor') : name;
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
