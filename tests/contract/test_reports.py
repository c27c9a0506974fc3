"""What reports and the log of deeds ask of either engine: quick among many rows, and rows that stay as they are."""

import datetime
import time
from typing import Any, Final

import pytest

from chat_server.actions.reports import _EPISODES, _TALKS, Talks
from chat_server.domain.episodes import Episode
from chat_server.domain.hours import Hours, Window
from chat_server.domain.reports import Calendar, make_report
from chat_server.domain.worktime import Worktime
from chat_server.storage import AnyStore
from chat_server.storage.queries import load
from tests.contract.stores import Backend
from tests.factories_sql import T0, add_person, do, fresh

MANY: Final = 100_000
DAY: Final = 24 * 3600 * 1000
TOO_SLOW_S: Final = 20.0
"""Of the processor, far more than it takes: a scan of all for each of them would take longer."""

FILL: Final = f"""INSERT INTO episodes (thread_id, number, team_id, language, asked_at, cause, first_due, assigned_at,
    answered_at, resolved_at, transfers, csat, comment, rated_at)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})
SELECT (SELECT MIN(id) FROM threads), i, 1, 'en', {T0} - i * CAST(300000 AS BIGINT), 'wish',
    {T0} - i * CAST(300000 AS BIGINT) + 900000, {T0} - i * CAST(300000 AS BIGINT) + i % 977,
    {T0} - i * CAST(300000 AS BIGINT) + i % 1234567, {T0} - i * CAST(300000 AS BIGINT) + i % 99999999,
    0, 1 + i % 5, '', {T0} FROM n"""


async def add_deed(store: AnyStore) -> int:
    """A row of the log."""
    deed = fresh()
    row: dict[str, Any] = {
        "id": deed,
        "at": T0,
        "actor_id": await add_person(store),
        "action": "exported",
        "thread_id": None,
        "details": "{}",
    }
    await do(store, ("add_audit", row))
    return deed


async def test_a_deed_is_neither_rewritten_nor_removed(
    store: AnyStore, backend: Backend, engine: str
) -> None:
    deed = await add_deed(store)
    before = await backend.rows("SELECT * FROM audit ORDER BY id")
    forbidden = [
        f"UPDATE audit SET at = at + 1 WHERE id = {deed}",
        "UPDATE audit SET action = 'viewed'",
        f"DELETE FROM audit WHERE id = {deed}",
        "DELETE FROM audit",
    ]

    for statement in [*forbidden, *(["TRUNCATE audit"] if engine == "postgres" else [])]:
        with pytest.raises(Exception, match="audit rows stay"):
            await backend.rows(statement)

    assert await backend.rows("SELECT * FROM audit ORDER BY id") == before
    assert before


async def test_a_report_of_a_hundred_thousand_episodes_is_made_while_one_waits(
    store: AnyStore, backend: Backend, engine: str
) -> None:
    await backend.rows(FILL)
    await backend.rows("ANALYZE")
    hours = Hours("Europe/Moscow", tuple(Window(day, 7 * 60, 18 * 60) for day in range(7)))

    began = time.process_time()
    episodes: list[Episode] = await store.all(_EPISODES, since=0, until=T0, team_id=None)
    calendar = Calendar("Europe/Moscow", datetime.date(2026, 1, 1), datetime.date(2027, 2, 4))
    works = {1: Worktime(hours, calendar.since, T0)}
    report = make_report(episodes, works, calendar, T0)
    took = time.process_time() - began

    assert report.total.asked == sum(line.asked for _, line in report.days) == MANY
    assert took < TOO_SLOW_S
    plan = "EXPLAIN QUERY PLAN" if engine == "sqlite" else "EXPLAIN"
    sql = load("postgres" if engine == "postgres" else "sqlite")["episodes_between"].sql
    # The parameters in the order of their numbers: since, until, team_id.
    for number, value in enumerate((T0 - DAY, T0, "NULL"), 1):
        sql = sql.replace(f"{'$' if engine == 'postgres' else '?'}{number}", str(value))
    told = await backend.rows(f"{plan} {sql}")
    assert "episodes_by_time" in str(told), told


async def test_talks_are_counted_by_thread_and_day(store: AnyStore, backend: Backend) -> None:
    (thread,) = (await backend.rows("SELECT MIN(id) FROM threads"))[0]
    for seq, at in ((1, T0), (2, T0 + 1000), (3, T0 + 2 * DAY)):
        await backend.rows(
            "INSERT INTO bot_turns"
            " (thread_id, seq, question, at, outcome, entry, runner_up, probability, language, why)"
            f" VALUES ({thread}, {seq}, 1, {at}, 'miss', '', '', 0, 'en', '')"
        )
    await backend.rows(
        "INSERT INTO episodes (thread_id, number, team_id, language, asked_at, cause, transfers, comment)"
        f" VALUES ({thread}, 1, 1, 'en', {T0 + 2 * DAY}, 'wish', 0, '')"
    )
    span = {"since": T0 - DAY, "until": T0 + 9 * DAY}

    assert await store.one(_TALKS, **span, team_id=None, language="") == Talks(2, 1)
    assert await store.one(_TALKS, **span, team_id=None, language="ru") == Talks(0, 0)
    assert await store.one(_TALKS, **span, team_id=7, language="") == Talks(0, 0)
