"""What the sweeper calls: each deadline is its own Commit and fires once, whoever gets there first."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NamedTuple

from chat_server.actions import dispute_clock, mails, notices, orders, outage
from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import DUE, HALF, LAST, SETTLE
from chat_server.ports import ANY, Commit, Query, Statement, Value

FAR_OFF_S: Final = 3600.0

Fire = Callable[[Context, int, int], Awaitable[bool]]
"""Fires a deadline of a subject under a revision; whether it was still there to be fired."""


class Deadline(NamedTuple):
    """Something that is due."""

    kind: str
    subject_id: int
    due_at: int
    revision: int


def _instant(due_at: int | None) -> int | None:
    return due_at


_DUE: Final = Query("due_deadlines", Deadline)
_NEXT: Final = Query("next_deadline", _instant, light=True)

FIRES: Final[Mapping[str, Fire]] = {
    orders.RECEIPT: orders.receive_by_timer,
    mails.ANSWERS: mails.mail_answers,
    notices.REMINDER: notices.remind,
    DUE: dispute_clock.expire,
    HALF: dispute_clock.remind_at_half,
    LAST: dispute_clock.remind_at_last,
    SETTLE: dispute_clock.settle,
}
"""Kind of a deadline to what happens when it runs out."""


async def fire_due(ctx: Context) -> int:
    """Fires up to 50 that are due; how many were looked at. A loser touches no row and goes on."""
    await outage.watch(ctx)
    due = await ctx.store.all(_DUE, at=ctx.clock.now_ms())
    for deadline in due:
        fire = FIRES.get(deadline.kind)
        if fire is None:
            raise AssertionError(
                f"Nothing is known to happen at a deadline of kind {deadline.kind!r}."
            )
        fired = await fire(ctx, deadline.subject_id, deadline.revision)
        if not fired:
            await _forget(ctx, deadline)
    return len(due)


async def _forget(ctx: Context, deadline: Deadline) -> None:
    """A deadline whose state has passed must not come up again; a newer one of the same thing stays."""
    claim: dict[str, Value] = {
        "kind": deadline.kind,
        "subject_id": deadline.subject_id,
        "revision": deadline.revision,
    }
    await ctx.store.commit(Commit([Statement("fire_deadline", claim, ANY)]))


async def seconds_to_next(ctx: Context) -> float:
    """How long until something is due; an hour where nothing is."""
    due_at = await ctx.store.one(_NEXT)
    if due_at is None:
        return FAR_OFF_S
    return max(0.0, (due_at - ctx.clock.now_ms()) / 1000)
