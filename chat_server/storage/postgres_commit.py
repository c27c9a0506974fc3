"""One Commit as one transaction on PostgreSQL; plain messages go by `postgres_batches`."""

import itertools
import operator
from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg

from chat_server.ports import ANY, Applied, Commit, Conflict, Outcome, Statement
from chat_server.storage.postgres_errors import passes_by_itself, translate
from chat_server.storage.postgres_pool import Connection, Connections
from chat_server.storage.queries import Prepared

TRIES: Final = 3

_Row = tuple[Any, ...] | None


class Committing:
    """Applies Commits, each on a connection of its own."""

    def __init__(self, connections: Connections, prepared: Mapping[str, Prepared]) -> None:
        self._connections = connections
        self._prepared = prepared

    async def apply(self, commits: Sequence[Commit], outcomes: list[Outcome]) -> None:
        """Fills in the outcome of the one Commit; tries again where it only met another one."""
        for attempt in range(1, TRIES + 1):
            try:
                outcomes[0] = await self._transaction(commits[0].statements)
            except Conflict as conflict:
                outcomes[0] = conflict
            except _Failed as failed:
                if attempt < TRIES and passes_by_itself(failed.error):
                    continue
                outcomes[0] = translate(failed.error, failed.statement)
            return

    async def _transaction(self, statements: Sequence[Statement]) -> Applied:
        """Raises Conflict, or _Failed with the statement at which it ended."""
        at = "BEGIN"
        try:
            async with self._connections.lend() as db:
                await db.execute("BEGIN")
                try:
                    carried: dict[str, Any] = {}
                    rows: list[_Row] = []
                    for name, alike in itertools.groupby(statements, operator.attrgetter("name")):
                        at = name
                        rows += await self._execute_alike(db, list(alike), carried)
                    at = "COMMIT"
                    await db.execute("COMMIT")
                except (asyncpg.PostgresError, Conflict):
                    await db.execute("ROLLBACK")
                    raise
        except Conflict:
            raise
        except Exception as error:
            raise _Failed(at, error) from error
        return Applied(rows)

    async def _execute_alike(
        self, db: Connection, alike: Sequence[Statement], carried: dict[str, Any]
    ) -> list[_Row]:
        """One statement several times; in one trip to the server where no count matters."""
        prepared = self._prepared[alike[0].name]
        if len(alike) == 1 or prepared.returns or any(one.rows != ANY for one in alike):
            return [await self._execute(db, prepared, one, carried) for one in alike]
        values = [{**one.params, **carried} for one in alike]
        await db.executemany(prepared.sql, [[v[p] for p in prepared.params] for v in values])
        return [None] * len(alike)

    async def _execute(
        self, db: Connection, prepared: Prepared, statement: Statement, carried: dict[str, Any]
    ) -> _Row:
        """Runs it once, adds what it returned to `carried`, and gives its first row."""
        params = {**statement.params, **carried}
        values = [params[p] for p in prepared.params]
        row = None
        if prepared.returns:
            found = await db.fetch(prepared.sql, *values)
            touched = len(found)
            if found:
                row = tuple(found[0].values())
                carried.update(found[0].items())
        else:
            touched = _touched(await db.execute(prepared.sql, *values))
        if statement.rows not in (ANY, touched):
            raise Conflict(statement.name)
        return row


class _Failed(Exception):
    """A transaction ended at this statement, or in its COMMIT."""

    def __init__(self, statement: str, error: Exception) -> None:
        super().__init__(statement)
        self.statement = statement
        self.error = error


def _touched(status: str) -> int:
    """`INSERT 0 1`, `UPDATE 3`, `DELETE 0`."""
    return int(status.rpartition(" ")[2])
