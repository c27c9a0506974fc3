"""Deadlines that wait cost nothing: who looks for what is due, and for what an outage took, reads a handful of rows."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest

from benchmarks import deadlines
from chat_server.actions.deadlines import AT_ONCE
from chat_server.domain.disputes import Dispute
from tests.contract.stores import (
    Backend,
    PostgresBackend,
    SqliteBackend,
    postgres_backend,
    sqlite_template,
)
from tests.contract.touched import touched
from tests.services.postgres import Postgres

NOW: Final = 1_800_000_000_000
LATER: Final = NOW + 3_600_000
WAITING: Final = 100_000
DISPUTES: Final = 3000
FEW: Final = 20
"""Rows that a look may touch while nothing is due."""

LOOKED_AT: Final = 5000
"""Of a hundred thousand: where several sweepers share a store, what is due of one share is sought among more."""


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[str, Backend]]:
    """A store in which a hundred thousand deadlines wait, three thousand of them of disputes, on either engine."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            folder = tmp_path_factory.mktemp("deadlines")
            backend: Backend = SqliteBackend(folder, sqlite_template(folder))
            base: deadlines.Base = deadlines.File(folder / "store.sqlite3")
        else:
            server: Postgres = request.getfixturevalue("postgres_server")
            found: PostgresBackend = stack.enter_context(postgres_backend(server))
            backend, base = found, deadlines.Database(found.url)
        await asyncio.to_thread(_fill, base)
        if request.param == "postgres":
            await backend.rows("ANALYZE")
        yield request.param, backend
        await backend.close()


def _fill(base: deadlines.Base) -> None:
    with contextlib.closing(base):
        _fill_in(base)


def _fill_in(base: deadlines.Base) -> None:
    deadlines.settle_people(base)
    waiting = WAITING - DISPUTES
    base.insert(
        "deadlines", [deadlines.clock(n, LATER + n, "order.receipt") for n in range(waiting)]
    )
    disputes = deadlines.open_disputes(base, DISPUTES, LATER)
    base.insert("dispute_refunds", [_refund(dispute) for dispute in disputes[1:]])


def _refund(dispute: Dispute) -> dict[str, Any]:
    """What the backend is asked to pay back."""
    return {
        "refund_key": f"dispute-{dispute.id}",
        "dispute_id": dispute.id,
        "order_id": dispute.order_id,
        "line_id": dispute.line_id,
        "units": deadlines.UNITS,
        "currency": "EUR",
        "state": "pending",
        "reason": "",
        "asked_at": NOW,
    }


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("due_deadlines", {"at": NOW, "limit": AT_ONCE}),
        ("next_deadline", {}),
        ("due_of_people", {"after": NOW - 3_600_000, "until": NOW}),
    ],
)
async def test_a_look_while_nothing_is_due_touches_few_rows(
    full: tuple[str, Backend], name: str, values: dict[str, int]
) -> None:
    engine, backend = full

    assert await touched(engine, backend, name, values) <= FEW


async def test_a_look_at_what_is_due_touches_what_it_gives(full: tuple[str, Backend]) -> None:
    """Else the others prove nothing: so many rows there are."""
    engine, backend = full

    due = {"at": LATER + WAITING, "limit": AT_ONCE}
    found = await touched(engine, backend, "due_deadlines", due)

    assert AT_ONCE <= found <= LOOKED_AT


async def test_to_ask_for_a_refund_looks_at_its_own_order_alone(
    full: tuple[str, Backend],
) -> None:
    """However many others are asked for already."""
    engine, backend = full
    first = deadlines.dispute(0, LATER)
    asked = {key: value for key, value in _refund(first).items() if key != "dispute_id"}

    found = await touched(engine, backend, "claim_refund", {**asked, "id": first.id, "at": LATER})

    assert found <= 2 * FEW
