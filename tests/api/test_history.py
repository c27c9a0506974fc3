"""Reading and coming back: pages, resume, what is gone, and other epochs (PROMISES: resumable, no hole at joining)."""

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from chat_server.domain.threads import RESUME_EVENTS
from chat_server.storage import restore_url
from tests.api.harness import Parley, SetClock, fresh_key, running
from tests.factories import Customer, Pair, Town, meet


async def say(person: Customer, thread: str, count: int) -> None:
    for n in range(count):
        await person.say(thread, f"{n + 1}")


def seqs(page: dict[str, Any]) -> list[int]:
    return [event["seq"] for event in page["events"]]


@pytest.mark.parametrize(
    ("page", "expected", "before", "after"),
    [
        ({}, [5, 6, 7, 8, 9, 10, 11, 12], True, False),
        ({"before": 5, "limit": 3}, [2, 3, 4], True, True),
        ({"before": 4, "limit": 3}, [1, 2, 3], False, True),
        ({"before": 1}, [], False, True),
        ({"before": 99, "limit": 2}, [11, 12], True, False),
        ({"after": 0, "limit": 2}, [1, 2], False, True),
        ({"after": 10, "limit": 2}, [11, 12], True, False),
        ({"after": 12}, [], True, False),
        ({"after": 99}, [], True, False),
        ({"around": 6, "limit": 4}, [5, 6, 7, 8], True, True),
        ({"around": 1, "limit": 4}, [1, 2, 3], False, True),
        ({"around": 12, "limit": 4}, [11, 12], True, False),
        ({"around": 6, "limit": 1}, [6], True, True),
    ],
    ids=str,
)
async def test_pages_of_history_are_the_same_over_both_ways(
    pair: Pair, page: dict[str, int], expected: list[int], before: bool, after: bool
) -> None:
    page = {"limit": 8, **page}
    await say(pair.buyer, pair.thread, 12)
    line = await pair.seller.on_line()

    by_http = (await pair.seller.api.get(f"/threads/{pair.thread}/events", params=page)).json()
    by_socket = await line.ask("history", thread_id=pair.thread, **page)

    assert seqs(by_http) == seqs(by_socket) == expected
    for told in (by_http, by_socket):
        assert told.get("more_before", False) is before
        assert told.get("more_after", False) is after


async def test_an_empty_thread_has_an_empty_page(pair: Pair) -> None:
    page = (await pair.buyer.api.get(f"/threads/{pair.thread}/events")).json()

    assert page == {"events": [], "marks": []}


@pytest.mark.parametrize(
    "page",
    [
        {"before": 1, "after": 1},
        {"limit": 0},
        {"limit": 101},
        {"limit": "ten"},
        {"before": -1},
        {"before": 2**53},
        {"befor": 1},
        {"after": ""},
    ],
    ids=str,
)
async def test_pages_that_make_no_sense_are_refused(pair: Pair, page: dict[str, Any]) -> None:
    answer = await pair.buyer.api.get(f"/threads/{pair.thread}/events", params=page)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_lists_are_paged_without_hole_or_repeat(pair: Pair) -> None:
    threads = [pair.thread]
    for n in range(6):
        pair.parley.clock.advance(n % 2)
        threads.append(await pair.buyer.open(await pair.town.product(pair.shop, f"Lamp {n}")))
    for thread in threads:
        await pair.buyer.say(thread)
    line = await pair.buyer.on_line()

    for person, expected in ((pair.buyer, threads), (pair.seller, threads)):
        by_http: list[str] = []
        before = ""
        while True:
            answer = await person.api.get("/threads", params={"before": before, "limit": 3})
            by_http += [view["id"] for view in answer.json()["threads"]]
            before = answer.json().get("next", "")
            if not before:
                break
        assert len(by_http) == len(expected)
        assert set(by_http) == set(expected)
    first = await line.ask("threads", limit=4)
    rest = await line.ask("threads", limit=4, before=first["next"])
    assert [v["id"] for v in first["threads"] + rest["threads"]] == await pair.buyer.threads()
    assert "next" not in rest


@pytest.mark.parametrize("before", ["x", "1", "1.2", "-1.0000000000000000", "١.0000000000000000"])
async def test_places_that_nobody_gave_are_refused(pair: Pair, before: str) -> None:
    line = await pair.buyer.on_line()

    answers = [
        await pair.buyer.api.get(path, params={"before": before})
        for path in ("/threads", "/orders")
    ]
    frame = await line.ask("threads", before=before)

    assert [a.status_code for a in answers] == [422, 422]
    assert frame["code"] == "invalid"


# Coming back.


async def test_a_welcome_tells_all_that_was_missed_in_one_frame(pair: Pair) -> None:
    quiet = await pair.buyer.open(await pair.town.product(pair.shop, "Another"))
    await say(pair.buyer, pair.thread, 3)
    await pair.buyer.say(quiet)
    line, welcome = await pair.seller.line()
    await line.close()
    await pair.buyer.say(pair.thread, "Missed")
    await pair.buyer.edit(pair.thread, 2, "Two")
    await pair.buyer.withdraw(pair.thread, 1)

    known = [[pair.thread, 3], [quiet, 1]]
    _, back = await pair.seller.line(epoch=welcome["epoch"], known=known)

    (sync,) = back["sync"]
    assert sync["thread"]["id"] == pair.thread
    assert [e["kind"] for e in sync["events"]] == ["posted", "edited", "withdrawn"]
    assert seqs(sync) == [4, 5, 6]
    assert not sync.get("reset") and not back.get("reload") and not back.get("gone")
    assert {view["id"] for view in back["threads"]} == {pair.thread, quiet}
    assert sync["thread"] == next(v for v in back["threads"] if v["id"] == pair.thread)


async def test_who_missed_nothing_is_told_nothing(pair: Pair) -> None:
    await say(pair.buyer, pair.thread, 2)
    line, welcome = await pair.seller.line()
    await line.close()

    _, back = await pair.seller.line(epoch=welcome["epoch"], known=[[pair.thread, 2]])

    assert "sync" not in back


@pytest.mark.parametrize(
    ("missed", "reset"),
    [(RESUME_EVENTS, False), (RESUME_EVENTS + 1, True)],
    ids=["all", "too much"],
)
async def test_too_much_missed_is_a_reset_and_never_a_silent_hole(
    pair: Pair, missed: int, reset: bool
) -> None:
    await pair.buyer.say(pair.thread)
    line, welcome = await pair.seller.line()
    await line.close()
    await say(pair.buyer, pair.thread, missed)

    _, back = await pair.seller.line(epoch=welcome["epoch"], known=[[pair.thread, 1]])

    (sync,) = back["sync"]
    assert sync.get("reset", False) is reset
    assert seqs(sync) == list(range(missed + 2 - RESUME_EVENTS, missed + 2))


async def test_marks_travel_whole_in_a_welcome(pair: Pair) -> None:
    await say(pair.buyer, pair.thread, 2)
    line, welcome = await pair.buyer.line()
    await line.close()
    await pair.seller.api.put(f"/threads/{pair.thread}/marks", json={"read": 2})

    _, back = await pair.buyer.line(epoch=welcome["epoch"], known=[[pair.thread, 2]])

    (view,) = back["threads"]
    assert {"side": "shop", "delivered": 2, "read": 2} in view["marks"]


async def test_threads_that_may_no_longer_be_read_are_gone(pair: Pair) -> None:
    other = await meet(pair.town)
    await pair.buyer.say(pair.thread)
    line, welcome = await pair.seller.line()
    await line.close()
    await pair.town.shop([], key=pair.shop.key, version=2)
    never, foreign = "0" * 16, other.thread

    known = [[pair.thread, 1], [never, 5], [foreign, 5]]
    _, back = await pair.seller.line(epoch=welcome["epoch"], known=known)

    assert sorted(back["gone"]) == sorted([pair.thread, never, foreign])
    assert "sync" not in back
    assert back["threads"] == []


async def test_item_21_who_is_removed_from_a_shop_hears_no_more_of_it(pair: Pair) -> None:
    line = await pair.seller.on_line()
    await pair.buyer.say(pair.thread, "Before")

    await pair.town.shop([], key=pair.shop.key, version=2)
    await pair.buyer.say(pair.thread, "After")

    assert await line.end() == 4001
    assert "After" not in json.dumps(line.pushes)
    again, welcome = await pair.seller.line()
    assert (welcome["threads"], welcome.get("shops", [])) == ([], [])
    await pair.buyer.say(pair.thread, "Still after")
    assert await again.heard() == []
    assert (await pair.seller.api.get(f"/threads/{pair.thread}")).status_code == 404


async def test_a_new_member_sees_the_shops_threads(pair: Pair) -> None:
    newcomer = await pair.town.seller()
    line = await newcomer.on_line()
    await pair.buyer.say(pair.thread, "Before he came")

    await pair.town.shop([pair.seller, newcomer], key=pair.shop.key, version=2)

    assert await line.end() == 4001
    _, welcome = await newcomer.line()
    assert [view["id"] for view in welcome["threads"]] == [pair.thread]


async def test_a_restored_store_has_another_epoch_and_clients_reload(
    tmp_path: Path, store_template: Path
) -> None:
    backup, clock = tmp_path / "backup.sqlite3", SetClock()
    async with running(tmp_path, store_template, clock) as parley:
        pair = await meet(Town(parley))
        await pair.buyer.say(pair.thread, "Kept")
        backup.write_bytes(await copy_of(parley))
        lost = {"client_key": fresh_key(), "text": "Lost with the disk"}
        await pair.buyer.post(pair.thread, **lost)
        _, welcome = await pair.buyer.line()
    epoch = await restore_url(backup, parley.settings.store)

    async with running(tmp_path, store_template, clock) as parley:
        buyer = Customer(parley, pair.buyer.key, pair.buyer.id, "", "buyer")
        line, back = await buyer.line(epoch=welcome["epoch"], known=[[pair.thread, 2]])
        again = await line.ask("message.send", thread_id=pair.thread, **lost)

    assert back["epoch"] == epoch != welcome["epoch"]
    assert back["reload"] is True
    assert "sync" not in back
    assert (again["t"], again["seq"]) == ("ack", 2)


async def copy_of(parley: Parley) -> bytes:
    """The store's file with its log folded in."""
    path = parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as db:
        return bytes(db.serialize())
