"""The rules of one connection, without IO: a frame comes in, what is to be done comes out."""

import enum
from typing import Final, NamedTuple

import msgspec

from chat_server.domain.limits import Bucket
from chat_server.domain.people import Actor
from chat_server.wire.codes import CloseCode, ErrorCode
from chat_server.wire.frames import Command, Hello, Mark, Typing

PATIENCE: Final = 50
"""Refused frames in a row, and the connection is closed as far too fast."""

_decoder: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)


class Stage(enum.Enum):
    """How far a connection has come."""

    NEW = "new"
    GREETING = "greeting"
    OPEN = "open"
    CLOSED = "closed"


class Refuse(NamedTuple):
    """A frame that is answered with an error."""

    code: ErrorCode
    request: int | None = None
    reason: str = ""
    retry_after_ms: int | None = None


class Close(NamedTuple):
    """The connection must end."""

    code: CloseCode


Effect = Command | Refuse | Close | None
"""A command to be carried out, a refusal to be told, an end, or nothing."""


class BadFrame(Exception):
    """A text that is no command of this protocol."""


def decode(raw: bytes) -> Command:
    """A frame's command. Junk of any kind raises BadFrame, and nothing else."""
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BadFrame(str(error)) from error


def is_text(raw: bytes) -> bool:
    """Whether these bytes are UTF-8, as those of a text frame must be."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


class Session:
    """What has been said so far: who it is, and how fast he speaks."""

    __slots__ = ("_bucket", "_refused", "actor", "stage")

    def __init__(self, rate: float, burst: int, now_ms: int) -> None:
        self.stage = Stage.NEW
        self.actor: Actor | None = None
        self._bucket = Bucket(rate, burst, now_ms)
        self._refused = 0

    def receive(self, raw: bytes, now_ms: int) -> Effect:
        """What to do about a frame. The first must be `hello`, and there is only one."""
        stage = self.stage
        if stage is Stage.CLOSED:
            return None
        wait = self._bucket.take(now_ms)
        if wait:
            return self._too_fast(raw, wait)
        try:
            command = decode(raw)
        except BadFrame as error:
            if not is_text(raw):
                return Close(CloseCode.BAD_TEXT)
            if stage is not Stage.OPEN:
                return Close(CloseCode.BAD_PROTOCOL)
            return self._bad(raw, str(error))
        self._refused = 0
        if stage is Stage.OPEN:
            return command if type(command) is not Hello else Close(CloseCode.BAD_PROTOCOL)
        if stage is Stage.GREETING or type(command) is not Hello:
            return Close(CloseCode.BAD_PROTOCOL)
        self.stage = Stage.GREETING
        return command

    def welcome(self, actor: Actor) -> None:
        """The hello was believed."""
        self.actor = actor
        self.stage = Stage.OPEN

    def overdue(self) -> bool:
        """Whether nobody has said who he is."""
        return self.stage in (Stage.NEW, Stage.GREETING)

    def close(self) -> None:
        """Nothing more is heard."""
        self.stage = Stage.CLOSED

    def _too_fast(self, raw: bytes, wait: int) -> Effect:
        """Refused by its number, so that whoever waits for the answer may ask again."""
        self._refused += 1
        if self._refused > PATIENCE:
            return Close(CloseCode.TOO_FAST)
        return Refuse(ErrorCode.RATE_LIMITED, request_of(raw), "", wait)

    def _bad(self, raw: bytes, why: str) -> Effect:
        self._refused += 1
        if self._refused > PATIENCE:
            return Close(CloseCode.BAD_PROTOCOL)
        return Refuse(ErrorCode.BAD_FRAME, request_of(raw), why)


class _Numbered(msgspec.Struct):
    id: int | None = None


_numbered = msgspec.json.Decoder(_Numbered).decode


def request_of(raw: bytes) -> int | None:
    """The request number of a frame that is otherwise wrong, so that its sender knows which it was."""
    try:
        number = _numbered(raw).id
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return number if number is not None and 1 <= number < 2**53 else None


SILENT: Final = (Mark, Typing)
"""Commands that are not answered when all is well."""
