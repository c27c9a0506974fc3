"""The order of writes on PostgreSQL, with a database that answers when and how chance will have it."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import pytest

from chat_server.domain.errors import Unavailable
from chat_server.ports import Applied, Commit, Conflict, Outcome, Statement
from chat_server.storage.postgres_batches import Busy
from chat_server.storage.postgres_lines import BATCH, IN_FLIGHT, Job, Lines
from tests.factories_sql import happening, posting


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


class World:
    """A database that takes its time, and what was told in which order."""

    def __init__(self, chance: random.Random, limit_s: float = 60) -> None:
        self.chance = chance
        self.flying = 0
        self.carrying = False
        self.threads: set[int] = set()
        self.told: list[Commit] = []
        self.outcomes: dict[int, Outcome] = {}
        self.lines = Lines(self.post, self.mark, self.apply, self.together, self.hear, limit_s)

    async def post(self, commits: Sequence[Commit], outcomes: list[Outcome]) -> None:
        keys = [c.statements[0].params["client_key"] for c in commits]
        assert 0 < len(commits) <= BATCH
        assert len(set(keys)) == len(keys)
        self.flying += 1
        assert self.flying <= IN_FLIGHT
        async with self.alone(commits):
            held = {thread_of(c) for c in commits if self.chance.random() < 0.05}
            outcomes[:] = [Busy() if thread_of(c) in held else self.answer() for c in commits]
        self.flying -= 1

    async def mark(self, commits: Sequence[Commit], outcomes: list[Outcome]) -> None:
        places = [tuple(c.statements[0].params.values()) for c in commits]
        assert len(set(places)) == len(places)
        await asyncio.sleep(0)
        outcomes[:] = [self.answer() for _ in commits]

    async def apply(self, commits: Sequence[Commit], outcomes: list[Outcome]) -> None:
        async with self.alone(commits):
            outcomes[0] = self.answer()

    async def together(self, commits: Sequence[Commit], outcomes: list[Outcome]) -> None:
        assert 0 < len(commits) <= BATCH
        assert len({tuple(s.name for s in c.statements) for c in commits}) == 1
        threads = [thread_of(c) for c in commits if c.draft is not None]
        assert len(set(threads)) == len(threads)
        # Of two nodes that carry the same rows in other orders, each would wait for the other.
        places = [[str(value) for value in c.statements[0].params.values()] for c in commits]
        assert places == sorted(places)
        assert not self.carrying
        self.carrying = True
        async with self.alone(commits):
            outcomes[:] = [self.answer() for _ in commits]
        self.carrying = False

    def alone(self, commits: Sequence[Commit]) -> "Alone":
        return Alone(self, {thread_of(c) for c in commits if c.draft is not None})

    def answer(self) -> Outcome:
        return Applied([]) if self.chance.random() < 0.9 else Conflict("any")

    def hear(self, jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
        for job, outcome in zip(jobs, outcomes, strict=True):
            assert id(job.commit) not in self.outcomes
            self.told.append(job.commit)
            self.outcomes[id(job.commit)] = outcome
            job.done(outcome)


class Alone:
    """While a flight lasts, nothing else flies to its threads."""

    def __init__(self, world: World, threads: set[int]) -> None:
        self.world, self.threads = world, threads

    async def __aenter__(self) -> None:
        assert not self.world.threads & self.threads
        self.world.threads |= self.threads
        for _ in range(self.world.chance.randrange(4)):
            await asyncio.sleep(0)

    async def __aexit__(self, *failure: object) -> None:
        self.world.threads -= self.threads


def thread_of(commit: Commit) -> int:
    assert commit.draft is not None
    return commit.draft.thread_id


def marking(thread: int, me: int) -> Commit:
    return Commit([Statement("put_mark", {"thread_id": thread, "me": me})])


def any_commit(chance: random.Random, keys: list[str]) -> Commit:
    """A message, sometimes one said before, an event of the system, a mark or something else; some of it in bulk."""
    thread = chance.randrange(6)
    match chance.randrange(12):
        case 0 | 1:
            return happening(thread)
        case 2:
            return marking(thread, chance.randrange(2))
        case 3:
            return Commit([Statement("put_meta", {"key": "k", "value": "v"})])
        case 10:
            return happening(thread)._replace(bulk=True)
        case 11:
            return Commit([Statement("put_meta", {"key": str(thread), "value": "v"})], bulk=True)
        case 4:
            return posting(thread, me=1, key=chance.choice(keys))
        case _:
            return posting(thread, me=1)


@pytest.mark.parametrize("seed", range(25))
async def test_each_is_told_once_and_each_thread_in_order(seed: int) -> None:
    chance = random.Random(seed)
    world = World(chance)
    keys = [str(number) for number in range(4)]
    given: list[Commit] = []
    done: list[Any] = []

    for _ in range(400):
        given.append(any_commit(chance, keys))
        world.lines.add(given[-1], done.append)
        if chance.random() < 0.1:
            await asyncio.sleep(0)
    await world.lines.finish()

    assert len(done) == len(world.told) == len(given)
    assert not any(isinstance(outcome, Busy) for outcome in world.outcomes.values())
    for thread in range(6):
        ours = [c for c in given if c.draft is not None and thread_of(c) == thread]
        told = [c for c in world.told if c.draft is not None and thread_of(c) == thread]
        unsaid = [c for c in ours if c.statements[0].params.get("client_key") not in keys]
        assert [id(c) for c in told if c in unsaid] == [id(c) for c in unsaid]


async def test_a_flood_in_one_thread_goes_in_full_batches() -> None:
    world = World(random.Random(1))
    world.chance.random = lambda: 0.5  # type: ignore[method-assign]  # nobody refuses or holds
    commits = [posting(1, me=1) for _ in range(3 * BATCH)]

    for commit in commits:
        world.lines.add(commit, lambda _: None)
    await world.lines.finish()

    assert [id(c) for c in world.told] == [id(c) for c in commits]


async def test_who_waits_behind_a_database_that_stands_still_is_sent_away_in_time() -> None:
    world = World(random.Random(1), limit_s=0.3)
    never = asyncio.Event()

    async def stand_still(_: Sequence[Commit], __: list[Outcome]) -> None:
        await never.wait()

    world.lines = Lines(stand_still, stand_still, stand_still, stand_still, world.hear, 0.3)
    # One after the other they would wait for a minute.
    async with asyncio.timeout(20):
        for _ in range(5000):
            world.lines.add(any_commit(world.chance, ["1"]), lambda _: None)
        await world.lines.finish()

    assert len(world.told) == 5000
    assert {type(outcome) for outcome in world.outcomes.values()} == {Unavailable}
