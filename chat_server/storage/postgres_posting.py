"""Messages to PostgreSQL by the batch: one statement for many, no transaction left open in between.

Which message goes into which batch is `postgres_lines`' business.
"""

from collections.abc import Sequence
from typing import Final

from chat_server.domain.errors import Unavailable
from chat_server.ports import Applied, Commit, Conflict, Outcome
from chat_server.storage.postgres_errors import is_double, passes_by_itself, translate, unavailable
from chat_server.storage.postgres_pool import Connections
from chat_server.storage.queries import Prepared

TRIES: Final = 3

_PLACE: Final = frozenset({"thread_id", "me", "at", "grace", "client_key", "target"})
"""Parameters that come from `post_message`; the others are `insert_event`'s."""


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


class Busy(Exception):
    """Another transaction holds the message's thread: it is to be applied by itself, and to wait."""


class Posting:
    """Applies batches of plain messages, of which no two have the same author and client key."""

    def __init__(self, connections: Connections, prepared: Prepared) -> None:
        self._connections = connections
        self._sql = prepared.sql
        self._columns = [(0 if name in _PLACE else 1, name) for name in prepared.params]

    async def apply(self, batch: Sequence[Commit], outcomes: list[Outcome]) -> None:
        """Fills in an outcome each, Busy among them; what is filled in holds even when this is cut off.

        A batch that fails is tried again, since another node may have used one of its client keys
        meanwhile; what fails again is applied one by one, so that the guilty message stands alone.
        """
        error: Exception = unavailable()
        for _ in range(TRIES):
            try:
                outcomes[:] = await self._post(batch)
                return
            except Exception as failure:  # noqa: BLE001  # each becomes an outcome
                error = failure
                if not (is_double(error) or passes_by_itself(error)):
                    break
        refusal = translate(error, "post_message")
        if isinstance(refusal, Unavailable):
            kind = type(refusal)
            outcomes[:] = [kind(retry_after_ms=refusal.retry_after_ms) for _ in batch]
        elif len(batch) == 1:
            outcomes[0] = refusal
        else:
            await self._apply_apart(batch, outcomes)

    async def _apply_apart(self, batch: Sequence[Commit], outcomes: list[Outcome]) -> None:
        for place, commit in enumerate(batch):
            alone = outcomes[place : place + 1]
            await self.apply([commit], alone)
            outcomes[place] = alone[0]

    async def _post(self, batch: Sequence[Commit]) -> list[Outcome]:
        columns = [
            [commit.statements[which].params[name] for commit in batch]
            for which, name in self._columns
        ]
        async with self._connections.lend() as connection:
            rows = await connection.fetch(self._sql, *columns)
        outcomes: list[Outcome | None] = [None] * len(batch)
        for number, seq, side, customer_id, shop_id in rows:
            placed = seq is not None
            outcomes[number - 1] = (
                Applied([(seq, side, customer_id, shop_id), None]) if placed else Busy()
            )
        return [outcome or Conflict("post_message") for outcome in outcomes]
