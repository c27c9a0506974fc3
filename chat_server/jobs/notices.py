"""Tells who is connected here what was written for them, on whichever node that was, with or without a broker."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable
from chat_server.domain.ids import first_id_at
from chat_server.domain.notices import NoticeRow
from chat_server.ports import Query

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 1.0
BATCH: Final = 500
OVERLAP_MS: Final = 5_000
"""Ids rise with the time at which they were made; of two nodes the earlier may be committed later."""

_AFTER: Final = Query("notices_after", NoticeRow)


async def follow_notices(ctx: Context, deliver: Callable[[NoticeRow], Awaitable[None]]) -> None:
    """Runs for ever: looks every second, and at once where this node has written some.

    At once it looks only beyond the newest: where thousands are given at a time, each is read twice, not hundred times.
    """
    told: set[tuple[int, int]] = set()
    started = ctx.clock.now_ms()
    newest, due = 0, 0.0
    clock = asyncio.get_running_loop().time
    while True:
        ctx.notices_given.clear()
        is_whole = clock() >= due
        since = first_id_at(max(started, ctx.clock.now_ms() - OVERLAP_MS))
        try:
            seen = await _round(ctx, deliver, since if is_whole else max(since, newest), told)
        except Unavailable:
            logger.warning("notices.store_away")
        else:
            newest = max((id for id, _ in seen), default=newest)
            if is_whole:
                told, due = seen, clock() + POLL_S
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, due - clock()) or POLL_S):
                await ctx.notices_given.wait()


async def _round(
    ctx: Context,
    deliver: Callable[[NoticeRow], Awaitable[None]],
    after: int,
    told: set[tuple[int, int]],
) -> set[tuple[int, int]]:
    """Delivers what is new since a notice, and adds it to what was told; all that there is since then."""
    seen: set[tuple[int, int]] = set()
    person = 0
    while True:
        rows = await ctx.store.all(_AFTER, after=after, person=person, limit=BATCH)
        for row in rows:
            key = (row.id, row.person_id)
            if key not in told:
                await deliver(row)
                told.add(key)
            seen.add(key)
        if len(rows) < BATCH:
            return seen
        after, person = rows[-1].id, rows[-1].person_id
