"""Forward-only migrations: numbered SQL files, each applied once, in order."""

import re
from typing import Final, NamedTuple

from chat_server.storage.queries import Engine, sql_root

_FILE: Final = re.compile(r"^(\d{4})_(\w+)\.sql$")


class Migration(NamedTuple):
    """One step of the schema."""

    number: int
    name: str
    sql: str


def migrations(engine: Engine) -> list[Migration]:
    """All steps of one engine, in order, without a gap."""
    found = []
    for file in (sql_root() / engine).iterdir():
        match = _FILE.match(file.name)
        if match is not None:
            found.append(Migration(int(match[1]), match[2], file.read_text("utf-8")))
    found.sort()
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise AssertionError(f"The migrations of {engine} have a gap or a double.")
    return found


def pending(engine: Engine, version: int) -> list[Migration]:
    """The steps that a schema of this version still lacks.

    Raises RuntimeError where the database is newer than the program: steps go only forward.
    """
    steps = migrations(engine)
    if version > len(steps):
        raise RuntimeError(
            f"The database has schema version {version}, this program knows {len(steps)}: "
            "install the newer Parley that wrote it."
        )
    return steps[version:]
