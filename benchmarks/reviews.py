"""Reviews and ratings: what everybody reads, what shops and moderators read, and writing, beside many ratings.

Everything is asked in this process on the server's core; no transport is measured. The market is a hard one: an eighth
of all ratings is about the one product that is asked for, and a seventh about its shop.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import reviews_moderation, reviews_town
from benchmarks.growth import WARM_UP, in_turn, percentile, quiet_context
from benchmarks.measures import Figure
from benchmarks.reviews_steps import Ask, Market
from benchmarks.reviews_town import Reviews
from benchmarks.yardsticks.ceilings import on_server_core
from chat_server.storage import postgres, sqlite

Stores = list[tuple[Reviews, Any]]


@dataclass(frozen=True)
class Plan:
    """Ratings of the markets, the first for comparison; how often each step is made, and for how many seconds.

    Then the texts for detection: ordinary ones, and mixtures that were made to stall it.
    """

    sizes: tuple[int, ...] = (1000, 10_000, 100_000, 1_000_000)
    asked: int = 300
    patience: float = 6.0
    texts: int = 200
    mixtures: int = 60


def measure(plan: Plan, folder: Path, postgres_urls: list[str]) -> list[Figure]:
    """Detection, and every step on SQLite; on PostgreSQL too, where there is a database for each size."""
    figures = reviews_moderation.measure(plan.texts, plan.mixtures) + measure_sqlite(plan, folder)
    return figures + (measure_postgres(plan, postgres_urls) if postgres_urls else [])


def measure_sqlite(plan: Plan, folder: Path) -> list[Figure]:
    """All markets as files."""
    stores: Stores = []
    for size in plan.sizes:
        path, town = folder / f"reviews-{size}.sqlite3", Reviews(size, _now())
        build_sqlite(path, town)
        stores.append((town, sqlite.SqliteStore(path)))
    with on_server_core():
        return asyncio.run(_measure("sqlite", plan, stores))


def measure_postgres(plan: Plan, urls: list[str]) -> list[Figure]:
    """All markets as databases of one server."""
    stores: Stores = []
    for url, size in zip(urls, plan.sizes, strict=True):
        town = Reviews(size, _now())
        asyncio.run(build_postgres(url, town))
        stores.append((town, postgres.PostgresStore(url)))
    with on_server_core():
        return asyncio.run(_measure("postgres", plan, stores))


def build_sqlite(path: Path, town: Reviews) -> None:
    """Makes the file."""
    sqlite.migrate(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -200000")
        reviews_town.fill_sqlite(db, town)


async def build_postgres(url: str, town: Reviews) -> None:
    """Makes the tables."""
    await postgres.migrate(url)
    await reviews_town.fill_postgres(url, town)


def _now() -> int:
    return int(time.clock_gettime(time.CLOCK_REALTIME) * 1000)


async def _measure(engine: str, plan: Plan, stores: Stores) -> list[Figure]:
    async with AsyncExitStack() as stack:
        markets = [await stack.enter_async_context(_open(*store)) for store in stores]
        first, last, size = markets[0], markets[-1], plan.sizes[-1]
        beside = first.reads()
        figures = [
            await _compared(f"{engine}.{step}", plan, beside[step], ask, size)
            for step, ask in last.reads().items()
        ]
        few = replace(plan, asked=min(plan.asked, first.waiting - WARM_UP))
        publishing = f"{engine}.reviews_publish"
        figures.append(await _compared(publishing, few, first.publish, last.publish, size))
        for more, market in list(zip(plan.sizes, markets, strict=True))[1:]:
            name = f"{engine}.reviews_rate_{more}"
            figures.append(await _compared(name, plan, first.rate, market.rate, more))
        return figures


async def _compared(name: str, plan: Plan, one: Ask, other: Ask, size: int) -> Figure:
    spent: list[float] = []

    async def metered() -> object:
        begin = time.process_time()
        told = await other()
        spent.append((time.process_time() - begin) * 1e3)
        return told

    less, more = await in_turn(one, metered, plan.asked, plan.patience)
    halves = [percentile(times, 0.5) for times in (less, more, spent)]
    return Figure(
        name,
        percentile(more, 0.99),
        percentile(less, 0.99),
        ratio=halves[1] / halves[0],
        note=f"{size:,} ratings; p50 {halves[0]:.2f} -> {halves[1]:.2f} ms, processor {halves[2]:.2f} ms",
    )


@asynccontextmanager
async def _open(town: Reviews, store: Any) -> AsyncIterator[Market]:
    await store.start(None)
    market = Market(quiet_context(store), town)
    await market.go_deep()
    try:
        yield market
    finally:
        await store.stop()
