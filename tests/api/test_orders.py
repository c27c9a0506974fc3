"""Orders: states that go only forward, windows, and receipt by buyer, backend or timer (PRODUCT: orders)."""

import asyncio
import itertools
from typing import Any

import pytest

from chat_server.actions.deadlines import fire_due
from tests.api.harness import DAY, T0, Parley, fresh_key, until
from tests.api.test_messages import rows
from tests.factories import Customer, Order, Pair, Town

STATES = ("placed", "paid", "shipped", "received", "cancelled")
FORWARD = {
    "placed": {"placed", "paid", "shipped", "received", "cancelled"},
    "paid": {"paid", "shipped", "received", "cancelled"},
    "shipped": {"shipped", "received", "cancelled"},
    "received": {"received"},
    "cancelled": {"cancelled"},
}


async def view(person: Customer, order: Order) -> dict[str, Any]:
    person.renew()
    response = await person.api.get(f"/orders/{order.id}")
    assert response.status_code == 200, response.text
    shown: dict[str, Any] = response.json()
    return shown


async def receipt(person: Customer, order: Order, key: str = "") -> Any:
    person.renew()
    body = {"client_key": key or fresh_key()}
    return await person.api.post(f"/orders/{order.id}/receipt", json=body)


async def by_backend(town: Town, order: Order) -> Any:
    body = {"client_key": fresh_key()}
    return await town.backend.post(f"/backend/orders/{order.key}/receipt", json=body)


async def sweep(parley: Parley) -> None:
    while await fire_due(parley.ctx):
        pass


@pytest.mark.parametrize(("before", "after"), list(itertools.product(STATES, STATES)))
async def test_states_go_only_forward(pair: Pair, before: str, after: str) -> None:
    order = await pair.town.order(pair.buyer, pair.shop, before)
    body = {**order.body, "state": after, "version": 2}

    answer = await pair.town.backend.put(f"/backend/orders/{order.key}", json=body)

    allowed = after in FORWARD[before]
    assert answer.status_code == (200 if allowed else 409)
    assert (await view(pair.buyer, order))["state"] == (after if allowed else before)
    if not allowed:
        assert answer.json()["reason"] == "order_state"


async def test_an_older_version_is_told_what_stands(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    await pair.town.move(order, state="shipped", tracking="T1", version=7)
    old = {**order.body, "state": "placed", "buyer": pair.buyer.key, "version": 1}

    stands = await pair.town.put(f"orders/{order.key}", old)

    assert (stands["applied"], stands["version"]) == (False, 2)
    assert (await view(pair.buyer, order))["tracking"] == "T1"


async def test_buyer_and_shop_never_change(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    stranger = await pair.town.buyer()
    elsewhere = await pair.town.shop([await pair.town.seller()])

    for party in ({"buyer": stranger.key}, {"shop": elsewhere.key}):
        body = {**order.body, **party, "version": 2}
        answer = await pair.town.backend.put(f"/backend/orders/{order.key}", json=body)
        assert (answer.status_code, answer.json()["reason"]) == (409, "other_party")
    assert (await stranger.api.get(f"/orders/{order.id}")).status_code == 404


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"buyer": "nobody-known"}, "unknown_person"),
        ({"shop": "no-such-shop"}, "unknown_shop"),
        ({"total": {"amount": "12.50", "currency": "USD"}}, "currency"),
        ({"refunds": [{"key": "r", "line": "z", "amount": {"amount": "1", "currency": "EUR"}}]}, "unknown_line"),
        ({"refunds": [{"key": "r", "line": "a", "amount": {"amount": "1", "currency": "USD"}}]}, "currency"),
    ],
)  # fmt: skip
async def test_an_order_that_contradicts_itself_is_refused(
    pair: Pair, change: dict[str, Any], reason: str
) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)

    answer = await pair.town.backend.put(
        f"/backend/orders/{order.key}", json={**order.body, **change, "version": 2}
    )

    assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert (await view(pair.buyer, order))["version"] == 1


async def test_lines_keep_their_keys_and_are_never_removed(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    price = {"amount": "5", "currency": "EUR"}
    a, b = ({"key": key, "title": f"Line {key}", "price": price} for key in "ab")
    await pair.town.move(order, lines=[b, {**a, "title": "A lamp"}])
    (first, second) = (await view(pair.buyer, order))["lines"]

    removed = await pair.town.backend.put(
        f"/backend/orders/{order.key}", json={**order.body, "lines": [b], "version": 3}
    )
    twice = await pair.town.backend.put(
        f"/backend/orders/{order.key}", json={**order.body, "lines": [a, a, b], "version": 3}
    )

    assert (first["title"], second["title"]) == ("Line b", "A lamp")
    assert (removed.status_code, removed.json()["reason"]) == (409, "line_removed")
    assert (twice.status_code, twice.json()["reason"]) == (422, "line_twice")


async def test_refunds_made_elsewhere_count_once_per_key(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    refund = {"key": "r1", "line": "a", "amount": {"amount": "1.5", "currency": "EUR"}}

    await pair.town.move(order, refunds=[refund])
    await pair.town.move(order, refunds=[refund, {**refund, "key": "r2"}])

    stored = rows(pair.parley, "SELECT refund_key, amount FROM refunds ORDER BY refund_key")
    assert stored == [("r1", "1.5"), ("r2", "1.5")]


async def test_windows_that_the_backend_leaves_open_are_filled_in(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    paid = await view(pair.buyer, order)
    await pair.town.ship(order, days=7)
    shipped = await view(pair.buyer, order)
    await pair.town.move(order, protected_until=T0 + DAY, ship_by=T0 + 2 * DAY)
    given = await view(pair.buyer, order)

    assert paid["ship_by"] == T0 + 10 * DAY
    assert "protected_until" not in paid
    assert shipped["protected_until"] == T0 + (7 + 15) * DAY
    assert (given["protected_until"], given["ship_by"]) == (T0 + DAY, T0 + 2 * DAY)


# Receipt.


@pytest.mark.parametrize("state", STATES)
async def test_the_buyer_confirms_what_was_paid_or_shipped(pair: Pair, state: str) -> None:
    order = await pair.town.order(pair.buyer, pair.shop, state)
    shown = await view(pair.buyer, order)

    answer = await receipt(pair.buyer, order)

    possible = state in ("paid", "shipped")
    assert shown.get("can_confirm", False) is possible
    assert "can_confirm" not in await view(pair.seller, order)
    if possible:
        assert answer.json()["received_by"] == "buyer"
        assert answer.json()["received_at"] == T0
    else:
        assert (answer.status_code, answer.json()["reason"]) == (409, "not_confirmable")


async def test_receipt_is_said_once_and_a_retry_changes_nothing(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    thread = await pair.buyer.open(order)
    line = await pair.seller.on_line()
    key = fresh_key()

    first = await receipt(pair.buyer, order, key)
    pair.parley.clock.advance(DAY)
    again = await receipt(pair.buyer, order, key)
    other_key = await receipt(pair.buyer, order)

    assert first.json() == again.json()
    assert other_key.json()["code"] == "wrong_state"
    assert (await line.push("order"))["order"]["received_by"] == "buyer"
    (event,) = await pair.buyer.events(thread)
    assert (event["kind"], event["code"], event["side"]) == ("state", "order.received", "system")


async def test_two_devices_that_confirm_at_once_say_it_once(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    thread = await pair.buyer.open(order)
    key = fresh_key()

    same = await asyncio.gather(*(receipt(pair.buyer, order, key) for _ in range(5)))
    others = await asyncio.gather(*(receipt(pair.buyer, order) for _ in range(3)))

    assert [a.status_code for a in same] == [200] * 5
    assert {a.status_code for a in others} == {409}
    assert len(await pair.buyer.events(thread)) == 1


async def test_the_backend_confirms_too(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop, "shipped")

    answers = [await by_backend(pair.town, order) for _ in range(2)]
    unknown = await pair.town.backend.post(
        "/backend/orders/none/receipt", json={"client_key": fresh_key()}
    )

    assert [a.status_code for a in answers] == [200, 200]
    assert (await view(pair.buyer, order))["received_by"] == "backend"
    assert unknown.status_code == 404


async def test_a_put_that_says_received_is_receipt_by_the_backend(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop, "shipped")

    await pair.town.move(order, state="received")

    shown = await view(pair.buyer, order)
    assert (shown["received_by"], shown["received_at"]) == ("backend", T0)


async def test_at_the_end_of_protection_the_timer_confirms_once(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    thread = await pair.buyer.open(order)
    await pair.town.ship(order, days=5)
    pair.parley.clock.advance(20 * DAY - 1)
    await sweep(pair.parley)
    early = await view(pair.buyer, order)
    pair.parley.clock.advance(1)

    await sweep(pair.parley)
    await sweep(pair.parley)

    shown = await view(pair.buyer, order)
    assert early["state"] == "shipped"
    assert (shown["state"], shown["received_by"]) == ("received", "timer")
    codes = [event["code"] for event in await pair.buyer.events(thread)]
    assert codes == ["order.shipped", "order.received"]
    assert rows(pair.parley, "SELECT * FROM deadlines WHERE kind = 'order.receipt'") == []


async def test_the_running_server_fires_what_is_due_by_itself(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop, "shipped", protected_until=T0)

    await until(lambda: rows(pair.parley, "SELECT received_by FROM orders") == [("timer",)])

    assert (await view(pair.buyer, order))["state"] == "received"


@pytest.mark.parametrize("by", ["buyer", "backend", "cancelled", "later"])
async def test_whatever_comes_before_the_timer_stops_it(pair: Pair, by: str) -> None:
    order = await pair.town.ship(await pair.town.order(pair.buyer, pair.shop), days=5)
    if by == "buyer":
        await receipt(pair.buyer, order)
    elif by == "backend":
        await by_backend(pair.town, order)
    elif by == "cancelled":
        await pair.town.move(order, state="cancelled")
    else:
        await pair.town.move(order, protected_until=T0 + 60 * DAY)
    pair.parley.clock.advance(21 * DAY)

    await sweep(pair.parley)

    shown = await view(pair.buyer, order)
    assert shown.get("received_by") == {"buyer": "buyer", "backend": "backend"}.get(by)
    assert len(rows(pair.parley, "SELECT * FROM deadlines WHERE kind = 'order.receipt'")) == (
        1 if by == "later" else 0
    )


async def test_two_sweepers_and_a_buyer_at_once_leave_one_receipt(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    thread = await pair.buyer.open(order)
    await pair.town.move(order, state="shipped", shipped_at=T0, protected_until=T0 + DAY)
    pair.parley.clock.advance(DAY)
    pair.buyer.renew()

    await asyncio.gather(
        sweep(pair.parley), receipt(pair.buyer, order), sweep(pair.parley), by_backend(pair.town, order)
    )  # fmt: skip

    codes = [event["code"] for event in await pair.buyer.events(thread)]
    assert codes == ["order.shipped", "order.received"]


# What the parties see.


async def test_every_change_of_state_is_an_event_of_the_threads_and_a_push(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop, "placed")
    thread = await pair.buyer.open(order)
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()

    await pair.town.move(order, state="paid", paid_at=T0)
    await pair.town.move(order, carrier="Post", tracking="T1")
    await pair.town.ship(order)

    for line in (buyer, seller):
        states = [(await line.push("event"))["event"] for _ in range(2)]
        assert [(e["seq"], e["code"]) for e in states] == [(1, "order.paid"), (2, "order.shipped")]
        orders = [(await line.push("order"))["order"] for _ in range(3)]
        # Each push shows the order as it stands when it is read, which may be later than the change.
        versions = [o["version"] for o in orders]
        assert versions == sorted(versions)
        assert (versions[-1], orders[-1]["tracking"]) == (4, "T1")
    assert [e["seq"] for e in await pair.seller.events(thread)] == [1, 2]


async def test_orders_are_listed_for_both_sides_newest_first(pair: Pair) -> None:
    orders = []
    for n in range(5):
        pair.parley.clock.advance(n)
        orders.append(await pair.town.order(pair.buyer, pair.shop))
    await pair.town.order(await pair.town.buyer(), await pair.town.shop([]))

    for person in (pair.buyer, pair.seller):
        first = (await person.api.get("/orders", params={"limit": 3})).json()
        rest = (await person.api.get("/orders", params={"before": first["next"]})).json()
        listed = [order["id"] for order in first["orders"] + rest["orders"]]
        assert listed == [order.id for order in reversed(orders)]
        assert "next" not in rest


async def test_an_order_thread_carries_its_order(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    thread = await pair.seller.open(order)

    shown = await pair.buyer.view(thread)

    assert shown["order"] == await view(pair.buyer, order)
    assert shown["order"]["thread_id"] == thread
    assert (shown["kind"], shown["order"]["number"]) == ("order", order.key)
