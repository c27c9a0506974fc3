/** Whether this browser still holds something of a person, and how it is forgotten. What it is, keep.ts knows. */

/** How the names of everything of one person begin. */
export function prefixOf(person: string): string {
  return `parley:${person}:`;
}

function names(person: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefixOf(person)));
  } catch {
    return [];
  }
}

/** Whether there are letters that were not sent, or drafts. */
export function hasTraces(person: string): boolean {
  return names(person).length > 0;
}

export function forgetTraces(person: string): void {
  names(person).forEach((name) => {
    localStorage.removeItem(name);
  });
}
