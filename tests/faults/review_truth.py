"""What the store keeps of ratings, read past the server, and what it must be equal to."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import asyncpg

from chat_server.domain import ratings
from chat_server.domain.ids import PersonId, ShopId, show
from chat_server.domain.orders import DAY_MS
from chat_server.domain.ratings import Rating
from tests.e2e.waiting import eventually
from tests.faults.review_crew import Given

Table = list[tuple[Any, ...]]

RATINGS: Final = "SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews ORDER BY id"
DAYS: Final = (
    "SELECT shop_id, day, positive, neutral, negative FROM rating_days"
    " WHERE positive <> 0 OR neutral <> 0 OR negative <> 0 ORDER BY shop_id, day"
)
SUMS: Final = {
    "product_stars": (
        "SELECT product_id, stars, ratings FROM product_stars ORDER BY 1, 2",
        "SELECT product_id, stars, COUNT(*) FROM reviews GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    "product_texts": (
        "SELECT product_id, language, texts FROM product_texts WHERE texts <> 0 ORDER BY 1, 2",
        "SELECT product_id, language, COUNT(*) FROM reviews WHERE shown_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    "order_rating_days": (
        "SELECT shop_id, day, described, described_by, shipping, shipping_by FROM order_rating_days ORDER BY 1, 2",
        f"SELECT shop_id, rated_at / {DAY_MS}, SUM(described), COUNT(*), SUM(shipping), COUNT(*) FROM order_ratings"
        " GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    "helpful": (
        "SELECT id, helpful FROM reviews WHERE helpful <> 0 ORDER BY 1",
        "SELECT review_id, COUNT(*) FROM review_votes GROUP BY 1 ORDER BY 1",
    ),
    "to_answer": (
        "SELECT id FROM reviews WHERE to_answer = 1 ORDER BY 1",
        "SELECT review_id FROM review_parts WHERE part = 'text' AND state = 'published' ORDER BY 1",
    ),
    "shown": (
        "SELECT id FROM reviews WHERE shown_at IS NOT NULL ORDER BY 1",
        "SELECT DISTINCT review_id FROM review_parts WHERE part IN ('text', 'followup') AND state = 'published'"
        " ORDER BY 1",
    ),
    # A pair has moved once for each rating, each refund and each word of the supervisor: no write was lost or doubled.
    "rating_pairs": (
        "SELECT SUM(revision) FROM rating_pairs",
        "SELECT (SELECT COUNT(*) FROM reviews) + (SELECT COUNT(*) FROM refunds)"
        " + (SELECT COUNT(*) FROM audit WHERE action = 'rating_annulled')",
    ),
}
"""What is kept, and the question that it must be the answer to."""


class Ledger:
    """A store behind its server's back."""

    def __init__(self, store: str) -> None:
        self.store = store

    async def read(self, *questions: str) -> list[Table]:
        """The answers of one moment."""
        if not self.store.startswith("postgres"):
            with self._file() as db:
                db.execute("BEGIN")
                return [db.execute(sql).fetchall() for sql in questions]
        db = await asyncpg.connect(self.store, timeout=30)
        try:
            async with db.transaction(isolation="repeatable_read", readonly=True):
                return [[tuple(row) for row in await db.fetch(sql)] for sql in questions]
        finally:
            await db.close()

    async def ratings(self) -> list[Rating]:
        """All of them."""
        (rows,) = await self.read(RATINGS)
        return _ratings(rows)

    async def check_sums(self) -> None:
        """Everything that is kept equals what it comes to anew."""
        kept = [sql for sql, _ in SUMS.values()]
        anew = [sql for _, sql in SUMS.values()]
        rows, days, *found = await self.read(RATINGS, DAYS, *kept, *anew)
        assert days == _days(_ratings(rows))
        for name, one, other in zip(SUMS, found[: len(SUMS)], found[len(SUMS) :], strict=True):
            assert one == other, name

    async def check_given(self, given: Sequence[Given]) -> None:
        """Every rating that was acknowledged is there once, as it was acknowledged."""
        (rows,) = await self.read("SELECT id, line_id, stars, excluded, helpful FROM reviews")
        expected = Counter((g.review, g.line, g.stars, _excluded(g), len(g.helpful)) for g in given)
        found = Counter((show(i), show(n), stars, out, votes) for i, n, stars, out, votes in rows)
        assert found == expected
        assert set(found.values()) == {1}

    async def grow_older(self, ms: int) -> None:
        """All ratings are so much older, and their days are counted anew. While no server is there."""
        await self._alone()
        aged = [r._replace(rated_at=r.rated_at - ms) for r in await self.ratings()]
        statements = [
            f"UPDATE reviews SET rated_at = rated_at - {ms}",
            "DELETE FROM rating_days",
            *(
                f"INSERT INTO rating_days VALUES ({shop}, '{day}', {positive}, {neutral}, {negative})"
                for shop, day, positive, neutral, negative in _days(aged)
            ),
        ]
        if not self.store.startswith("postgres"):
            with self._file() as file:
                file.executescript(f"BEGIN;{';'.join(statements)};COMMIT")
            return
        db = await asyncpg.connect(self.store)
        try:
            async with db.transaction():
                await db.execute(";".join(statements))
        finally:
            await db.close()

    async def _alone(self) -> None:
        """What a server had begun before it died is done, or is not."""
        if not self.store.startswith("postgres"):
            return
        others = (
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

        async def gone() -> bool:
            return await self.read(others) == [[(0,)]]

        await eventually(gone, "the dead server's connections are closed")

    @contextlib.contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        path = self.store.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
            yield db


def told_by_rules(known: Sequence[Rating], shop: str, now: int) -> ratings.Explanation:
    """What a shop's ratings come to, computed anew from all of them."""
    mine = [rating for rating in known if show(rating.shop_id) == shop]
    return ratings.explain(mine, now, "UTC")


def _ratings(rows: Table) -> list[Rating]:
    return [Rating(i, PersonId(b), ShopId(s), at, stars, out) for i, b, s, at, stars, out in rows]


def _days(known: Sequence[Rating]) -> Table:
    found = [(d.shop_id, d.on.isoformat(), *d.tally) for d in ratings.days(known, "UTC")]
    return [row for row in found if any(row[2:])]


def _excluded(one: Given) -> str:
    return str(ratings.excluded(refunded=one.refunded, annulled=one.annulled).value)
