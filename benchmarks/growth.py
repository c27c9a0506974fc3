"""Does the store get slower as it grows? The same questions to a small town and a large one."""

import asyncio
import itertools
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import asyncpg

from benchmarks import seed
from benchmarks.measures import Figure
from benchmarks.seed import Pair, Rows
from benchmarks.town import BUYER, SELLER, SHOP, Town, words_by_rank
from benchmarks.yardsticks.ceilings import on_server_core
from chat_server.actions import messages, search, sessions, threads
from chat_server.actions.context import Context
from chat_server.brokers.memory import MemoryBroker
from chat_server.domain.ids import ShopId, ThreadId, show
from chat_server.domain.people import Actor, Person, Role
from chat_server.domain.search import customer_token, shop_token, words_of
from chat_server.realtime import greeting
from chat_server.settings import Settings
from chat_server.storage import postgres, sqlite
from chat_server.wire.codec import encode
from chat_server.wire.frames import Hello, Known

Ask = Callable[[], Awaitable[object]]

WARM_UP = 20

_OLD = 3
"""A transaction of PostgreSQL that is over."""


@dataclass(frozen=True)
class Plan:
    """Threads and messages of the two towns, and how often each question is put."""

    small: tuple[int, int] = (1_000, 10_000)
    large: tuple[int, int] = (100_000, 1_000_000)
    asked: int = 300
    patience: float = 20.0
    """Seconds after which a question that takes too long is not put any more."""


def measure_sqlite(plan: Plan, folder: Path) -> list[Figure]:
    """Both towns as files."""
    stores = []
    for number, size in enumerate((plan.small, plan.large)):
        path = folder / f"town{number}.sqlite3"
        town = Town(*size)
        build_sqlite(path, town)
        stores.append((town, sqlite.SqliteStore(path)))
    with on_server_core():
        return asyncio.run(_measure("sqlite", plan, stores))


def measure_postgres(plan: Plan, urls: tuple[str, str]) -> list[Figure]:
    """Both towns as databases of one server."""
    stores = []
    for url, size in zip(urls, (plan.small, plan.large), strict=True):
        town = Town(*size)
        asyncio.run(build_postgres(url, town))
        stores.append((town, postgres.PostgresStore(url)))
    with on_server_core():
        return asyncio.run(_measure("postgres", plan, stores))


def build_sqlite(path: Path, town: Town) -> None:
    """Makes the file, and the search index as the relay would have made it."""
    sqlite.migrate(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        seed.fill_sqlite(database, _everything(town))
        rows = ((place, f"{_owners(pair)} {words}") for place, pair, _, words in town.words(_words))
        columns = ("rowid", "words")
        end = database.execute("SELECT MAX(position) FROM events").fetchone()[0]
        cursor = [("search", end, 0)]
        seed.fill_sqlite(
            database,
            [Rows("search", columns, rows), Rows("cursors", ("name", "major", "minor"), cursor)],
        )
        database.execute("ANALYZE")


async def build_postgres(url: str, town: Town) -> None:
    """Makes the tables, and the search index as the relay would have made it."""
    await postgres.migrate(url)
    # COPY knows no default for the transaction that an event belongs to: any old one will do.
    events = town.events()
    old = Rows("events", (*events.columns, "tx"), ((*row, _OLD) for row in events.rows))
    before = list(town.population())
    await seed.fill_postgres(url, [*before, old, *town.conversations()])
    connection = await asyncpg.connect(url)
    await connection.execute(
        "CREATE UNLOGGED TABLE waiting (position BIGINT, thread_id BIGINT, seq BIGINT, words TEXT)"
    )
    rows = (
        (place, pair.thread, seq, f"{_owners(pair)} {words}")
        for place, pair, seq, words in town.words(_words)
    )
    await seed.fill_postgres(
        url, [Rows("waiting", ("position", "thread_id", "seq", "words"), rows)]
    )
    await connection.execute(
        "INSERT INTO search SELECT position, thread_id, seq, "
        "array_to_tsvector(string_to_array(words, ' ')) FROM waiting"
    )
    await connection.execute("DROP TABLE waiting")
    await connection.execute(
        "INSERT INTO cursors (name, major, minor) SELECT 'search', $1, max(position) FROM events",
        _OLD,
    )
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _everything(town: Town) -> Iterator[Rows]:
    yield from town.population()
    yield town.events()
    yield from town.conversations()


def _words(text: str) -> str:
    return " ".join(words_of(text))


def _owners(pair: Pair) -> str:
    return f"{customer_token(pair.customer)} {shop_token(pair.shop)}"


async def _measure(engine: str, plan: Plan, stores: list[tuple[Town, Any]]) -> list[Figure]:
    async with _visit(*stores[0]) as small, _visit(*stores[1]) as large:
        figures = []
        for operation in small:
            less, more = await in_turn(
                small[operation], large[operation], plan.asked, plan.patience
            )
            note = (
                f"{plan.large[1]:,} messages; "
                f"p50 {percentile(less, 0.5):.2f} -> {percentile(more, 0.5):.2f} ms"
            )
            value, beside = percentile(more, 0.99), percentile(less, 0.99)
            figures.append(Figure(f"{engine}.{operation}", value, beside, note=note))
        return figures


async def in_turn(
    one: Ask, other: Ask, asked: int, patience: float
) -> tuple[list[float], list[float]]:
    """Milliseconds of both, asked alternately, so that both meet the same weather.

    Who knows better how long it took gives a float.
    """
    times: tuple[list[float], list[float]] = ([], [])
    end = time.perf_counter() + patience
    for turn in range(asked + WARM_UP):
        if time.perf_counter() > end and turn > 2 * WARM_UP:
            break
        for ask, kept in zip((one, other), times, strict=True):
            begin = time.perf_counter()
            told = await ask()
            took = (time.perf_counter() - begin) * 1e3
            if turn >= WARM_UP:
                kept.append(told if isinstance(told, float) else took)
    return times


def percentile(times: list[float], share: float) -> float:
    """What this share of them does not exceed."""
    return sorted(times)[int(len(times) * share)]


class _Clock:
    def now_ms(self) -> int:
        return int(time.clock_gettime(time.CLOCK_REALTIME) * 1000)


class _Ids:
    def new_id(self) -> int:
        return random.getrandbits(62)

    def new_secret(self) -> str:
        return f"{random.getrandbits(128):032x}"


class _Sink:
    def tell(self, fact: object) -> None:
        """Nobody listens."""


def quiet_context(store: Any) -> Context:
    """What actions use, with nobody who listens."""
    return Context(
        store=store,
        broker=MemoryBroker(),
        clock=_Clock(),
        ids=_Ids(),
        sink=cast(Any, _Sink()),
        photos=cast(Any, None),
        passwords=cast(Any, None),
        settings=Settings(),
    )


@asynccontextmanager
async def _visit(town: Town, store: Any) -> AsyncIterator[dict[str, Ask]]:
    """The questions to one town, by operation."""
    await store.start(None)
    ctx = quiet_context(store)
    people = [await _person(ctx, BUYER), await _person(ctx, SELLER)]
    try:
        yield _questions(ctx, town, people)
    finally:
        await store.stop()


async def _person(ctx: Context, person_id: int) -> Person:
    person = await ctx.store.one(sessions.PERSON, person_id=person_id)
    assert person is not None, "the town has been built"
    return person


def _questions(ctx: Context, town: Town, people: list[Person]) -> dict[str, Ask]:
    actors = [
        Actor(people[0].id, Role.BUYER),
        Actor(people[1].id, Role.SELLER, frozenset({ShopId(SHOP)})),
    ]
    sides = itertools.cycle((0, 1))
    hellos = [
        Hello(
            id=1,
            ticket="0" * 20,
            epoch=ctx.store.epoch,
            known=[Known(show(thread), seq) for thread, seq in town.known(side)],
        )
        for side in (0, 1)
    ]
    pages = [itertools.cycle(town.long_threads(side)) for side in (0, 1)]
    posts = [itertools.cycle(town.known(side)) for side in (0, 1)]
    words = words_by_rank()
    wanted = itertools.cycle([words[0], words[30], words[1000], f"{words[2]} {words[200]}"])
    numbers = itertools.count(1)

    async def list_() -> object:
        return await threads.list_threads(ctx, actors[next(sides)], None, 50)

    async def history() -> object:
        side = next(sides)
        return await threads.read_history(ctx, actors[side], ThreadId(next(pages[side])), limit=50)

    async def resume() -> object:
        side = next(sides)
        return encode(await greeting.welcome(ctx, actors[side], people[side], hellos[side]))

    async def unread() -> object:
        return await threads.unread_total(ctx, actors[next(sides)])

    async def find() -> object:
        return await search.search_messages(ctx, actors[next(sides)], next(wanted), "", 20)

    async def post() -> object:
        side, number = next(sides), next(numbers)
        thread = ThreadId(next(posts[side])[0])
        message = messages.Message(
            thread, f"grown-{number:012d}", "A new message of the benchmark."
        )
        return await messages.post(ctx, actors[side], message)

    return {
        "list": list_,
        "history": history,
        "resume": resume,
        "unread": unread,
        "search": find,
        "post": post,
    }
