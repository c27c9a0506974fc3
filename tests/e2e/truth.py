"""What the database holds, read past the server: the measure of everything that clients were told."""

import contextlib
import sqlite3
from typing import NamedTuple

import asyncpg

from chat_server.domain.ids import show

POSTED = 1
COUNTED_UP_TO = 1000


class Row(NamedTuple):
    """An event as it is stored."""

    thread_id: str
    seq: int
    kind: int
    at: int
    author: str | None
    text: str
    target: int | None
    edited: bool
    withdrawn: bool
    client_key: str | None


class Talk(NamedTuple):
    """A thread as it is stored."""

    customer: str
    shop: str | None
    last_seq: int
    last_posted: int
    rows: list[Row]
    delivered: dict[str, int]
    """By person. So is `read`."""
    read: dict[str, int]
    sides: dict[str, int]

    def unread_of(self, person: str) -> int:
        """Messages of others after this person's read mark, as far as anybody counts."""
        after = self.read.get(person, 0)
        others = [r for r in self.rows if r.kind == POSTED and r.author != person]
        return min(COUNTED_UP_TO, sum(row.seq > after for row in others))

    def mark_of(self, side: int) -> tuple[int, int]:
        """The farthest delivered and read of a side's people."""
        people = [person for person, stands in self.sides.items() if stands == side]
        return (
            max((self.delivered[p] for p in people), default=0),
            max((self.read[p] for p in people), default=0),
        )


class Truth(NamedTuple):
    """The whole store."""

    talks: dict[str, Talk]
    members: dict[str, set[str]]
    """People by shop."""

    def parties(self, talk: Talk) -> set[str]:
        """Who takes part."""
        return {talk.customer} | self.members.get(talk.shop or "", set())


EVENTS = """SELECT thread_id, seq, kind, at, author_id, text, target, edited_at, withdrawn_at, client_key
    FROM events ORDER BY thread_id, seq"""
THREADS = "SELECT id, customer_id, shop_id, last_seq, last_posted FROM threads"
MARKS = "SELECT thread_id, person_id, side, delivered, read FROM participants"
MEMBERS = "SELECT shop_id, person_id FROM shop_members"

Table = list[tuple[object, ...]]


async def read_truth(store: str) -> Truth:
    """Reads all of it in one transaction, from either engine."""
    tables = await _postgres(store) if store.startswith("postgres") else _sqlite(store)
    return _truth(*tables)


def _sqlite(store: str) -> list[Table]:
    path = store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
        db.execute("BEGIN")
        return [db.execute(sql).fetchall() for sql in (EVENTS, THREADS, MARKS, MEMBERS)]


async def _postgres(store: str) -> list[Table]:
    db = await asyncpg.connect(store, timeout=30)
    try:
        async with db.transaction(isolation="repeatable_read", readonly=True):
            return [
                [tuple(row) for row in await db.fetch(sql)]
                for sql in (EVENTS, THREADS, MARKS, MEMBERS)
            ]
    finally:
        await db.close()


def _truth(events: Table, threads: Table, marks: Table, members: Table) -> Truth:
    talks = {
        _id(thread): Talk(
            _id(customer), _id(shop) if shop else None, _n(last), _n(posted), [], {}, {}, {}
        )
        for thread, customer, shop, last, posted in threads
    }
    for thread, seq, kind, at, author, text, target, edited, withdrawn, key in events:
        talks[_id(thread)].rows.append(
            Row(
                _id(thread),
                _n(seq),
                _n(kind),
                _n(at),
                _id(author) if author else None,
                str(text),
                None if target is None else _n(target),
                edited is not None,
                withdrawn is not None,
                None if key is None else str(key),
            )
        )
    for thread, person, side, delivered, read in marks:
        talk = talks[_id(thread)]
        talk.delivered[_id(person)], talk.read[_id(person)] = _n(delivered), _n(read)
        talk.sides[_id(person)] = _n(side)
    by_shop: dict[str, set[str]] = {}
    for shop, person in members:
        by_shop.setdefault(_id(shop), set()).add(_id(person))
    return Truth(talks, by_shop)


def _n(value: object) -> int:
    assert isinstance(value, int)
    return value


def _id(value: object) -> str:
    return show(_n(value))
