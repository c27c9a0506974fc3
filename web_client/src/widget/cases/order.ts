/** In which order cases stand: open ones by what is due first, then the others, newest first. */
interface Ordered {
  readonly opened_at: number;
  readonly due_at?: number;
  readonly closed_at?: number;
}

export function inOrder<View extends Ordered>(views: Iterable<View>, isOver: (view: View) => boolean): View[] {
  const all = [...views];
  const open = all.filter((view) => !isOver(view)).sort((one, other) => dueOf(one) - dueOf(other));
  const over = all.filter(isOver).sort((one, other) => endOf(other) - endOf(one));
  return [...open, ...over];
}

const dueOf = ({ due_at: due }: Ordered): number => due ?? Number.MAX_SAFE_INTEGER;

const endOf = ({ closed_at: closed, opened_at: opened }: Ordered): number => closed ?? opened;
