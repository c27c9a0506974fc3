"""Contact data in conversations about a product: left alone, told to its sender, or hidden, as the setting says."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chat_server.domain.moderation import MARK
from tests.api.harness import fresh_key, running
from tests.api.line import Frame, Line
from tests.factories import Customer, Pair, Town, meet

NUMBER = "+373 69 123 456"
TEXT = f"Call me at {NUMBER}, please"
HIDDEN = f"Call me at {MARK}, please"


@pytest.fixture
async def warned(tmp_path: Path, store_template: Path) -> AsyncIterator[Pair]:
    """A buyer and a shop who are warned."""
    async with running(tmp_path, store_template, product_contacts="warn") as node:
        yield await meet(Town(node))


@pytest.fixture
async def masked(tmp_path: Path, store_template: Path) -> AsyncIterator[Pair]:
    """A buyer and a shop whose contacts are hidden."""
    async with running(tmp_path, store_template, product_contacts="mask") as node:
        yield await meet(Town(node))


async def said(who: Customer, thread: str, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    """What the sender of a message is told."""
    answer = await who.post(thread, text=text, **fields)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def ask(line: Line, thread: str, text: str = TEXT, **fields: Any) -> Frame:
    """The same over a socket."""
    send = {"thread_id": thread, "client_key": fresh_key(), "text": text, **fields}
    return await line.ask("message.send", **send)


async def texts(who: Customer, thread: str) -> list[str]:
    """What is read there."""
    return [e.get("text", "") for e in await who.events(thread) if e["kind"] == "posted"]


class TestOff:
    """Nothing is looked at."""

    async def test_a_number_is_a_number(self, pair: Pair) -> None:
        line = await pair.buyer.on_line()

        answers = [await said(pair.buyer, pair.thread), await ask(line, pair.thread)]

        assert all("contacts" not in a and "text" not in a for a in answers)
        assert await texts(pair.seller, pair.thread) == [TEXT, TEXT]


class TestWarn:
    """It is stored as it is, and its sender is told."""

    async def test_both_sides_are_told_and_all_is_kept(self, warned: Pair) -> None:
        for who in (warned.buyer, warned.seller):
            line = await who.on_line()
            for told in (await said(who, warned.thread), await ask(line, warned.thread)):
                assert told["contacts"] is True
                assert "text" not in told

        assert await texts(warned.buyer, warned.thread) == [TEXT] * 4

    async def test_a_retry_is_told_again(self, warned: Pair) -> None:
        key = fresh_key()

        first = await said(warned.buyer, warned.thread, client_key=key)

        assert await said(warned.buyer, warned.thread, client_key=key) == first


class TestMask:
    """It is hidden before it is stored, and its sender is shown what was stored."""

    async def test_nobody_reads_what_was_hidden(self, masked: Pair) -> None:
        buyer, seller, thread = masked.buyer, masked.seller, masked.thread
        listens = await seller.on_line()

        told = await said(buyer, thread)
        by_socket = await ask(await buyer.on_line(), thread)
        answered = await said(seller, thread, "Write to me@mail.example or t.me/lamps")

        assert (told["contacts"], told["text"]) == (True, HIDDEN)
        assert (by_socket["contacts"], by_socket["text"]) == (True, HIDDEN)
        assert answered["text"] == f"Write to {MARK} or {MARK}"
        assert (await listens.push("event"))["event"]["text"] == HIDDEN
        assert await texts(buyer, thread) == [HIDDEN, HIDDEN, answered["text"]]
        assert "69 123" not in str(masked.parley.rows("SELECT * FROM events"))

    async def test_ordinary_words_are_ordinary(self, masked: Pair) -> None:
        words = "Is it 45 x 60 cm, and does it come before 12.05.2027? You fools!"

        told = await said(masked.buyer, masked.thread, words)

        assert "contacts" not in told
        assert await texts(masked.seller, masked.thread) == [words]

    async def test_links_to_the_marketplace_stay(self, masked: Pair) -> None:
        own = "See https://shop.example/p/lamp?a=1 and https://chat.example/faq/en."
        other = "See https://shop.example@evil.example/ and https://evil.example/shop.example"

        stays, goes = [await said(masked.buyer, masked.thread, text) for text in (own, other)]

        assert "contacts" not in stays
        assert goes["text"] == f"See https://{MARK}/ and {MARK}"

    async def test_a_retry_gets_the_first_answer_and_other_words_are_refused(
        self, masked: Pair
    ) -> None:
        key, line = fresh_key(), await masked.buyer.on_line()
        first = await said(masked.buyer, masked.thread, client_key=key)
        await masked.town.order(masked.buyer, masked.shop)

        again = await said(masked.buyer, masked.thread, client_key=key)
        by_socket = await ask(line, masked.thread, client_key=key)
        other = await masked.buyer.post(masked.thread, client_key=key, text=HIDDEN)

        assert again == first
        assert {k: by_socket[k] for k in first} == first
        assert (other.status_code, other.json()["code"]) == (409, "key_reused")
        assert await texts(masked.seller, masked.thread) == [HIDDEN]

    async def test_of_many_at_once_one_is_stored(self, masked: Pair) -> None:
        key = fresh_key()

        answers = await asyncio.gather(
            *(said(masked.buyer, masked.thread, client_key=key) for _ in range(8))
        )

        assert all(answer == answers[0] for answer in answers)
        assert await texts(masked.seller, masked.thread) == [HIDDEN]

    async def test_an_edit_passes_the_same_check(self, masked: Pair) -> None:
        buyer, thread, key = masked.buyer, masked.thread, fresh_key()
        line = await buyer.on_line()
        seq = await buyer.say(thread, "Hello")
        listens = await masked.seller.on_line()

        first = await buyer.edit(thread, seq, TEXT, key)
        again = await buyer.edit(thread, seq, TEXT, key)
        change = {"thread_id": thread, "seq": seq, "client_key": fresh_key(), "text": f"{TEXT}!"}
        by_socket = await line.ask("message.edit", **change)

        assert (first.status_code, first.json()["text"]) == (200, HIDDEN)
        assert again.json() == first.json()
        assert by_socket["text"] == f"{HIDDEN}!"
        assert (await listens.push("event"))["event"]["text"] == HIDDEN
        assert await texts(masked.seller, thread) == [f"{HIDDEN}!"]
        stored = masked.parley.rows("SELECT text FROM message_versions ORDER BY replaced_at")
        assert NUMBER not in str(stored)

    async def test_what_is_sent_quickly_stays_in_its_order(self, masked: Pair) -> None:
        line = await masked.buyer.on_line()
        words = [f"{n} {'long ' * (600 if n % 2 == 0 else 0)}" for n in range(10)]

        numbers = [
            await line.send(
                "message.send", thread_id=masked.thread, client_key=fresh_key(), text=text
            )
            for text in words
        ]
        acks = [await line.answer(number) for number in numbers]

        assert [ack["seq"] for ack in acks] == list(range(1, 11))
        assert await texts(masked.seller, masked.thread) == words

    async def test_what_was_hidden_can_be_taken_back(self, masked: Pair) -> None:
        seq = (await said(masked.buyer, masked.thread))["seq"]

        answer = await masked.buyer.withdraw(masked.thread, seq)

        assert (answer.status_code, set(answer.json())) == (200, {"thread_id", "seq", "at"})

    async def test_strangers_learn_nothing(self, masked: Pair) -> None:
        other = await meet(masked.town)

        refused = await other.buyer.post(masked.thread, text=TEXT)

        assert (refused.status_code, set(refused.json())) == (
            404,
            set((await other.buyer.post("0" * 16, text=TEXT)).json()),
        )


class TestWhereItDoesNotLook:
    """After an order, and in other conversations, people may say what they wish."""

    async def test_after_an_order_nothing_is_hidden_and_after_its_cancellation_it_is(
        self, masked: Pair
    ) -> None:
        order = await masked.town.order(masked.buyer, masked.shop, "placed")
        free = [await said(who, masked.thread) for who in (masked.buyer, masked.seller)]

        await masked.town.move(order, state="cancelled")
        hidden = await said(masked.buyer, masked.thread)

        assert all("contacts" not in told for told in free)
        assert hidden["text"] == HIDDEN

    async def test_an_order_with_another_shop_is_no_order_with_this_one(self, masked: Pair) -> None:
        other = await meet(masked.town)
        await masked.town.order(masked.buyer, other.shop)

        assert (await said(masked.buyer, masked.thread))["text"] == HIDDEN

    async def test_in_the_thread_of_an_order_all_is_said(self, masked: Pair) -> None:
        order = await masked.town.order(masked.buyer, masked.shop)
        thread = await masked.buyer.open(order)
        await masked.town.move(order, state="cancelled")

        told = [await said(who, thread) for who in (masked.buyer, masked.seller)]

        assert all("contacts" not in one for one in told)
        assert await texts(masked.buyer, thread) == [TEXT, TEXT]

    async def test_support_hears_all(self, masked: Pair) -> None:
        visitor, agent = await masked.town.visitor(), await masked.town.colleague("agent")
        thread = await masked.town.in_queue(visitor, TEXT)

        await agent.does("claim", thread)
        await agent.replies(thread, TEXT)

        assert (await texts(visitor, thread))[-1] == TEXT
        assert TEXT in await texts(visitor, thread)


async def test_the_setting_may_be_turned_off_without_changing_an_answer(
    tmp_path: Path, store_template: Path
) -> None:
    key = fresh_key()
    async with running(tmp_path, store_template, product_contacts="mask") as node:
        pair = await meet(Town(node))
        first = await said(pair.buyer, pair.thread, client_key=key)

    async with running(tmp_path, store_template) as node:
        again = Customer(node, pair.buyer.key, pair.buyer.id, "", "buyer")
        assert await said(again, pair.thread, client_key=key) == first
        assert "contacts" not in await said(again, pair.thread)
