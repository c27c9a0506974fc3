"""Complaints that a seller does not answer, as they stand: the way in, lists, the queue. Steps: `complaining`."""

import json
from itertools import groupby
from typing import Final, NamedTuple

from chat_server.actions.audit import looked
from chat_server.actions.complaint_steps import COMPLAINTS, Stored, find
from chat_server.actions.context import Context
from chat_server.actions.permissions import admit, may
from chat_server.actions.response import figure
from chat_server.actions.shop_hours import hours_of_shops
from chat_server.actions.threads import END_OF_TIME, Place
from chat_server.domain import complaints
from chat_server.domain.complaints import (
    Flag,
    Party,
    State,
    may_look,
)
from chat_server.domain.errors import NotFound
from chat_server.domain.events import Event
from chat_server.domain.ids import ShopId, ThreadId
from chat_server.domain.people import STAFF, Actor
from chat_server.domain.response import Figure
from chat_server.domain.shop_hours import ShopHours
from chat_server.ports import Query, Value

PAGE: Final = 20
QUEUES: Final = {
    "review": (State.UNDER_REVIEW, State.UNDER_REVIEW),
    "open": (State.SELLER_NOTIFIED, State.ANSWERED),
}


class Message(NamedTuple):
    """Something that waits for an answer."""

    seq: int
    at: int
    text: str
    photos: int


class Facts(NamedTuple):
    """What a complaint says of how it is."""

    messages: list[Message]
    waited_ms: int
    figure: Figure


class Shown(NamedTuple):
    """A complaint with what its screens show of it."""

    stored: Stored
    facts: Facts
    hours: ShopHours


class Counts(NamedTuple):
    """How many there are."""

    review: int
    open: int
    flagged: int


class Flagged(NamedTuple):
    """A shop on which complaints weigh."""

    shop_id: int
    shop_name: str
    flag: Flag
    figure: Figure


class _Upheld(NamedTuple):
    shop_id: int
    shop_name: str
    at: int


def _place(complaint_id: int, at: int) -> Place:
    return Place(at, complaint_id)


_MINE: Final = Query("complaint_ids_of_buyer", _place)
_SHOPS: Final = Query("complaint_ids_of_shop", _place)
_QUEUE: Final = Query("complaint_queue", _place)
_DECIDED: Final = Query("complaints_decided", _place)
_COUNTS: Final = Query("complaint_counts", lambda review, rest: (int(review), int(rest)))
_UPHELD: Final = Query("upheld_lately", _Upheld)
_EVENTS: Final = Query("events_after", Event)


# Reading.


async def access_complaint(ctx: Context, actor: Actor, complaint_id: int) -> tuple[Stored, Party]:
    """A complaint that this actor may read, and as what. Raises NotFound."""
    stored = await find(ctx, complaint_id)
    if stored is None:
        raise NotFound
    complaint = stored.complaint
    if actor.role in STAFF:
        if not await may(ctx, actor, "mediate"):
            raise NotFound
        return stored, Party.MEDIATOR
    if complaint.buyer_id == actor.person_id:
        return stored, Party.BUYER
    if complaint.shop_id in actor.shops:
        return stored, Party.SELLER
    raise NotFound


async def one(ctx: Context, actor: Actor, complaint_id: int) -> tuple[Shown, Party]:
    """A complaint with what its screens show. Raises NotFound."""
    stored, by = await access_complaint(ctx, actor, complaint_id)
    return (await _shown(ctx, [stored]))[0], by


async def _shown(ctx: Context, found: list[Stored]) -> list[Shown]:
    hours = await hours_of_shops(ctx, {stored.complaint.shop_id for stored in found})
    return [Shown(one, _facts(one), hours[one.complaint.shop_id]) for one in found]


def _facts(stored: Stored) -> Facts:
    messages, waited, known = json.loads(stored.complaint.facts)
    return Facts([Message(*message) for message in messages], waited, Figure(*known))


async def of_buyer(
    ctx: Context, actor: Actor, following: Place | None
) -> tuple[list[Shown], Place | None]:
    """A page of what somebody complained about: open ones first."""
    at, above = following or (0, 0)
    me = actor.person_id
    return await _page(
        ctx, await ctx.store.all(_MINE, me=me, after=at, after_id=above, limit=PAGE + 1)
    )


async def of_shop(
    ctx: Context, actor: Actor, shop_id: ShopId, following: Place | None
) -> tuple[list[Shown], Place | None]:
    """The same about a shop, for its people. Raises NotFound."""
    if shop_id not in actor.shops:
        raise NotFound
    at, above = following or (0, 0)
    return await _page(
        ctx,
        await ctx.store.all(_SHOPS, of_shop=shop_id, after=at, after_id=above, limit=PAGE + 1),
    )


async def _page(ctx: Context, places: list[Place]) -> tuple[list[Shown], Place | None]:
    ids = [place.id for place in places[:PAGE]]
    found = {one.complaint.id: one for one in await ctx.store.all(COMPLAINTS, ids=json.dumps(ids))}
    shown = await _shown(ctx, [found[id] for id in ids if id in found])
    return shown, places[PAGE - 1] if len(places) > PAGE else None


# Mediators.


async def queue(
    ctx: Context, actor: Actor, show_which: str, following: Place | None
) -> tuple[list[Shown], Counts, Place | None]:
    """Complaints for mediators: `review`, `open` with the parties, `decided`. Raises NotAllowed."""
    await admit(ctx, actor, "mediate")
    params: dict[str, Value] = {"limit": PAGE + 1}
    if show_which == "decided":
        at, under = following or END_OF_TIME
        places = await ctx.store.all(_DECIDED, before=at, before_id=under, **params)
    else:
        state, or_state = QUEUES[show_which]
        at, above = following or (0, 0)
        params |= {"state": state.value, "or_state": or_state.value}
        places = await ctx.store.all(_QUEUE, after=at, after_id=above, **params)
    found, next_place = await _page(ctx, places)
    review, rest = await ctx.store.one(_COUNTS) or (0, 0)
    return found, Counts(review, rest, len(await _flags(ctx))), next_place


async def read_thread(
    ctx: Context, actor: Actor, complaint_id: int, following: int, limit: int
) -> list[Event]:
    """The conversation that a mediator decides about; each look is logged. Raises NotFound."""
    stored, _ = await access_complaint(ctx, actor, complaint_id)
    if actor.role not in STAFF or not may_look(stored.complaint, ctx.clock.now_ms()):
        raise NotFound
    thread_id = ThreadId(stored.complaint.thread_id)
    await looked(ctx, actor, thread_id)
    return await ctx.store.all(_EVENTS, thread_id=thread_id, after=following, limit=limit)


async def flagged_shops(ctx: Context, actor: Actor) -> list[Flagged]:
    """Shops on which complaints weigh now, newest first. Raises NotAllowed."""
    await admit(ctx, actor, "mediate")
    found = await _flags(ctx)
    return [Flagged(*shop, flag, await figure(ctx, shop[0])) for shop, flag in found]


async def _flags(ctx: Context) -> list[tuple[tuple[int, str], Flag]]:
    now = ctx.clock.now_ms()
    since = now - complaints.FLAG_WITHIN_MS - complaints.FLAGGED_MS
    upheld = await ctx.store.all(_UPHELD, since=since)
    found = []
    for shop, rows in groupby(upheld, lambda row: (row.shop_id, row.shop_name)):
        flag = complaints.flag((row.at for row in rows), now)
        if flag is not None:
            found.append((shop, flag))
    return sorted(found, key=lambda one: -one[1].since)
