"""Reads the SQL files and rewrites their `:name` parameters for one engine; runs nothing."""

import functools
import importlib.resources
import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Final, Literal, NamedTuple

Engine = Literal["sqlite", "postgres"]

ONLY_POSTGRES: Final = frozenset(
    {
        "post_messages",
        "put_marks",
        "export_threads",
        "export_events",
        "export_search",
        "export_cursors",
    }
)
"""Statements of an engine's own; any other name in its files stands for a portable one."""

_HEAD: Final = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)
_TOKEN: Final = re.compile(r"--[^\n]*|'(?:[^']|'')*'|::\w+|:([a-z_][a-z0-9_]*)")


class Prepared(NamedTuple):
    """A statement in one engine's words, with the names of its parameters in the order of their numbers."""

    name: str
    sql: str
    params: tuple[str, ...]
    returns: bool
    """Whether it gives rows: a SELECT, or a write with RETURNING."""


def sql_root() -> Traversable:
    """The folder of the SQL files."""
    return importlib.resources.files("chat_server.storage") / "sql"


def rewrite(name: str, text: str, engine: Engine) -> Prepared:
    """Numbers the parameters (`?1` or `$1`), each name once, leaving strings, comments and casts alone."""
    order: dict[str, int] = {}
    sign = "?" if engine == "sqlite" else "$"

    def number(match: re.Match[str]) -> str:
        param = match.group(1)
        if param is None:
            return "" if match.group(0).startswith("--") else match.group(0)
        return f"{sign}{order.setdefault(param, len(order) + 1)}"

    sql = _TOKEN.sub(number, text).strip().removesuffix(";")
    returns = sql.lstrip().upper().startswith(("SELECT", "WITH")) or "RETURNING" in sql
    return Prepared(name, sql, tuple(order), returns)


def _statements(folder: Traversable) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".sql"):
            continue
        parts = _HEAD.split(file.read_text("utf-8"))
        yield from zip(parts[1::2], parts[2::2], strict=True)


@functools.cache
def load(engine: Engine) -> dict[str, Prepared]:
    """Every statement by name: the portable files, then the engine's own, which take their place."""
    prepared: dict[str, Prepared] = {}
    folder = sql_root() / "queries"
    for name, text in _statements(folder):
        if name in prepared:
            raise AssertionError(f"Two statements are named {name}.")
        prepared[name] = rewrite(name, text, engine)
    if engine == "postgres":
        for name, text in _statements(folder / "postgres"):
            if name not in prepared and name not in ONLY_POSTGRES:
                raise AssertionError(f"{name} takes the place of nothing.")
            prepared[name] = rewrite(name, text, engine)
    return prepared
