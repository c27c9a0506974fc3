"""Orders as the backend puts them, and the receipt of the goods by buyer, backend or timer."""

import heapq
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from chat_server.actions import dispute_clock, rating
from chat_server.actions.access import ORDER, access_own_order
from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import SETTLE
from chat_server.actions.market import TRIES, Standing
from chat_server.actions.notices import asked_to_rate, notices_given, what_to_rate
from chat_server.actions.sessions import PERSON_BY_KEY
from chat_server.actions.threads import END_OF_TIME, Place, order_cards
from chat_server.actions.writes import keeping, unsigned, was_written
from chat_server.domain.errors import Invalid, NotFound, Stale, WrongState
from chat_server.domain.events import Body, Draft, OrderChanged, pack
from chat_server.domain.ids import OrderId, show
from chat_server.domain.messages import fingerprint
from chat_server.domain.money import spread, units_of
from chat_server.domain.orders import (
    DAY_MS,
    Dates,
    Line,
    Order,
    OrderCard,
    OrderState,
    can_confirm,
    may_follow,
    with_defaults,
)
from chat_server.domain.people import Actor
from chat_server.domain.threads import EventKind, Thread
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

RECEIPT: Final = "order.receipt"
"""The deadline at `protected_until`: the goods are taken to have come."""


NOT_RECEIVED: Final = "not_received"
"""The reason of a refund by which a rating leaves the figures."""


class PutLine(NamedTuple):
    """One line of an order as the backend puts it."""

    key: str
    title: str
    photo_url: str
    amount: str
    currency: str
    quantity: int
    product: str | None


class PutRefund(NamedTuple):
    """Money given back elsewhere."""

    key: str
    line: str
    amount: str
    currency: str
    reason: str = ""
    """`not_received`: nothing arrived, and what the line was given counts no more."""


class PutOrder(NamedTuple):
    """An order as the backend puts it."""

    external_id: str
    buyer: str
    shop: str
    state: OrderState
    version: int
    total_amount: str
    total_currency: str
    placed_at: int
    dates: Dates
    carrier: str
    tracking: str
    lines: Sequence[PutLine]
    refunds: Sequence[PutRefund]
    free_return: bool = False


class OrderList(NamedTuple):
    """A page of orders with their lines."""

    orders: list[tuple[OrderCard, list[Line]]]
    next: Place | None


_BY_KEY: Final = Query("order_by_external_id", Order, light=True)
_THREAD: Final = Query("order_thread", Thread, light=True)


def _first(number: int, *_: object) -> int:
    return number


_SHOP: Final = Query("shop_by_external_id", _first, light=True)
_DISPUTES: Final = Query("open_dispute_ids", lambda id: int(id))
_SHOP_NAME: Final = Query("shop_by_id", lambda *shop: str(shop[2]), light=True)
_MEMBERS: Final = Query("members_of_shop", lambda person_id: int(person_id))
_LINE_KEYS: Final = Query("line_keys", lambda line_key: str(line_key))
_OF_BUYER: Final = Query("order_ids_of_buyer", lambda id, placed_at: Place(placed_at, id))
_OF_SHOP: Final = Query("order_ids_of_shop", lambda id, placed_at: Place(placed_at, id))


async def put_order(ctx: Context, put: PutOrder) -> Standing:
    """An order and its lines. Older versions change nothing; states go only forward.

    Raises Invalid (`unknown_person`, `unknown_shop`, `own_shop`, `currency`, `unknown_line`), WrongState
    (`order_state`, `other_party`, `line_removed`).
    """
    buyer = await ctx.store.one(PERSON_BY_KEY, external_id=put.buyer)
    if buyer is None:
        raise Invalid("unknown_person")
    shop_id = await ctx.store.one(_SHOP, external_id=put.shop)
    if shop_id is None:
        raise Invalid("unknown_shop")
    if buyer.id in await ctx.store.all(_MEMBERS, shop_id=shop_id):
        raise Invalid("own_shop")
    _check_lines(put)
    for _ in range(TRIES):
        found = await ctx.store.one(_BY_KEY, external_id=put.external_id)
        if found is not None:
            if (found.buyer_id, found.shop_id) != (buyer.id, shop_id):
                raise WrongState("other_party")
            if found.version >= put.version:
                return Standing(found.id, found.version, applied=False)
            await _check_change(ctx, found, put)
        commit, order_id = await _saving(ctx, put, found, buyer.id, shop_id)
        try:
            await ctx.store.commit(commit)
        except Conflict:
            continue
        notices_given(ctx)
        ctx.sink.tell(OrderChanged(order_id, buyer.id, shop_id))
        return Standing(order_id, put.version, applied=True)
    raise Stale


def _check_lines(put: PutOrder) -> None:
    keys = [line.key for line in put.lines]
    if len(set(keys)) != len(keys):
        raise Invalid("line_twice")
    currencies = {put.total_currency, *(line.currency for line in put.lines)}
    if len(currencies | {refund.currency for refund in put.refunds}) != 1:
        raise Invalid("currency")
    if any(refund.line not in keys for refund in put.refunds):
        raise Invalid("unknown_line")


async def _check_change(ctx: Context, found: Order, put: PutOrder) -> None:
    if not may_follow(OrderState(found.state), put.state):
        raise WrongState("order_state")
    if found.total_currency != put.total_currency:
        raise Invalid("currency")
    standing = set(await ctx.store.all(_LINE_KEYS, order_id=found.id))
    if not standing <= {line.key for line in put.lines}:
        raise WrongState("line_removed")


async def _saving(
    ctx: Context, put: PutOrder, found: Order | None, buyer_id: int, shop_id: int
) -> tuple[Commit, int]:
    now = ctx.clock.now_ms()
    dates = with_defaults(put.dates)
    received = put.state is OrderState.RECEIVED
    order_id = found.id if found is not None else ctx.ids.new_id()
    values: dict[str, Value] = {
        "id": order_id,
        "state": put.state,
        "version": put.version,
        "total_amount": put.total_amount,
        "total_currency": put.total_currency,
        "placed_at": put.placed_at,
        "paid_at": dates.paid_at,
        "ship_by": dates.ship_by,
        "shipped_at": dates.shipped_at,
        "promised_days": dates.promised_days,
        "carrier": put.carrier,
        "tracking": put.tracking,
        "protected_until": dates.protected_until,
        "free_return": int(put.free_return),
        "received_at": found.received_at
        if found and found.received_at
        else (now if received else None),
        "received_by": found.received_by
        if found and found.received_by
        else ("backend" if received else None),
    }
    revision = found.revision + 1 if found is not None else 1
    if found is not None:
        saving = Statement("update_order", {**values, "revision": found.revision})
    else:
        added: dict[str, Value] = {
            "external_id": put.external_id,
            "buyer_id": buyer_id,
            "shop_id": shop_id,
        }
        saving = Statement("add_order", {**values, **added})
    rest = [
        *_line_statements(ctx, order_id, put, now),
        *_clock(order_id, revision, put.state, dates),
    ]
    refunded = {r.line for r in put.refunds if r.reason == NOT_RECEIVED}
    if found is not None and refunded:
        parties = (found.shop_id, found.buyer_id)
        rest += await rating.excluding(ctx, found.id, *parties, refunded)
    if found is not None and put.refunds:
        rest += await _settling(ctx, found.id, now)
    if received and not (found and found.received_at):
        shop = await ctx.store.one(_SHOP_NAME, shop_id=shop_id) or ""
        title = put.lines[0].title if put.lines else ""
        rest += asked_to_rate(ctx, order_id, buyer_id, now, shop, title)
    changed = found is not None and found.state != put.state
    return await _with_event(ctx, order_id, saving, rest, put.state if changed else None), order_id


async def _settling(ctx: Context, order_id: int, now: int) -> list[Statement]:
    """Where money was paid back elsewhere, each open dispute of the order looks at once whether all is settled."""
    subject: dict[str, Value] = {"kind": SETTLE, "due_at": now, "revision": now}
    return [
        Statement("set_deadline", {**subject, "subject_id": dispute})
        for dispute in await ctx.store.all(_DISPUTES, order_id=order_id)
    ]


def _line_statements(ctx: Context, order_id: int, put: PutOrder, now: int) -> list[Statement]:
    shares = spread(
        units_of(put.total_amount),
        [units_of(line.amount) * line.quantity for line in put.lines],
        put.total_currency,
    )
    lines = [
        Statement(
            "put_order_line",
            {
                "id": ctx.ids.new_id(),
                "order_id": order_id,
                "line_key": line.key,
                "place": place,
                "title": line.title,
                "photo_url": line.photo_url,
                "amount": line.amount,
                "currency": line.currency,
                "quantity": line.quantity,
                "product_key": line.product,
                "paid_units": share,
            },
        )
        for place, (line, share) in enumerate(zip(put.lines, shares, strict=True))
    ]
    refunds = [
        Statement(
            "put_refund",
            {
                "order_id": order_id,
                "refund_key": refund.key,
                "line_key": refund.line,
                "amount": refund.amount,
                "currency": refund.currency,
                "units": units_of(refund.amount),
                "reason": refund.reason,
                "at": now,
            },
            ANY,
        )
        for refund in put.refunds
    ]
    return [*lines, *refunds]


def _clock(order_id: int, revision: int, state: OrderState, dates: Dates) -> list[Statement]:
    """The receipt timer runs while the goods are on their way."""
    subject: dict[str, Value] = {"kind": RECEIPT, "subject_id": order_id}
    if state is OrderState.SHIPPED and dates.protected_until is not None:
        due: dict[str, Value] = {**subject, "due_at": dates.protected_until, "revision": revision}
        return [Statement("set_deadline", due)]
    return [Statement("clear_deadline", subject, ANY)]


async def _with_event(
    ctx: Context,
    order_id: int,
    saving: Statement,
    rest: Sequence[Statement],
    state: OrderState | None,
    by: str = "",
) -> Commit:
    """The write of an order, and where its state changed and there is a thread, the thread's event of it.

    `by` is who said that it was received: the event's sentence says so too.

    The event's place comes first, as a Commit with a draft asks; the revision check still undoes it all.
    """
    if state is None:
        return Commit([saving, *rest])
    thread = await ctx.store.one(_THREAD, order_id=order_id)
    if thread is None:
        return Commit([saving, *rest])
    now = ctx.clock.now_ms()
    body = pack(Body(code=f"order.{state}", params={"by": by} if by else {}))
    placing = Statement("state_event", {"thread_id": thread.id})
    event = unsigned(thread.id, EventKind.STATE, now, "", body)
    return Commit(
        [placing, event, saving, *rest],
        Draft(thread.id, EventKind.STATE, now, None, "", body),
    )


async def confirm_receipt(
    ctx: Context,
    actor: Actor,
    order_id: OrderId,
    client_key: str,
    *,
    withdraw_dispute: bool = False,
) -> None:
    """The buyer says that the goods are there. A retry changes nothing.

    Where he has said in a dispute that nothing came, he takes that back with it, if he knows.
    Raises NotFound, NotAllowed, WrongState (`not_confirmable`, `dispute_open`), KeyReused.
    """
    order = await access_own_order(ctx, actor, order_id)
    body_hash = fingerprint("receipt", show(order_id))
    if await was_written(ctx, actor, client_key, body_hash):
        return
    if can_confirm(OrderState(order.state)):
        await dispute_clock.withdraw_at_receipt(ctx, actor, order_id, consent=withdraw_dispute)
    try:
        await _receive(ctx, order, "buyer", [keeping(ctx, actor, client_key, body_hash)])
    except Stale:
        # Of two devices that confirm under one key, the slower one is told what the faster one was.
        if not await was_written(ctx, actor, client_key, body_hash):
            raise


async def confirm_by_backend(ctx: Context, external_id: str) -> int:
    """The backend says that the goods are there; returns our id of the order. Raises NotFound, WrongState."""
    order = await ctx.store.one(_BY_KEY, external_id=external_id)
    if order is None:
        raise NotFound
    if order.state == OrderState.RECEIVED and order.received_by == "backend":
        return order.id
    await _receive(ctx, order, "backend", [])
    return order.id


async def receive_by_timer(ctx: Context, order_id: int, revision: int) -> bool:
    """`protected_until` has passed: the goods are taken to have come. False where something was faster.

    Raises Stale where the order moves meanwhile.

    While a dispute about the order is open nothing is taken to have come: it is looked at again a day later.
    """
    order = await ctx.store.one(ORDER, order_id=order_id)
    firing: dict[str, Value] = {"kind": RECEIPT, "subject_id": order_id, "revision": revision}
    if order is None or order.revision != revision or not can_confirm(OrderState(order.state)):
        await ctx.store.commit(Commit([Statement("fire_deadline", firing, ANY)], bulk=True))
        return False
    if await ctx.store.all(_DISPUTES, order_id=order_id):
        later: dict[str, Value] = {**firing, "due_at": ctx.clock.now_ms() + DAY_MS}
        await ctx.store.commit(Commit([Statement("delay_deadline", later, ANY)], bulk=True))
        return True
    try:
        await _receive(ctx, order, "timer", [Statement("fire_deadline", firing)])
    except WrongState:
        return False
    return True


async def _receive(ctx: Context, order: Order, by: str, more: Sequence[Statement]) -> None:
    if not can_confirm(OrderState(order.state)):
        raise WrongState("not_confirmable")
    now = ctx.clock.now_ms()
    values: dict[str, Value] = {
        "id": order.id,
        "revision": order.revision,
        "at": now,
        "received_by": by,
    }
    clear: dict[str, Value] = {"kind": RECEIPT, "subject_id": order.id}
    asking = await what_to_rate(ctx, order.id, now)
    rest = [*more, Statement("clear_deadline", clear, ANY), *asking]
    commit = await _with_event(
        ctx, order.id, Statement("receive_order", values), rest, OrderState.RECEIVED, by
    )
    try:
        await ctx.store.commit(commit._replace(bulk=by == "timer"))
    except Conflict:
        raise Stale from None
    notices_given(ctx)
    ctx.sink.tell(OrderChanged(order.id, order.buyer_id, order.shop_id))


async def list_orders(ctx: Context, actor: Actor, before: Place | None, limit: int) -> OrderList:
    """A page of what this person bought and of what his shops sold, newest first."""
    place = before or END_OF_TIME
    page: Mapping[str, Any] = {
        "me": actor.person_id,
        "before_at": place.at,
        "before_id": place.id,
        "limit": limit + 1,
    }
    lists = [await ctx.store.all(_OF_BUYER, **page)]
    lists += [await ctx.store.all(_OF_SHOP, shop_id=shop_id, **page) for shop_id in actor.shops]
    places = list(heapq.merge(*lists, reverse=True))
    cards = await order_cards(ctx, actor, [p.id for p in places[:limit]])
    shown = [cards[p.id] for p in places[:limit] if p.id in cards]
    return OrderList(shown, places[limit - 1] if len(places) > limit else None)


async def one_order(ctx: Context, actor: Actor, order_id: OrderId) -> tuple[OrderCard, list[Line]]:
    """One order with its lines. Raises NotFound."""
    cards = await order_cards(ctx, actor, [order_id])
    if order_id not in cards:
        raise NotFound
    return cards[order_id]
