"""Deadlines: what a hundred thousand of them cost while they wait, and how late thousands are that are due at once.

Each that is due is a real one: the seller of a dispute has said nothing, and the buyer gets what he asked for, with the
step's event, notices, reminders and the refund that is asked of the backend.
"""

import asyncio
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import asyncpg
from typing_extensions import override

from benchmarks.growth import percentile
from benchmarks.measures import Figure
from benchmarks.parley import command, run, settings
from benchmarks.process import Server, cores, free_port
from chat_server.domain.dispute_records import columns_of
from chat_server.domain.disputes import SELLER_ANSWERS_MS, Dispute, Kind, Reason, Remedy, State

BUYERS: Final = 100
SHOPS: Final = 50
UNITS: Final = 125_000
FAR_OFF_MS: Final = 30 * 24 * 3_600_000
HEAD_START_MS: Final = 2500
LOOK_S: Final = 0.02
STARTS_S: Final = 3.0
OPEN: Final = "SELECT COUNT(*) FROM disputes WHERE state = 'seller_turn'"
DUE: Final = "SELECT COUNT(*) FROM deadlines WHERE kind = 'dispute' AND due_at <= {at}"

_PERSON, _SELLER, _SHOP, _ORDER, _LINE, _THREAD, _DISPUTE = (n << 40 for n in range(1, 8))

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Plan:
    """How many wait, how many are due at once, and for how many seconds an idle node is watched."""

    waiting: int = 100_000
    due: int = 3000
    seconds: float = 10.0


class Base(Protocol):
    """A database behind its server's back."""

    def insert(self, table: str, rows: Rows) -> None:
        """Adds rows, all of the same columns."""

    def number(self, sql: str) -> int:
        """The one number that a question asks for."""

    def close(self) -> None:
        """Nothing more is asked of it."""


def measure(plan: Plan, folder: Path, postgres: str, redis: str) -> list[Figure]:
    """A node with its embedded store, and two sweepers that share PostgreSQL, on a core each."""
    path = folder / "deadlines.sqlite3"
    alone, shared = {"store": f"sqlite:///{path}"}, {"store": postgres, "broker": redis}
    with closing(Database(postgres)) as base:
        return [
            *_measure("sqlite", plan, folder, File(path), alone, ["serve"]),
            *_measure("postgres", plan, folder, base, shared, ["sweep", "sweep"]),
        ]


class Sweeper(Server):
    """`parley sweep`, which has no port that answers: after some seconds it is there."""

    @override
    def _wait(self, path: str, until: float) -> None:
        time.sleep(STARTS_S)


def _measure(
    engine: str, plan: Plan, folder: Path, base: Base, store: dict[str, str], nodes: list[str]
) -> list[Figure]:
    run(command("migrate"), settings(0, folder, **store))
    settle_people(base)
    with _nodes(folder, store, nodes) as servers:
        without = _idle(servers, plan.seconds)
    waiting = [clock(n, _now() + FAR_OFF_MS + n, "order.receipt") for n in range(plan.waiting)]
    base.insert("deadlines", waiting)
    with _nodes(folder, store, nodes) as servers:
        beside = _idle(servers, plan.seconds)
        lags, cpu = _due_at_once(plan, base, servers)
    return [
        Figure(f"{engine}.deadlines_idle", beside, without, note=f"{plan.waiting:,} wait"),
        Figure(
            f"{engine}.deadlines_lag",
            percentile(lags, 0.99),
            note=f"{plan.due:,} due at once, p50 {percentile(lags, 0.5):.2f} s,"
            f" {plan.due / max(lags):,.0f}/s, {cpu / plan.due * 1e3:.2f} ms of processor each",
        ),
    ]


@contextmanager
def _nodes(folder: Path, store: dict[str, str], nodes: list[str]) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        servers = []
        for number, name in enumerate(nodes):
            port, core = free_port(), cores()[number % len(cores())]
            env = settings(port, folder, **store)
            log = folder / f"deadlines-{number}.log"
            kind = Server if name == "serve" else Sweeper
            server = kind(command(name), port, env=env, log=log, core=core)
            servers.append(stack.enter_context(server))
        yield servers


def _idle(servers: Sequence[Server], seconds: float) -> float:
    """Percent of a core that a node takes while nobody is there."""
    time.sleep(min(2.0, seconds))  # What belongs to its start is over.
    before = [server.cpu() for server in servers]
    time.sleep(seconds)
    spent = [server.cpu() - was for server, was in zip(servers, before, strict=True)]
    return sum(spent) / len(servers) / seconds * 100


def _due_at_once(plan: Plan, base: Base, servers: Sequence[Server]) -> tuple[list[float], float]:
    """For each the seconds after its time at which it was seen to be decided; the processor's seconds for all."""
    at = _now() + HEAD_START_MS + plan.due  # A millisecond each to put them there.
    open_disputes(base, plan.due, at)
    cpu = sum(server.cpu() for server in servers)
    lags: list[float] = []
    patience = time.monotonic() + 120 + plan.due / 50
    while len(lags) < plan.due:
        left = base.number(DUE.format(at=at))
        late = max(0.0, (_now() - at) / 1000)
        lags += [late] * (plan.due - left - len(lags))
        if time.monotonic() > patience:
            raise RuntimeError(f"{left} are still due.")
        time.sleep(LOOK_S)
    assert base.number(OPEN) == 0, "what was due was not decided"
    return lags, sum(server.cpu() for server in servers) - cpu


def settle_people(base: Base) -> None:
    """Buyers, shops, and a seller for each."""
    person = {
        "kind": "customer",
        "name": "Somebody",
        "locale": "en",
        "zone": "UTC",
        "country": "MD",
        "version": 1,
        "not_before": 0,
        "created_at": 0,
    }
    ids = [_PERSON + n for n in range(BUYERS)] + [_SELLER + n for n in range(SHOPS)]
    base.insert("people", ({**person, "id": id, "external_id": f"person-{id}"} for id in ids))
    shop = {"name": "Shop", "version": 1, "created_at": 0}
    base.insert(
        "shops",
        ({**shop, "id": _SHOP + n, "external_id": f"shop-{n}"} for n in range(SHOPS)),
    )
    members = ({"shop_id": _SHOP + n, "person_id": _SELLER + n} for n in range(SHOPS))
    base.insert("shop_members", members)


def open_disputes(base: Base, many: int, due_at: int) -> list[Dispute]:
    """Each about an order of its own; their clocks last, so that none is due before it is there."""
    disputes = [dispute(n, due_at) for n in range(many)]
    order = {
        "state": "paid",
        "version": 1,
        "revision": 1,
        "total_amount": "12.50",
        "total_currency": "EUR",
        "placed_at": 1,
        "paid_at": 1,
        "carrier": "",
        "tracking": "",
    }
    line = {
        "line_key": "a",
        "place": 0,
        "title": "Lamp",
        "photo_url": "",
        "amount": "12.50",
        "currency": "EUR",
        "quantity": 1,
        "paid_units": UNITS,
    }
    thread = {
        "kind": "dispute",
        "state": "open",
        "last_seq": 0,
        "last_posted": 0,
        "last_at": 1,
        "created_at": 1,
    }
    parties = [{"buyer_id": d.buyer_id, "shop_id": d.shop_id} for d in disputes]
    base.insert(
        "orders",
        (
            {**order, **p, "id": d.order_id, "external_id": f"order-{d.order_id}"}
            for d, p in zip(disputes, parties, strict=True)
        ),
    )
    base.insert(
        "order_lines", ({**line, "id": d.line_id, "order_id": d.order_id} for d in disputes)
    )
    base.insert(
        "threads",
        (
            {
                **thread,
                "id": d.thread_id,
                "customer_id": d.buyer_id,
                "shop_id": d.shop_id,
                "order_id": d.order_id,
            }
            for d in disputes
        ),
    )
    base.insert("disputes", (columns_of(d, "") for d in disputes))
    base.insert("deadlines", (clock(d.id, due_at, "dispute") for d in disputes))
    return disputes


def dispute(number: int, due_at: int) -> Dispute:
    """One that a seller has let wait until then, about a line of an order of its own."""
    asked = Remedy(Kind.FULL, UNITS)
    return Dispute(
        id=_DISPUTE + number,
        thread_id=_THREAD + number,
        order_id=_ORDER + number,
        line_id=_LINE + number,
        buyer_id=_PERSON + number % BUYERS,
        shop_id=_SHOP + number % SHOPS,
        state=State.SELLER_TURN,
        revision=1,
        reason=Reason.DAMAGED,
        currency="EUR",
        asked=asked,
        wish=asked,
        opened_at=due_at - SELLER_ANSWERS_MS,
        due_at=due_at,
        due_from=due_at - SELLER_ANSWERS_MS,
    )


def clock(subject: int, due_at: int, kind: str) -> dict[str, Any]:
    """A deadline's row."""
    return {"kind": kind, "subject_id": subject, "due_at": due_at, "revision": 1}


def _now() -> int:
    return int(time.clock_gettime(time.CLOCK_REALTIME) * 1000)


class File:
    """The embedded store."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def insert(self, table: str, rows: Rows) -> None:
        """In one transaction."""
        listed = list(rows)
        sql = f"INSERT INTO {table} ({', '.join(listed[0])}) VALUES ({', '.join('?' * len(listed[0]))})"  # noqa: S608
        with closing(self._open()) as db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany(sql, [list(row.values()) for row in listed])
            db.execute("COMMIT")

    def number(self, sql: str) -> int:
        """As it stands."""
        with closing(self._open()) as db:
            return int(db.execute(sql).fetchone()[0])

    def close(self) -> None:
        """Nothing is open."""

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, isolation_level=None, timeout=30)


class Database:
    """PostgreSQL."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._runner = asyncio.Runner()
        self._db: Any = None

    def insert(self, table: str, rows: Rows) -> None:
        """In one COPY."""
        listed = list(rows)

        async def copy(db: Any) -> None:
            records = [tuple(row.values()) for row in listed]
            await db.copy_records_to_table(table, records=records, columns=list(listed[0]))

        self._runner.run(self._with(copy))

    def number(self, sql: str) -> int:
        """As it stands."""
        return int(self._runner.run(self._with(lambda db: db.fetchval(sql))))

    def close(self) -> None:
        """Ends its connection."""
        if self._db is not None:
            self._runner.run(self._db.close())
        self._runner.close()

    async def _with(self, work: Any) -> Any:
        """Over the same connection each time: whoever looks fifty times a second must not be what is measured."""
        if self._db is None:
            self._db = await asyncpg.connect(self._url, timeout=30)
        return await work(self._db)
