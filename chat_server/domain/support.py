"""Support: who answers a thread, what the bot's turns come to, and how long a visitor's past may be taken along."""

import enum
from typing import Final

HELP: Final = "help"
"""The topic of Help in the widget."""

MERGE_WINDOW_MS: Final = 24 * 3600 * 1000
"""How old a visitor's newest message may be when he turns out to be a buyer (PRODUCT: people and identity)."""

MERGED: Final = "visitor_"
"""How the topic of a conversation that a visitor began is called once it is a buyer's: with the visitor's id."""

OFFER_AFTER_UNHELPFUL: Final = 2
"""So many "not helpful" in an episode, and the bot offers a person (PRODUCT: support)."""


class State(enum.StrEnum):
    """Who answers."""

    BOT = "bot"
    QUEUED = "queued"


class Outcome(enum.StrEnum):
    """What a turn of the bot came to, as it is counted."""

    ANSWER = "answer"
    OPTIONS = "options"
    MISS = "miss"
    SMALLTALK = "smalltalk"
    HANDOFF = "handoff"


WISH: Final = "human"
"""The button that wishes for a person."""

ENTRY: Final = "entry:"
"""How the button of an entry begins; its id follows."""


def entry_of(pick: str) -> str:
    """The entry that a button stands for, or empty."""
    return pick.removeprefix(ENTRY) if pick.startswith(ENTRY) else ""
