"""Disputes as they stand: the way in, what is read, what amounts mean. Steps: `disputing` and `dispute_clock`."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.actions.notices import notices_given
from chat_server.actions.permissions import may
from chat_server.actions.threads import END_OF_TIME, Place
from chat_server.actions.webhooks import webhooks_queued
from chat_server.domain import dispute_opening, disputes
from chat_server.domain.dispute_faults import REFUSALS, Fault
from chat_server.domain.dispute_records import (
    EvidenceRow,
    LineRow,
    RefundRow,
    StoredDispute,
    stored_dispute,
)
from chat_server.domain.disputes import Dispute, Party, Reason, Remedy
from chat_server.domain.errors import NotFound
from chat_server.domain.events import ThreadChanged
from chat_server.domain.ids import OrderId, ShopId
from chat_server.domain.money import spread, units_of
from chat_server.domain.people import STAFF, Actor
from chat_server.ports import Commit, Query, Statement

PAGE: Final = 20


class Case(NamedTuple):
    """A dispute with what its screens show of it."""

    stored: StoredDispute
    line: LineRow
    evidence: list[EvidenceRow]
    refund: RefundRow | None
    buyer_name: str
    shop_name: str

    @property
    def dispute(self) -> Dispute:
        """The dispute itself."""
        return self.stored.dispute


class _Price(NamedTuple):
    id: int
    amount: str
    quantity: int


def _facts(
    dispute_id: int, buyer: str, shop: str, *refund: Any
) -> tuple[int, tuple[RefundRow | None, str, str]]:
    return dispute_id, (RefundRow(*refund) if refund[0] is not None else None, buyer, shop)


_FACTS: Final = Query("facts_of_disputes", _facts)
DISPUTE: Final = Query("dispute_by_id", stored_dispute, light=True)
OF_LINE: Final = Query("dispute_of_line", stored_dispute, light=True)
BY_IDS: Final = Query("disputes_by_ids", stored_dispute)
_LINE: Final = Query("lines_in_dispute", LineRow, light=True)
_LINES: Final = _LINE._replace(light=False)
_PRICES: Final = Query("line_prices", _Price)
_EVIDENCE: Final = Query("evidence_of_disputes", EvidenceRow)
_PIECE: Final = Query("evidence_by_id", EvidenceRow, light=True)
_MINE: Final = Query("dispute_ids_of_buyer", lambda id, place: Place(place, id))
_SHOPS: Final = Query("dispute_ids_of_shop", lambda id, place: Place(place, id))
_SPOKEN: Final = Query("order_talk", lambda spoken: int(spoken), light=True)


def refuse(fault: str) -> None:
    """Raises what a fault is; returns where there is none."""
    if fault:
        raise REFUSALS[Fault(fault)](fault)


# Who may come in.


async def access_dispute(
    ctx: Context, actor: Actor, dispute_id: int
) -> tuple[StoredDispute, Party]:
    """A dispute that this actor may read, and as what. Raises NotFound.

    Who works here comes in with the permission to mediate, from the moment that mediation began, or a refund is late.
    """
    stored = await ctx.store.one(DISPUTE, dispute_id=dispute_id)
    if stored is None:
        raise NotFound
    dispute = stored.dispute
    if actor.role in STAFF:
        if dispute.mediation_at is None and not dispute.alarmed:
            raise NotFound
        if not await may(ctx, actor, "mediate"):
            raise NotFound
        return stored, Party.MEDIATOR
    if dispute.buyer_id == actor.person_id:
        return stored, Party.BUYER
    if dispute.shop_id in actor.shops:
        return stored, Party.SELLER
    raise NotFound


async def line_of(ctx: Context, line_id: int) -> LineRow:
    """A line with what was paid for it, which is worked out now where the order is older than that. Raises NotFound."""
    line = await ctx.store.one(_LINE, ids=json.dumps([line_id]))
    if line is None:
        raise NotFound
    return await _with_paid(ctx, line)


async def lines_of(ctx: Context, ids: Iterable[int]) -> dict[int, LineRow]:
    """The same of many, by their ids."""
    found = await ctx.store.all(_LINES, ids=json.dumps(list(ids)))
    return {line.id: await _with_paid(ctx, line) for line in found}


async def _with_paid(ctx: Context, line: LineRow) -> LineRow:
    if line.paid_units is not None:
        return line
    prices = await ctx.store.all(_PRICES, order_id=line.order_id)
    shares = spread(
        units_of(line.total_amount),
        [int(Decimal(p.amount) * p.quantity * 10_000) for p in prices],
        line.currency,
    )
    paying = [
        Statement("put_paid_units", {"line_id": price.id, "units": share})
        for price, share in zip(prices, shares, strict=True)
    ]
    await ctx.store.commit(Commit(paying))
    found = await ctx.store.one(_LINE, ids=json.dumps([line.id]))
    assert found is not None
    return found


async def access_line(ctx: Context, actor: Actor, order_id: OrderId, line_id: int) -> LineRow:
    """A line of an order that this actor bought. Raises NotFound; NotAllowed for its seller."""
    line = await line_of(ctx, line_id)
    parties = line.buyer_id == actor.person_id or line.shop_id in actor.shops
    if line.order_id != order_id or not parties:
        raise NotFound
    if line.buyer_id != actor.person_id or line.shop_id in actor.shops:
        refuse(Fault.NOT_YOURS)
    return line


class Options(NamedTuple):
    """What may be said of a line now."""

    line: LineRow
    reasons: dict[Reason, list[disputes.Kind]]
    dispute_id: int | None
    may_reopen: bool
    has_messages: bool
    not_received_from: int | None
    until: int | None


async def options(ctx: Context, actor: Actor, order_id: OrderId, line_id: int) -> Options:
    """What may be said of a line, for who is led through the opening. Raises NotFound, NotAllowed."""
    line, now = await access_line(ctx, actor, order_id, line_id), ctx.clock.now_ms()
    known = await ctx.store.one(OF_LINE, line_id=line_id)
    reasons = {} if known is not None else dispute_opening.reasons_now(line.line, now)
    spoken = await ctx.store.one(_SPOKEN, order_id=order_id)
    whole = known.dispute.asked._replace(kind=disputes.Kind.PARTIAL, units=1) if known else None
    again = (
        known is not None
        and whole is not None
        and not (
            dispute_opening.reopen_fault(known.dispute, whole)
            or dispute_opening.open_fault(
                line.line, known.dispute.reason, known.dispute.asked, 1, now
            )
        )
    )
    return Options(
        line,
        reasons,
        known.dispute.id if known is not None else None,
        again,
        bool(spoken),
        dispute_opening.not_received_from(line.line, now),
        dispute_opening.open_until(line.line, now),
    )


def announce(ctx: Context, dispute: Dispute) -> None:
    """What was committed is told to those who are connected, and may leave."""
    notices_given(ctx)
    webhooks_queued(ctx)
    ctx.sink.tell(ThreadChanged(dispute.thread_id, dispute.buyer_id, dispute.shop_id))


def remedy_of(kind: disputes.Kind, units: int | None, refundable: int) -> Remedy:
    """What is meant: of a part its amount, else the whole of what may still be paid back."""
    if kind is disputes.Kind.NONE:
        return Remedy(kind, 0)
    if kind is disputes.Kind.PARTIAL:
        return Remedy(kind, units or 0)
    return Remedy(kind, refundable)


# Reading.


async def one(ctx: Context, actor: Actor, dispute_id: int) -> tuple[Case, Party]:
    """A dispute with all that belongs to it. Raises NotFound."""
    stored, by = await access_dispute(ctx, actor, dispute_id)
    (case,) = await cases(ctx, [stored])
    return case, by


async def cases(ctx: Context, found: list[StoredDispute]) -> list[Case]:
    """These disputes with what their screens show."""
    ids = json.dumps([stored.dispute.id for stored in found])
    evidence: dict[int, list[EvidenceRow]] = {}
    for piece in await ctx.store.all(_EVIDENCE, ids=ids):
        evidence.setdefault(piece.dispute_id, []).append(piece)
    lines = await lines_of(ctx, [stored.dispute.line_id for stored in found])
    facts = dict(await ctx.store.all(_FACTS, ids=ids))
    return [
        Case(
            stored,
            lines[stored.dispute.line_id],
            evidence.get(stored.dispute.id, []),
            *facts[stored.dispute.id],
        )
        for stored in found
    ]


async def of_buyer(
    ctx: Context, actor: Actor, before: Place | None
) -> tuple[list[Case], Place | None]:
    """A page of what somebody opened, newest first."""
    at, under = before or END_OF_TIME
    places = await ctx.store.all(
        _MINE, me=actor.person_id, before=at, before_id=under, limit=PAGE + 1
    )
    return await page_of(ctx, places)


async def of_shop(
    ctx: Context, actor: Actor, shop_id: ShopId, after: Place | None
) -> tuple[list[Case], Place | None]:
    """A page of what was opened against a shop: what is due first, then what is over. Raises NotFound."""
    if shop_id not in actor.shops:
        raise NotFound
    at, above = after or (0, 0)
    places = await ctx.store.all(_SHOPS, shop_id=shop_id, after=at, after_id=above, limit=PAGE + 1)
    return await page_of(ctx, places)


async def page_of(ctx: Context, places: list[Place]) -> tuple[list[Case], Place | None]:
    """The disputes of a page, and where the next one begins."""
    listed = json.dumps([place.id for place in places[:PAGE]])
    by_id = {s.dispute.id: s for s in await ctx.store.all(BY_IDS, ids=listed)}
    found = [by_id[place.id] for place in places[:PAGE] if place.id in by_id]
    return await cases(ctx, found), places[PAGE - 1] if len(places) > PAGE else None


async def evidence_photo(
    ctx: Context, actor: Actor, dispute_id: int, evidence_id: int, *, full: bool
) -> bytes:
    """The JPEG of a piece of evidence. Raises NotFound."""
    await access_dispute(ctx, actor, dispute_id)
    piece = await ctx.store.one(_PIECE, dispute_id=dispute_id, evidence_id=evidence_id)
    name = None if piece is None else piece.full_name if full else piece.thumb_name
    if name is None:
        raise NotFound
    return await ctx.photos.read(name)
