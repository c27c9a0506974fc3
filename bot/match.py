"""What comes of comparing a question with the entries: values, nothing that computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Ranking = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood."""

    words: tuple[str, ...]
    language: str
    repaired: Mapping[str, str] = field(default_factory=dict)
    translit: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Topics with their scores, best first, and what speaks for and against the best."""

    reading: Reading
    ranking: Ranking
    nearest: float
    """The cosine of the nearest entry."""
    known: float
    """The share of the question's weight that any entry has heard of."""
    row: int | None
    """The nearest row of the best topic."""
    reasons: list[tuple[str, float]]
    """What the question and that row share, heaviest first: a feature's name and its part of the cosine."""
