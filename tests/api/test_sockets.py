"""Sockets beyond messages: the way in, hellos that fail, limits, other clients unharmed, and the drain."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import websockets

from tests.api.harness import SECOND, Parley, fresh_key, running
from tests.api.line import closing
from tests.factories import HOST, Pair, Town, meet


def execute(parley: Parley, sql: str) -> None:
    path = parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(sql)


async def refusal(parley: Parley, **options: Any) -> int:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await parley.line(**options)
    return refused.value.response.status_code


@pytest.mark.parametrize(
    "origin", [f"https://{HOST}", "https://shop.example", None], ids=["own", "the market's", "none"]
)
async def test_item_31_own_pages_the_markets_and_programs_come_in(
    town: Town, origin: str | None
) -> None:
    person = await town.buyer()

    async with closing(await town.parley.line(origin=origin)) as line:
        welcome = await line.ask("hello", ticket=await person.ticket())

    assert welcome["t"] == "welcome"


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://evil.example",
        "http://shop.example",
        "https://shop.example:444",
        "https://www.shop.example",
        "https://example",
        "https://evil-shop.example",
        "https://shop.example.evil.example",
        "https://shop.example@evil.example",
        "https://shop.example/",
        "HTTPS://SHOP.EXAMPLE",
        f"http://{HOST}",
        f"https://{HOST}:8443",
    ],
)
async def test_item_31_any_other_origin_is_refused_before_the_upgrade(
    parley: Parley, origin: str
) -> None:
    assert await refusal(parley, origin=origin) == 403


@pytest.mark.parametrize("names", [(), ("parley.v2",), ("PARLEY.V1",), ("chat", "parley")])
async def test_another_protocol_is_not_spoken(parley: Parley, names: tuple[str, ...]) -> None:
    assert await refusal(parley, subprotocols=names) == 400


async def test_a_plain_request_is_told_what_lives_here(parley: Parley) -> None:
    for method in ("GET", "POST"):
        answer = await parley.client().request(method, f"https://{HOST}/socket")
        assert (answer.status_code, answer.headers["upgrade"]) == (426, "websocket")


async def test_a_hello_that_fails_on_our_side_may_be_said_again(town: Town) -> None:
    person = await town.buyer()
    ticket = await person.ticket()
    execute(town.parley, "ALTER TABLE tickets RENAME TO hidden")

    async with closing(await town.parley.line()) as line:
        answer = await line.ask("hello", ticket=ticket)
        ended = await line.end()
    execute(town.parley, "ALTER TABLE hidden RENAME TO tickets")

    assert (answer["code"], answer["retryable"], ended) == ("unavailable", True, 4001)
    async with closing(await town.parley.line()) as line:
        assert (await line.ask("hello", ticket=ticket))["t"] == "welcome"


async def test_item_36_who_does_not_say_hello_is_sent_away(town: Town) -> None:
    person = await town.buyer()
    silent, spoken = await town.parley.line(), await person.on_line()
    town.parley.clock.advance(10 * SECOND)
    assert await spoken.heard() == []
    town.parley.clock.advance(1)

    assert await silent.end() == 4503
    assert await spoken.heard() == []


async def test_item_36_an_address_has_so_many_sockets(tmp_path: Path, store_template: Path) -> None:
    async with running(tmp_path, store_template, sockets_per_address=3) as parley:
        lines = [await parley.line() for _ in range(3)]
        fourth = await refusal(parley)
        await lines[0].close()
        again = await parley.line()
        await again.send("threads")

        assert fourth == 429
        assert await again.end() == 4502


async def test_item_37_a_person_has_so_many_sockets(tmp_path: Path, store_template: Path) -> None:
    async with running(tmp_path, store_template, sockets_per_person=2) as parley:
        person = await Town(parley).buyer()
        lines = [await person.on_line() for _ in range(2)]
        async with closing(await parley.line()) as third:
            await third.send("hello", ticket=await person.ticket())
            assert await third.end() == 4504
        assert [await line.heard() for line in lines] == [[], []]


async def test_item_37_messages_of_a_person_are_bounded_over_all_his_sockets(
    tmp_path: Path, store_template: Path
) -> None:
    async with running(tmp_path, store_template, message_rate=1.0, message_burst=3) as parley:
        pair = await meet(Town(parley))
        phone, laptop = await pair.buyer.on_line(), await pair.buyer.on_line()
        answers = [
            await line.ask(
                "message.send", thread_id=pair.thread, client_key=fresh_key(), text="Hello"
            )
            for line in (phone, laptop, phone, laptop, phone)
        ]
        parley.clock.advance(SECOND)
        later = await laptop.ask(
            "message.send", thread_id=pair.thread, client_key=fresh_key(), text="Hello"
        )

        assert [a["t"] for a in answers] == ["ack"] * 3 + ["error"] * 2
        refused = answers[3]
        assert (refused["code"], refused["retryable"]) == ("rate_limited", True)
        assert refused["retry_after_ms"] == 1000
        assert (later["t"], later["seq"]) == ("ack", 4)
        assert (await pair.seller.post(pair.thread, text="I may")).status_code == 201


async def test_item_37_messages_over_http_are_bounded_alike(
    tmp_path: Path, store_template: Path
) -> None:
    async with running(tmp_path, store_template, message_rate=0.01, message_burst=3) as parley:
        pair = await meet(Town(parley))
        answers = [await pair.buyer.post(pair.thread, text="Hello") for _ in range(5)]

        assert [a.status_code for a in answers] == [201] * 3 + [429] * 2
        assert answers[3].json()["retry_after_ms"] > 0
        assert len(await pair.buyer.events(pair.thread)) == 3


async def test_item_37_threads_of_a_buyer_are_bounded(tmp_path: Path, store_template: Path) -> None:
    async with running(tmp_path, store_template, threads_per_hour=2) as parley:
        town = Town(parley)
        pair = await meet(town)
        await pair.buyer.open(await town.product(pair.shop))
        third = await town.product(pair.shop)

        refused = await pair.buyer.api.post("/threads", json={"product": third.id})

        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert refused.json()["retry_after_ms"] > 0
        assert await pair.buyer.open(pair.product) == pair.thread, "what exists is always opened"


async def test_item_35_junk_of_one_socket_leaves_all_others_alone(pair: Pair) -> None:
    bad, good = await pair.buyer.on_line(), await pair.seller.on_line()

    for junk in ("junk", "[]", '{"t":"admin","id":1}', "\x00", '{"t":"mark","id":2,"marks":[]}'):
        await bad.send_raw(junk)
    answers = [await bad.word() for _ in range(5)]
    await pair.buyer.say(pair.thread, "Hello")

    assert answers == ["bad_frame"] * 5
    assert (await good.push("event"))["event"]["text"] == "Hello"
    assert (await bad.push("event"))["event"]["text"] == "Hello"


async def test_refusals_over_the_socket_are_sentences_in_the_readers_language(pair: Pair) -> None:
    await pair.seller.block(pair.thread)

    async def told(**hello: str) -> str:
        line, _ = await pair.buyer.line(**hello)
        async with closing(line):
            frame = await line.ask(
                "message.send", thread_id=pair.thread, client_key=fresh_key(), text="Hello"
            )
        return str(frame["message"])

    sentences = [await told(locale=locale) for locale in ("en", "ru", "ro", "ar", "es")]

    assert len(set(sentences)) == 5
    assert all(sentences)


async def test_the_drain_says_goodbye_to_all_and_lets_nobody_in(pair: Pair) -> None:
    lines = [await pair.buyer.on_line(), await pair.seller.on_line(), await pair.parley.line()]

    await pair.parley.node.drain()

    assert [await line.end() for line in lines] == [1012] * 3
    assert await refusal(pair.parley) == 503
    ready = await pair.parley.client().get(f"https://{HOST}/readyz")
    assert (ready.status_code, ready.json()) == (503, {"status": "draining"})
