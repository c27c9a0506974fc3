"""Opening, listing and reading conversations, and one's own settings of them; what is said in them is `messages`."""

import dataclasses
import heapq
import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from chat_server.actions.access import ORDER_CARDS, access_order, access_thread
from chat_server.actions.audit import looked
from chat_server.actions.context import Context
from chat_server.domain.errors import Blocked, LimitReached, NotAllowed, NotFound
from chat_server.domain.events import Event, MarkMoved, PairBlocked, ThreadChanged
from chat_server.domain.ids import OrderId, ProductId, ThreadId
from chat_server.domain.orders import Line, Order, OrderCard, Product
from chat_server.domain.people import STAFF, Actor, Role, Side
from chat_server.domain.threads import RESUME_EVENTS, Thread, ThreadCard, desk_reach
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value


class Place(NamedTuple):
    """Where a page of a list ended: instant and id of its last row."""

    at: int
    id: int


DESK_SUBJECT: Final = "staff"
"""The presence of support: of any agent."""

END_OF_TIME: Final = Place(2**62, 2**62)
HOUR_MS: Final = 3_600_000


class Shelf(NamedTuple):
    """Threads for a list, with the orders that they are about."""

    cards: list[ThreadCard]
    orders: dict[int, tuple[OrderCard, list[Line]]]
    next: Place | None = None


class History(NamedTuple):
    """Events in rising order; whether there are more on either side."""

    events: list[Event]
    marks: list[tuple[int, int, int]]
    more_before: bool = False
    more_after: bool = False


class Missed(NamedTuple):
    """What a client that was away missed."""

    events: dict[int, list[Event]]
    reset: set[int]
    """Threads of which too much was missed: only the newest events are there."""
    gone: list[int]
    """Threads that this person may no longer read, or never could."""


def _count(number: int) -> int:
    return int(number)


_IDS_OF_CUSTOMER: Final = Query("thread_ids_of_customer", lambda id, at: Place(at, id))
_IDS_OF_SHOP: Final = Query("thread_ids_of_shop", lambda id, at: Place(at, id))
_CARDS: Final = Query("thread_cards", ThreadCard)
_LINES: Final = Query("lines_of_orders", Line)
_BEFORE: Final = Query("events_before", Event)
_AFTER: Final = Query("events_after", Event)
_SINCE: Final = Query("events_since", Event)
_PRODUCT: Final = Query("product_by_id", Product, light=True)
_PRODUCT_KEY: Final = Query("product_by_external_id", Product, light=True)
_ORDER_KEY: Final = Query("order_by_external_id", Order, light=True)
_PRODUCT_THREAD: Final = Query("product_thread", Thread, light=True)
_ORDER_THREAD: Final = Query("order_thread", Thread, light=True)
_SIDE_MARKS: Final = Query(
    "side_marks", lambda side, delivered, read: (side, delivered, read), light=True
)
_UNREAD_OF: Final = Query("unread_of", _count)
_UNREAD: Final = Query("unread_total", lambda messages, threads: (int(messages), int(threads)))
_BLOCKED: Final = Query("pair_blocked", _count, light=True)


async def open_product_thread(
    ctx: Context, actor: Actor, product_id: ProductId | None, key: str
) -> Thread:
    """The thread of this buyer about a product, known by our id or the marketplace's; made where there is none.

    Raises NotFound, NotAllowed (`own_shop`, `visitor`), Blocked, LimitReached.
    """
    product = None
    if product_id is not None:
        product = await ctx.store.one(_PRODUCT, product_id=product_id)
    if product is None:
        product = await ctx.store.one(_PRODUCT_KEY, external_id=key)
    if product is None:
        raise NotFound
    if actor.role is Role.VISITOR:
        raise NotAllowed("visitor")
    if product.shop_id in actor.shops:
        raise NotAllowed("own_shop")
    pair = {"customer_id": actor.person_id, "product_id": product.id}
    known = await ctx.store.one(_PRODUCT_THREAD, **pair)
    if known is not None:
        return known
    await spend_thread(ctx, actor)
    values: dict[str, Value] = {
        **pair,
        "id": ctx.ids.new_id(),
        "shop_id": product.shop_id,
        "at": ctx.clock.now_ms(),
    }
    try:
        await ctx.store.commit(Commit([Statement("open_product_thread", values)]))
    except Conflict:
        found = await ctx.store.one(_PRODUCT_THREAD, **pair)
        if found is None:
            raise Blocked from None
        return found
    opened = await ctx.store.one(_PRODUCT_THREAD, **pair)
    assert opened is not None
    return opened


async def spend_thread(ctx: Context, actor: Actor) -> None:
    """Counts a thread that this person is about to open, over all nodes. Raises LimitReached."""
    limit = ctx.settings.threads_per_hour
    wait = await ctx.broker.take(f"threads:{actor.person_id}", limit, HOUR_MS)
    if wait:
        raise LimitReached(retry_after_ms=wait)


async def order_number(ctx: Context, external_id: str) -> int:
    """Our id of an order known by the marketplace's. Raises NotFound; who may see it is asked later."""
    order = await ctx.store.one(_ORDER_KEY, external_id=external_id)
    if order is None:
        raise NotFound
    return order.id


async def open_order_thread(ctx: Context, actor: Actor, order_id: OrderId) -> Thread:
    """The thread of an order, for its buyer or its shop; made where there is none. Raises NotFound."""
    order = await access_order(ctx, actor, order_id)
    known = await ctx.store.one(_ORDER_THREAD, order_id=order.id)
    if known is not None:
        return known
    values: dict[str, Value] = {
        "id": ctx.ids.new_id(),
        "kind": "order",
        "customer_id": order.buyer_id,
        "shop_id": order.shop_id,
        "product_id": None,
        "order_id": order.id,
        "at": ctx.clock.now_ms(),
    }
    try:
        await ctx.store.commit(Commit([Statement("open_thread", values)]))
    except Conflict:
        pass  # Somebody was faster; what he opened is what we return.
    opened = await ctx.store.one(_ORDER_THREAD, order_id=order.id)
    assert opened is not None
    return opened


async def shelf_of(ctx: Context, actor: Actor, ids: Iterable[int]) -> Shelf:
    """These threads, as far as this person may read them, in the order given."""
    order = list(ids)
    if not order:
        return Shelf([], {})
    cards = await ctx.store.all(
        _CARDS, ids=json.dumps(order), me=actor.person_id, desk=desk_reach(actor)
    )
    if not ctx.settings.agent_names:
        cards = [dataclasses.replace(card, agent_name=None) for card in cards]
    by_id = {card.id: card for card in cards}
    orders = await order_cards(ctx, actor, [c.order_id for c in cards if c.order_id is not None])
    return Shelf([by_id[i] for i in map(ThreadId, order) if i in by_id], orders)


async def order_cards(
    ctx: Context, actor: Actor, ids: Sequence[int]
) -> dict[int, tuple[OrderCard, list[Line]]]:
    """Orders with their lines, as far as this person may read them."""
    if not ids:
        return {}
    listed = json.dumps(list(ids))
    cards = await ctx.store.all(ORDER_CARDS, ids=listed, me=actor.person_id)
    lines = await ctx.store.all(_LINES, ids=json.dumps(sorted({card.id for card in cards})))
    found: dict[int, tuple[OrderCard, list[Line]]] = {card.id: (card, []) for card in cards}
    for line in lines:
        found[line.order_id][1].append(line)
    return found


async def list_threads(
    ctx: Context, actor: Actor, before: Place | None, limit: int, *, archived: bool = False
) -> Shelf:
    """A page of a person's threads over both sides on which he may stand, newest activity first."""
    place = before or END_OF_TIME
    page = {
        "me": actor.person_id,
        "before_at": place.at,
        "before_id": place.id,
        "archived": int(archived),
        "limit": limit + 1,
    }
    lists = [await ctx.store.all(_IDS_OF_CUSTOMER, **page)]
    lists += [await ctx.store.all(_IDS_OF_SHOP, **page, shop_id=s) for s in actor.shops]
    places = list(heapq.merge(*lists, reverse=True))
    shelf = await shelf_of(ctx, actor, [p.id for p in places[:limit]])
    return shelf._replace(next=places[limit - 1] if len(places) > limit else None)


async def one_thread(ctx: Context, actor: Actor, thread_id: ThreadId) -> Shelf:
    """One thread as a shelf of one. Raises NotFound."""
    shelf = await shelf_of(ctx, actor, [thread_id])
    if not shelf.cards:
        raise NotFound
    return shelf


async def read_history(
    ctx: Context,
    actor: Actor,
    thread_id: ThreadId,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = 50,
) -> History:
    """A page of a thread's events: before a seq, after one, around one, or the newest. Raises NotFound."""
    thread, _ = await access_thread(ctx, actor, thread_id)
    if actor.role in STAFF:
        await looked(ctx, actor, thread_id)
    older: list[Event] = []
    newer: list[Event] = []
    if after is not None:
        newer = await ctx.store.all(_AFTER, thread_id=thread.id, after=after, limit=limit)
    elif around is not None:
        half = max(1, limit // 2)
        older = await ctx.store.all(_BEFORE, thread_id=thread.id, before=around + 1, limit=half)
        newer = await ctx.store.all(_AFTER, thread_id=thread.id, after=around, limit=limit - half)
    else:
        bound = before if before is not None else 2**62
        older = await ctx.store.all(_BEFORE, thread_id=thread.id, before=bound, limit=limit)
    events = older[::-1] + newer
    marks = await ctx.store.all(_SIDE_MARKS, thread_id=thread.id)
    if not events:
        # The page lies beyond one of the ends: whatever there is lies on its other side.
        some = thread.last_seq > 0
        return History([], marks, some and after is not None, some and after is None)
    return History(events, marks, events[0].seq > 1, events[-1].seq < thread.last_seq)


async def missed_events(
    ctx: Context, actor: Actor, known: Sequence[tuple[int, int]], readable: set[int]
) -> Missed:
    """What happened in these threads since these places. `readable` are those that may still be read."""
    if not known:
        return Missed({}, set(), [])
    pairs = json.dumps([[thread, seq] for thread, seq in known])
    rows = await ctx.store.all(
        _SINCE, known=pairs, bound=RESUME_EVENTS, me=actor.person_id, desk=desk_reach(actor)
    )
    events: dict[int, list[Event]] = {}
    for event in rows:
        events.setdefault(event.thread_id, []).append(event)
    reset = {
        thread for thread, seq in known if thread in events and events[thread][0].seq > seq + 1
    }
    return Missed(events, reset, [thread for thread, _ in known if thread not in readable])


async def unread_total(ctx: Context, actor: Actor) -> tuple[int, int]:
    """Unread messages in what is neither muted nor archived, and in how many threads."""
    total = await ctx.store.one(_UNREAD, me=actor.person_id)
    return total or (0, 0)


async def put_marks(ctx: Context, actor: Actor, marks: Sequence[tuple[int, int, int]]) -> None:
    """Moves marks (thread, delivered, read) forward, never back and never past the end of a thread.

    Threads that are not this person's are passed over without a word: a mark proves nothing.
    """
    for thread_id, delivered, read in marks:
        values = {
            "thread_id": thread_id,
            "me": actor.person_id,
            "delivered": delivered,
            "read": read,
        }
        name = "put_desk_mark" if actor.role in STAFF else "put_mark"
        try:
            applied = await ctx.store.commit(Commit([Statement(name, values)]))
        except Conflict:
            continue
        row = applied.rows[0]
        assert row is not None
        await _tell_mark(ctx, actor, ThreadId(thread_id), int(row[0]), int(row[2]))


async def _tell_mark(
    ctx: Context, actor: Actor, thread_id: ThreadId, side: int, own_read: int
) -> None:
    thread, _ = await access_thread(ctx, actor, thread_id)
    unread = await ctx.store.one(
        _UNREAD_OF, thread_id=thread_id, me=actor.person_id, desk=desk_reach(actor)
    )
    # Last, so that of two marks at once the later one is seldom overtaken by the earlier.
    marks = {s: (d, r) for s, d, r in await ctx.store.all(_SIDE_MARKS, thread_id=thread_id)}
    delivered, read = marks[side]
    ctx.sink.tell(
        MarkMoved(
            thread_id,
            actor.person_id,
            side,
            delivered,
            read,
            own_read,
            unread or 0,
            thread.customer_id,
            thread.shop_id,
            thread.team_id,
        )
    )


async def change_settings(
    ctx: Context, actor: Actor, thread_id: ThreadId, *, muted: bool | None, archived: bool | None
) -> Shelf:
    """This person's own settings of a thread; None leaves one as it stands. Raises NotFound."""
    values = {
        "thread_id": thread_id,
        "me": actor.person_id,
        "muted": None if muted is None else int(muted),
        "archived": None if archived is None else int(archived),
    }
    try:
        await ctx.store.commit(Commit([Statement("put_settings", values)]))
    except Conflict:
        raise NotFound from None
    ctx.sink.tell(ThreadChanged(thread_id, actor.person_id))
    return await one_thread(ctx, actor, thread_id)


async def change_block(ctx: Context, actor: Actor, thread_id: ThreadId, *, blocked: bool) -> Shelf:
    """Whether this side wishes to hear from the other side of the thread's pair. Raises NotFound, NotAllowed."""
    thread, side = await access_thread(ctx, actor, thread_id)
    if thread.shop_id is None:
        raise NotAllowed("no_pair")
    pair = {"customer_id": thread.customer_id, "shop_id": thread.shop_id, "side": int(side)}
    if blocked:
        values = {**pair, "me": actor.person_id, "at": ctx.clock.now_ms()}
        await ctx.store.commit(Commit([Statement("block_pair", values, ANY)]))
        ctx.sink.tell(PairBlocked(thread.customer_id, thread.shop_id))
    else:
        await ctx.store.commit(Commit([Statement("unblock_pair", pair, ANY)]))
    ctx.sink.tell(ThreadChanged(thread_id, thread.customer_id, thread.shop_id))
    return await one_thread(ctx, actor, thread_id)


async def pair_blocked(ctx: Context, thread: Thread) -> bool:
    """Whether either side of the thread's pair has blocked the other."""
    if thread.shop_id is None:
        return False
    pair = {"customer_id": thread.customer_id, "shop_id": thread.shop_id}
    blocked = await ctx.store.one(_BLOCKED, **pair)
    return bool(blocked)


def opposite(thread: Thread, side: Side) -> str:
    """The subject whose presence the other side sees: a person, a shop as a whole, or support."""
    if side is Side.CUSTOMER and thread.shop_id is None:
        return DESK_SUBJECT
    return f"s{thread.shop_id}" if side is Side.CUSTOMER else f"p{thread.customer_id}"
