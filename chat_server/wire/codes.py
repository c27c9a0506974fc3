"""Error codes and close codes: closed sets, generated to TypeScript and to the documents."""

import enum
from typing import Final

PROTOCOL: Final = "parley.v1"
"""The subprotocol that both sides of the socket name."""

MAX_FRAME_BYTES: Final = 64 * 1024


class ErrorCode(enum.StrEnum):
    """What went wrong, for programs. The sentence beside it is for people."""

    BAD_FRAME = "bad_frame"
    UNAUTHENTICATED = "unauthenticated"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    BLOCKED = "blocked"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    WRONG_STATE = "wrong_state"
    STALE = "stale"
    KEY_REUSED = "key_reused"
    INVALID = "invalid"
    TOO_LARGE = "too_large"
    UNSUPPORTED_MEDIA = "unsupported_media"
    PHOTO_REFUSED = "photo_refused"
    RATE_LIMITED = "rate_limited"
    QUOTA_REACHED = "quota_reached"
    UNAVAILABLE = "unavailable"
    STORAGE_FULL = "storage_full"
    INTERNAL = "internal"


class CloseCode(enum.IntEnum):
    """Why the server ends a socket. 4000-4499: come back; 4500-4999: stay away until told otherwise."""

    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    BAD_TEXT = 1007
    TOO_BIG = 1009
    RESTART = 1012
    SLOW = 4000
    RESYNC = 4001
    SILENT = 4002
    EXPIRED = 4003
    TOO_FAST = 4004
    BAD_TICKET = 4500
    SIGNED_OUT = 4501
    BAD_PROTOCOL = 4502
    NO_HELLO = 4503
    TOO_MANY = 4504


CLOSE_REASONS: Final[dict[CloseCode, str]] = {
    CloseCode.GOING_AWAY: "The server ends this connection; come back.",
    CloseCode.PROTOCOL_ERROR: "The bytes are not WebSocket frames.",
    CloseCode.UNSUPPORTED_DATA: "Frames are text; a binary one was sent.",
    CloseCode.BAD_TEXT: "The text is not UTF-8.",
    CloseCode.TOO_BIG: "The frame is larger than 64 KiB.",
    CloseCode.RESTART: "The server restarts; come back.",
    CloseCode.SLOW: "The connection read too slowly; come back and resume.",
    CloseCode.RESYNC: "The server lost its place; come back and resume.",
    CloseCode.SILENT: "The connection did not answer pings; come back.",
    CloseCode.EXPIRED: "The token ran out; come back with a fresh one.",
    CloseCode.TOO_FAST: "Far too many frames; come back later.",
    CloseCode.BAD_TICKET: "The ticket is unknown, used or too old.",
    CloseCode.SIGNED_OUT: "This person was signed out.",
    CloseCode.BAD_PROTOCOL: "The frames are not those of this protocol.",
    CloseCode.NO_HELLO: "No hello within ten seconds.",
    CloseCode.TOO_MANY: "Too many connections of one person or address.",
}


def may_come_back(code: int) -> bool:
    """Whether a client reconnects by itself after this close code."""
    return not 4500 <= code <= 4999
