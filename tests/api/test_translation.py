"""Translations of a whole node: what leaves it, what it remembers, and that nobody who writes waits for them."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import anyio
import pytest

from chat_server.actions.known_translations import HELD
from chat_server.actions.translations import Translated, language_of, translated
from chat_server.domain.errors import Unavailable
from chat_server.domain.translation import Span
from chat_server.gateways.translation import QUEUE
from chat_server.jobs.sweeper import clean_up
from tests.api.harness import DAY, MINUTE, Parley, running, until
from tests.factories import Town, meet
from tests.services.translators import Bureau

TEXT = "Where is my order LX123456789CN? Write to ana@mail.example"
MASKED = "Where is my order {{0}}? Write to {{1}}"


def node(
    folder: Path, template: Path, bureau: Bureau, **changes: Any
) -> AbstractAsyncContextManager[Parley]:
    """A node that translates by a bureau."""
    settings = {"translator": "libretranslate", "translator_url": bureau.url, **changes}
    return running(folder, template, **settings)


@pytest.fixture
async def foreign(tmp_path: Path, store_template: Path, bureau: Bureau) -> AsyncIterator[Parley]:
    """A node that translates."""
    async with node(tmp_path, store_template, bureau) as parley:
        yield parley


def kept(parley: Parley) -> list[str]:
    """What the store has of translations."""
    return [text for (text,) in parley.rows("SELECT text FROM translations")]


def change(store: str, sql: str) -> None:
    """Behind the node's back."""
    with contextlib.closing(sqlite3.connect(store.removeprefix("sqlite:///"))) as db:
        db.execute(sql)
        db.commit()


async def test_without_a_setting_nothing_is_translated(parley: Parley) -> None:
    assert parley.ctx.translator is None
    assert await translated(parley.ctx, TEXT, "en", "ru") is None


async def test_a_text_comes_back_in_another_language_and_nothing_personal_has_left(
    foreign: Parley, bureau: Bureau
) -> None:
    found = await translated(foreign.ctx, TEXT, "en", "ru")

    assert found == Translated(f"<ru> {TEXT}", "en", "ru", "libretranslate")
    [asked] = bureau.asked
    assert asked.text == MASKED
    assert "ana" not in str(asked)
    assert "123456789" not in str(asked)


async def test_what_moderation_has_found_does_not_leave_either(
    foreign: Parley, bureau: Bureau
) -> None:
    text = "Write to ana at mail dot com, please"

    found = await translated(foreign.ctx, text, "en", "ru", found=[Span(9, 28)])

    assert found is not None and found.text == f"<ru> {text}"
    assert bureau.asked[0].text == "Write to {{0}}, please"


async def test_what_was_asked_for_once_is_known_also_after_a_restart_and_holds_nothing_personal(
    tmp_path: Path, store_template: Path, bureau: Bureau
) -> None:
    for _ in range(2):
        async with node(tmp_path, store_template, bureau) as parley:
            for _ in range(2):
                assert await translated(parley.ctx, TEXT, "en", "ru") is not None
            assert kept(parley) == [f"<ru> {MASKED}"]
    assert len(bureau.asked) == 1


async def test_texts_that_differ_in_what_is_masked_alone_are_one_to_the_provider(
    foreign: Parley, bureau: Bureau
) -> None:
    one = await translated(foreign.ctx, "Order 11111 is late", "en", "ru")
    two = await translated(foreign.ctx, "Order 22222 is late", "en", "ru")

    assert one is not None and one.text == "<ru> Order 11111 is late"
    assert two is not None and two.text == "<ru> Order 22222 is late"
    assert len(bureau.asked) == 1


async def test_another_text_language_or_provider_is_another_translation(
    tmp_path: Path, store_template: Path, bureau: Bureau
) -> None:
    async with node(tmp_path, store_template, bureau) as parley:
        for source, target in (("en", "ru"), ("en", "ro"), ("de", "ru")):
            await translated(parley.ctx, "Hallo", source, target)
        await translated(parley.ctx, "hallo", "en", "ru")
    changes = {"translator": "google", "translator_url": bureau.at("google")}
    async with node(tmp_path, store_template, bureau, **changes) as parley:
        await translated(parley.ctx, "Hallo", "en", "ru")

    assert len(bureau.asked) == 5


async def test_twenty_who_want_the_same_ask_once(foreign: Parley, bureau: Bureau) -> None:
    bureau.open.clear()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(translated(foreign.ctx, TEXT, "en", "ru")) for _ in range(20)]
        await until(lambda: len(bureau.asked) == 1)
        bureau.open.set()

    assert {task.result() for task in tasks} == {
        Translated(f"<ru> {TEXT}", "en", "ru", "libretranslate")
    }
    assert len(bureau.asked) == 1


async def test_when_the_one_who_asks_goes_away_another_asks_for_all(
    foreign: Parley, bureau: Bureau
) -> None:
    bureau.open.clear()
    async with asyncio.TaskGroup() as group:
        first, *others = [
            group.create_task(translated(foreign.ctx, TEXT, "en", "ru")) for _ in range(5)
        ]
        await until(lambda: len(bureau.asked) == 1)
        first.cancel()
        others.pop().cancel()
        await until(lambda: len(bureau.asked) == 2)
        bureau.open.set()

    assert all(task.result() is not None for task in others)
    assert len(bureau.asked) == 2


async def test_those_who_wait_for_one_answer_share_that_there_is_none_and_the_next_asks_again(
    foreign: Parley, bureau: Bureau
) -> None:
    bureau.open.clear()
    bureau.status = 503
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(translated(foreign.ctx, TEXT, "en", "ru")) for _ in range(5)]
        await until(lambda: len(bureau.asked) == 1)
        bureau.open.set()
    assert [task.result() for task in tasks] == [None] * 5
    assert len(bureau.asked) == 1
    assert kept(foreign) == []

    bureau.status = 200

    assert await translated(foreign.ctx, TEXT, "en", "ru") is not None


async def test_a_language_that_is_not_told_is_guessed(foreign: Parley, bureau: Bureau) -> None:
    found = await translated(foreign.ctx, "Muy buena calidad, lo recomiendo", "", "ru")

    assert found is not None and found.source == "es"
    assert await translated(foreign.ctx, "ok", "", "ru") is None
    assert await translated(foreign.ctx, "Очень хорошее качество", "", "ru") is None
    assert len(bureau.asked) == 1
    assert await language_of(foreign.ctx, "merci", ["ro"]) == "ro"


@pytest.mark.parametrize("text", ["", "12345", "🙂", "ana@mail.example", "x" * 4001])
async def test_what_has_no_words_or_is_too_long_is_not_sent(
    foreign: Parley, bureau: Bureau, text: str
) -> None:
    assert await translated(foreign.ctx, text, "en", "ru") is None
    assert bureau.asked == []


async def test_a_translation_that_says_the_same_is_none(foreign: Parley, bureau: Bureau) -> None:
    bureau.translate = lambda asked: asked.text

    assert await translated(foreign.ctx, "Samsung Galaxy", "en", "ru") is None


async def test_a_hostile_answer_is_shown_as_letters_or_not_at_all(
    foreign: Parley, bureau: Bureau
) -> None:
    bureau.translate = lambda _: "\x00<script>alert(1)</script>\u202e{{0}}\x1b"
    found = await translated(foreign.ctx, "Order 11111 is late", "en", "ru")
    assert found is not None and found.text == "<script>alert(1)</script>11111"

    bureau.translate = lambda _: "{{0}} {{0}}"
    assert await translated(foreign.ctx, "Order 11111 is lost", "en", "ru") is None
    bureau.translate = lambda _: "{{1}}"
    assert await translated(foreign.ctx, "Order 11111 is here", "en", "ru") is None
    bureau.translate = lambda _: "x" * 100_000
    assert await translated(foreign.ctx, "It is late", "en", "ru") is None
    assert len(kept(foreign)) == 1


async def test_what_was_changed_in_the_store_is_checked_like_any_answer(
    tmp_path: Path, store_template: Path, bureau: Bureau
) -> None:
    async with node(tmp_path, store_template, bureau) as parley:
        assert await translated(parley.ctx, TEXT, "en", "ru") is not None

    change(parley.settings.store, "UPDATE translations SET text = 'no marks'")

    async with node(tmp_path, store_template, bureau) as parley:
        assert await translated(parley.ctx, TEXT, "en", "ru") is None


async def test_a_store_that_fails_keeps_nobody_from_reading(
    foreign: Parley, bureau: Bureau
) -> None:
    change(foreign.settings.store, "DROP TABLE translations")

    assert await translated(foreign.ctx, TEXT, "en", "ru") is not None
    assert len(bureau.asked) == 1


async def test_translations_are_forgotten_after_ninety_days(
    foreign: Parley, bureau: Bureau
) -> None:
    await translated(foreign.ctx, "Old news", "en", "ru")
    foreign.clock.advance(DAY)
    await translated(foreign.ctx, "Fresh news", "en", "ru")
    foreign.clock.advance(89 * DAY + MINUTE)

    async with anyio.create_task_group() as group:
        group.start_soon(clean_up, foreign.ctx)
        await until(lambda: len(kept(foreign)) < 2)
        group.cancel_scope.cancel()

    assert kept(foreign) == ["<ru> Fresh news"]


async def test_a_node_holds_so_many_translations_and_no_more(foreign: Parley) -> None:
    asked = 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        return "text"

    known = foreign.ctx.translations
    for number in range(HELD + 1):
        await known.get(number.to_bytes(4, "big"), ask)
    assert asked == HELD + 1

    await known.get(HELD.to_bytes(4, "big"), ask)
    assert asked == HELD + 1
    await known.get((0).to_bytes(4, "big"), ask)
    assert asked == HELD + 2


async def test_a_very_long_translation_is_not_held(foreign: Parley) -> None:
    asked = 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        return "x" * 4001

    for _ in range(2):
        assert await foreign.ctx.translations.get(b"long", ask) == "x" * 4001

    assert asked == 2


async def test_what_goes_wrong_while_it_is_asked_is_for_who_asked(foreign: Parley) -> None:
    async def fail() -> str:
        raise Unavailable

    async def succeed() -> str:
        return "text"

    with pytest.raises(Unavailable):
        await foreign.ctx.translations.get(b"key", fail)
    assert await foreign.ctx.translations.get(b"key", succeed) == "text"


async def test_messages_do_not_wait_while_a_provider_hangs_and_its_line_is_full(
    tmp_path: Path, store_template: Path, bureau: Bureau
) -> None:
    bureau.open.clear()
    async with node(tmp_path, store_template, bureau, translator_seconds=30.0) as parley:
        pair = await meet(Town(parley))
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(translated(parley.ctx, f"Text {'a' * n}", "en", "ru"))
                for n in range(1, 60)
            ]
            await until(lambda: sum(not task.done() for task in tasks) == 4 + QUEUE)
            line = await pair.seller.on_line()

            for number in range(50):
                await pair.buyer.say(pair.thread, f"Message {number}")

            heard = [f["event"]["text"] for f in await line.heard() if f["t"] == "event"]
            hanging = sum(not task.done() for task in tasks)
            bureau.open.set()

    assert heard == [f"Message {number}" for number in range(50)]
    assert hanging == 4 + QUEUE, "all of them have come before the provider answered anything"
    assert sum(task.result() is not None for task in tasks) == 4 + QUEUE


async def test_a_node_stops_while_a_provider_hangs(
    tmp_path: Path, store_template: Path, bureau: Bureau
) -> None:
    bureau.open.clear()
    async with asyncio.TaskGroup() as group:
        async with node(tmp_path, store_template, bureau, translator_seconds=30.0) as parley:
            task = group.create_task(translated(parley.ctx, "A text", "en", "ru"))
            await until(lambda: len(bureau.asked) == 1)
        assert not task.done(), "the provider hangs on, and the node has stopped all the same"
        task.cancel()
        bureau.open.set()
        gateway = parley.node.translator
        assert gateway is not None
        await until(lambda: gateway.held == 0)
