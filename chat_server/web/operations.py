"""What one HTTP operation is: its place, who may call it, what it takes and gives. All that routes need."""

import dataclasses
import enum
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from chat_server.actions.context import Context
from chat_server.actions.threads import Place
from chat_server.domain.errors import Invalid, NotFound
from chat_server.domain.ids import ID_PATTERN, is_external, read
from chat_server.domain.people import Actor
from chat_server.wire.codes import ErrorCode
from chat_server.wire.places import read_place

PREFIX = "/api/v1"


class Caller(enum.Enum):
    """Who may call an operation."""

    ANYONE = "anyone"
    CUSTOMER = "customer"
    """A buyer or seller: with a token of the marketplace, or a session of the inbox."""
    BACKEND = "backend"
    """The marketplace's backend, with an API key."""
    STAFF = "staff"
    """An agent or supervisor, with a session of the console."""
    SUPERVISOR = "supervisor"
    """A supervisor, with a session of the console."""


class NoQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An operation without query parameters."""


@dataclasses.dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    method: str
    path: str
    """Below the prefix, with `{name}` for parameters."""
    caller: Caller
    handler: "Handler"
    summary: str
    answer: Any = None
    """Type of the body that is given; None for an empty one."""
    status: int = 200
    body: Any = None
    """Type of the JSON body that is taken; None for none."""
    query: type[msgspec.Struct] = NoQuery
    errors: tuple[ErrorCode, ...] = ()
    """Beside those that every operation may give."""
    media: str = "application/json"
    """Of the answer."""
    takes: str = "application/json"
    """Of the body."""
    etag: bool = False
    """Whether the answer has an `ETag`, and is not sent again to who has it."""
    if_match: bool = False
    """Whether the revision that was seen may come in `If-Match`, in the place of the body's."""


class Call(NamedTuple):
    """A request that has been understood."""

    ctx: Context
    request: Request
    actor: Actor | None
    proof_at: int
    """When the caller's proof of identity was given, in milliseconds."""
    merge: str
    """The visitor that the caller's own proof says he was (`auth.Identity`)."""
    params: Mapping[str, str]
    body: Any
    query: Any

    @property
    def caller(self) -> Actor:
        """The person who calls."""
        assert self.actor is not None, "Only operations for people ask who calls."
        return self.actor

    def id(self, name: str) -> int:
        """A path parameter that is an id of ours. Raises NotFound: what cannot exist is missing."""
        return read_id(self.params[name])

    @property
    def seq(self) -> int:
        """The path parameter that is a message's place in its thread. Raises NotFound."""
        text = self.params["seq"]
        if not text.isascii() or not text.isdigit() or len(text) > 15:
            raise NotFound
        return int(text)

    @property
    def key(self) -> str:
        """The path parameter that is the marketplace's own id of a thing. Raises Invalid (`key`)."""
        key = self.params["key"]
        if not is_external(key):
            raise Invalid("key")
        return key


Handler = Callable[[Call], Awaitable[msgspec.Struct | Response | None]]

_ID = re.compile(ID_PATTERN)


def read_id(text: str) -> int:
    """An id from a path. Raises NotFound."""
    if _ID.match(text) is None:
        raise NotFound
    return read(text)


def place_of(text: str) -> Place | None:
    """Where a page of a list begins: `next` of the page before; None at the start. Raises Invalid (`before`)."""
    place = read_place(text)
    return Place(*place) if place is not None else None
