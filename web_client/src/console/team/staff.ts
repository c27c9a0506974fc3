/** What the team room has loaded, and what is said of it. Pure. */
import type { StaffPerson, TeamDetails } from '../../protocol/generated';

export interface Staff {
  readonly people: readonly StaffPerson[];
  /** Whether anybody can be invited: mail leaves the server. */
  readonly mail: boolean;
  readonly teams: readonly TeamDetails[];
  readonly topics: readonly string[];
}

/** The names of somebody's teams, in their order. */
export function teamNames(person: StaffPerson, teams: readonly TeamDetails[]): string {
  return teams
    .filter(({ id }) => person.teams.includes(id))
    .map(({ name }) => name)
    .join(', ');
}

/** Those who work here first, then who did; by name. */
export function inOrder(people: readonly StaffPerson[]): StaffPerson[] {
  return [...people].sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
}
