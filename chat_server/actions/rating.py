"""The stars: giving them, taking a rating out and back, what a shop's come to. What is said beside them: `reviews`."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.notices import ShopPeople, notices_given, told, unread_of
from chat_server.actions.writes import keeping, was_written
from chat_server.domain import ratings
from chat_server.domain.audit import Action
from chat_server.domain.errors import Invalid, NotFound, Stale, WrongState
from chat_server.domain.events import NoticesRead
from chat_server.domain.ids import OrderId, PersonId, ShopId, show
from chat_server.domain.messages import fingerprint
from chat_server.domain.notices import Kind
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor, Shop
from chat_server.domain.ratings import Excluded, Rating, Standing, Tally
from chat_server.domain.review_faults import REFUSALS, Fault
from chat_server.domain.review_records import LineRow, ReviewRow
from chat_server.domain.reviews import (
    Purchase,
    annul_fault,
    details_fault,
    rate_fault,
    reinstate_fault,
)
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

TRIES: Final = 5
"""Of two who change the ratings of one pair one looks anew; so often."""


class Figures(NamedTuple):
    """The groups of a shop's ratings, in the window and ever. Columns of `figures_of_shop`."""

    positive: int
    neutral: int
    negative: int
    ever_positive: int
    ever_neutral: int
    ever_negative: int


class Change(NamedTuple):
    """What the ratings of a pair become, and what is written for it."""

    after: list[Rating]
    written: list[Statement]


Changing = Callable[[list[Rating]], Awaitable[Change]]
"""From the ratings of a pair as they stand; asked anew where somebody was faster."""

WINDOW_MS: Final = 183 * DAY_MS
"""So far back the stars for description, communication and shipping are taken together."""


class Details(NamedTuple):
    """How buyers found a shop: the sum of what was given, and by how many."""

    described: int
    described_by: int
    communication: int
    communication_by: int
    shipping: int
    shipping_by: int


class Card(NamedTuple):
    """A shop as the public sees it."""

    shop: Shop
    standing: Standing
    details: Details


_LINE: Final = Query("purchase_of_line", LineRow, light=True)
_OF_LINE: Final = Query("review_of_line", lambda review_id: int(review_id), light=True)
REVIEW: Final = Query("review_by_id", ReviewRow, light=True)
_PAIR: Final = Query("ratings_of_pair", Rating, light=True)
_SEEN: Final = Query("pair_revision", lambda revision: int(revision), light=True)
_ORDER_RATED: Final = Query("order_rated", lambda rated: int(rated), light=True)
_FIGURES: Final = Query("figures_of_shop", Figures)
_DETAILS: Final = Query("details_of_shop", Details, light=True)
_REFUNDED: Final = Query("line_refunded", lambda refunds: int(refunds), light=True)
_OF_LINES: Final = Query("reviews_of_lines", lambda review_id: int(review_id))
_SHOP_KEY: Final = Query("shop_by_external_id", lambda *row: int(row[0]), light=True)
_SHOP: Final = Query("shop_by_id", Shop, light=True)


def refuse(fault: str) -> None:
    """Raises what a fault is; returns where there is none."""
    if fault:
        raise REFUSALS[Fault(fault)](fault)


async def rate(
    ctx: Context,
    actor: Actor,
    order_id: OrderId,
    line_id: int,
    client_key: str,
    stars: int,
    *besides: Statement,
) -> int:
    """Gives a line its stars, once and for ever; the review's id. A retry gives the same.

    `besides` are written with them, under the name `review_id`. Raises NotFound, and what `rate_fault` says.
    """
    line = await access_line(ctx, actor, order_id, line_id)
    body_hash = fingerprint("rate", show(line_id), str(stars))
    known = await ctx.store.one(_OF_LINE, line_id=line.id)
    if await was_written(ctx, actor, client_key, body_hash) and known is not None:
        return known
    now = ctx.clock.now_ms()
    purchase = Purchase(line.buyer_id, line.shop_id, line.received_at)
    refuse(rate_fault(purchase, actor, stars, now, rated=known is not None))
    assert line.received_at is not None
    review_id = ctx.ids.new_id()
    values: dict[str, Value] = {
        "review_id": review_id,
        "line_id": line.id,
        "order_id": line.order_id,
        "product_id": line.product_id,
        "shop_id": line.shop_id,
        "buyer_id": line.buyer_id,
        "stars": stars,
        "at": now,
        "received_at": line.received_at,
        "me": actor.person_id,
    }
    facts = {"title": line.title, "stars": stars}
    written = [
        keeping(ctx, actor, client_key, body_hash),
        Statement("read_reminders", values, ANY),
        told(ctx, Kind.SHOP_RATED, review_id, ShopPeople(line.shop_id), facts),
        *about(besides, review_id),
    ]
    if line.product_id is not None:
        written.append(Statement("count_stars", {**values, "ratings": 1}))

    async def add(before: list[Rating]) -> Change:
        excluded = await _standing(ctx, line_id)
        given = Rating(review_id, line.buyer_id, line.shop_id, now, stars, excluded)
        adding = Statement("add_review", {**values, "excluded": excluded})
        return Change([*before, given], [adding, *written])

    try:
        await _change_pair(ctx, line.shop_id, line.buyer_id, add)
    except (Stale, WrongState):
        # Of two devices that say the same under one key, the slower one is told what the faster one was.
        known = await ctx.store.one(_OF_LINE, line_id=line.id)
        if known is not None and await was_written(ctx, actor, client_key, body_hash):
            return known
        raise
    notices_given(ctx)
    unread = await unread_of(ctx, actor.person_id)
    ctx.sink.tell(NoticesRead(actor.person_id, "mine", unread.mine))
    return review_id


async def _standing(ctx: Context, line_id: int) -> Excluded:
    """Whether what a line is given counts: not where it was refunded because nothing arrived."""
    refunded = await ctx.store.one(_REFUNDED, line_id=line_id)
    return Excluded.REFUNDED if refunded else Excluded.NO


def about(statements: Iterable[Statement], review_id: int) -> list[Statement]:
    """These, of this review."""
    return [Statement(s.name, {**s.params, "review_id": review_id}, s.rows) for s in statements]


async def _change_pair(
    ctx: Context, shop_id: ShopId, buyer_id: PersonId, changing: Changing
) -> None:
    """Writes what changes the ratings of a buyer and a shop, with the days of the shop's figures that it moves.

    Raises the refusal of a line that was rated meanwhile, Stale where others are faster again and again.
    """
    for _ in range(TRIES):
        touched, before = await _touching(ctx, shop_id, buyer_id)
        change = await changing(before)
        moves = _moves(ctx, shop_id, before, change.after)
        try:
            await ctx.store.commit(Commit([touched, *change.written, *moves]))
        except Conflict as error:
            if error.statement == "add_review":
                refuse(Fault.RATED)
            if error.statement == "claim_review_photo":
                raise Invalid("photos") from None
            if error.statement != "touch_pair":
                raise Stale from None
            continue
        return
    raise Stale


async def _touching(
    ctx: Context, shop_id: ShopId, buyer_id: PersonId
) -> tuple[Statement, list[Rating]]:
    """The guard of a write about a pair, and its ratings as they were when it was taken."""
    pair: dict[str, Value] = {"shop_id": shop_id, "buyer_id": buyer_id}
    seen = await ctx.store.one(_SEEN, **pair) or 0
    touched = Statement("touch_pair", {**pair, "seen": seen})
    return touched, await ctx.store.all(_PAIR, **pair)


async def excluding(
    ctx: Context, order_id: OrderId, shop_id: ShopId, buyer_id: PersonId, lines: Iterable[str]
) -> list[Statement]:
    """For the Commit that refunds these lines because nothing arrived: what they were given counts no more."""
    keys = json.dumps(sorted(lines))
    touched, before = await _touching(ctx, shop_id, buyer_id)
    # Only now: what is rated after this look finds the refund, or one of the two looks anew.
    rated = set(await ctx.store.all(_OF_LINES, order_id=order_id, line_keys=keys))
    leaving = {r.id for r in before if r.id in rated and r.excluded == Excluded.NO}
    after = [r._replace(excluded=Excluded.REFUNDED) if r.id in leaving else r for r in before]
    out: dict[str, Value] = {"excluded": Excluded.REFUNDED, "before": Excluded.NO}
    marks = [Statement("exclude_review", {**out, "review_id": r}) for r in sorted(leaving)]
    return [touched, *marks, *_moves(ctx, shop_id, before, after)]


def _moves(
    ctx: Context, shop_id: ShopId, before: list[Rating], after: list[Rating]
) -> list[Statement]:
    zone = ctx.settings.zone
    were, become = ratings.regroup(before, zone), ratings.regroup(after, zone)
    moves = [
        Statement("move_day", {"shop_id": shop_id, "day": day.isoformat(), **tally._asdict()})
        for day, tally in ratings.changes(were, become).items()
    ]
    kinds = zip(ratings.fates(before, were), ratings.fates(after, become), strict=True)
    moved = ratings.Fates(*(now - then for then, now in kinds))
    if any(moved):
        moves.append(Statement("move_fates", {"shop_id": shop_id, **moved._asdict()}))
    return moves


async def rate_order(
    ctx: Context, actor: Actor, order_id: OrderId, line_id: int, details: dict[str, int]
) -> None:
    """How the shop did, once an order. Raises NotFound, and what `details_fault` says."""
    line = await access_line(ctx, actor, order_id, line_id)
    given = await ctx.store.one(_ORDER_RATED, order_id=order_id)
    now = ctx.clock.now_ms()
    purchase = Purchase(line.buyer_id, line.shop_id, line.received_at)
    refuse(details_fault(purchase, actor, details, now, given=bool(given)))
    values: dict[str, Value] = {
        "order_id": order_id,
        "shop_id": line.shop_id,
        "at": now,
        "day": now // DAY_MS,
    }
    for name in ("described", "communication", "shipping"):
        values[name] = details.get(name, 0)
        values[f"{name}_by"] = int(name in details and details[name] > 0)
    adding = [Statement("rate_order", values), Statement("add_details", values)]
    try:
        await ctx.store.commit(Commit(adding))
    except Conflict:
        refuse(Fault.DETAILS_GIVEN)


async def annul(ctx: Context, actor: Actor, review_id: int, *, annulled: bool, reason: str) -> None:
    """A supervisor takes a rating out of the figures, or back. Raises NotFound, and what the rules say."""
    row = await ctx.store.one(REVIEW, review_id=review_id)
    if row is None:
        raise NotFound
    stands = row.excluded == Excluded.ANNULLED
    fault = (
        annul_fault(annulled=stands, reason=reason)
        if annulled
        else reinstate_fault(annulled=stands)
    )
    refuse(fault)
    deed = audited(
        ctx,
        actor.person_id,
        Action.RATING_ANNULLED,
        review=show(review_id),
        annulled=annulled,
        reason=reason,
    )

    async def mark(before: list[Rating]) -> Change:
        after = Excluded.ANNULLED if annulled else await _standing(ctx, row.line_id)
        values: dict[str, Value] = {
            "review_id": review_id,
            "excluded": after,
            "before": row.excluded,
        }
        ratings_after = [r._replace(excluded=after) if r.id == review_id else r for r in before]
        return Change(ratings_after, [Statement("exclude_review", values), deed])

    await _change_pair(ctx, row.shop_id, row.buyer_id, mark)


async def card(ctx: Context, shop_id: ShopId) -> Card:
    """A shop as the public sees it. Raises NotFound."""
    shop = await ctx.store.one(_SHOP, shop_id=shop_id)
    if shop is None:
        raise NotFound
    now = ctx.clock.now_ms()
    return Card(
        shop, *await asyncio.gather(_stands(ctx, shop_id, now), _details(ctx, shop_id, now))
    )


async def _stands(ctx: Context, shop_id: ShopId, now: int) -> Standing:
    since, until = ratings.window(now, ctx.settings.zone)
    dates = {"since": since.isoformat(), "until": until.isoformat()}
    sums = await ctx.store.one(_FIGURES, shop_id=shop_id, **dates)
    assert sums is not None
    return Standing(since, until, Tally(*sums[:3]), Tally(*sums[3:]))


async def _details(ctx: Context, shop_id: ShopId, now: int) -> Details:
    since = (now - WINDOW_MS) // DAY_MS
    sums = await ctx.store.one(_DETAILS, shop_id=shop_id, since=since)
    assert sums is not None
    return sums


async def access_line(ctx: Context, actor: Actor, order_id: OrderId, line_id: int) -> LineRow:
    """A line of an order that this actor bought or sold. Raises NotFound."""
    line = await ctx.store.one(_LINE, order_id=order_id, line_id=line_id)
    if line is None or not (line.buyer_id == actor.person_id or line.shop_id in actor.shops):
        raise NotFound
    return line


async def shop_by_key(ctx: Context, key: str) -> ShopId:
    """A shop by the marketplace's id. Raises NotFound."""
    found = await ctx.store.one(_SHOP_KEY, external_id=key)
    if found is None:
        raise NotFound
    return ShopId(found)
