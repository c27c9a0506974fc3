"""People, shops, orders, threads and messages put into a store through its own statements."""

import itertools
import uuid
from typing import Any, NamedTuple

from chat_server.domain.events import Draft
from chat_server.domain.messages import fingerprint
from chat_server.domain.orders import BLOCK_GRACE_MS
from chat_server.domain.threads import EventKind
from chat_server.ports import ANY, Applied, Commit, Statement, Store, Value

T0 = 1_800_000_000_000
"""When the tests play, in milliseconds."""

_numbers = itertools.count(1_000_000)


class Pair(NamedTuple):
    """A buyer and a seller who know each other, and where they talk."""

    buyer: int
    seller: int
    shop: int
    product: int
    thread: int


def fresh() -> int:
    """An id that nothing else has."""
    return next(_numbers)


def fresh_key() -> str:
    """A client key that nothing else has."""
    return str(uuid.UUID(int=uuid.uuid4().int))


async def do(store: Store, *statements: tuple[str, dict[str, Value]], rows: int = 1) -> Applied:
    """One Commit without an event."""
    return await store.commit(
        Commit([Statement(name, params, rows) for name, params in statements])
    )


async def add_person(store: Store, name: str = "Ana") -> int:
    """A customer."""
    person = fresh()
    await do(
        store,
        (
            "add_person",
            {
                "id": person,
                "external_id": f"p{person}",
                "name": name,
                "locale": "en",
                "zone": "UTC",
                "country": "MD",
                "version": 1,
                "at": T0,
            },
        ),
    )
    return person


async def add_shop(store: Store, *members: int) -> int:
    """A shop and who sells there."""
    shop = fresh()
    row: dict[str, Value] = {"id": shop, "external_id": f"s{shop}", "name": "Lamps", "version": 1}
    await do(store, ("add_shop", {**row, "at": T0}))
    for member in members:
        await do(store, ("add_member", {"shop_id": shop, "person_id": member}))
    return shop


async def add_product(store: Store, shop: int) -> int:
    """Something that the shop sells."""
    product = fresh()
    row: dict[str, Value] = {
        "id": product,
        "external_id": f"r{product}",
        "shop_id": shop,
        "title": "A lamp",
        "url": "https://market.example/lamp",
        "photo_url": "",
        "price_amount": "10.00",
        "price_currency": "EUR",
        "version": 1,
    }
    await do(store, ("add_product", row))
    return product


async def add_order(store: Store, buyer: int, shop: int, **changed: Value) -> int:
    """A paid order, protected for ten days from T0, unless told otherwise."""
    order = fresh()
    row: dict[str, Value] = {
        "id": order,
        "external_id": f"o{order}",
        "buyer_id": buyer,
        "shop_id": shop,
        "state": "paid",
        "version": 1,
        "total_amount": "10.00",
        "total_currency": "EUR",
        "placed_at": T0,
        "paid_at": T0,
        "ship_by": None,
        "shipped_at": None,
        "promised_days": None,
        "carrier": "",
        "tracking": "",
        "protected_until": T0 + 10 * 24 * 3600 * 1000,
        "free_return": 0,
        "received_at": None,
        "received_by": None,
    }
    await do(store, ("add_order", {**row, **changed}))
    return order


async def open_thread(store: Store, buyer: int, shop: int, **about: Value) -> int:
    """A thread about `product_id` or `order_id`."""
    thread = fresh()
    row: dict[str, Value] = {
        "id": thread,
        "kind": "order" if "order_id" in about else "product",
        "customer_id": buyer,
        "shop_id": shop,
        "product_id": None,
        "order_id": None,
        "at": T0,
    }
    await do(store, ("open_thread", {**row, **about}))
    return thread


async def meet(store: Store) -> Pair:
    """A buyer, a seller, and their thread about a product."""
    buyer, seller = await add_person(store, "Ana"), await add_person(store, "Boris")
    shop = await add_shop(store, seller)
    product = await add_product(store, shop)
    return Pair(
        buyer, seller, shop, product, await open_thread(store, buyer, shop, product_id=product)
    )


def posting(
    thread: int,
    me: int,
    text: str = "Hello",
    *,
    at: int = T0,
    key: str | None = None,
    **changed: Any,
) -> Commit:
    """A plain message, as the action makes it. `target` is what it replies to."""
    key = fresh_key() if key is None else key
    target = changed.get("target")
    place: dict[str, Value] = {
        "thread_id": thread,
        "me": me,
        "at": at,
        "client_key": key,
        "target": target,
        "grace": BLOCK_GRACE_MS,
    }
    event: dict[str, Value] = {
        "thread_id": thread,
        "kind": 1,
        "at": at,
        "author_id": me,
        "text": text,
        "body": "",
        "target": target,
        "client_key": key,
        "body_hash": fingerprint("message", text),
    }
    statements = [Statement("post_message", place), Statement("insert_event", event)]
    return Commit(statements, Draft(thread, EventKind.POSTED, at, me, text, "", target, key))


async def post(store: Store, thread: int, me: int, text: str = "Hello", **changed: Any) -> int:
    """Posts a plain message; its seq."""
    return seq_of(await store.commit(posting(thread, me, text, **changed)))


def changing(
    thread: int, me: int, target: int, *, at: int = T0, since: int = 0, key: str = ""
) -> Commit:
    """An edit."""
    key = key or fresh_key()
    where: dict[str, Value] = {"thread_id": thread, "target": target, "at": at}
    guard: dict[str, Value] = {**where, "kind": 2, "grace": BLOCK_GRACE_MS}
    event: dict[str, Value] = {
        "thread_id": thread,
        "kind": 2,
        "at": at,
        "author_id": me,
        "text": "",
        "body": "",
        "target": target,
        "client_key": key,
        "body_hash": b"",
    }
    statements = [
        Statement("change_message", {**guard, "me": me, "since": since, "client_key": key}),
        Statement("insert_event", event),
        Statement("keep_version", where),
        Statement("rewrite_message", {**where, "text": "Changed"}),
    ]
    return Commit(statements, Draft(thread, EventKind.EDITED, at, me, "Changed", "", target, key))


def happening(thread: int, at: int = T0) -> Commit:
    """An event of the system."""
    event: dict[str, Value] = {
        "thread_id": thread,
        "kind": 4,
        "at": at,
        "author_id": None,
        "text": "",
        "body": "{}",
        "target": None,
        "client_key": None,
        "body_hash": None,
    }
    statements = [Statement("state_event", {"thread_id": thread}), Statement("insert_event", event)]
    return Commit(statements, Draft(thread, EventKind.STATE, at, None, "", "{}"))


async def block(store: Store, pair: Pair, side: int = 2) -> None:
    """One side no longer wishes to hear from the other."""
    params: dict[str, Value] = {
        "customer_id": pair.buyer,
        "shop_id": pair.shop,
        "side": side,
        "me": pair.seller if side == 2 else pair.buyer,
        "at": T0,
    }
    await store.commit(Commit([Statement("block_pair", params, ANY)]))


def seq_of(applied: Applied) -> int:
    """The place that an event was given."""
    placed = applied.rows[0]
    assert placed is not None
    return int(placed[0])
