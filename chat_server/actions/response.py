"""How fast shops answer: the figure, where it comes from, and being warned before an answer is late."""

import asyncio
import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.notices import ShopPeople, notices_given, told
from chat_server.actions.permissions import admit
from chat_server.actions.shop_hours import hours_of
from chat_server.actions.talk import SAID_TO_SHOP
from chat_server.domain import response
from chat_server.domain.audit import Action
from chat_server.domain.complaints import FLAG_WITHIN_MS, FLAGGED_MS, Flag, flag
from chat_server.domain.errors import NotFound
from chat_server.domain.holidays import Holiday, load
from chat_server.domain.ids import ShopId, show
from chat_server.domain.notices import Kind
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor
from chat_server.domain.response import Figure, Said, Standing
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

NEAR_MS: Final = 2 * response.WINDOW_MS
FAR_MS: Final = response.FALLBACK_MS + response.WINDOW_MS
"""So far back is looked: some time before the first opening that may count, for what waited before it."""

LONGEST_WAIT_MS: Final = response.ANSWER_MS + 62 * DAY_MS
"""With the holidays of two years between, nothing is in time after this."""

PAGE: Final = 500


class Talk(NamedTuple):
    """What a conversation is about, and with whom."""

    thread_id: int
    about: str
    buyer_id: int
    buyer_name: str


class Explanation(NamedTuple):
    """A shop's figure, and where it comes from."""

    standing: Standing
    talks: dict[int, Talk]
    flag: Flag | None


class Reported(NamedTuple):
    """A buyer's message that was reported."""

    id: int
    thread_id: int
    seq: int
    text: str
    at: int
    buyer_id: int
    buyer_name: str
    shop_id: int
    shop_name: str
    reporter_id: int
    reporter_name: str
    reason: str
    words: str
    reported_at: int
    spam: int | None


class _Waits(NamedTuple):
    thread_id: int
    shop_id: int
    since: int
    about: str
    percent: int
    holidays: str


class _ReportPlace(NamedTuple):
    thread_id: int
    seq: int
    shop_id: int


_TALKS: Final = Query("talk_of_shop", Talk)
_UPHELD: Final = Query("upheld_of_shop", lambda at: int(at))
_TO_WARN: Final = Query("waits_to_warn", _Waits)
_REPORTED: Final = Query("reported_messages", Reported)
_REPORT: Final = Query("report_by_id", _ReportPlace, light=True)


async def figure(ctx: Context, shop_id: int) -> Figure:
    """How a shop answers, at most ten minutes old."""
    now = ctx.clock.now_ms()
    async with ctx.figures.turn(shop_id):
        known = ctx.figures.get(shop_id, now)
        if known is not None:
            return known
        found = (await _standing(ctx, shop_id, now)).figure
        ctx.figures.keep(shop_id, found, now)
        return found


async def explained(ctx: Context, actor: Actor, shop_id: ShopId) -> Explanation:
    """Where a shop's figure comes from, for its own people. Raises NotFound."""
    if shop_id not in actor.shops:
        raise NotFound
    now = ctx.clock.now_ms()
    standing = await _standing(ctx, shop_id, now)
    ctx.figures.keep(shop_id, standing.figure, now)
    talks = await ctx.store.all(_TALKS, of_shop=shop_id, since=now - FAR_MS)
    flagged = await flag_of(ctx, shop_id)
    return Explanation(standing, {talk.thread_id: talk for talk in talks}, flagged)


async def _standing(ctx: Context, shop_id: int, now: int) -> Standing:
    """Only where too few count in the window the longer one is read."""
    holidays = (await hours_of(ctx, shop_id)).holidays
    near = await _worked_out(ctx, shop_id, holidays, now, NEAR_MS)
    if near.basis is response.Basis.WINDOW:
        return near
    return await _worked_out(ctx, shop_id, holidays, now, FAR_MS)


async def _worked_out(
    ctx: Context, shop_id: int, holidays: list[Holiday], now: int, back: int
) -> Standing:
    said = await ctx.store.all(SAID_TO_SHOP, of_shop=shop_id, since=now - back)
    # Of a large shop it is many messages: nobody else waits for it.
    return await asyncio.to_thread(_count, said, holidays, now)


def _count(said: Iterable[Said], holidays: list[Holiday], now: int) -> Standing:
    return response.standing(response.openings(said, holidays, now), now)


async def flag_of(ctx: Context, shop_id: int) -> Flag | None:
    """Whether complaints weigh on a shop now."""
    now = ctx.clock.now_ms()
    since = now - FLAG_WITHIN_MS - FLAGGED_MS
    return flag(await ctx.store.all(_UPHELD, of_shop=shop_id, since=since), now)


# Warning.


async def warn(ctx: Context) -> int:
    """Tells shops whose time to answer runs out, each time once; how many were told."""
    now, warned = ctx.clock.now_ms(), 0
    after_at, after_id = 0, 0
    while True:
        found = await ctx.store.all(
            _TO_WARN,
            oldest=now - LONGEST_WAIT_MS,
            half=now - response.ANSWER_MS * response.WARN_AT[0] // 100,
            last=now - response.ANSWER_MS * response.WARN_AT[1] // 100,
            over=now - response.ANSWER_MS,
            after=after_at,
            after_id=after_id,
            limit=PAGE,
        )
        for waits in found:
            warned += await _warn(ctx, waits, now)
        if len(found) < PAGE:
            break
        after_at, after_id = found[-1].since, found[-1].thread_id
    if warned:
        notices_given(ctx)
    return warned


async def _warn(ctx: Context, waits: _Waits, now: int) -> bool:
    holidays = load(json.loads(waits.holidays))
    percent = response.warning(waits.since, holidays, now)
    if percent <= waits.percent:
        return False
    where: dict[str, Value] = {
        "thread_id": waits.thread_id,
        "waiting_since": waits.since,
        "percent": percent,
    }
    statements = [Statement("still_waits", where), Statement("warned_of", where)]
    if percent < response.LATE:
        until = response.due(waits.since, holidays)
        facts = {"title": waits.about, "until": until}
        to = ShopPeople(waits.shop_id)
        statements.append(told(ctx, Kind.ANSWER_DUE, waits.thread_id, to, facts))
    try:
        await ctx.store.commit(Commit(statements))
    except Conflict:
        return False  # Another node was faster, or somebody has answered.
    return percent < response.LATE


# Spam.


async def reported(ctx: Context, actor: Actor) -> list[Reported]:
    """Buyers' messages that were reported. Raises NotAllowed."""
    await admit(ctx, actor, "mediate")
    return await ctx.store.all(_REPORTED)


async def settle_report(ctx: Context, actor: Actor, report_id: int, *, spam: bool) -> None:
    """Whether a reported message is spam, which nobody has to answer. Raises NotAllowed, NotFound."""
    await admit(ctx, actor, "mediate")
    place = await ctx.store.one(_REPORT, report_id=report_id)
    if place is None:
        raise NotFound
    values: dict[str, Value] = {
        "thread_id": place.thread_id,
        "seq": place.seq,
        "spam": int(spam),
        "me": actor.person_id,
        "at": ctx.clock.now_ms(),
    }
    deed = audited(
        ctx,
        actor.person_id,
        Action.REPORTS_SETTLED,
        place.thread_id,
        report=show(report_id),
        seq=place.seq,
        spam=spam,
    )
    settling = Statement("settle_report", values, ANY)
    await ctx.store.commit(Commit([settling, deed]))
    ctx.figures.forget(place.shop_id)
