"""Saying, changing and taking back: places without gaps, client keys for ever, and windows (PRODUCT §3)."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.api.harness import DAY, MINUTE, SECOND, Parley, SetClock, fresh_key, running
from tests.factories import Customer, Pair, Town, meet


def rows(parley: Parley, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What stands in the store, asked behind its back."""
    path = parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute(sql, values).fetchall()


async def test_everything_in_a_thread_takes_the_next_place(pair: Pair) -> None:
    buyer, seller, thread = pair.buyer, pair.seller, pair.thread

    one = await buyer.say(thread, "One")
    two = await seller.say(thread, "Two")
    await buyer.edit(thread, one, "One, changed")
    await seller.withdraw(thread, two)
    five = await seller.say(thread, "Five")

    events = await buyer.events(thread)
    assert [e["seq"] for e in events] == [1, 2, 3, 4, 5] == list(range(one, five + 1))
    assert [e["kind"] for e in events] == ["posted", "posted", "edited", "withdrawn", "posted"]
    assert [e["side"] for e in events] == ["customer", "shop", "customer", "shop", "shop"]
    assert events == await seller.events(thread)


async def test_fifty_at_once_leave_no_gap_and_all_see_one_order(pair: Pair) -> None:
    lines = [await pair.buyer.on_line(), await pair.seller.on_line()]

    seqs = await asyncio.gather(
        *(pair.buyer.say(pair.thread, f"b{n}") for n in range(25)),
        *(pair.seller.say(pair.thread, f"s{n}") for n in range(25)),
    )

    assert sorted(seqs) == list(range(1, 51))
    stored = [(e["seq"], e["text"]) for e in await pair.buyer.events(pair.thread)]
    for line in lines:
        pushed = [f["event"] for f in await line.heard() if f["t"] == "event"]
        assert [(e["seq"], e["text"]) for e in pushed] == stored


async def test_an_ack_names_what_is_stored(pair: Pair) -> None:
    line = await pair.buyer.on_line()
    key = fresh_key()

    ack = await line.ask("message.send", thread_id=pair.thread, client_key=key, text="Hello\n  🙂")

    (event,) = await pair.seller.events(pair.thread)
    assert ack == {
        "t": "ack",
        "id": ack["id"],
        "thread_id": pair.thread,
        "seq": 1,
        "at": event["at"],
    }
    assert (event["text"], event["client_key"], event["author"]) == (
        "Hello\n  🙂",
        key,
        pair.buyer.id,
    )
    assert await line.heard() == [], "its own connection is told by the ack alone"


async def test_other_devices_of_the_author_hear_of_it_with_its_key(pair: Pair) -> None:
    phone, laptop = await pair.buyer.on_line(), await pair.buyer.on_line()
    key = fresh_key()

    await phone.ask("message.send", thread_id=pair.thread, client_key=key, text="From my phone")

    push = await laptop.push("event", thread_id=pair.thread)
    assert push["event"]["client_key"] == key
    assert await phone.heard() == []


# Client keys.


async def test_a_retry_gets_the_first_answer_over_any_way_and_from_any_device(pair: Pair) -> None:
    phone, laptop, thread = await pair.buyer.on_line(), await pair.buyer.on_line(), pair.thread
    message = {"client_key": fresh_key(), "text": "Once"}
    first = await phone.ask("message.send", thread_id=thread, **message)
    pair.parley.clock.advance(MINUTE)

    by_socket = await laptop.ask("message.send", thread_id=thread, **message)
    by_http = (await pair.buyer.post(thread, **message)).json()

    place = {"thread_id": thread, "seq": first["seq"], "at": first["at"]}
    assert by_http == place
    assert {k: by_socket[k] for k in place} == place
    assert len(await pair.seller.events(thread)) == 1


async def test_a_retry_gets_the_first_answer_whatever_became_of_the_message(pair: Pair) -> None:
    message = {"client_key": fresh_key(), "text": "Once"}
    first = (await pair.buyer.post(pair.thread, **message)).json()

    await pair.buyer.edit(pair.thread, 1, "Changed")
    edited = await pair.buyer.post(pair.thread, **message)
    await pair.buyer.withdraw(pair.thread, 1)
    withdrawn = await pair.buyer.post(pair.thread, **message)
    await pair.seller.block(pair.thread)
    blocked = await pair.buyer.post(pair.thread, **message)

    assert [a.json() for a in (edited, withdrawn, blocked)] == [first] * 3


async def test_a_retry_gets_the_first_answer_after_a_restart(
    tmp_path: Path, store_template: Path
) -> None:
    clock, message = SetClock(), {"client_key": fresh_key(), "text": "Once"}
    async with running(tmp_path, store_template, clock) as parley:
        pair = await meet(Town(parley))
        first = (await pair.buyer.post(pair.thread, **message)).json()

    clock.advance(30 * DAY)
    async with running(tmp_path, store_template, clock) as parley:
        buyer = Customer(parley, pair.buyer.key, pair.buyer.id, "", "buyer")
        again = await buyer.post(pair.thread, **message)

    assert again.json() == first


@pytest.mark.parametrize(
    "change",
    [{"text": "Twice"}, {"reply_to": 1}, {"text": "Once "}],
    ids=["text", "reply", "one space"],
)
async def test_a_key_with_another_body_is_refused(pair: Pair, change: dict[str, Any]) -> None:
    await pair.seller.say(pair.thread, "Say something")
    message = {"client_key": fresh_key(), "text": "Once"}
    await pair.buyer.post(pair.thread, **message)

    answer = await pair.buyer.post(pair.thread, **{**message, **change})

    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    assert not answer.json().get("retryable")
    assert len(await pair.buyer.events(pair.thread)) == 2


async def test_a_key_in_another_thread_is_refused(pair: Pair) -> None:
    lamp = await pair.town.product(pair.shop, "Another lamp")
    other = await pair.buyer.open(lamp)
    message = {"client_key": fresh_key(), "text": "Once"}
    await pair.buyer.post(pair.thread, **message)

    answer = await pair.buyer.post(other, **message)

    assert answer.json()["code"] == "key_reused"
    assert await pair.buyer.events(other) == []


async def test_a_key_is_the_senders_own(pair: Pair) -> None:
    message = {"client_key": fresh_key(), "text": "Hello"}

    one = await pair.buyer.post(pair.thread, **message)
    two = await pair.seller.post(pair.thread, **message)

    assert [one.json()["seq"], two.json()["seq"]] == [1, 2]


async def test_a_key_belongs_to_one_kind_of_write(pair: Pair) -> None:
    """Messages, edits, withdrawals, reports and receipts share one space of keys."""
    buyer, thread = pair.buyer, pair.thread
    order = await pair.town.order(buyer, pair.shop)
    await pair.seller.say(thread, "Reported later")

    async def receipt(key: str) -> str:
        body = {"client_key": key}
        answer = await buyer.api.post(f"/orders/{order.id}/receipt", json=body)
        return str(answer.json().get("code", "done"))

    async def write(kind: str, key: str) -> str:
        if kind == "receipt":
            return await receipt(key)
        target = await buyer.say(thread, f"For {kind}")
        answers = {
            "message": buyer.post(thread, client_key=key, text="Hello"),
            "edit": buyer.edit(thread, target, "Changed", key),
            "withdrawal": buyer.withdraw(thread, target, key),
            "report": buyer.report(thread, 1, client_key=key),
        }
        answer = await answers.pop(kind)
        for unused in answers.values():
            unused.close()
        return "done" if answer.is_success else str(answer.json()["code"])

    for kind in ("message", "edit", "withdrawal", "report", "receipt"):
        key = fresh_key()
        assert await write(kind, key) == "done", kind
        for other in {"message", "edit", "withdrawal", "report", "receipt"} - {kind}:
            assert await write(other, key) == "key_reused", f"{other} under the key of a {kind}"


async def test_a_refused_write_keeps_no_key(pair: Pair) -> None:
    message = {"client_key": fresh_key(), "text": "Please"}
    await pair.seller.block(pair.thread)
    refused = await pair.buyer.post(pair.thread, **message)
    await pair.seller.block(pair.thread, blocked=False)

    accepted = await pair.buyer.post(pair.thread, **{**message, "text": "Please!"})

    assert refused.json()["code"] == "blocked"
    assert accepted.status_code == 201


async def test_a_retry_of_somebody_who_may_no_longer_read_is_told_nothing(pair: Pair) -> None:
    message = {"client_key": fresh_key(), "text": "Once"}
    await pair.seller.post(pair.thread, **message)
    await pair.town.shop([], key=pair.shop.key, version=2)

    again = await pair.seller.post(pair.thread, **message)

    assert again.status_code == 404


async def test_the_same_message_from_two_devices_at_once_is_one(pair: Pair) -> None:
    message = {"client_key": fresh_key(), "text": "Once"}

    answers = await asyncio.gather(*(pair.buyer.post(pair.thread, **message) for _ in range(10)))

    assert {a.status_code for a in answers} == {201}
    assert {a.text for a in answers} == {answers[0].text}
    assert len(await pair.buyer.events(pair.thread)) == 1


@pytest.mark.parametrize("change", ["edit", "withdraw"])
async def test_changes_may_be_retried_too(pair: Pair, change: str) -> None:
    await pair.buyer.say(pair.thread, "Hello")
    key = fresh_key()

    async def once() -> Any:
        if change == "edit":
            return await pair.buyer.edit(pair.thread, 1, "Changed", key)
        return await pair.buyer.withdraw(pair.thread, 1, key)

    answers = [await once(), await once()]
    pair.parley.clock.advance(2 * DAY)
    pair.buyer.renew()
    answers.append(await once())

    assert [a.status_code for a in answers] == [200] * 3
    assert {a.text for a in answers} == {answers[0].text}
    assert [e["seq"] for e in await pair.buyer.events(pair.thread)] == [1, 2]


# Edits and withdrawals.


async def test_an_edit_is_seen_by_all_and_its_history_is_kept(pair: Pair) -> None:
    line = await pair.seller.on_line()
    await pair.buyer.say(pair.thread, "Helo")
    pair.parley.clock.advance(SECOND)

    await pair.buyer.edit(pair.thread, 1, "Hello")
    await pair.buyer.edit(pair.thread, 1, "Hello!")

    await line.push("event")
    edited = (await line.push("event"))["event"]
    assert (edited["kind"], edited["target"], edited["text"]) == ("edited", 1, "Hello")
    message = (await pair.seller.events(pair.thread))[0]
    assert (message["text"], message["edited_at"]) == ("Hello!", pair.parley.clock.now_ms())
    said = rows(pair.parley, "SELECT text FROM message_versions ORDER BY replaced_by")
    assert said == [("Helo",), ("Hello",)]
    assert (await pair.seller.view(pair.thread))["last"]["text"] == "Hello!"


async def test_a_withdrawn_message_leaves_a_tombstone_and_no_words(pair: Pair) -> None:
    line = await pair.seller.on_line()
    await pair.buyer.say(pair.thread, "My card is 4111")
    await pair.buyer.edit(pair.thread, 1, "My card is 4112")

    await pair.buyer.withdraw(pair.thread, 1)

    pushed = [f["event"]["kind"] for f in await line.heard() if f["t"] == "event"]
    assert pushed == ["posted", "edited", "withdrawn"]
    for person in (pair.buyer, pair.seller):
        answer = await person.api.get(f"/threads/{pair.thread}/events")
        assert "4111" not in answer.text
        assert "4112" not in answer.text, (
            "an edit that is told again says what its message says now"
        )
        assert answer.json()["events"][0]["withdrawn"] is True
        assert "My card" not in (await person.api.get("/threads")).text
        _, welcome = await person.line(known=[[pair.thread, 0]], epoch="")
        assert "My card" not in str(welcome)


WINDOWS = [("edit", 15 * MINUTE, "edit_window"), ("withdraw", DAY, "withdraw_window")]


@pytest.mark.parametrize(("change", "window", "reason"), WINDOWS)
async def test_messages_may_be_changed_for_a_while(
    pair: Pair, change: str, window: int, reason: str
) -> None:
    async def attempt(seq: int) -> Any:
        if change == "edit":
            return await pair.buyer.edit(pair.thread, seq, "Changed")
        return await pair.buyer.withdraw(pair.thread, seq)

    await pair.buyer.say(pair.thread, "One")
    await pair.buyer.say(pair.thread, "Two")
    pair.parley.clock.advance(window - 1)
    pair.buyer.renew()
    in_time = await attempt(1)
    pair.parley.clock.advance(1)
    pair.seller.renew()

    late = await attempt(2)

    assert in_time.status_code == 200
    assert (late.status_code, late.json()["code"], late.json()["reason"]) == (
        409,
        "wrong_state",
        reason,
    )
    assert (await pair.seller.events(pair.thread))[1]["text"] == "Two"


@pytest.mark.parametrize("change", ["edit", "withdraw"])
async def test_who_did_not_write_it_may_not_change_it(pair: Pair, change: str) -> None:
    colleague = await pair.town.seller()
    await pair.town.shop([pair.seller, colleague], key=pair.shop.key, version=2)
    await pair.seller.say(pair.thread, "Ours")

    for person in (pair.buyer, colleague):
        answer = (
            await person.edit(pair.thread, 1, "Mine")
            if change == "edit"
            else await person.withdraw(pair.thread, 1)
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert (await pair.buyer.events(pair.thread))[0]["text"] == "Ours"


async def test_what_was_reported_stays_as_it_was(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "You fool")
    await pair.seller.report(pair.thread, 1)

    edited = await pair.buyer.edit(pair.thread, 1, "You friend")
    withdrawn = await pair.buyer.withdraw(pair.thread, 1)

    assert [a.json()["reason"] for a in (edited, withdrawn)] == ["reported"] * 2
    assert (await pair.seller.events(pair.thread))[0]["text"] == "You fool"


@pytest.mark.parametrize("target", [0, 2, 3, 99])
async def test_only_messages_can_be_changed(pair: Pair, target: int) -> None:
    await pair.buyer.say(pair.thread, "Hello")
    await pair.buyer.edit(pair.thread, 1, "Hello!")

    answers = [
        await pair.buyer.edit(pair.thread, target, "Changed"),
        await pair.buyer.withdraw(pair.thread, target),
        await pair.seller.report(pair.thread, target),
    ]

    assert [a.status_code for a in answers] == [422] * 3
    assert len(await pair.buyer.events(pair.thread)) == 2


async def test_a_withdrawn_message_cannot_be_changed_any_more(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "Hello")
    await pair.buyer.withdraw(pair.thread, 1)

    answers = [
        await pair.buyer.edit(pair.thread, 1, "Hello!"),
        await pair.buyer.withdraw(pair.thread, 1),
    ]

    assert [a.json()["reason"] for a in answers] == ["withdrawn"] * 2


# What may be said.


@pytest.mark.parametrize(
    ("text", "right"),
    [("a" * 4000, True), ("🙂" * 4000, True), ("a" * 4001, False), ("🙂" * 4001, False)],
)
async def test_a_text_has_at_most_4000_code_points(pair: Pair, text: str, right: bool) -> None:
    line = await pair.buyer.on_line()

    by_http = await pair.buyer.post(pair.thread, text=text)
    by_socket = await line.ask(
        "message.send", thread_id=pair.thread, client_key=fresh_key(), text=text
    )

    assert by_http.status_code == (201 if right else 422)
    assert by_socket["t"] == ("ack" if right else "error")


@pytest.mark.parametrize("text", ["", " ", "\n\t \u2003"])
async def test_a_message_says_something(pair: Pair, text: str) -> None:
    await pair.buyer.say(pair.thread, "Hello")

    answers = [
        await pair.buyer.post(pair.thread, text=text),
        await pair.buyer.edit(pair.thread, 1, text),
    ]

    assert [(a.status_code, a.json()["reason"]) for a in answers] == [(422, "empty")] * 2


async def test_a_reply_names_a_message_of_its_own_thread(pair: Pair) -> None:
    lamp = await pair.buyer.open(await pair.town.product(pair.shop, "Another"))
    for text in ("One", "Two", "Three"):
        await pair.buyer.say(lamp, text)
    await pair.buyer.say(pair.thread, "Question")
    await pair.buyer.edit(pair.thread, 1, "Question?")

    good = await pair.seller.say(pair.thread, "Answer", reply_to=1)
    bad = [await pair.seller.post(pair.thread, text="Answer", reply_to=to) for to in (0, 2, 4, 99)]

    assert (await pair.buyer.events(pair.thread))[good - 1]["reply_to"] == 1
    assert [(a.status_code, a.json()["reason"]) for a in bad] == [(422, "reply_to")] * 4


async def test_reports_count_once(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "Spam")

    answers = [await pair.seller.report(pair.thread, 1) for _ in range(3)]
    own = await pair.buyer.report(pair.thread, 1)

    assert [a.status_code for a in answers] == [204] * 3
    assert (own.status_code, own.json()["reason"]) == (403, "own_message")
    assert len(rows(pair.parley, "SELECT * FROM reports")) == 1
    assert all("report" not in str(event) for event in await pair.buyer.events(pair.thread))


async def test_two_people_under_one_key_at_once_hear_of_each_other(pair: Pair) -> None:
    """A key is its sender's own, also in what a connection is not told because it said it itself."""
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()
    for _ in range(20):
        message = {"thread_id": pair.thread, "client_key": fresh_key(), "text": "Same key"}
        numbers = await asyncio.gather(
            buyer.send("message.send", **message), seller.send("message.send", **message)
        )
        acks = [await line.answer(n) for line, n in zip((buyer, seller), numbers, strict=True)]
        heard = [await line.heard() for line in (buyer, seller)]

        assert [[f["event"]["seq"] for f in frames] for frames in heard] == [
            [acks[1]["seq"]],
            [acks[0]["seq"]],
        ]


async def test_who_buys_where_he_later_sells_hears_everything_once(pair: Pair) -> None:
    """A thread that is older than his job: he stays its customer."""
    body = {"name": pair.shop.name, "version": 2, "members": [pair.seller.key, pair.buyer.key]}
    await pair.town.put(f"shops/{pair.shop.key}", body)
    both, colleague = await pair.buyer.on_line(), await pair.seller.on_line()

    order = await pair.town.order(await pair.town.buyer(), pair.shop)
    await pair.seller.say(pair.thread, "One")
    await pair.buyer.say(pair.thread, "Two")

    for line in (both, colleague):
        assert [f["event"]["seq"] for f in await line.heard() if f["t"] == "event"] == [1, 2]
    assert (await pair.buyer.view(pair.thread))["my_side"] == "customer"
    assert [e["side"] for e in await pair.buyer.events(pair.thread)] == ["shop", "customer"]
    assert await pair.buyer.threads() == [pair.thread]
    assert [o["id"] for o in (await pair.buyer.api.get("/orders")).json()["orders"]] == [order.id]
