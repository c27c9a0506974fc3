"""A shop's own hours and holidays: put by its people, begun and ended by the clock, told to who writes meanwhile."""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from chat_server.actions import complaint_clock
from chat_server.actions.context import Context
from chat_server.actions.writes import unsigned
from chat_server.domain import holidays as days
from chat_server.domain.errors import Invalid, NotFound, Stale
from chat_server.domain.events import Draft
from chat_server.domain.holidays import Wish
from chat_server.domain.hours import Hours, check, is_zone
from chat_server.domain.ids import ShopId
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor
from chat_server.domain.shop_hours import ShopHours, stored_hours, unsaid
from chat_server.domain.threads import EventKind
from chat_server.ports import Commit, Conflict, Query, Statement, Value

KEPT_MS: Final = 2 * days.WITHIN_DAYS * DAY_MS
"""So long a holiday that is over is remembered: it weighs on the year, and on what waited then."""


class Wanted(NamedTuple):
    """Hours as a shop's people wish them."""

    hours: Hours
    holidays: tuple[Wish, ...]
    auto_reply: str
    revision: int


class _ToTell(NamedTuple):
    thread_id: int
    auto_reply: str
    away_since: int


_OF: Final = Query("shop_hours_of", stored_hours, light=True)
_TURNING: Final = Query("shops_turning", stored_hours)
_TO_TELL: Final = Query("threads_to_tell", _ToTell)


async def hours_of(ctx: Context, shop_id: int) -> ShopHours:
    """A shop's hours, for whoever shows or counts by them."""
    return (await hours_of_shops(ctx, [shop_id]))[shop_id]


async def hours_of_shops(ctx: Context, shop_ids: Iterable[int]) -> dict[int, ShopHours]:
    """The same of many, by their ids."""
    found = {shop_id: unsaid(shop_id, ctx.settings.zone) for shop_id in shop_ids}
    known = await ctx.store.all(_OF, shops=json.dumps(list(found)))
    return found | {one.shop_id: one for one in known}


async def own_hours(ctx: Context, actor: Actor, shop_id: ShopId) -> ShopHours:
    """The same for its people. Raises NotFound."""
    if shop_id not in actor.shops:
        raise NotFound
    return await hours_of(ctx, shop_id)


async def put_hours(ctx: Context, actor: Actor, shop_id: ShopId, wanted: Wanted) -> ShopHours:
    """Hours as they are to be. Raises NotFound, Stale, Invalid (`hours_zone`, `hours_window`, `holidays`)."""
    known = await own_hours(ctx, actor, shop_id)
    reason = "hours_zone" if not is_zone(wanted.hours.zone) else check(wanted.hours)
    if reason:
        raise Invalid(reason)
    if wanted.revision != known.revision:
        raise Stale
    now = ctx.clock.now_ms()
    recent = [holiday for holiday in known.holidays if holiday.ends > now - KEPT_MS]
    planned = days.planned(recent, wanted.holidays, wanted.hours.zone, now)
    if planned is None or days.too_many(planned):
        raise Invalid("holidays")
    stands = days.away(planned, now)
    values: dict[str, Value] = {
        "of_shop": shop_id,
        "zone": wanted.hours.zone,
        "windows": json.dumps(wanted.hours.windows),
        "holidays": json.dumps(days.dump(planned)),
        "auto_reply": wanted.auto_reply.strip(),
        "away_since": stands.since,
        "away_until": stands.until,
        "turns_at": stands.turns_at,
        "revision": known.revision,
    }
    name = "put_shop_hours" if known.revision else "add_shop_hours"
    try:
        await ctx.store.commit(Commit([Statement(name, values)]))
    except Conflict:
        raise Stale from None
    ctx.figures.forget(shop_id)
    await complaint_clock.wind(ctx, shop_id, known.holidays, planned)
    return await hours_of(ctx, shop_id)


async def turn(ctx: Context) -> int:
    """Begins and ends what the clock has come to; how many shops that were."""
    now = ctx.clock.now_ms()
    found = await ctx.store.all(_TURNING, now=now)
    for shop in found:
        stands = days.away(shop.holidays, now)
        values: dict[str, Value] = {
            "of_shop": shop.shop_id,
            "away_since": stands.since,
            "away_until": stands.until,
            "turns_at": stands.turns_at,
            "revision": shop.revision,
        }
        try:
            await ctx.store.commit(Commit([Statement("turn_shop", values)]))
        except Conflict:
            continue  # Its people have put other hours meanwhile, which say how it stands.
    return len(found)


async def tell_absence(ctx: Context) -> int:
    """Says once an absence and conversation, in the shop's name, what it wishes to have said; how many were told."""
    now = ctx.clock.now_ms()
    told = [await _tell(ctx, one, now) for one in await ctx.store.all(_TO_TELL, now=now)]
    return sum(told)


async def _tell(ctx: Context, one: _ToTell, now: int) -> bool:
    where: dict[str, Value] = {
        "thread_id": one.thread_id,
        "at": now,
        "away_since": one.away_since,
    }
    commit = Commit(
        [
            Statement("auto_reply_place", where),
            unsigned(one.thread_id, EventKind.POSTED, now, one.auto_reply, ""),
            Statement("told_absence", where),
        ],
        Draft(one.thread_id, EventKind.POSTED, now, None, one.auto_reply),
    )
    try:
        await ctx.store.commit(commit)
    except Conflict:
        return False  # Another node was faster, or somebody has answered.
    return True


def wishes(pairs: Iterable[tuple[str, str]]) -> tuple[Wish, ...]:
    """Days as they stand on the wire. Raises Invalid (`holidays`)."""
    try:
        return tuple(Wish(*map(days.read_date, pair)) for pair in pairs)
    except ValueError:
        raise Invalid("holidays") from None
