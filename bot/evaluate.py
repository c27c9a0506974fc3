"""How good the bot is on a file of questions: right first, among three, and what it refuses."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

OUTSIDE: Final = "oos"
"""The topic of a question that no entry answers."""
COVERAGE: Final = 0.95

Question = tuple[str, str]
"""Topic and text."""
Ask = Callable[[str], tuple[Sequence[str], float]]
"""Topics best first, and how sure it is of the first."""


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one file, in percent; None where the file has nothing to measure it by."""

    questions: int
    outside: int
    at_1: float | None
    at_3: float | None
    auroc: float | None
    refused: float | None
    """Of the questions outside, at the confidence that 95 % of the others reach."""
    wrong: tuple[tuple[str, str, str], ...]
    """What went wrong: the text, its topic, what came first."""


def read_questions(path: Path) -> list[Question]:
    """A TSV of topic and question. Raises OSError, ValueError naming the line."""
    found: list[Question] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        topic, tab, text = line.partition("\t")
        if not tab or not text.strip():
            raise ValueError(f"{path.name}, line {number}: needs a topic, a tab and a question")
        found.append((topic.strip(), text.strip()))
    return found


def evaluate(ask: Ask, questions: Iterable[Question]) -> Report:
    """Asks every question."""
    first = three = inside = 0
    sure: list[float] = []
    strange: list[float] = []
    wrong: list[tuple[str, str, str]] = []
    for topic, text in questions:
        topics, confidence = ask(text)
        if topic == OUTSIDE:
            strange.append(confidence)
            continue
        inside += 1
        sure.append(confidence)
        first += list(topics[:1]) == [topic]
        three += topic in topics[:3]
        if list(topics[:1]) != [topic]:
            wrong.append((text, topic, topics[0] if topics else ""))
    auroc, refused = separation(sure, strange)
    return Report(
        inside,
        len(strange),
        100 * first / inside if inside else None,
        100 * three / inside if inside else None,
        auroc,
        refused,
        tuple(wrong),
    )


def separation(
    sure: Sequence[float], strange: Sequence[float]
) -> tuple[float | None, float | None]:
    """Area under the curve, and the share refused at 95 % coverage, of two sets of confidences; in percent."""
    if not sure or not strange:
        return None, None
    inside, outside = np.asarray(sure), np.asarray(strange)
    above = np.mean(inside[:, None] > outside[None]) + np.mean(inside[:, None] == outside[None]) / 2
    threshold = np.quantile(inside, 1 - COVERAGE)
    return 100 * float(above), 100 * float(np.mean(outside < threshold))
