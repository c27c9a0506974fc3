"""What PostgreSQL and its driver raise, as the house knows it; nothing is tried again here."""

import logging
from typing import Final

import asyncpg

from chat_server.domain.errors import StorageFull, Unavailable
from chat_server.ports import Conflict

logger = logging.getLogger("parley.storage")

RETRY_AFTER_MS: Final = 1000

_OUR_MISTAKE: Final = ("21", "22", "2F", "0A", "34", "42")
"""Classes of errors that a wrong statement or parameter brings; all others pass by themselves."""

_AGAIN: Final = frozenset({"40001", "40P01"})


def unavailable() -> Unavailable:
    """The store cannot answer; the same request may come again."""
    return Unavailable(retry_after_ms=RETRY_AFTER_MS)


DRIVER_ERRORS: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)


def translate(error: Exception, statement: str) -> Exception:
    """A driver's error as one of `ports.Store`'s, caused by it; any other as it is.

    What comes of a lost connection is Unavailable also when the COMMIT may have arrived: client
    keys make the repetition harmless. Mistakes of the program become AssertionError.
    """
    if not isinstance(error, DRIVER_ERRORS):
        return error
    refusal: Exception = unavailable()
    if isinstance(error, asyncpg.PostgresError):
        refusal = _refusal(error, statement)
    elif isinstance(error, asyncpg.InterfaceError) and isinstance(error, ValueError):
        refusal = AssertionError(f"{statement} was given what it cannot take: {error}")
    else:
        logger.warning("store.unavailable", extra={"statement": statement, "error": repr(error)})
    refusal.__cause__ = error
    return refusal


def _refusal(error: asyncpg.PostgresError, statement: str) -> Exception:
    state = error.sqlstate or ""
    if state.startswith("23"):
        return Conflict(statement, str(getattr(error, "constraint_name", None) or error))
    logger.warning("store.refused", extra={"statement": statement, "sqlstate": state})
    if state == "53100":
        return StorageFull(retry_after_ms=RETRY_AFTER_MS)
    if state.startswith(_OUR_MISTAKE):
        return AssertionError(f"{statement} does not fit the database: {error}")
    return unavailable()


def passes_by_itself(error: BaseException) -> bool:
    """Whether the same may simply be tried again: two transactions stood in each other's way."""
    return isinstance(error, asyncpg.PostgresError) and error.sqlstate in _AGAIN


def is_double(error: BaseException) -> bool:
    """Whether a unique index refused it."""
    return isinstance(error, asyncpg.UniqueViolationError)
