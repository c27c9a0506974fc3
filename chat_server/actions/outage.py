"""After an outage: what ran out for people while nobody looked after the deadlines ends later (PRODUCT: disputes).

A heartbeat in the store says when deadlines were last looked after, by any node. No node fires a deadline before a
gap has been dealt with.
"""

import asyncio
from typing import Final

from chat_server.actions import complaint_clock
from chat_server.actions.complaint_steps import Stored as StoredComplaint
from chat_server.actions.complaint_steps import find as find_complaint
from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import step
from chat_server.actions.disputes import DISPUTE, announce, lines_of
from chat_server.domain.complaints import put_off as later
from chat_server.domain.dispute_changes import put_off
from chat_server.domain.dispute_records import LineRow, StoredDispute, stored_dispute
from chat_server.domain.disputes import Act, Party
from chat_server.domain.rules import HOUR_MS, MINUTE_MS
from chat_server.ports import ANY, Commit, Conflict, Query, Statement

OUTAGE_MS: Final = 10 * MINUTE_MS
"""A gap that is longer is an outage."""

BEAT_MS: Final = 30_000
"""The heart beats this often."""

_BEAT: Final = Query("meta_value", lambda value: int(value), light=True)
_DUE: Final = Query("due_of_people", stored_dispute)


async def watch(ctx: Context) -> None:
    """Called before deadlines are fired: puts off what an outage took from people, then lets the heart beat."""
    now = ctx.clock.now_ms()
    seen = await ctx.store.one(_BEAT, key="heartbeat") or 0
    if now - seen < BEAT_MS:
        return
    if seen and now - seen > OUTAGE_MS:
        await _make_good(ctx, seen, now)
    beat = Statement("beat", {"now": str(now), "seen": str(seen)}, ANY)
    await ctx.store.commit(Commit([beat]))


async def grace_for(ctx: Context, stored: StoredDispute) -> StoredDispute:
    """A dispute whose time has run out, as it stands when an outage is made good that nobody has noticed yet.

    Nothing else has changed in what is given: who answers has seen all of it.
    """
    seen = stored.dispute
    if not await _noticed(ctx, seen.due_at):
        return stored
    now = await ctx.store.one(DISPUTE, dispute_id=seen.id)
    if now is None or now.dispute.due_at is None:
        return stored
    return now if put_off(seen, now.dispute.due_at) == now.dispute else stored


async def grace_for_complaint(ctx: Context, stored: StoredComplaint) -> StoredComplaint:
    """The same of a complaint."""
    seen = stored.complaint
    if not await _noticed(ctx, seen.due_at):
        return stored
    now = await find_complaint(ctx, seen.id)
    if now is None or now.complaint.due_at is None:
        return stored
    return now if later(seen, now.complaint.due_at) == now.complaint else stored


async def _noticed(ctx: Context, due_at: int | None) -> bool:
    """Looks for an outage where something has run out."""
    if due_at is None or ctx.clock.now_ms() < due_at:
        return False
    await watch(ctx)
    return True


async def _make_good(ctx: Context, since: int, now: int) -> None:
    """People's deadlines that fell into the gap move to its end and as much more as it lasted, an hour at least."""
    until = now + max(now - since, HOUR_MS)
    while found := await ctx.store.all(_DUE, after=since, until=now):
        lines = await lines_of(ctx, {stored.dispute.line_id for stored in found})
        await asyncio.gather(
            *[_put_off(ctx, stored, lines[stored.dispute.line_id], until) for stored in found]
        )
    await complaint_clock.make_good(ctx, since, now, until)


async def _put_off(ctx: Context, stored: StoredDispute, line: LineRow, until: int) -> None:
    after = put_off(stored.dispute, until)
    commit = step(
        ctx,
        line,
        stored,
        after,
        Act.EXPIRE,
        Party.TIMER,
        None,
        "",
        code="dispute.put_off",
    )
    try:
        await ctx.store.commit(commit._replace(bulk=True))
    except Conflict:
        return  # Another node was faster, or somebody answered.
    announce(ctx, after)
