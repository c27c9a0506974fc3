"""What the desk asks its store every second stays small beside ten thousand open threads: nothing is walked through."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest

from benchmarks import seed
from benchmarks.desk_town import CLOSED_TEAM, HOUR, HOURS, MINUTE, TEAM, Desk
from tests.contract.stores import (
    Backend,
    PostgresBackend,
    SqliteBackend,
    postgres_backend,
    sqlite_template,
)
from tests.contract.touched import touched
from tests.services.postgres import Postgres

NOW = 1_800_000_000_000
OPEN = 10_000
FEW = 1000
"""Rows that a question may touch, those that it gives among them: of threads there are thirty times as many."""

VALUES: dict[str, Any] = {
    "at": NOW,
    "now": NOW,
    "before": NOW - 3 * MINUTE,
    "warned": NOW - HOUR,
    "unseen": NOW - 30_000,
    "unanswered": NOW - MINUTE,
    "answered": NOW - 5 * MINUTE,
    "busy_since": NOW - 15 * MINUTE,
    "since": NOW - HOUR,
    "limit": 50,
    "team_id": TEAM,
    "agent_id": None,
    "thread_id": Desk(OPEN, 200, NOW).thread(900),
    "person_id": Desk(OPEN, 200, NOW).agent(7),
    "customer_id": Desk(OPEN, 200, NOW).customer(900),
    "origin": "",
}

ASKED = {
    # By every node in every round.
    "queued_teams": {},
    "team_routes": {},
    "threads_to_attend": {},
    "threads_unanswered": {},
    "threads_of_gone": {},
    "threads_silent": {"before": NOW - 24 * HOUR},
    "threads_to_warn": {"before": NOW - 23 * HOUR},
    "threads_offline": {},
    # For a thread that is to be given to somebody.
    "queue_heads": {},
    "desk_thread": {},
    "agent_by_id": {"agent_id": Desk(OPEN, 200, NOW).agent(7)},
    "passed_over": {},
    # For a customer who asks for a person.
    "queued_of_visitor": {},
    "queue_place_of": {},
}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[str, Backend]]:
    """A desk with ten thousand open threads, and twice as many that are over, on either engine."""
    town = Desk(OPEN, 200, NOW)
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            folder = tmp_path_factory.mktemp("desk")
            backend: Backend = SqliteBackend(folder, sqlite_template(folder))
            with contextlib.closing(
                sqlite3.connect(folder / "store.sqlite3", isolation_level=None)
            ) as db:
                seed.fill_sqlite(db, town.rows())
        else:
            server: Postgres = request.getfixturevalue("postgres_server")
            found: PostgresBackend = stack.enter_context(postgres_backend(server))
            backend = found
            await seed.fill_postgres(backend.url, town.rows(postgres=True))
        await backend.rows(f"UPDATE teams SET hours = '{HOURS}' WHERE id = {TEAM}")
        yield request.param, backend
        await backend.close()


@pytest.mark.parametrize("name", ASKED)
async def test_what_is_asked_again_and_again_touches_few_rows(
    full: tuple[str, Backend], name: str
) -> None:
    engine, backend = full
    assert await _touched(engine, backend, name) <= FEW


@pytest.mark.parametrize(
    "name", ["desk_open", "desk_mine", "desk_in_state", "desk_unassigned", "team_agents"]
)
async def test_a_page_of_a_list_and_a_whole_team_touch_not_much_more(
    full: tuple[str, Backend], name: str
) -> None:
    engine, backend = full
    assert await _touched(engine, backend, name) <= 3 * FEW


async def test_a_wide_question_would_be_found(full: tuple[str, Backend]) -> None:
    """Else the others prove nothing."""
    engine, backend = full
    assert await _touched(engine, backend, "desk_counts") > 3 * FEW


@pytest.mark.parametrize(("agents", "closed"), [(200, False), (200, True)])
async def test_the_town_is_what_it_says(
    full: tuple[str, Backend], agents: int, closed: bool
) -> None:
    """Else the plans were of something else."""
    _, backend = full
    team = CLOSED_TEAM if closed else TEAM
    states = await backend.rows(
        "SELECT state, COUNT(*) FROM threads WHERE team_id = "
        f"{team} AND state IN ('queued', 'queued_offline', 'assigned', 'snoozed') GROUP BY state"
    )
    found = dict(states)
    assert found.get("queued_offline", 0) == (500 if closed else 0)
    assert found.get("queued", 0) == (0 if closed else 500)
    loads = await backend.rows(
        "SELECT agent_id, COUNT(*) FROM threads WHERE waiting_since IS NOT NULL AND state = 'assigned' GROUP BY 1"
    )
    assert {load for _, load in loads} == {4}
    assert len(loads) == agents


LISTED: dict[str, Any] = {
    "me": Desk(OPEN, 200, NOW).agent(7),
    "everything": 0,
    "label": "",
    "priority": None,
    "state": "resolved",
    "before_at": 2**62,
    "before_id": 2**62,
    "after_key": -(2**62),
    "after_id": 0,
    "offline": 2 * 10**15,
}


async def _touched(engine: str, backend: Backend, name: str) -> float:
    return await touched(engine, backend, name, {**VALUES, **LISTED, **ASKED.get(name, {})})
