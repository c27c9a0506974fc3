/** Walking through a list that changes meanwhile. Pure. */

/** The thread that comes `step` places after the open one. One that has left the list gives its place to the next. */
export function neighbour<Row extends { readonly id: string }>(
  list: readonly Row[],
  openId: string | null,
  lastPlace: number,
  step: 1 | -1,
): Row | null {
  if (list.length === 0) return null;
  const at = list.findIndex(({ id }) => id === openId);
  const wished = at >= 0 ? at + step : step === 1 ? Math.max(lastPlace, 0) : lastPlace - 1;
  return list[Math.min(Math.max(wished, 0), list.length - 1)] ?? null;
}
