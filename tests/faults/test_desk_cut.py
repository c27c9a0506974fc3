"""An agent is cut off, a node falls silent, a row is damaged: their customers are not left alone."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from chat_server.actions.live_faq import LiveFaq
from chat_server.storage import migrate_url
from tests.api.conftest import shipped_bot
from tests.api.harness import MINUTE, SECOND, Parley, SetClock, running
from tests.api.line import Line
from tests.contract.stores import patience
from tests.e2e.waiting import eventually
from tests.factories import Colleague, Town
from tests.faults.desk_crew import episodes, story, watching
from tests.services.postgres import Postgres
from tests.services.redis import Redis


class Pair:
    """Two nodes in this process on one store, with one clock that the test sets, and an agent on each."""

    def __init__(self, one: Parley, other: Parley, db: asyncpg.Connection) -> None:
        self.one, self.other = one, other
        self.clock = one.clock
        self.db = db
        self.town = Town(other)

    async def agent(self, node: Parley) -> tuple[Colleague, Line]:
        """Somebody who sits at a node."""
        colleague = await Town(node).colleague("agent")
        return colleague, await colleague.on_line()

    async def holder(self, thread: str) -> int | None:
        """Who has it."""
        sql = "SELECT agent_id FROM threads WHERE id = $1"
        held: int | None = await self.db.fetchval(sql, int(thread, 16))
        return held

    async def pass_by(self, ms: int) -> None:
        """Time passes, and the node that lives does what is due; twice, as what one round returns the next may give."""
        self.clock.advance(ms)
        await self.other.node.rounds.make()
        await self.other.node.rounds.make()


@pytest.fixture
async def nodes(
    tmp_path: Path, store_template: Path, postgres_server: Postgres, redis_server: Redis
) -> AsyncIterator[Pair]:
    """Both have been up for a while, so that they take back what nobody answers."""
    store = await asyncio.to_thread(postgres_server.create_database)
    await migrate_url(store)
    clock, broker = SetClock(), redis_server.url
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    with patience():
        async with (
            running(tmp_path / "one", store_template, clock, store=store, broker=broker) as one,
            running(tmp_path / "other", store_template, clock, store=store, broker=broker) as other,
            watching(store) as db,
        ):
            clock.advance(4 * MINUTE)
            yield Pair(one, other, db)


@pytest.mark.slow
@pytest.mark.parametrize("death", ["laptop", "node"])
async def test_a_customer_whose_agent_is_cut_off_is_with_another_after_a_minute(
    nodes: Pair, death: str
) -> None:
    first, line = await nodes.agent(nodes.one)
    thread = await nodes.town.in_queue(await nodes.town.buyer())
    await eventually(lambda: _holds(nodes, thread), "he is given the thread")
    gone = await nodes.holder(thread)
    _, other_line = await nodes.agent(nodes.other)
    await first.replies(thread, "One moment, please.")
    await _writes_again(nodes, thread)

    if death == "laptop":
        line._connection.transport.abort()
        closed = "SELECT gone_at FROM agents WHERE person_id = $1"
        await eventually(lambda: _is(nodes.db, closed, gone, nodes.clock.at), "his node sees it")
    else:
        # A node that dies says nothing more, and closes nothing.
        await nodes.one.node.supervisor.stop()

    await nodes.pass_by(59 * SECOND)
    assert await nodes.holder(thread) == gone, "he may only have gone through a tunnel"
    await nodes.pass_by(2 * SECOND)

    taken = await nodes.holder(thread)
    assert taken not in (None, gone)
    _, codes = await story(nodes.db, thread)
    assert codes[-3:] == ["support.joined", "support.requeued", "support.joined"]
    assert await episodes(nodes.db, thread) == [(1, taken, False)]
    await other_line.close()


@pytest.mark.slow
async def test_who_comes_back_in_time_keeps_his_customers(nodes: Pair) -> None:
    first, line = await nodes.agent(nodes.one)
    thread = await nodes.town.in_queue(await nodes.town.buyer())
    await eventually(lambda: _holds(nodes, thread), "he is given the thread")
    gone = await nodes.holder(thread)
    _, other_line = await nodes.agent(nodes.other)
    line._connection.transport.abort()
    closed = "SELECT gone_at FROM agents WHERE person_id = $1"
    await eventually(lambda: _is(nodes.db, closed, gone, nodes.clock.at), "his node sees it")

    await nodes.pass_by(50 * SECOND)
    first.parley = nodes.other
    again = await first.on_line()
    await nodes.pass_by(50 * SECOND)

    assert await nodes.holder(thread) == gone
    for end in (again, other_line):
        await end.close()


async def test_a_thread_that_cannot_be_read_keeps_nobody_else_waiting(
    tmp_path: Path, store_template: Path
) -> None:
    faq = LiveFaq(shipped_bot)
    async with running(tmp_path, store_template, faq=faq, bot=True) as node:
        visitors = [await Town(node).visitor() for _ in range(2)]
        threads = [await visitor.ask_support() for visitor in visitors]
        for visitor, thread in zip(visitors, threads, strict=True):
            await visitor.say(thread, "how long do refunds take")
            await visitor.answers(thread)
        with contextlib.closing(sqlite3.connect(tmp_path / "store.sqlite3")) as db:
            # As if the node had died before it answered either, and the disk had not kept the first as it was.
            db.execute("UPDATE threads SET answered = 0, waiting_since = 1")
            db.execute("UPDATE events SET body = '{' WHERE thread_id = ?", [int(threads[0], 16)])
            db.commit()

        await node.node.rounds.make()

        assert not node.node.gave_up
        waiting = node.rows("SELECT id FROM threads WHERE waiting_since IS NOT NULL")
        assert waiting == [(int(threads[0], 16),)]


async def _writes_again(nodes: Pair, thread: str) -> None:
    """The customer has something to say, which nobody answers."""
    sql = "SELECT p.external_id FROM threads AS t JOIN people AS p ON p.id = t.customer_id WHERE t.id = $1"
    key = await nodes.db.fetchval(sql, int(thread, 16))
    await (await nodes.town.person(key=key, name=key.title())).say(thread, "And when?")


async def _holds(nodes: Pair, thread: str) -> bool:
    return await nodes.holder(thread) is not None


async def _is(db: asyncpg.Connection, sql: str, about: int | None, wanted: int) -> bool:
    return bool(await db.fetchval(sql, about) == wanted)
