"""How much of its tables an engine reads to answer one of our statements."""

import contextlib
import json
import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from chat_server.storage.queries import load
from tests.contract.stores import Backend, connected

STEPS_A_ROW = 10
"""Of SQLite's machine, at the least."""


async def touched(engine: str, backend: Backend, name: str, values: Mapping[str, Any]) -> float:
    """Rows that were read of any table or index, kept or thrown away. What is written is undone."""
    sql = _filled(engine, name, values)
    if engine == "sqlite":
        return _steps(backend.url.removeprefix("sqlite:///"), sql) / STEPS_A_ROW
    async with connected(backend.url) as db:
        await db.execute("BEGIN")
        told = await db.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        await db.execute("ROLLBACK")
    return _rows_of(json.loads(told)[0]["Plan"])


def _filled(engine: str, name: str, values: Mapping[str, Any]) -> str:
    """The statement with its parameters in it."""
    prepared = load("postgres" if engine == "postgres" else "sqlite")[name]
    sign = r"\$" if engine == "postgres" else r"\?"

    def literal(match: re.Match[str]) -> str:
        value = values[prepared.params[int(match.group(1)) - 1]]
        return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)

    return re.sub(sign + r"(\d+)", literal, prepared.sql)


def _steps(path: str, sql: str) -> int:
    """SQLite counts no rows, but the steps of its machine."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1

    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("SELECT 1 FROM threads LIMIT 1").fetchall()  # By now it knows its schema.
        db.set_progress_handler(step, 1)
        db.execute(sql).fetchall()
    return taken


def _rows_of(node: dict[str, Any]) -> int:
    own = 0
    if "Scan" in node["Node Type"] and "Relation Name" in node:
        thrown = node.get("Rows Removed by Filter", 0) + node.get(
            "Rows Removed by Index Recheck", 0
        )
        own = int((node["Actual Rows"] + thrown) * node["Actual Loops"])
    return own + sum(map(_rows_of, node.get("Plans", [])))
