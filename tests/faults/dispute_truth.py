"""What the store holds of disputes, read past the server, and what must be true of it at any moment."""

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import asyncpg

from chat_server.domain.disputes import FINAL, MOVES, REMEDIED, Act, State
from chat_server.domain.ids import show

Table = list[tuple[Any, ...]]

DISPUTES: Final = (
    "SELECT id, thread_id, state, revision, due_at, closed_at FROM disputes ORDER BY id"
)
EVENTS: Final = (
    "SELECT e.thread_id, e.seq, e.body FROM events AS e JOIN disputes AS d ON d.thread_id = e.thread_id"
    " WHERE e.kind = 4 ORDER BY e.thread_id, e.seq"
)
CLOCKS: Final = "SELECT subject_id, revision, due_at FROM deadlines WHERE kind = 'dispute'"
REMINDERS: Final = "SELECT subject_id, revision, due_at FROM deadlines WHERE kind IN ('dispute.half', 'dispute.last')"
ASKED: Final = "SELECT refund_key, dispute_id, order_id, line_id, units, state FROM dispute_refunds"
PAID: Final = "SELECT order_id, refund_key, line_key, units FROM refunds"
LINES: Final = "SELECT id, order_id, line_key, COALESCE(paid_units, 0) FROM order_lines"


class Step(NamedTuple):
    """An event of a dispute."""

    seq: int
    code: str
    state: str
    """Where it stood afterwards."""


class Found(NamedTuple):
    """One moment of the store."""

    disputes: Table
    steps: Mapping[int, list[Step]]
    """By thread."""
    clocks: Table
    reminders: Table
    asked: Table
    paid: Table
    lines: Table

    def steps_of(self, dispute: str) -> list[Step]:
        """Of a dispute, by the id that people know."""
        threads = {show(row[0]): row[1] for row in self.disputes}
        return self.steps[threads[dispute]]

    def check(self, *, tried_again: bool = False) -> None:
        """All that must be true whatever has happened; what met another write may be `tried_again` soon."""
        self._check_steps()
        self._check_clocks(tried_again)
        self._check_money()

    def _check_steps(self) -> None:
        for dispute, thread, state, revision, _, closed_at in self.disputes:
            steps = self.steps[thread]
            numbers = [step.seq for step in steps]
            # A step is a revision and an event: neither is without the other.
            assert numbers == list(range(1, revision + 1)), (dispute, steps)
            assert steps[-1].state == state, (dispute, steps)
            assert (closed_at is not None) == (State(state) in FINAL), (dispute, state)
            for before, after in zip([None, *steps], steps, strict=False):
                assert is_legal(before, after), (dispute, steps)

    def _check_clocks(self, tried_again: bool) -> None:
        expected = [(row[0], row[3], row[4]) for row in self.disputes if row[4] is not None]
        for clock, due in zip(sorted(self.clocks), sorted(expected), strict=True):
            assert clock[:2] == due[:2]
            assert clock[2] == due[2] or (tried_again and clock[2] > due[2])
        known = {row[0]: row for row in self.disputes}
        for subject, revision, due_at in self.reminders:
            assert revision == known[subject][3]
            assert due_at < known[subject][4]

    def _check_money(self) -> None:
        """What was asked for and paid is at most what was paid for the line, and for the order; once per key."""
        keys = Counter(row[0] for row in self.asked)
        assert set(keys.values()) <= {1}
        assert set(Counter(row[:2] for row in self.paid).values()) <= {1}
        of_line = {row[0]: row[3] for row in self.lines}
        of_order: Counter[int] = Counter()
        for _, order, _, units in self.lines:
            of_order[order] += units
        asked_of_line: Counter[int] = Counter()
        asked_of_order: Counter[int] = Counter()
        for _, _, order, line, units, state in self.asked:
            assert units > 0
            if state != "settled":
                asked_of_line[line] += units
                asked_of_order[order] += units
        assert all(units <= of_line[line] for line, units in asked_of_line.items())
        assert all(units <= of_order[order] for order, units in asked_of_order.items())
        pending = {row[1] for row in self.asked if row[5] in ("pending", "failed")}
        states = {row[0]: row[2] for row in self.disputes}
        assert pending == {id for id, state in states.items() if state == "refund_pending"}


def is_legal(before: Step | None, after: Step) -> bool:
    """Whether the table knows this step."""
    if before is None:
        return (after.code, after.state) == ("dispute.opened", "seller_turn")
    name = after.code.removeprefix("dispute.")
    if name == "put_off":
        return before.state == after.state
    if name == "reopened":
        return (before.state, after.state) == ("withdrawn", "seller_turn")
    act = {"settled": Act.AGREE}.get(name) or Act(
        "expire" if name.startswith(("expired.", "late.")) else name
    )
    row = MOVES[State(before.state)].get(act)
    if row is None:
        return False
    remedied = {State.REFUND_PENDING, State.AWAITING_RETURN, State.CLOSED_NO_REFUND}
    stays = State(before.state)
    if act is Act.EXPIRE:
        return State(after.state) in {*remedied, State.MEDIATION, stays}
    if row.to is REMEDIED and act is not Act.RECEIVE:
        return State(after.state) in remedied
    if name == "settled":
        return State(after.state) in remedied
    return State(after.state) is (row.to or stays)


def found_in(tables: Sequence[Table]) -> Found:
    """From the answers to `QUESTIONS`."""
    disputes, events, *rest = tables
    steps: dict[int, list[Step]] = {}
    for thread, seq, body in events:
        packed = json.loads(body)
        state = packed["params"].get("state", "seller_turn")
        steps.setdefault(thread, []).append(Step(seq, packed["code"], state))
    return Found(disputes, steps, *rest)


QUESTIONS: Final = (DISPUTES, EVENTS, CLOCKS, REMINDERS, ASKED, PAID, LINES)


class Store:
    """A store behind its server's back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = url.removeprefix("sqlite:///")

    async def found(self) -> Found:
        """What it holds at one moment."""
        if not self.url.startswith("postgres"):
            with self._file() as db:
                db.execute("BEGIN")
                return found_in([db.execute(sql).fetchall() for sql in QUESTIONS])
        db = await asyncpg.connect(self.url, timeout=30)
        try:
            async with db.transaction(isolation="repeatable_read", readonly=True):
                return found_in([[tuple(r) for r in await db.fetch(sql)] for sql in QUESTIONS])
        finally:
            await db.close()

    async def number(self, sql: str) -> int:
        """The one number that a question asks for."""
        if not self.url.startswith("postgres"):
            with self._file() as db:
                return int(db.execute(sql).fetchone()[0])
        db = await asyncpg.connect(self.url, timeout=30)
        try:
            return int(await db.fetchval(sql))
        finally:
            await db.close()

    async def run(self, *statements: str) -> None:
        """Changes what is there, in one transaction."""
        if not self.url.startswith("postgres"):
            with self._file() as db:
                db.executescript(f"BEGIN IMMEDIATE;{';'.join(statements)};COMMIT")
            return
        db = await asyncpg.connect(self.url, timeout=30)
        try:
            async with db.transaction():
                await db.execute(";".join(statements))
        finally:
            await db.close()

    async def put_due(self, due: Mapping[int, int]) -> None:
        """Sets when disputes are due; the domain's days are too long for a test."""
        rows = list(due.items())
        await self.run(
            *(f"UPDATE disputes SET due_at = {at} WHERE id = {id}" for id, at in rows),
            *(
                f"UPDATE deadlines SET due_at = {at} WHERE kind = 'dispute' AND subject_id = {id}"
                for id, at in rows
            ),
            # They would be due after it.
            "DELETE FROM deadlines WHERE kind IN ('dispute.half', 'dispute.last')",
        )

    def _file(self) -> contextlib.closing[sqlite3.Connection]:
        return contextlib.closing(sqlite3.connect(self.path, isolation_level=None, timeout=30))
