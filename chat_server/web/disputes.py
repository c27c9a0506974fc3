"""Disputes over HTTP: for buyer and shop, for mediators, for the marketplace's backend."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from starlette.responses import Response

from chat_server.actions import disputes, disputing, mediators, messages, refunds
from chat_server.actions.disputes import Case
from chat_server.actions.disputing import Wanted
from chat_server.actions.evidence import Given
from chat_server.actions.threads import Place
from chat_server.domain.disputes import Act, Kind, Party, Reason
from chat_server.domain.errors import Invalid, NotFound, WrongState
from chat_server.domain.ids import OrderId, ShopId, ThreadId, read, show
from chat_server.domain.money import units_of
from chat_server.web.errors import Overtaken
from chat_server.web.operations import Call, place_of
from chat_server.web.photos import HEADERS
from chat_server.wire import bodies, dispute_views, views
from chat_server.wire import disputes as shapes
from chat_server.wire.places import show_place
from chat_server.wire.shapes import Money, PersonView


class PageQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a page begins: `next` of the page before."""

    before: Annotated[str, Meta(max_length=64)] = ""


class DocketQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which cases, and where the page begins."""

    show: Literal["mediation", "late", "mine", "refunds"] = "mediation"
    before: Annotated[str, Meta(max_length=64)] = ""


class CaseEventsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Events of a conversation of a case, from a place on."""

    after: Annotated[int, Meta(ge=0, le=2**53 - 1)] = 0
    limit: Annotated[int, Meta(ge=1, le=200)] = 100


class RefundsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Refunds behind one."""

    after: Annotated[str, Meta(max_length=128)] = ""


async def options(call: Call) -> shapes.DisputeOptions:
    """What may be said of something that I bought."""
    order_id, line_id = OrderId(call.id("order")), call.id("line")
    found = await disputes.options(call.ctx, call.caller, order_id, line_id)
    return shapes.DisputeOptions(
        line=dispute_views.line_view(found.line),
        reasons=[
            shapes.ReasonOption(
                reason=reason.value,
                wishes=[_wish(kind) for kind in wishes],
                photos_needed=reason is not Reason.NOT_RECEIVED,
            )
            for reason, wishes in found.reasons.items()
        ],
        dispute_id=show(found.dispute_id) if found.dispute_id is not None else None,
        may_reopen=found.may_reopen,
        free_return=bool(found.line.free_return),
        has_messages=found.has_messages,
        not_received_from=found.not_received_from,
        until=found.until,
    )


async def open_dispute(call: Call) -> shapes.DisputeView:
    """Opens a dispute about something that I bought."""
    body: shapes.OpenDispute = call.body
    dispute_id = await disputing.open_dispute(
        call.ctx,
        call.caller,
        OrderId(call.id("order")),
        call.id("line"),
        body.client_key,
        Reason(body.reason),
        _wished(body.wish),
        _given(body.evidence),
    )
    return await _one(call, dispute_id)


async def mine(call: Call) -> shapes.DisputePage:
    """What I opened, newest first."""
    found, after = await disputes.of_buyer(call.ctx, call.caller, place_of(call.query.before))
    return _page(call, found, Party.BUYER, after)


async def of_shop(call: Call) -> shapes.DisputePage:
    """What was opened against my shop: what is due first."""
    shop_id = ShopId(call.id("shop"))
    found, after = await disputes.of_shop(
        call.ctx, call.caller, shop_id, place_of(call.query.before)
    )
    return _page(call, found, Party.SELLER, after)


async def get_dispute(call: Call) -> shapes.DisputeView:
    """One dispute."""
    return await _one(call, call.id("dispute"))


async def move(call: Call) -> shapes.DisputeView:
    """One step of mine in it."""
    body: shapes.MoveDispute = call.body
    dispute_id = call.id("dispute")
    kind, units = _wished(body.wish) if body.wish is not None else (None, None)
    wanted = Wanted(
        Act.EVIDENCE if body.act == "reopen" else Act(body.act),
        _revision(call, body),
        body.client_key,
        kind,
        units,
        _given(body.evidence or shapes.EvidenceBody()),
        body.carrier,
        body.tracking,
    )
    step = disputing.reopen if body.act == "reopen" else disputing.move
    try:
        await step(call.ctx, call.caller, dispute_id, wanted)
    except WrongState as refusal:
        raise Overtaken(refusal, dispute=await _one(call, dispute_id)) from None
    return await _one(call, dispute_id)


async def show_evidence(call: Call) -> Response:
    """The bytes of a photo that was put in."""
    variant = call.params["variant"]
    if variant not in ("full", "thumb"):
        raise NotFound
    content = await disputes.evidence_photo(
        call.ctx,
        call.caller,
        call.id("dispute"),
        call.id("evidence"),
        full=variant == "full",
    )
    return Response(content, 200, HEADERS, "image/jpeg")


# Mediators.


async def docket(call: Call) -> shapes.DocketPage:
    """Cases by what is due first."""
    query: DocketQuery = call.query
    found, counts, after = await mediators.docket(
        call.ctx, call.caller, query.show, place_of(query.before)
    )
    now = call.ctx.clock.now_ms()
    return shapes.DocketPage(
        disputes=[_view(case, Party.MEDIATOR, now) for case in found],
        counts=counts._asdict(),
        now=now,
        next=show_place(after),
    )


async def case_context(call: Call) -> shapes.CaseContext:
    """What belongs to a case."""
    found = await mediators.belongings(call.ctx, call.caller, call.id("dispute"))
    card, lines = found.order
    return shapes.CaseContext(
        order=views.order_view(card, lines, 0),
        threads=[
            msgspec.convert(
                {
                    "thread_id": show(thread.id),
                    "kind": thread.kind,
                    "title": thread.title,
                    "messages": thread.last_seq,
                },
                shapes.CaseThread,
            )
            for thread in found.threads
        ],
        buyer_disputes=found.by_buyer,
        shop_disputes=found.against_shop,
        mediator=PersonView(id=show(found.mediator[0]), name=found.mediator[1])
        if found.mediator is not None
        else None,
        has_served=found.has_served,
    )


async def case_events(call: Call) -> bodies.EventPage:
    """A conversation of a case."""
    query: CaseEventsQuery = call.query
    found = await mediators.read_thread(
        call.ctx,
        call.caller,
        call.id("dispute"),
        ThreadId(call.id("thread")),
        query.after,
        query.limit + 1,
    )
    return bodies.EventPage(
        events=[views.event_view(event) for event in found[: query.limit]],
        marks=[],
        more_before=query.after > 0,
        more_after=len(found) > query.limit,
    )


async def say(call: Call) -> bodies.Posted201:
    """Words of a mediator in the thread of his case."""
    body: shapes.MediatorSays = call.body
    await messages.spend(call.ctx, call.caller)
    said = await mediators.say(
        call.ctx, call.caller, call.id("dispute"), body.client_key, body.text
    )
    return bodies.Posted201(thread_id=show(said.thread_id), seq=said.seq, at=said.at)


# The marketplace's backend.


async def list_refunds(call: Call) -> shapes.RefundsAsked:
    """What is still to be paid back."""
    found = await refunds.asked(call.ctx, _refund_place(call.query.after))
    return shapes.RefundsAsked(
        refunds=[
            msgspec.convert(
                {
                    "key": one.refund_key,
                    "order": one.order_key,
                    "line": one.line_key,
                    "amount": dispute_views.money(one.units, one.currency),
                    "asked_at": one.asked_at,
                    "state": one.state,
                    "reason": one.reason,
                },
                shapes.RefundAsked,
                from_attributes=True,
            )
            for one in found
        ]
    )


async def tell_refund(call: Call) -> None:
    """A refund was made, or could not be."""
    body: shapes.TellRefund = call.body
    if (body.state == "paid") is (body.amount is None):
        raise Invalid("amount")
    amount: Money | None = body.amount
    await refunds.told(
        call.ctx,
        call.key,
        amount=amount.amount if amount is not None else None,
        currency=amount.currency if amount is not None else None,
        reason=body.reason,
    )


async def _one(call: Call, dispute_id: int) -> shapes.DisputeView:
    case, by = await disputes.one(call.ctx, call.caller, dispute_id)
    return _view(case, by, call.ctx.clock.now_ms())


def _view(case: Case, by: Party, now: int) -> shapes.DisputeView:
    names = (case.buyer_name, case.shop_name)
    return dispute_views.dispute_view(
        case.stored, case.line, case.evidence, case.refund, names, by, now
    )


def _page(call: Call, found: list[Case], by: Party, after: Place | None) -> shapes.DisputePage:
    now = call.ctx.clock.now_ms()
    return shapes.DisputePage(
        disputes=[_view(case, by, now) for case in found], next=show_place(after)
    )


def _revision(call: Call, body: shapes.MoveDispute) -> int:
    """As the dispute was seen: from the body, or from `If-Match`. Raises Invalid (`revision`)."""
    seen = call.request.headers.get("if-match", "").strip().strip('"')
    if body.revision is not None:
        return body.revision
    if not seen.isascii() or not seen.isdigit() or len(seen) > 15:
        raise Invalid("revision")
    return int(seen)


def _wished(wish: shapes.WishBody) -> tuple[Kind, int | None]:
    kind = Kind(wish.kind)
    if (kind is Kind.PARTIAL) is (wish.amount is None):
        raise Invalid("amount")
    return kind, units_of(wish.amount.amount) if wish.amount is not None else None


def _given(body: shapes.EvidenceBody) -> Given:
    if len(set(body.photos)) != len(body.photos):
        raise Invalid("photos")
    return Given(body.text, tuple(map(read, body.photos)), tuple(sorted(set(body.messages))))


def _wish(kind: Kind) -> shapes.WishKind:
    assert kind is not Kind.NONE
    wishes: dict[Kind, shapes.WishKind] = {
        Kind.FULL: "full",
        Kind.PARTIAL: "partial",
        Kind.RETURN: "return",
    }
    return wishes[kind]


def _refund_place(text: str) -> tuple[int, str] | None:
    at, _, key = text.partition(".")
    if not text:
        return None
    if not at.isascii() or not at.isdigit() or len(at) > 18:
        raise Invalid("after")
    return int(at), key
