"""Deadlines of disputes while servers die: each fires once or was beaten by one answer, and money goes back once."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from typing_extensions import override

from chat_server.domain.ids import read, show
from chat_server.storage import migrate_url
from tests.e2e.cluster import open_cluster
from tests.e2e.node import ServerNode, ServerProgram, command
from tests.e2e.waiting import eventually
from tests.faults.dispute_crew import DisputeCrew, dispute_crew, now_ms
from tests.faults.dispute_truth import Found, Store
from tests.faults.scale import length

DISPUTES: Final = length(40, 1000)
RACES: Final = length(30, 500)
KILLS: Final = length(3, 20)
WINDOW_S: Final = length(12.0, 600.0)
"""In which all of them are due."""

HEAD_START_MS: Final = 2000
HOUR_MS: Final = 3_600_000


class Sweeper(ServerNode):
    """`parley sweep`, which looks after deadlines where nodes share a store; nobody talks to it."""

    @override
    def _new_program(self) -> ServerProgram:
        environment = self._environment()
        return ServerProgram(command("sweep"), self.folder, lambda: True, environment=environment)


class Place(NamedTuple):
    """Processes over one store, and the way to whichever node is there."""

    nodes: list[ServerNode]
    store: Store
    way: str


@pytest.fixture(params=["sqlite", "postgres"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """One node on SQLite, or two on PostgreSQL and Redis with two sweepers."""
    if request.param == "postgres":
        postgres, redis = map(request.getfixturevalue, ("postgres_server", "redis_server"))
        async with open_cluster(tmp_path, postgres, redis) as cluster:
            broker = {"broker": redis.url}
            sweepers: list[ServerNode] = [
                Sweeper(tmp_path / f"sweeper-{number}", cluster.store, **broker)
                for number in (0, 1)
            ]
            try:
                await asyncio.gather(*[sweeper.start() for sweeper in sweepers])
                yield Place([*cluster.nodes, *sweepers], Store(cluster.store), cluster.way)
            finally:
                for sweeper in sweepers:
                    await sweeper.stop()
        return
    url = f"sqlite:///{tmp_path / 'parley.sqlite3'}"
    await migrate_url(url)
    node = ServerNode(tmp_path / "node", url)
    await node.start()
    yield Place([node], Store(url), node.url)
    await node.stop()


@pytest.mark.slow
async def test_each_deadline_fires_once_or_was_beaten_by_one_answer_whoever_dies(
    place: Place,
) -> None:
    begin = time.monotonic()
    async with dispute_crew(place.way) as crew:
        await crew.open(DISPUTES)
        first = now_ms() + HEAD_START_MS
        due = {read(one.id): first + random.randrange(int(WINDOW_S * 1000)) for one in crew.opened}
        await place.store.put_due(due)
        async with asyncio.TaskGroup() as paying:
            backend = paying.create_task(crew.pay_back())
            async with asyncio.TaskGroup() as group:
                for one in random.sample(crew.opened, RACES):
                    group.create_task(crew.race(one, due[read(one.id)]))
                group.create_task(_die(place, first))
            await _all_is_over(place.store, max(due.values()))
            backend.cancel()

        found = await place.store.found()
        found.check()
        _check_answers(crew, found)
        answered = Counter(one.answered or "time" for one in crew.opened)
        minutes = (time.monotonic() - begin) / 60
        print(
            f"{DISPUTES} disputes, {dict(answered)}, refused {crew.refused}, {KILLS} deaths,"
            f" {crew.repeated} repeats, {minutes:.1f} min"
        )


async def _die(place: Place, first: int) -> None:
    """One of the nodes dies at any moment, and what it leaves is right as it is."""
    moments = sorted(random.uniform(0, WINDOW_S) for _ in range(KILLS))
    for moment in moments:
        await asyncio.sleep(max(0.0, first / 1000 + moment - now_ms() / 1000))
        node = random.choice(place.nodes)
        await node.kill()
        (await place.store.found()).check(tried_again=True)
        await node.start()


async def _all_is_over(store: Store, last: int) -> None:
    """The last was due, nothing waits to be decided, and nothing is to be paid back."""

    async def over() -> bool:
        pending = "SELECT COUNT(*) FROM disputes WHERE state = 'refund_pending'"
        due = f"SELECT COUNT(*) FROM disputes WHERE closed_at IS NULL AND due_at <= {last}"
        done = await store.number(due) == 0 and await store.number(pending) == 0
        return now_ms() > last and done

    await eventually(over, "all that was due has happened", WINDOW_S + 120)


def _due() -> str:
    return f"SELECT COUNT(*) FROM deadlines WHERE kind = 'dispute' AND due_at <= {now_ms()}"


def _check_answers(crew: DisputeCrew, found: Found) -> None:
    """In each thread there is the one answer that was acknowledged, or time's word, once."""
    refunds = Counter(show(row[1]) for row in found.asked)
    paid = {row[1] for row in found.paid}
    for one in crew.opened:
        codes = [step.code.removeprefix("dispute.") for step in found.steps_of(one.id)]
        expected = one.answered or "expired.refund_pending"
        assert codes[:2] == ["opened", expected], (one, codes)
        assert sum(code.startswith("expired.") for code in codes) == (not one.answered), codes
        pays = expected in ("accept", "expired.refund_pending")
        assert refunds[one.id] == int(pays)
        assert codes.count("pay") == int(pays)
        assert (f"dispute-{one.id}-1" in paid) == pays


@pytest.mark.slow
async def test_six_hours_down_take_nobodys_turn_though_all_nodes_come_back_at_once(
    place: Place,
) -> None:
    async with dispute_crew(place.way) as crew:
        await crew.open(8)
        ids = [read(one.id) for one in crew.opened]
        for node in place.nodes:
            await node.kill()
        down = now_ms()
        fell_into, before, after = ids[:4], ids[4:6], ids[6:]
        await place.store.put_due(
            {
                **dict.fromkeys(fell_into, down - 3 * HOUR_MS),
                **dict.fromkeys(before, down - 7 * HOUR_MS),
                **dict.fromkeys(after, down + 24 * HOUR_MS),
            }
        )
        heart = f"UPDATE meta SET value = '{down - 6 * HOUR_MS}' WHERE key = 'heartbeat'"
        await place.store.run(heart)

        await asyncio.gather(*[node.start() for node in place.nodes])
        await _nothing_is_due(place.store)

        found = await place.store.found()
        found.check()
        stands = {row[0]: (row[2], row[4]) for row in found.disputes}
        for id in fell_into:
            codes = [step.code for step in found.steps_of(show(id))]
            assert codes == ["dispute.opened", "dispute.put_off"]
            state, due_at = stands[id]
            assert state == "seller_turn"
            assert 6 * HOUR_MS <= due_at - down <= 6 * HOUR_MS + 5 * 60_000
        for id in before:
            codes = [step.code for step in found.steps_of(show(id))]
            assert codes == ["dispute.opened", "dispute.expired.refund_pending"]
        for id in after:
            assert stands[id] == ("seller_turn", down + 24 * HOUR_MS)

        crew.opened[0].revision = 2
        await crew.race(crew.opened[0], now_ms())
        assert crew.opened[0].answered


async def _nothing_is_due(store: Store) -> None:
    async def quiet() -> bool:
        return await store.number(_due()) == 0

    await eventually(quiet, "nothing is due")
