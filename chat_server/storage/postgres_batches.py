"""Writes to PostgreSQL by the batch: one statement for many, no transaction left open in between.

What goes into which batch is `postgres_lines`' business.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from chat_server.domain.errors import Unavailable
from chat_server.ports import Applied, Commit, Conflict, Outcome
from chat_server.storage.postgres_errors import is_double, passes_by_itself, translate, unavailable
from chat_server.storage.postgres_pool import Connections
from chat_server.storage.queries import Prepared

TRIES: Final = 3

_PLACE: Final = frozenset({"thread_id", "me", "at", "grace", "client_key", "target"})
"""Parameters of a batch of messages that come from `post_message`; others are `insert_event`'s."""


ApplyMany = Callable[[Sequence[Commit], list[Outcome]], Awaitable[None]]
"""Fills in an outcome for each; cut off when time is up, it leaves the others as they stand."""


class Busy(Exception):
    """Another transaction holds the message's thread: it is to be applied by itself, and to wait."""


def is_post(commit: Commit) -> bool:
    """Whether this is a plain message: its place and its event, nothing else."""
    statements = commit.statements
    return (
        len(statements) == 2
        and statements[0].name == "post_message"
        and statements[1].name == "insert_event"
        and statements[0].rows == statements[1].rows == 1
        and statements[1].params["author_id"] == statements[0].params["me"]
    )


def is_mark(commit: Commit) -> bool:
    """Whether this moves one person's marks in one thread, and nothing else."""
    statements = commit.statements
    return len(statements) == 1 and statements[0].name == "put_mark" and statements[0].rows == 1


class Batches:
    """Applies Commits of one kind, of which no two stand in each other's way."""

    def __init__(
        self,
        connections: Connections,
        prepared: Prepared,
        single: str,
        columns: Sequence[tuple[int, str]],
        outcome: Callable[..., Outcome],
    ) -> None:
        """`columns` are the parameters: the place of a Commit's statement, and the name there.

        The statement returns rows that begin with the number of the Commit they stand for, counted
        from 1; `outcome` makes what became of it from the rest. Those missing were refused by
        the statement `single`.
        """
        self._connections = connections
        self._sql = prepared.sql
        self._single = single
        self._columns = columns
        self._outcome = outcome

    async def apply(self, batch: Sequence[Commit], outcomes: list[Outcome]) -> None:
        """Fills in an outcome each; what is filled in holds even when this is cut off.

        A batch that fails is tried again, since another node may have used one of its client keys
        meanwhile; what fails again is applied one by one, so that the guilty one stands alone.
        """
        error: Exception = unavailable()
        for _ in range(TRIES):
            try:
                outcomes[:] = await self._execute(batch)
                return
            except Exception as failure:  # noqa: BLE001  # each becomes an outcome
                error = failure
                if not (is_double(error) or passes_by_itself(error)):
                    break
        refusal = translate(error, self._single)
        if isinstance(refusal, Unavailable):
            outcomes[:] = told_each(refusal, len(batch))
        elif len(batch) == 1:
            outcomes[0] = refusal
        else:
            await apply_apart(self.apply, batch, outcomes)

    async def _execute(self, batch: Sequence[Commit]) -> list[Outcome]:
        columns = [
            [commit.statements[place].params[name] for commit in batch]
            for place, name in self._columns
        ]
        async with self._connections.lend() as connection:
            rows = await connection.fetch(self._sql, *columns)
        outcomes: list[Outcome | None] = [None] * len(batch)
        make = self._outcome
        for number, *rest in rows:
            outcomes[number - 1] = make(*rest)
        return [outcome or Conflict(self._single) for outcome in outcomes]


async def apply_apart(apply: ApplyMany, batch: Sequence[Commit], outcomes: list[Outcome]) -> None:
    """Fills in the outcomes one by one, after they could not be applied together."""
    for place, commit in enumerate(batch):
        alone = outcomes[place : place + 1]
        await apply([commit], alone)
        outcomes[place] = alone[0]


def told_each(refusal: Unavailable, count: int) -> list[Outcome]:
    """The same refusal for each, none of them another's object."""
    kind = type(refusal)
    return [kind(retry_after_ms=refusal.retry_after_ms) for _ in range(count)]


def posting(connections: Connections, prepared: Mapping[str, Prepared]) -> Batches:
    """Batches of plain messages; one whose thread another transaction holds becomes Busy."""
    statement = prepared["post_messages"]
    columns = [(0 if name in _PLACE else 1, name) for name in statement.params]
    return Batches(connections, statement, "post_message", columns, _posted)


def marking(connections: Connections, prepared: Mapping[str, Prepared]) -> Batches:
    """Batches of marks."""
    statement = prepared["put_marks"]
    columns = [(0, name) for name in statement.params]
    return Batches(connections, statement, "put_mark", columns, _marked)


def _posted(seq: int | None, *place: Any) -> Outcome:
    return Busy() if seq is None else Applied([(seq, *place), None])


def _marked(*row: Any) -> Outcome:
    return Applied([row])
