"""Rows for a store: people, shops, products and threads, given in bulk to either engine."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import asyncpg

from chat_server.domain.ids import make_id

BORN_MS = 1_750_000_000_000
"""When everything seeded was made. Fixed, so that two runs work on the same rows."""

_AT_ONCE = 20_000

Row = tuple[int | str | bytes | None, ...]


class Rows(NamedTuple):
    """Rows of one table."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


class Pair(NamedTuple):
    """A thread and the ids of its two parties."""

    thread: int
    customer: int
    seller: int
    shop: int
    product: int


def pair_of(talk: int) -> Pair:
    """The thread of a talk: a customer, and a shop of one seller."""
    first = make_id(BORN_MS + talk, 0)
    return Pair(first, first + 1, first + 2, first + 3, first + 4)


def external_id(person: int) -> str:
    """How the marketplace calls this person."""
    return f"person-{person}"


def talks(count: int) -> Iterator[Rows]:
    """Everything that `count` two-party threads need, in an order that foreign keys allow."""
    pairs = [pair_of(talk) for talk in range(count)]
    everybody = [person for pair in pairs for person in (pair.customer, pair.seller)]
    yield people(everybody)
    yield shops(pair.shop for pair in pairs)
    yield members((pair.shop, pair.seller) for pair in pairs)
    yield products((pair.product, pair.shop) for pair in pairs)
    yield threads((pair, 0, BORN_MS) for pair in pairs)


def people(ids: Iterable[int]) -> Rows:
    """Customers as the marketplace's backend would have put them."""
    columns = (
        "id", "external_id", "kind", "role", "name", "locale", "zone", "country",
        "email", "password_hash", "version", "not_before", "created_at",
    )  # fmt: skip
    return Rows(
        "people",
        columns,
        (
            (
                i, external_id(i), "customer", None, f"Person {i % 10_000}", "en", "UTC", "",
                None, None, 1, 0, BORN_MS,
            )
            for i in ids
        ),
    )  # fmt: skip


def shops(ids: Iterable[int]) -> Rows:
    """Shops."""
    columns = ("id", "external_id", "name", "version", "created_at")
    return Rows("shops", columns, ((i, f"shop-{i}", f"Shop {i % 10_000}", 1, BORN_MS) for i in ids))


def members(pairs: Iterable[tuple[int, int]]) -> Rows:
    """Who sells where: shop and person."""
    return Rows("shop_members", ("shop_id", "person_id"), pairs)


def products(pairs: Iterable[tuple[int, int]]) -> Rows:
    """Products: id and shop."""
    columns = (
        "id", "external_id", "shop_id", "title", "url", "photo_url",
        "price_amount", "price_currency", "version",
    )  # fmt: skip
    rows = ((i, f"product-{i}", shop, "A thing", "", "", "9.90", "EUR", 1) for i, shop in pairs)
    return Rows("products", columns, rows)


def threads(given: Iterable[tuple[Pair, int, int]]) -> Rows:
    """Product threads: parties, newest seq, and when something was last said."""
    columns = (
        "id", "kind", "customer_id", "shop_id", "product_id", "order_id", "state",
        "last_seq", "last_posted", "last_at", "waiting_since", "created_at",
    )  # fmt: skip
    rows = (
        (
            p.thread, "product", p.customer, p.shop, p.product, None, "open",
            last, last, at, None, BORN_MS,
        )
        for p, last, at in given
    )  # fmt: skip
    return Rows("threads", columns, rows)


def fill_sqlite(database: sqlite3.Connection, batches: Iterable[Rows]) -> None:
    """Loads everything in one transaction."""
    database.execute("BEGIN")
    for table, columns, rows in batches:
        marks = ", ".join("?" * len(columns))
        database.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
            rows,
        )
    database.execute("COMMIT")


async def fill_postgres(url: str, batches: Iterable[Rows]) -> None:
    """Loads everything by COPY, in pieces that fit into memory."""
    connection = await asyncpg.connect(url)
    for table, columns, rows in batches:
        left = iter(rows)
        while piece := list(islice(left, _AT_ONCE)):
            await connection.copy_records_to_table(table, columns=columns, records=piece)
    await connection.execute("ANALYZE")
    await connection.close()
