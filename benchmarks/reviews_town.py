"""A market of any size whose buyers have rated what they received, built by SQL that both engines understand.

The most wanted of its products has an eighth of all ratings, its shop somewhat more; three ratings in ten have a
text that is shown. No two ratings of one buyer and shop are close enough to merge, so that every row that is kept of
them is an honest sum. All times lie before `now`, over three years.
"""

import random
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final

import asyncpg

from benchmarks import seed
from benchmarks.seed import Row, Rows
from benchmarks.town import words_by_rank
from chat_server.domain.orders import DAY_MS

SHOPS: Final = 50
PRODUCTS: Final = 2000
SPAN_MS: Final = 3 * 365 * DAY_MS

_PERSON, _SELLER, _SHOP, _PRODUCT = 1 << 40, 2 << 40, 3 << 40, 4 << 40
_ORDER, _LINE, _REVIEW, _PHOTO = 5 << 40, 6 << 40, 7 << 40, 8 << 40
MODERATOR: Final = 9 << 40

_PICKS: Final = 10_007
"""A prime, so that products and everything else about a rating do not keep step."""
_BODIES: Final = 499

_SQLITE: Final = {
    "temporary": "TEMP",
    "blob": "BLOB",
    "date": "strftime('%Y-%m-%d', rated_at / 1000, 'unixepoch')",
    "series": "WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < :last) SELECT n FROM c",
}
_POSTGRES: Final = {
    "temporary": "UNLOGGED",
    "blob": "BYTEA",
    "date": "to_char(to_timestamp(rated_at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    "series": "SELECT generate_series(0, :last)",
}
_FILE: Final = Path(__file__).with_suffix(".sql")
_NAME: Final = re.compile(r":([a-z_]+)")


@dataclass(frozen=True)
class Reviews:
    """`ratings` of the past, and lines that were received yesterday and nobody has rated."""

    ratings: int
    now: int
    unrated: int = 4000

    @property
    def buyers(self) -> int:
        """Each has given five ratings at the most, and received one thing that he has not rated."""
        return max(self.ratings // 5, self.unrated)

    @property
    def waiting(self) -> int:
        """Texts that no moderator has seen."""
        return min(self.ratings // 10, 2000)

    def shop(self, number: int) -> int:
        """The shops; the first is the largest."""
        return _SHOP + number

    def seller(self, number: int) -> int:
        """Who sells there."""
        return _SELLER + number

    def product(self, number: int) -> int:
        """The products; the first is the most wanted."""
        return _PRODUCT + number

    def to_rate(self, number: int) -> tuple[int, int, int]:
        """A line that was not rated: its buyer, order and line."""
        n = self.ratings + number % self.unrated
        return _PERSON + n % self.buyers, _ORDER + n, _LINE + n

    def rows(self) -> Iterator[Rows]:
        """Everybody but the buyers, what is sold, and what the statements draw from."""
        sellers = [self.seller(number) for number in range(SHOPS)]
        yield seed.people([*sellers, MODERATOR])
        yield seed.shops(map(self.shop, range(SHOPS)))
        yield seed.members((self.shop(n), seller) for n, seller in enumerate(sellers))
        yield seed.products((self.product(n), self.shop(n % SHOPS)) for n in range(PRODUCTS))
        yield Rows("picks", ("k", "product"), _picks())
        yield Rows("bodies", ("k", "text"), enumerate(_bodies()))

    def statements(self, engine: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """What makes the tables to draw from, and what fills the others, in an order that foreign keys allow."""
        names = {**self._names(), **engine}

        def put(text: str) -> str:
            return _NAME.sub(lambda match: put(str(names[match[1]])), text)

        before, after = put(_FILE.read_text("utf-8").partition("\n\n")[2]).split("-- fill")
        return before.split(";")[:-1], after.split(";")[:-1]

    def _names(self) -> dict[str, object]:
        return {
            "person": _PERSON, "seller": _SELLER, "shop": _SHOP, "product": _PRODUCT, "order": _ORDER, "line": _LINE,
            "review": _REVIEW, "photo": _PHOTO, "moderator": MODERATOR, "shops": SHOPS, "picks": _PICKS,
            "bodies": _BODIES, "ratings": self.ratings, "last": self.ratings + self.unrated - 1, "buyers": self.buyers,
            "waiting": self.waiting, "now": self.now, "begin": self.now - SPAN_MS, "step": SPAN_MS // self.ratings,
            "day_ms": DAY_MS,
        }  # fmt: skip


def _picks() -> Iterator[Row]:
    """Which product ratings are about, in turn: the second is wanted half as much as the first, and so on."""
    chance = random.Random(3)
    weights = list(accumulate(1 / (rank + 1) for rank in range(PRODUCTS)))
    return enumerate(chance.choices(range(PRODUCTS), cum_weights=weights, k=_PICKS))


def _bodies() -> Iterator[str]:
    """Texts of about 150 letters."""
    chance = random.Random(4)
    words = words_by_rank()[:2000]
    return (" ".join(chance.choices(words, k=24)) for _ in range(_BODIES))


def fill_sqlite(db: sqlite3.Connection, town: Reviews) -> None:
    """Into a migrated file. Indexes are made afterwards, which is many times faster."""
    tables, statements = town.statements(_SQLITE)
    for sql in tables:
        db.execute(sql)
    seed.fill_sqlite(db, town.rows())
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    db.execute("BEGIN")
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    for sql in [*statements, *(sql for _, sql in indexes)]:
        db.execute(sql)
    db.execute("COMMIT")


async def fill_postgres(url: str, town: Reviews) -> None:
    """The same into a migrated database of a server of one's own: nobody checks references meanwhile."""
    tables, statements = town.statements(_POSTGRES)
    db = await asyncpg.connect(url)
    await db.execute("SET session_replication_role = replica")
    for sql in tables:
        await db.execute(sql)
    await seed.fill_postgres(url, town.rows())
    indexes = await db.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint) AND tablename NOT IN ('picks', 'bodies', 'numbers')"
    )
    for name, _ in indexes:
        await db.execute(f"DROP INDEX {name}")
    for sql in [*statements, *(sql for _, sql in indexes)]:
        await db.execute(sql)
    await db.execute("VACUUM ANALYZE")
    await db.close()
