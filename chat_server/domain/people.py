"""Who people are and in which capacity they act; how they prove it is the web's business."""

import dataclasses
import enum
import unicodedata
from typing import Final

from chat_server.domain.ids import PersonId, ShopId


class Role(enum.StrEnum):
    """In which capacity somebody acts (PRODUCT: people and identity)."""

    VISITOR = "visitor"
    BUYER = "buyer"
    SELLER = "seller"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    BOT = "bot"
    SYSTEM = "system"
    BACKEND = "backend"


STAFF: Final = (Role.AGENT, Role.SUPERVISOR)
"""Those who work here."""


class Side(enum.IntEnum):
    """On whose behalf an event was written: the one thing about its author that all may see."""

    CUSTOMER = 1
    SHOP = 2
    STAFF = 3
    BOT = 4
    SYSTEM = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """An identified caller. `shops` is what the marketplace's backend put, never a token's claim."""

    person_id: PersonId
    role: Role
    shops: frozenset[ShopId] = frozenset()
    locale: str = "en"
    expires_at_ms: int | None = None
    """When the proof of identity runs out; None for a session that is looked up each time."""
    key_id: str = ""
    """Which signing key vouched for this person; empty for sessions."""
    teams: frozenset[int] = frozenset()
    """Of an agent: where he works."""


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the backend vouched for."""

    id: PersonId
    external_id: str
    name: str
    locale: str
    zone: str
    not_before_ms: int
    """Tokens issued before this instant are refused (sign-out)."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shop:
    """One seller's store."""

    id: ShopId
    external_id: str
    name: str


_JOINERS: Final = "\u200c\u200d"
_BLANKS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters and marks that nobody sees."""

_JOINING_FROM: Final = "\u0590"
"""Joiners mean something in the scripts from here on, and between Latin or Cyrillic letters nothing."""


def clean_name(text: str) -> str:
    """A name as it may stand beside others: no controls, marks of direction or letters that nobody sees.

    Two names that look alike because of such are one name afterwards. May come out empty.
    """
    kept: list[str] = []
    for letter in text:
        category = unicodedata.category(letter)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif letter in _JOINERS:
            if kept and kept[-1] >= _JOINING_FROM:
                kept.append(letter)
        elif category != "Cf" and letter not in _BLANKS:
            kept.append(letter)
    return " ".join("".join(kept).split())
