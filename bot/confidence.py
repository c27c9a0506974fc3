"""How sure the bot may be that its best topic is right: a probability that means the same in every knowledge base.

Platt's logistic curve over the strength of a match, fitted to the knowledge base itself: each of a sample of
its own texts is asked without itself (what a right answer looks like) and once more without its whole topic
(what a question looks like that no entry answers).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from bot.match import Match

KNOWN: Final = 0.5
REPAIRED: Final = 0.8
LENGTH: Final = 0.1
"""The strength's parts, set on the development sets: `docs/bot.md` says what each gives."""

STEPS: Final = 50
PENALTY: Final = 0.01
LEAST_RIGHT: Final = 20


def strength(match: Match) -> float:
    """The score of the best topic, less for words that nobody has heard of and for each that was repaired.

    A long question that scores as high as a short one has more in common with its entry.
    """
    if not match.ranking:
        return 0.0
    said, repaired = len(match.reading.words), len(match.reading.repaired)
    score = max(match.ranking[0][1], 0.0)
    return float(score * match.known**KNOWN * REPAIRED**repaired * said**LENGTH)


@dataclass(frozen=True, slots=True)
class Curve:
    """Probability over strength."""

    slope: float
    bias: float

    def probability(self, match: Match) -> float:
        """Of the best topic being right, 0 to 1; 0 where there is none."""
        if not match.ranking:
            return 0.0
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * strength(match) + self.bias))))

    @classmethod
    def fit(cls, strengths: Sequence[float], right: Sequence[bool]) -> Self:
        """By Newton's method with a small penalty, so that it ends whatever the samples; never falling."""
        design = np.column_stack([np.asarray(strengths, np.float64), np.ones(len(strengths))])
        truth = np.asarray(right, np.float64)
        weights = np.zeros(2)
        penalty = np.asarray([PENALTY, PENALTY])
        for _ in range(STEPS):
            chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
            gradient = design.T @ (chance - truth) + penalty * weights
            bend = (design.T * (chance * (1 - chance))) @ design + np.diag(penalty)
            step = np.linalg.solve(bend, gradient)
            weights -= np.clip(step, -5, 5)
        return cls(max(float(weights[0]), 0.1), float(weights[1]))


UNFITTED: Final = Curve(12.0, -5.0)
"""For a knowledge base too small to learn from."""
