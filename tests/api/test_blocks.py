"""Blocking: what it stops, and what it never reaches (PRODUCT: threads and messages)."""

import pytest

from tests.api.harness import DAY, fresh_key
from tests.factories import Pair


@pytest.mark.parametrize("who", ["buyer", "seller"])
async def test_a_block_stops_messages_of_both_sides(pair: Pair, who: str) -> None:
    await pair.buyer.say(pair.thread, "Hello")
    lines = {"buyer": await pair.buyer.on_line(), "seller": await pair.seller.on_line()}
    blocker = getattr(pair, who)

    answer = await blocker.block(pair.thread)

    assert answer.json()["blocked_by"] == "me"
    for person in (pair.buyer, pair.seller):
        refused = await person.post(pair.thread, text="Hello?")
        assert (refused.status_code, refused.json()["code"]) == (403, "blocked")
        line = lines["buyer" if person is pair.buyer else "seller"]
        told = (await line.push("thread"))["thread"]
        assert told["blocked_by"] == ("me" if person is blocker else "them")
        assert told["can_write"] is False
        failed = await line.ask(
            "message.send", thread_id=pair.thread, client_key=fresh_key(), text="Hello?"
        )
        assert (failed["t"], failed["code"]) == ("error", "blocked")
    assert len(await pair.buyer.events(pair.thread)) == 1, "history stays readable"


async def test_a_block_stops_edits_but_not_taking_back(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "Hello")
    await pair.seller.block(pair.thread)

    edited = await pair.buyer.edit(pair.thread, 1, "Read this instead")
    withdrawn = await pair.buyer.withdraw(pair.thread, 1)

    assert (edited.status_code, edited.json()["code"]) == (403, "blocked")
    assert withdrawn.status_code == 200


async def test_a_block_stops_new_product_threads_but_not_known_ones(pair: Pair) -> None:
    other = await pair.town.product(pair.shop, "Another lamp")
    await pair.seller.block(pair.thread)

    refused = await pair.buyer.api.post("/threads", json={"product": other.id})
    known = await pair.buyer.api.post("/threads", json={"product": pair.product.id})

    assert (refused.status_code, refused.json()["code"]) == (403, "blocked")
    assert known.json()["id"] == pair.thread


async def test_a_block_holds_in_all_threads_of_the_pair_and_in_no_other(pair: Pair) -> None:
    second = await pair.buyer.open(await pair.town.product(pair.shop, "Another lamp"))
    elsewhere = await pair.town.shop([await pair.town.seller()])
    other = await pair.buyer.open(await pair.town.product(elsewhere))
    await pair.seller.block(pair.thread)

    assert (await pair.buyer.post(second, text="Hello")).status_code == 403
    assert (await pair.buyer.post(other, text="Hello")).status_code == 201


async def test_both_sides_may_block_and_each_lifts_his_own(pair: Pair) -> None:
    await pair.buyer.block(pair.thread)
    both = (await pair.seller.block(pair.thread)).json()
    await pair.seller.block(pair.thread)

    one = (await pair.buyer.block(pair.thread, blocked=False)).json()
    refused = await pair.buyer.post(pair.thread, text="Hello")
    none = (await pair.seller.block(pair.thread, blocked=False)).json()

    assert (both["blocked_by"], one["blocked_by"], none.get("blocked_by")) == ("both", "them", None)
    assert refused.status_code == 403
    assert (await pair.buyer.post(pair.thread, text="Hello")).status_code == 201


async def test_a_block_never_reaches_an_order_until_fifteen_days_after_its_protection(
    pair: Pair,
) -> None:
    """From payment on, whatever the order's state."""
    town, clock = pair.town, pair.parley.clock
    order = await town.order(pair.buyer, pair.shop, "placed")
    thread = await pair.buyer.open(order)
    await pair.seller.block(pair.thread)

    async def can_write() -> bool:
        pair.buyer.renew()
        view = await pair.buyer.view(thread)
        posted = await pair.buyer.post(thread, text="Hello")
        edited = await pair.buyer.edit(thread, posted.json().get("seq", 1), "Hello!")
        assert posted.is_success is edited.is_success is view.get("can_write", True)
        return posted.is_success

    assert not await can_write()
    await town.move(order, state="paid", paid_at=clock.now_ms())
    assert await can_write()
    await town.ship(order, days=5)
    clock.advance((5 + 15 + 15) * DAY - 1)
    assert await can_write()
    clock.advance(1)
    assert not await can_write()
    assert not (await pair.buyer.post(pair.thread, text="Hello")).is_success


async def test_a_block_of_another_pair_is_not_ours(pair: Pair) -> None:
    stranger = await pair.town.buyer()

    answer = await stranger.block(pair.thread)

    assert answer.status_code == 404
    assert (await pair.seller.post(pair.thread, text="Hello")).status_code == 201
