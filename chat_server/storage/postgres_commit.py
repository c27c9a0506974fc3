"""A Commit as a transaction on PostgreSQL, or many alike as one; plain messages go by `postgres_batches`."""

import functools
import itertools
import operator
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg

from chat_server.domain.errors import Unavailable
from chat_server.ports import ANY, Applied, Commit, Conflict, Outcome, Statement
from chat_server.storage.postgres_batches import apply_apart, told_each
from chat_server.storage.postgres_errors import passes_by_itself, translate
from chat_server.storage.postgres_pool import Connection, Connections
from chat_server.storage.queries import Prepared

TRIES: Final = 3

_Row = tuple[Any, ...] | None


class Committing:
    """Applies Commits, one at a time or alike ones together, over connections that it borrows."""

    def __init__(self, connections: Connections, prepared: Mapping[str, Prepared]) -> None:
        self._connections = connections
        self._prepared = prepared

    async def apply(self, commits: Sequence[Commit], outcomes: list[Outcome]) -> None:
        """Fills in the outcome of the one Commit; tries again where it only met another one."""
        for attempt in range(1, TRIES + 1):
            try:
                (outcomes[0],) = await self._transaction(commits)
            except Conflict as conflict:
                outcomes[0] = conflict
            except _Failed as failed:
                if attempt < TRIES and passes_by_itself(failed.error):
                    continue
                outcomes[0] = translate(failed.error, failed.statement)
            return

    async def apply_together(self, commits: Sequence[Commit], outcomes: list[Outcome]) -> None:
        """Fills in an outcome for each of these, whose statements are the same.

        All are one transaction, with a trip to the server for a statement of all of them. Where one is refused
        nothing was written, and each is applied by itself.
        """
        try:
            if len(commits) > 1:
                outcomes[:] = await self._transaction(commits)
                return
        except Conflict:
            pass
        except _Failed as failed:
            refusal = translate(failed.error, failed.statement)
            if isinstance(refusal, Unavailable) and not passes_by_itself(failed.error):
                outcomes[:] = told_each(refusal, len(commits))
                return
        await apply_apart(self.apply, commits, outcomes)

    async def _transaction(self, commits: Sequence[Commit]) -> list[Outcome]:
        """Raises Conflict, or _Failed with the statement at which it ended."""
        trip = _Trip()
        try:
            async with self._connections.lend() as db:
                await db.execute("BEGIN")
                try:
                    if len(commits) == 1:
                        rows = await self._execute_one(db, commits[0].statements, trip)
                        outcomes: list[Outcome] = [Applied(rows)]
                    else:
                        outcomes = await self._execute_many(db, commits, trip)
                    trip.at = "COMMIT"
                    await db.execute("COMMIT")
                except (asyncpg.PostgresError, Conflict):
                    await db.execute("ROLLBACK")
                    raise
        except Conflict:
            raise
        except Exception as error:
            raise _Failed(trip.at, error) from error
        return outcomes

    async def _execute_one(
        self, db: Connection, statements: Sequence[Statement], trip: "_Trip"
    ) -> list[_Row]:
        carried: dict[str, Any] = {}
        rows: list[_Row] = []
        for name, alike in itertools.groupby(statements, operator.attrgetter("name")):
            trip.at = name
            rows += await self._execute_alike(db, list(alike), carried)
        return rows

    async def _execute_many(
        self, db: Connection, commits: Sequence[Commit], trip: "_Trip"
    ) -> list[Outcome]:
        """Statement by statement, each for all Commits. Whom the first refuses has written nothing: others go on."""
        carried: list[dict[str, Any]] = [{} for _ in commits]
        rows: list[list[_Row]] = [[] for _ in commits]
        outcomes: list[Outcome] = [Applied(given) for given in rows]
        aboard = list(range(len(commits)))
        for number, first in enumerate(commits[0].statements):
            prepared, wanted = self._prepared[first.name], first.rows
            trip.at = prepared.name
            params = [{**commits[n].statements[number].params, **carried[n]} for n in aboard]
            values = [[one[p] for p in prepared.params] for one in params]
            if wanted == ANY and not prepared.returns:
                await db.executemany(prepared.sql, values)
                for n in aboard:
                    rows[n].append(None)
                continue
            found = await db.fetchmany(
                placed(prepared), [[*v, n] for v, n in zip(values, aboard, strict=True)]
            )
            touched = Counter(row[-1] for row in found)
            refused = [n for n in aboard if wanted not in (ANY, touched[n])]
            if refused:
                if number or any(touched[n] for n in refused):
                    raise Conflict(prepared.name)
                for n in refused:
                    outcomes[n] = Conflict(prepared.name)
                aboard = [n for n in aboard if touched[n]]
            for n in aboard:
                rows[n].append(None)
            if prepared.returns:
                for row in reversed(found):  # Of several rows the first counts.
                    columns = dict(row.items())
                    n = columns.pop("place")
                    rows[n][-1] = tuple(columns.values())
                    carried[n].update(columns)
            if not aboard:
                break
        return outcomes

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


@functools.cache
def placed(prepared: Prepared) -> str:
    """The statement with one more column behind what it returns: for which of the Commits it was executed."""
    place = f"CAST(${len(prepared.params) + 1} AS BIGINT) AS place"
    if prepared.sql.startswith(("SELECT", "WITH")):
        raise ValueError(
            f"{prepared.name} does not end in what it returns: it does not belong into bulk."
        )
    return f"{prepared.sql}{',' if prepared.returns else ' RETURNING'} {place}"


class _Trip:
    """Where a transaction is: the statement that is being executed."""

    at = "BEGIN"


class _Failed(Exception):
    """A transaction ended at this statement, or in its COMMIT."""

    def __init__(self, statement: str, error: Exception) -> None:
        super().__init__(statement)
        self.statement = statement
        self.error = error


def _touched(status: str) -> int:
    """`INSERT 0 1`, `UPDATE 3`, `DELETE 0`."""
    return int(status.rpartition(" ")[2])
