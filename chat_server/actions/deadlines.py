"""What the sweeper calls: each deadline is its own Commit and fires once, whoever gets there first."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, NamedTuple

from chat_server.actions import (
    complaint_clock,
    complaint_steps,
    dispute_clock,
    mails,
    notices,
    orders,
    outage,
    routing,
)
from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import DUE, HALF, LAST, SETTLE
from chat_server.actions.moves import SNOOZE
from chat_server.domain.errors import Stale, Unavailable
from chat_server.ports import ANY, Commit, Query, Statement, Value

logger = logging.getLogger("parley.jobs")

FAR_OFF_S: Final = 3600.0
AT_ONCE: Final = 200
"""What is due is fired so many at a time: between two such times others write."""

AGAIN_MS: Final = 5000
"""After so long it is tried again to fire what could not be fired."""

Fire = Callable[[Context, int, int], Awaitable[bool]]
"""Fires a deadline of a subject under a revision; whether it was still there to be fired."""

Look = Callable[[Context, Sequence[int]], Awaitable[Fire]]
"""Reads what many subjects need at once; gives what fires each of them."""


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


def _each(fire: Fire) -> Look:
    """Each reads what it needs by itself."""

    async def look(_ctx: Context, _ids: Sequence[int]) -> Fire:
        return fire

    return look


FIRES: Final[Mapping[str, Look]] = {
    orders.RECEIPT: _each(orders.receive_by_timer),
    mails.ANSWERS: _each(mails.mail_answers),
    notices.REMINDER: _each(notices.remind),
    DUE: dispute_clock.expiring,
    HALF: _each(dispute_clock.remind_at_half),
    LAST: _each(dispute_clock.remind_at_last),
    SETTLE: _each(dispute_clock.settle),
    SNOOZE: _each(routing.wake_up),
    complaint_steps.DUE: _each(complaint_clock.expire),
    complaint_steps.HALF: _each(complaint_clock.remind_at_half),
    complaint_steps.LAST: _each(complaint_clock.remind_at_last),
}
"""Kind of a deadline to what happens when it runs out."""


async def fire_due(ctx: Context) -> int:
    """Fires what is due; how many were looked at. A loser touches no row and goes on."""
    await outage.watch(ctx)
    due = await ctx.store.all(_DUE, at=ctx.clock.now_ms(), limit=AT_ONCE)
    subjects: dict[str, list[int]] = {}
    for deadline in due:
        subjects.setdefault(deadline.kind, []).append(deadline.subject_id)
    fires = {kind: await _looking(ctx, kind, ids) for kind, ids in subjects.items()}
    outcomes = await asyncio.gather(
        *[_fire(ctx, deadline, fires[deadline.kind]) for deadline in due],
        return_exceptions=True,
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return len(due)


async def _looking(ctx: Context, kind: str, ids: Sequence[int]) -> Fire:
    """What fires a kind. Where all cannot be looked at together, each is looked at by itself. Raises Unavailable."""
    try:
        return await FIRES[kind](ctx, ids)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001  It is told of whatever is to blame.

        async def alone(ctx: Context, subject_id: int, revision: int) -> bool:
            fire = await FIRES[kind](ctx, [subject_id])
            return await fire(ctx, subject_id, revision)

        return alone


async def _fire(ctx: Context, deadline: Deadline, fire: Fire) -> None:
    """One that cannot be fired keeps no other waiting: it is tried again. Raises Unavailable."""
    try:
        fired = await fire(ctx, deadline.subject_id, deadline.revision)
    except Unavailable:
        raise
    except Exception as error:
        if not isinstance(error, Stale):
            logger.exception("sweeper.deadline_failed", extra={"kind": deadline.kind})
        again: dict[str, Value] = {**_claim(deadline), "due_at": ctx.clock.now_ms() + AGAIN_MS}
        await ctx.store.commit(Commit([Statement("delay_deadline", again, ANY)], bulk=True))
        return
    if not fired:
        await _forget(ctx, deadline)


def _claim(deadline: Deadline) -> dict[str, Value]:
    return {
        "kind": deadline.kind,
        "subject_id": deadline.subject_id,
        "revision": deadline.revision,
    }


async def _forget(ctx: Context, deadline: Deadline) -> None:
    """A deadline whose state has passed must not come up again; a newer one of the same thing stays."""
    gone = Statement("fire_deadline", _claim(deadline), ANY)
    await ctx.store.commit(Commit([gone], bulk=True))


async def seconds_to_next(ctx: Context) -> float:
    """How long until something is due; an hour where nothing is."""
    due_at = await ctx.store.one(_NEXT)
    if due_at is None:
        return FAR_OFF_S
    return max(0.0, (due_at - ctx.clock.now_ms()) / 1000)
