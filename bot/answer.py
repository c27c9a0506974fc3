"""What comes of a question: values. Who says them, and in which words, is the product's business."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Why:
    """Why the bot said what it said, so that a person can read it; kept with each of its messages."""

    language: str
    """The language that the question was read in."""
    probability: float
    """Of the best entry being right, 0 to 1."""
    entry: str = ""
    """The best entry, whether or not it was given."""
    runner_up: str = ""
    ranking: tuple[tuple[str, float], ...] = ()
    """The best entries with their scores."""
    reasons: tuple[tuple[str, float], ...] = ()
    """What question and entry have in common, heaviest first."""
    repaired: Mapping[str, str] | None = None
    """Words that were taken for others, as typed and as read."""
    matched: str = ""
    """The text of the knowledge base that was nearest."""
    rule: str = ""
    """The exact rule that decided; empty where the matcher did."""


@dataclass(frozen=True, slots=True)
class Answer:
    """This entry answers."""

    entry: str
    why: Why


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """One of these may be meant, the likeliest first: three at most. None: it was not understood at all."""

    entries: tuple[str, ...]
    why: Why
    offers_person: bool = False
    """After two misses in a row a person is the first button."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """A person is wanted, at once."""

    reason: Literal["asked", "entry"]
    why: Why
    entry: str = ""
    """The entry that says so; empty where the customer asked."""


@dataclass(frozen=True, slots=True)
class Smalltalk:
    """No question: a greeting, thanks, a goodbye."""

    kind: str
    reply: str
    why: Why


Outcome = Answer | DidYouMean | HandOff | Smalltalk
