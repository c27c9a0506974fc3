"""Deadlines of disputes and what lives beside them: nothing is lost, nothing comes twice, nothing holds up others."""

import asyncio
import contextlib
import dataclasses
import sqlite3
from typing import cast

from chat_server.actions.deadlines import fire_due
from chat_server.actions.outage import watch
from chat_server.domain.ids import read
from chat_server.ports import Commit, Statement, Store, Value
from tests.api.asked import Asked
from tests.api.deals import Deal, deal
from tests.api.disputants import Dispute, advance, euros, opened, tries_to_open
from tests.api.harness import DAY, MINUTE, SetClock, fresh_key
from tests.factories import Town

PRICE = euros("12.50")


async def two_lines(town: Town, state: str = "received", **dates: int) -> list[Deal]:
    """One order with two lines, as a deal about each."""
    one = await deal(town, state)
    lines = [{"key": key, "title": "Lamp", "price": PRICE} for key in "ab"]
    total = {"lines": lines, "total": euros("25.00"), **dates}
    order = await town.order(one.buyer, one.shop, state, **total)
    shown = (await one.buyer.api.get(f"/orders/{order.id}")).json()
    return [
        Deal(town, one.buyer, one.seller, one.shop, one.product, order, line["id"])
        for line in shown["lines"]
    ]


async def about(one: Deal, **fields: object) -> Dispute:
    """A dispute about one of them."""
    answer = await tries_to_open(one, **fields)  # type: ignore[arg-type]
    assert answer.status_code == 201, answer.text
    view = answer.json()
    return Dispute(one, view["id"], view["thread_id"], view)


async def fire_all(town: Town, ms: int) -> None:
    """Time passes, and all that is due then happens."""
    await advance(town.parley, ms)
    for _ in range(20):
        if not await fire_due(town.parley.ctx):
            return
    raise AssertionError("Something stays due.")


async def test_two_that_are_due_at_once_about_one_order_are_both_decided(town: Town) -> None:
    found = [await about(one) for one in await two_lines(town)]

    await fire_all(town, 5 * DAY + MINUTE)

    found[0].deal.buyer.renew()
    assert [(await one.look())["state"] for one in found] == ["refund_pending"] * 2
    assert town.parley.rows("SELECT COUNT(*) FROM dispute_refunds") == [(2,)]


async def test_an_order_of_which_something_is_paid_back_is_received_by_time_all_the_same(
    town: Town,
) -> None:
    now = town.parley.clock.now_ms()
    first, _ = await two_lines(town, "shipped", protected_until=now + 30 * DAY)
    town.parley.clock.advance(11 * DAY)
    for person in (first.buyer, first.seller):
        person.renew()
    one = await about(first, reason="not_received", photos=0)
    await one.does(first.seller, "accept")
    await one.refund()

    await one.later(20 * DAY)

    order = (await first.buyer.api.get(f"/orders/{first.order.id}")).json()
    assert order["state"] == "received"


async def test_who_answers_before_anybody_has_noticed_an_outage_is_in_time(town: Town) -> None:
    one = await opened(town)
    await one.later(4 * DAY)
    town.parley.clock.advance(2 * DAY)
    one.deal.seller.renew()

    await one.does(one.deal.seller, "reject", text="It was whole.")

    assert one.view["state"] == "buyer_turn"
    assert one.codes() == ["dispute.opened", "dispute.put_off", "dispute.reject"]


async def test_an_outage_is_made_good_for_many_with_the_questions_of_one(town: Town) -> None:
    async def back(disputes: int) -> int:
        found = [await opened(town) for _ in range(disputes)]
        await found[0].later(4 * DAY)
        # The node itself, which would put them off as well, knows of the outage only afterwards.
        clock, store = SetClock(), Asked(town.parley.ctx.store)
        clock.at = town.parley.clock.now_ms() + 2 * DAY
        ctx = dataclasses.replace(town.parley.ctx, store=cast(Store, store), clock=clock)
        await watch(ctx)
        town.parley.clock.at = clock.at
        for one in found:
            one.deal.buyer.renew()
            assert (await one.look())["due_at"] > town.parley.clock.now_ms()
        return store.times

    assert await back(3) == await back(1)


async def test_who_answers_too_late_without_an_outage_is_told_so(town: Town) -> None:
    one = await opened(town)
    await one.later(5 * DAY - MINUTE)
    town.parley.clock.advance(2 * MINUTE)
    one.deal.seller.renew()

    late = await one.tries(one.deal.seller, "reject", text="It was whole.")

    assert (late.status_code, late.json()["reason"]) == (409, "deadline_passed")
    assert one.codes() == ["dispute.opened"]


async def test_nobody_is_reminded_twice_of_the_same(town: Town) -> None:
    one = await opened(town)
    await one.later(3 * DAY)

    await one.does(one.deal.buyer, "evidence", text="Look closer.")
    await one.later(MINUTE)

    told = town.parley.rows("SELECT COUNT(*) FROM notices WHERE kind = 'dispute_due'")
    assert told == [(1,)]


async def test_a_refund_that_the_backend_lists_in_the_order_may_be_told_all_the_same(
    town: Town,
) -> None:
    part = {"kind": "partial", "amount": euros("5.00")}
    one = await opened(town, kind="partial", amount="5.00")
    await one.does(one.deal.seller, "accept", wish=part)
    waiting = (await town.backend.get("/backend/refunds")).json()["refunds"]
    listed = {"key": waiting[0]["key"], "line": "a", "amount": euros("5.00")}
    await town.move(one.deal.order, refunds=[listed])

    told = await one.refund()

    assert told.status_code == 204, told.text
    assert (await one.look())["state"] == "refunded"
    assert town.parley.rows("SELECT SUM(units) FROM refunds") == [(50_000,)]


async def test_no_more_is_paid_back_than_is_left_of_the_order(town: Town) -> None:
    first, _ = await two_lines(town)
    one = await about(first)
    money = {"key": "r1", "line": "b", "amount": euros("20.00")}
    await town.move(first.order, refunds=[money])
    await one.look(first.seller)

    refused = await one.tries(first.seller, "accept")
    await one.later(5 * DAY + MINUTE)

    assert (refused.status_code, refused.json()["reason"]) == (422, "amount")
    assert (one.state, one.view["remedy"]["amount"]) == ("refund_pending", euros("5.00"))


async def test_nobody_says_at_once_that_it_came_and_that_it_did_not(town: Town) -> None:
    for _ in range(5):
        one = await deal(town, "paid")
        town.parley.clock.advance(10 * DAY)
        one.buyer.renew()
        receipt = one.buyer.api.post(
            f"/orders/{one.order.id}/receipt", json={"client_key": fresh_key()}
        )

        told, said = await asyncio.gather(receipt, tries_to_open(one, "not_received", photos=0))

        assert not (told.is_success and said.is_success), (told.text, said.text)


async def test_of_several_tries_to_open_under_one_key_each_is_told_the_same(town: Town) -> None:
    one, key = await deal(town, "paid"), fresh_key()
    town.parley.clock.advance(10 * DAY)
    one.buyer.renew()

    answers = await asyncio.gather(
        *[tries_to_open(one, "not_received", photos=0, client_key=key) for _ in "abc"]
    )

    assert [answer.status_code for answer in answers] == [201] * 3, answers[-1].text
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_nobody_says_at_once_that_it_came_and_opens_his_dispute_again(town: Town) -> None:
    one = await deal(town, "paid")
    town.parley.clock.advance(10 * DAY)
    one.buyer.renew()
    case = await about(one, reason="not_received", photos=0)
    await case.does(one.buyer, "withdraw")
    receipt = one.buyer.api.post(
        f"/orders/{one.order.id}/receipt", json={"client_key": fresh_key()}
    )

    again, told = await asyncio.gather(
        case.tries(one.buyer, "reopen", wish={"kind": "full"}), receipt
    )

    assert not (told.is_success and again.is_success), (told.text, again.text)


async def test_one_that_cannot_be_read_keeps_no_other_from_its_decision(town: Town) -> None:
    broken, whole = [await about(one) for one in await two_lines(town)]
    store = town.parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(store)) as db, db:
        db.execute("UPDATE disputes SET reason = 'unheard of' WHERE id = ?", [read(broken.id)])

    await fire_all(town, 5 * DAY + MINUTE)

    whole.deal.buyer.renew()
    assert (await whole.look())["state"] == "refund_pending"


async def test_what_cannot_be_fired_keeps_nothing_else_waiting(town: Town) -> None:
    one = await opened(town)
    ctx, clock = town.parley.ctx, town.parley.clock
    for number in range(60):
        row: dict[str, Value] = {
            "kind": "unheard of",
            "subject_id": number,
            "revision": 1,
            "due_at": 1,
        }
        await ctx.store.commit(Commit([Statement("set_deadline", row)]))

    await fire_all(town, 5 * DAY + MINUTE)

    one.deal.buyer.renew()
    assert (await one.look())["state"] == "refund_pending"
    waiting = "SELECT COUNT(*), MIN(due_at) > ? FROM deadlines WHERE kind = 'unheard of'"
    assert town.parley.rows(waiting, clock.now_ms()) == [(60, 1)]
