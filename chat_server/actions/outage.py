"""After an outage: what ran out for people while nobody looked after the deadlines ends later (PRODUCT: disputes).

A heartbeat in the store says when deadlines were last looked after, by any node. No node fires a deadline before a
gap has been dealt with.
"""

from typing import Final

from chat_server.actions import complaint_clock
from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import step
from chat_server.actions.disputes import announce, line_of
from chat_server.domain.dispute_changes import put_off
from chat_server.domain.dispute_records import StoredDispute, stored_dispute
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


async def _make_good(ctx: Context, since: int, now: int) -> None:
    """People's deadlines that fell into the gap move to its end and as much more as it lasted, an hour at least."""
    later = now + max(now - since, HOUR_MS)
    while found := await ctx.store.all(_DUE, after=since, until=now):
        for stored in found:
            await _put_off(ctx, stored, later)
    await complaint_clock.make_good(ctx, since, now, later)


async def _put_off(ctx: Context, stored: StoredDispute, later: int) -> None:
    dispute = stored.dispute
    line = await line_of(ctx, dispute.line_id)
    after = put_off(dispute, later)
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
        await ctx.store.commit(commit)
    except Conflict:
        return  # Another node was faster, or somebody answered.
    announce(ctx, after)
