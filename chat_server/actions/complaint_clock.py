"""What time does in complaints, each once, on whichever node: silence, reminders, outages, a shop that goes away."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Final

from chat_server.actions.complaint_steps import (
    DUE,
    HALF,
    LAST,
    announce,
    code_of,
    facts_of,
    find,
    step,
)
from chat_server.actions.context import Context
from chat_server.actions.notices import Person, ShopPeople, notices_given, told
from chat_server.actions.talk import SAID
from chat_server.domain.complaints import (
    SELLER_ANSWERS_MS,
    Act,
    Complaint,
    Fault,
    Party,
    State,
    move_fault,
    moved,
    put_off,
)
from chat_server.domain.errors import Stale
from chat_server.domain.holidays import Holiday, after
from chat_server.domain.notices import Kind
from chat_server.domain.response import answers
from chat_server.domain.shop_hours import stored_hours
from chat_server.ports import Commit, Conflict, Query, Statement, Value

TRIES: Final = 5


_HOURS: Final = Query("shop_hours_of", stored_hours, light=True)
_AGAINST: Final = Query("complaints_against", lambda id: int(id))
_DUE_BETWEEN: Final = Query("complaints_due_between", lambda id: int(id))


async def holidays_of(ctx: Context, shop_id: int) -> list[Holiday]:
    """When a shop was and will be away."""
    found = await ctx.store.one(_HOURS, shops=json.dumps([shop_id]))
    return found.holidays if found is not None else []


async def spoken_since(ctx: Context, thread_id: int, since: int) -> bool:
    """Whether somebody of the shop has said something in a conversation, and it still stands."""
    said = await ctx.store.all(SAID, thread_id=thread_id)
    return any(answers(one) and one.at >= since for one in said)


async def expire(ctx: Context, complaint_id: int, revision: int) -> bool:
    """What was due has run out. False where an answer was faster. Raises Stale where it is not due after all."""
    stored = await find(ctx, complaint_id)
    if stored is None or stored.complaint.revision != revision:
        return False
    complaint, now = stored.complaint, ctx.clock.now_ms()
    fault = move_fault(complaint, Act.EXPIRE, Party.TIMER, "", now)
    if fault == Fault.NOT_DUE:
        raise Stale  # A clock was set back meanwhile.
    if fault:
        return False
    away = await holidays_of(ctx, complaint.shop_id)
    if complaint.state is State.SELLER_NOTIFIED and _ends(complaint, away) > now:
        # A holiday was put, and whoever put it did not come to wind this clock.
        await _put_off(ctx, complaint_id, lambda seen, _: _ends(seen, away))
        return True
    spoken = await spoken_since(ctx, complaint.thread_id, complaint.opened_at)
    expired = moved(complaint, Act.EXPIRE, "", now, spoken=spoken)
    fired = [Statement("fire_deadline", _firing(DUE, complaint_id, revision))]
    code = code_of(Act.EXPIRE, expired)
    commit = step(ctx, stored, expired, code, Party.TIMER, None, "", away, first=fired)
    try:
        await ctx.store.commit(commit._replace(bulk=True))
    except Conflict:
        return False
    announce(ctx, expired)
    return True


async def remind_at_half(ctx: Context, complaint_id: int, revision: int) -> bool:
    """Half of somebody's time is over. False where it is nobody's any more."""
    return await _remind(ctx, complaint_id, revision, HALF)


async def remind_at_last(ctx: Context, complaint_id: int, revision: int) -> bool:
    """Nine tenths of it are."""
    return await _remind(ctx, complaint_id, revision, LAST)


async def _remind(ctx: Context, complaint_id: int, revision: int, kind: str) -> bool:
    stored = await find(ctx, complaint_id)
    if stored is None or stored.complaint.revision != revision:
        return False
    complaint = stored.complaint
    of_seller = complaint.state is State.SELLER_NOTIFIED
    to = ShopPeople(complaint.shop_id) if of_seller else Person(complaint.buyer_id)
    facts = {**facts_of(stored.about, complaint), "until": complaint.due_at}
    reminder = told(ctx, Kind.COMPLAINT_DUE, complaint_id, to, facts)
    firing = Statement("fire_deadline", _firing(kind, complaint_id, revision))
    try:
        await ctx.store.commit(Commit([firing, reminder], bulk=True))
    except Conflict:
        return False
    notices_given(ctx)
    return True


async def make_good(ctx: Context, since: int, until: int, later: int) -> None:
    """People's deadlines that fell into an outage end later."""

    def wound(_: Complaint, due_at: int) -> int:
        return later if since < due_at <= until else due_at

    while found := await ctx.store.all(_DUE_BETWEEN, since=since, until=until):
        await asyncio.gather(*[_put_off(ctx, one, wound, bulk=True) for one in found])


async def wind(
    ctx: Context, shop_id: int, before: Sequence[Holiday], away: Sequence[Holiday]
) -> None:
    """A shop has other holidays than before: while it is to answer, its time ends as much later or sooner.

    No holiday begins before it is put, so none revives what is over.
    """

    def wound(seen: Complaint, due_at: int) -> int:
        return due_at + _ends(seen, away) - _ends(seen, before)

    for complaint_id in await ctx.store.all(_AGAINST, of_shop=shop_id):
        await _put_off(ctx, complaint_id, wound)


def _ends(seen: Complaint, away: Sequence[Holiday]) -> int:
    """When the time of a shop to answer ends by its holidays."""
    return after(away, seen.due_from, SELLER_ANSWERS_MS)


async def _put_off(
    ctx: Context,
    complaint_id: int,
    wound: Callable[[Complaint, int], int],
    *,
    bulk: bool = False,
) -> None:
    """Puts a deadline where it belongs now, and says so in the conversation."""
    for _ in range(TRIES):
        stored = await find(ctx, complaint_id)
        if stored is None or stored.complaint.due_at is None:
            return
        seen, due_at = stored.complaint, wound(stored.complaint, stored.complaint.due_at)
        if due_at == seen.due_at:
            return
        moved_on, away = put_off(seen, due_at), await holidays_of(ctx, seen.shop_id)
        commit = step(ctx, stored, moved_on, "complaint.put_off", Party.TIMER, None, "", away)
        try:
            await ctx.store.commit(commit._replace(bulk=bulk))
        except Conflict:
            continue
        announce(ctx, moved_on)
        return


def _firing(kind: str, complaint_id: int, revision: int) -> dict[str, Value]:
    return {"kind": kind, "subject_id": complaint_id, "revision": revision}
