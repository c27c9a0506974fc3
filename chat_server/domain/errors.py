"""The mistakes that Parley knows, each with a stable code; how they look on HTTP is not known here.

ParleyError
├── Unauthenticated         unauthenticated      who are you?
├── NotFound                not_found            missing, or not yours to know about
├── NotAllowed              not_allowed          you may see it, but not do this
│   └── Blocked             blocked              the other side does not wish to hear from you
├── WrongState              wrong_state          not in this state (edit window over, ...)
│   └── Stale               stale                somebody was faster; look again
├── KeyReused               key_reused           this client key belongs to another write
├── Invalid                 invalid              the request breaks a stated rule
│   ├── TooLarge            too_large
│   └── PhotoRefused        photo_refused
├── LimitReached            rate_limited         too fast; `retry_after_ms` says when
│   └── QuotaReached        quota_reached        too much today
└── Unavailable             unavailable          the store is away; the same request may be tried again
    └── StorageFull         storage_full         no room; nothing was written
"""

from typing import ClassVar


class ParleyError(Exception):
    """A refusal that a person can be told about. `fields` are for programs and logs."""

    code: ClassVar[str] = "internal"
    retryable: ClassVar[bool] = False

    def __init__(self, reason: str = "", *, retry_after_ms: int | None = None) -> None:
        """`reason` refines the sentence: the message key is `error.<code>.<reason>`."""
        super().__init__(f"{self.code}: {reason}" if reason else self.code)
        self.reason = reason
        self.retry_after_ms = retry_after_ms


class Unauthenticated(ParleyError):
    """No token, or one that proves nothing. All such are answered alike."""

    code = "unauthenticated"


class NotFound(ParleyError):
    """Missing, or not the asker's to know about: the two are one answer, byte for byte."""

    code = "not_found"


class NotAllowed(ParleyError):
    """The asker may see this but not do it."""

    code = "not_allowed"


class Blocked(NotAllowed):
    """One of the pair has blocked the other."""

    code = "blocked"


class WrongState(ParleyError):
    """What is asked for cannot be done in the state that the thing is in."""

    code = "wrong_state"


class Stale(WrongState):
    """The asker acted on a state that has passed."""

    code = "stale"


class KeyReused(ParleyError):
    """A client key that was used before came back with another body."""

    code = "key_reused"


class Invalid(ParleyError):
    """The request breaks a rule that stands in the documentation."""

    code = "invalid"


class TooLarge(Invalid):
    """More bytes than are taken."""

    code = "too_large"


class PhotoRefused(Invalid):
    """Not a photo that Parley takes; the reason says why."""

    code = "photo_refused"


class LimitReached(ParleyError):
    """Too many in too short a time; nothing was stored."""

    code = "rate_limited"
    retryable = True


class QuotaReached(LimitReached):
    """The daily share is used up; nothing was stored."""

    code = "quota_reached"


class Unavailable(ParleyError):
    """The store cannot answer now; nothing was acknowledged, and the same request may come again."""

    code = "unavailable"
    retryable = True


class StorageFull(Unavailable):
    """There is no room to write; reads go on."""

    code = "storage_full"
