"""Notices: what people are told beside their conversations, live, counted, and once."""

import asyncio
import contextlib
import dataclasses
import sqlite3
from typing import Any

import anyio
import anyio.lowlevel

from chat_server.actions.deadlines import fire_due
from chat_server.actions.notices import remind
from chat_server.domain.errors import Unavailable
from chat_server.domain.ids import read
from chat_server.domain.notices import NoticeRow
from chat_server.jobs.notices import follow_notices
from chat_server.jobs.sweeper import clean_up
from tests.api.deals import Deal, deal, decide, send
from tests.api.harness import DAY, HOUR, until
from tests.api.line import Frame, Line, closing
from tests.factories import Customer, Town


async def told(who: Customer, side: str = "mine") -> list[str]:
    """Kinds of what somebody was told, oldest first."""
    page = (await who.api.get("/notices", params={"side": side})).json()
    return [notice["kind"] for notice in reversed(page["notices"])]


async def unread(who: Customer, side: str = "mine") -> int:
    """How much of it he has not seen."""
    page: dict[str, Any] = (await who.api.get("/notices", params={"side": side})).json()
    return int(page["unread"])


async def noticed(line: Line, **fields: object) -> Frame:
    """The push of a notice that says this; what was told before it may be pushed late, and counts what came since."""
    while True:
        pushed = await line.push("notice")
        if fields.items() <= pushed["notice"].items():
            return pushed


def write(town: Town, sql: str) -> None:
    """Behind the node's back."""
    path = town.parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute(sql)
        db.commit()


async def later(one: Deal, ms: int) -> None:
    """Time passes, and what is due happens."""
    one.town.parley.clock.advance(ms)
    one.buyer.renew()
    one.seller.renew()
    while await fire_due(one.town.parley.ctx):
        pass


class TestReviews:
    """Each decision, reply and reminder reaches whom it concerns."""

    async def test_the_whole_life_of_a_review_is_told(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(2, text="Call me: +373 69 123 456")
        await decide(moderator, "refuse", reason="personal_data")
        await send(one.buyer, review, "text", "It flickers.")
        await decide(moderator)
        await send(one.seller, review, "reply", "We are sorry.")
        await decide(moderator)

        assert await told(one.buyer) == [
            "rate_asked",
            "review_refused",
            "review_published",
            "review_replied",
        ]
        assert await told(one.seller, "shops") == ["shop_rated", "shop_reviewed", "reply_published"]
        assert (await told(one.buyer, "shops"), await told(one.seller)) == ([], [])

    async def test_a_notice_says_what_it_is_about(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(2, text="Broken.")
        await decide(moderator, "refuse", reason="off_topic")

        page = (await one.buyer.api.get("/notices")).json()

        refused, asked = page["notices"]
        assert (asked["order_id"], asked["title"]) == (one.order.id, "Lamp")
        assert asked["shop"] == one.shop.name
        assert (refused["review_id"], refused["part"]) == (review, "text")
        assert refused["reason"] == "off_topic"

    async def test_nobody_is_told_twice_that_something_hidden_is_back(self, town: Town) -> None:
        one, supervisor = await deal(town), await town.colleague()
        review = await one.rated(5, text="Good.")
        await decide(supervisor)
        url = f"/console/reviews/{review}/parts/text/hiding"
        await supervisor.api.put(url, json={"revision": 2, "hidden": True, "reason": "other"})
        await supervisor.api.put(url, json={"revision": 3, "hidden": False})

        assert await told(one.seller, "shops") == ["shop_rated", "shop_reviewed"]
        assert await told(one.buyer) == [
            "rate_asked",
            "review_published",
            "review_hidden",
            "review_published",
        ]

    async def test_who_left_the_shop_reads_nothing_of_it_any_more(self, town: Town) -> None:
        one = await deal(town)
        await one.rated(5)
        assert await told(one.seller, "shops") == ["shop_rated"]

        body = {"name": one.shop.name, "members": [], "version": 2}
        await town.put(f"shops/{one.shop.key}", body)

        assert (await told(one.seller, "shops"), await unread(one.seller, "shops")) == ([], 0)


class TestReminders:
    """Who has not rated is asked at receipt, after a week, and three days before it is too late."""

    async def test_who_does_not_rate_is_reminded_twice(self, town: Town) -> None:
        one = await deal(town)

        await later(one, 7 * DAY)
        assert await told(one.buyer) == ["rate_asked", "rate_reminder"]
        await later(one, 20 * DAY)
        await later(one, 10 * DAY)

        assert await told(one.buyer) == ["rate_asked", "rate_reminder", "rate_reminder"]
        assert town.parley.rows("SELECT * FROM deadlines") == []

    async def test_a_node_that_comes_too_late_reminds_nobody(self, town: Town) -> None:
        one = await deal(town)
        # Another has taken it meanwhile, so that it has another revision, or is gone.
        assert not await remind(town.parley.ctx, read(one.order.id), revision=1)

        assert await told(one.buyer) == ["rate_asked"]

    async def test_who_has_rated_is_not_reminded_and_has_nothing_unread(self, town: Town) -> None:
        one = await deal(town)
        await one.rated(5)

        await later(one, 28 * DAY)

        assert (await told(one.buyer), await unread(one.buyer)) == (["rate_asked"], 0)

    async def test_receipt_by_whomever_is_asked_about_once(self, town: Town) -> None:
        one = await deal(town, "shipped")
        assert await told(one.buyer) == []

        receipt = {"client_key": "confirm-receipt-1"}
        await one.buyer.api.post(f"/orders/{one.order.id}/receipt", json=receipt)
        await town.move(one.order, state="received")

        assert await told(one.buyer) == ["rate_asked"]


class TestLive:
    """They are pushed, counted, and read on all devices at once."""

    async def test_a_notice_is_pushed_with_the_count(self, town: Town) -> None:
        one = await deal(town)
        await one.rated(5)
        phone, hers = await one.buyer.line()
        desk, his = await one.seller.line()
        async with closing(phone), closing(desk):
            assert (hers.get("notices", 0), his["shop_notices"]) == (0, 1)

            other = await deal(town, shop=one.shop)
            await other.rated(3)

            pushed = await noticed(desk, kind="shop_rated", stars=3)
            assert pushed["unread"] == 2

    async def test_where_the_store_is_away_for_a_moment_none_is_pushed_twice(
        self, town: Town
    ) -> None:
        given = asyncio.Event()
        ctx = dataclasses.replace(town.parley.ctx, notices_given=given)
        pushed: list[int] = []
        faults = [Unavailable()]

        async def push(row: NoticeRow) -> None:
            if pushed and faults:
                raise faults.pop()
            pushed.append(row.id)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(follow_notices, ctx, push)
            await anyio.lowlevel.checkpoint()
            ids = [await (await deal(town)).rated() for _ in "abc"]
            given.set()
            await until(lambda: len(set(pushed)) >= len(ids))
            tasks.cancel_scope.cancel()

        assert len(pushed) == len(set(pushed))

    async def test_what_is_read_on_one_device_is_read_on_the_other(self, town: Town) -> None:
        one = await deal(town)
        (phone, welcome), (tablet, _) = await one.buyer.line(), await one.buyer.line()
        async with closing(phone), closing(tablet):
            assert welcome["notices"] == 1
            (asked,) = (await one.buyer.api.get("/notices")).json()["notices"]

            body = {"side": "mine", "until": asked["id"]}
            await one.buyer.api.put("/notices/read", json=body)

            for device in (phone, tablet):
                assert (await device.push("notices.read"))["unread"] == 0
        assert await unread(one.buyer) == 0

    async def test_what_another_node_wrote_is_pushed_as_well(self, town: Town) -> None:
        one = await deal(town)
        phone, _ = await one.buyer.line()
        async with closing(phone):
            # Written behind this node's back, as another node would.
            sql = (
                "INSERT INTO notices SELECT id + 1, person_id, NULL, 'rate_reminder', subject_id,"
                " params, at, NULL FROM notices WHERE kind = 'rate_asked'"
            )
            write(town, sql)

            assert (await noticed(phone, kind="rate_reminder"))["unread"] == 2

    async def test_pages_go_back_to_the_first(self, town: Town) -> None:
        one = await deal(town)
        sql = (
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 65)"
            " INSERT INTO notices SELECT id + i, person_id, NULL, kind, subject_id, params, at, NULL"
            " FROM notices, n"
        )
        write(town, sql)

        seen: list[str] = []
        before: dict[str, str] = {}
        while True:
            page = (await one.buyer.api.get("/notices", params=before)).json()
            seen += [notice["id"] for notice in page["notices"]]
            if not page.get("next"):
                break
            before = {"before": page["next"]}

        assert len(seen) == len(set(seen)) == 66
        assert seen == sorted(seen, reverse=True)

    async def test_what_is_a_year_old_is_forgotten(self, town: Town) -> None:
        one = await deal(town)
        town.parley.clock.advance(366 * DAY + HOUR)

        async with anyio.create_task_group() as group:
            group.start_soon(clean_up, one.town.parley.ctx)
            await until(lambda: town.parley.rows("SELECT COUNT(*) FROM notices") == [(0,)])
            group.cancel_scope.cancel()
