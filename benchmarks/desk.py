"""The support desk: what routing, counting and listing cost beside ten thousand open threads, and what two hundred
agents on one node are told a second.

Single steps are measured in this process on the server's core, at a small desk and a large one in turn; the whole
is a running node with an agent's socket for each agent, while customers write.
"""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks import seed
from benchmarks.desk_load import Load, load
from benchmarks.desk_town import HOURS, TEAM, Desk
from benchmarks.growth import in_turn, percentile, quiet_context
from benchmarks.measures import Figure
from benchmarks.parley import command, run, settings
from benchmarks.process import Server, free_port
from benchmarks.yardsticks.ceilings import on_server_core
from chat_server.actions import desk, desk_lists, moves, routing
from chat_server.actions.context import Context
from chat_server.actions.desk_lists import Wanted
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.people import Actor, Role
from chat_server.realtime.board import Board
from chat_server.realtime.hub import Hub, person_channel, team_channel
from chat_server.storage import postgres, sqlite
from chat_server.wire.codec import encode
from chat_server.wire.desk import DeskPage
from chat_server.wire.desk_views import desk_thread

Ask = Callable[[], Awaitable[object]]
Size = tuple[int, int]

LISTS = ("mine", "unassigned", "all", "snoozed", "resolved", "bot")


@dataclass(frozen=True)
class Plan:
    """Open threads and agents of the two desks, how often each step is made, and how long the node is loaded."""

    small: Size = (200, 10)
    large: Size = (10_000, 200)
    asked: int = 200
    patience: float = 20.0
    seconds: float = 10.0
    rate: float = 50.0


def measure(plan: Plan, folder: Path, postgres_urls: tuple[str, str] | None) -> list[Figure]:
    """Single steps on each engine, then the whole node."""
    figures = measure_sqlite(plan, folder)
    if postgres_urls is not None:
        figures += measure_postgres(plan, postgres_urls)
    return figures + measure_node(plan, folder)


def measure_sqlite(plan: Plan, folder: Path) -> list[Figure]:
    """Both desks as files."""
    stores = []
    for number, size in enumerate((plan.small, plan.large)):
        path, town = folder / f"desk{number}.sqlite3", Desk(*size, now=_now())
        build_sqlite(path, town)
        stores.append((town, sqlite.SqliteStore(path)))
    with on_server_core():
        return asyncio.run(_measure("sqlite", plan, stores))


def measure_postgres(plan: Plan, urls: tuple[str, str]) -> list[Figure]:
    """Both desks as databases of one server."""
    stores = []
    for url, size in zip(urls, (plan.small, plan.large), strict=True):
        town = Desk(*size, now=_now())
        asyncio.run(build_postgres(url, town))
        stores.append((town, postgres.PostgresStore(url)))
    with on_server_core():
        return asyncio.run(_measure("postgres", plan, stores))


def build_sqlite(path: Path, town: Desk) -> None:
    """Makes the file."""
    sqlite.migrate(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        seed.fill_sqlite(database, town.rows())
        database.execute("UPDATE teams SET hours = ? WHERE id = ?", (HOURS, TEAM))


async def build_postgres(url: str, town: Desk) -> None:
    """Makes the tables."""
    await postgres.migrate(url)
    await seed.fill_postgres(url, town.rows(postgres=True))
    connection = await asyncpg.connect(url)
    await connection.execute("UPDATE teams SET hours = $1 WHERE id = $2", HOURS, TEAM)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _now() -> int:
    return int(time.clock_gettime(time.CLOCK_REALTIME) * 1000)


async def _measure(engine: str, plan: Plan, stores: list[tuple[Desk, Any]]) -> list[Figure]:
    figures = []
    async with _visit(*stores[0]) as small, _visit(*stores[1]) as large:
        for step in large:
            less, more = await in_turn(small[step], large[step], plan.asked, plan.patience)
            note = f"{plan.large[0]:,} open threads; p50 {percentile(less, 0.5):.2f} -> {percentile(more, 0.5):.2f} ms"
            figures.append(
                Figure(
                    f"{engine}.{step}", percentile(more, 0.99), percentile(less, 0.99), note=note
                )
            )
    return figures


@asynccontextmanager
async def _visit(town: Desk, store: Any) -> AsyncIterator[dict[str, Ask]]:
    await store.start(None)
    try:
        yield _steps(quiet_context(store), town)
    finally:
        await store.stop()


def _steps(ctx: Context, town: Desk) -> dict[str, Ask]:
    """By name: everything that is measured of one desk."""
    rounds = Routing(ctx, town)
    board = _board(ctx, town)
    agents = itertools.cycle([PersonId(town.agent(n)) for n in range(town.agents)])

    def reading(name: str) -> Ask:
        async def read() -> object:
            me = Actor(next(agents), Role.AGENT, teams=frozenset({TEAM}))
            page = await desk_lists.page(ctx, me, Wanted(name), None, 50)
            return encode(DeskPage(threads=[desk_thread(card) for card in page.cards]))

        return read

    async def count() -> None:
        await board.show({TEAM})

    return {
        "desk_route": rounds.step,
        "desk_counts": count,
        "desk_seen": rounds.say_who_is_here,
        "desk_look": rounds.look,
        **{f"desk_{name}": reading(name) for name in LISTS},
    }


class Routing:
    """A desk whose agents are full: one place becomes free, and its queue's first gets it."""

    def __init__(self, ctx: Context, town: Desk) -> None:
        self._ctx, self._town = ctx, town
        self._turns = itertools.count()

    async def step(self) -> float:
        """Milliseconds from the look at the queue to the committed offer."""
        ctx, number = self._ctx, next(self._turns)
        if number % 20 == 0:
            await self.say_who_is_here()
        await self._free_a_place(number)
        team = (await moves.teams_by_id(ctx))[TEAM]
        begin = time.perf_counter()
        given = await routing.route(ctx, team)
        took = time.perf_counter() - begin
        assert given == 1, f"{given} threads were given where one place was free"
        return took * 1e3

    async def say_who_is_here(self) -> None:
        """As a node does every ten seconds."""
        agents = [PersonId(self._town.agent(n)) for n in range(self._town.agents)]
        await routing.seen(self._ctx, agents)

    async def look(self) -> None:
        """A round of the clock in which nothing is due."""
        ctx = self._ctx
        now = ctx.clock.now_ms()
        await routing.waiting_threads(ctx)
        await routing.keep_hours(ctx, now)
        await routing.end_silence(ctx, now)
        await routing.take_back(ctx, now)
        await routing.route_all(ctx)

    async def _free_a_place(self, number: int) -> None:
        """Of an agent whose turn it is: the newest of his goes back to the end of the queue."""
        me = Actor(PersonId(self._town.agent(number)), Role.AGENT, teams=frozenset({TEAM}))
        page = await desk_lists.page(self._ctx, me, Wanted("mine"), None, 1)
        card = page.cards[0]
        assert card.waiting_since is not None, "the newest waits for an answer"
        await desk.transfer(self._ctx, me, ThreadId(card.id), card.revision, TEAM, "")


class _Ear:
    """A socket that takes everything."""

    def write(self, frame: bytes) -> None:
        """Hears it."""


def _board(ctx: Context, town: Desk) -> Board:
    """A node's, with a socket for each agent and for each customer who waits."""
    hub = Hub()
    for _ in range(town.agents):
        hub.join(team_channel(TEAM), _Ear())
    for number in range(town.busy, town.busy + town.queued):
        hub.join(person_channel(town.customer(number)), _Ear())
    return Board(ctx, hub)


def measure_node(plan: Plan, folder: Path) -> list[Figure]:
    """The whole: a node with all agents connected, while customers write."""
    loads: list[Load] = []
    for number, (threads, agents) in enumerate((plan.small, plan.large)):
        home = folder / f"node{number}"
        home.mkdir()
        with _node(home, Desk(threads, agents, now=_now())) as (town, server):
            loads.append(load(town, server, plan.rate, plan.seconds))
    less, more = loads
    note = f"{plan.large[1]} agents, {plan.rate:g} messages a second, core {more.share:.0%} busy"
    return [
        Figure("desk_pushes", more.pushes, less.pushes, note=note),
        Figure("desk_push_cpu", more.cpu_per_push, less.cpu_per_push),
        Figure("desk_delivered", more.delivered_p99, less.delivered_p99, note=more.delivery_note),
        Figure("desk_lag", more.lag_p99, less.lag_p99, note=more.lag_note),
        Figure("desk_memory", more.resident / 1e6, less.resident / 1e6),
    ]


@contextmanager
def _node(home: Path, town: Desk) -> Iterator[tuple[Desk, Server]]:
    path, port = home / "parley.sqlite3", free_port()
    environment = settings(port, home, bot="0", ping_seconds="300")
    run(command("migrate"), environment)
    build_sqlite(path, town)
    with Server(command("serve"), port, env=environment, log=home / "log") as server:
        yield town, server
