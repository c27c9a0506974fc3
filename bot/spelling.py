"""Repair of typing mistakes against the words of the knowledge base."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST: Final = 4
LONG: Final = 8
"""From this length on a word may have two mistakes."""
MAX_REPAIRS: Final = 12
"""Words of one question that are looked up: a hostile question costs no more."""
MAX_LENGTH: Final = 24


class Spelling:
    """The words that are known, by length, so that only those that can match are compared."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._by_length: dict[int, dict[str, None]] = defaultdict(dict)

    def __contains__(self, word: str) -> bool:
        return self._counts[word] > 0

    def known(self) -> list[str]:
        """All words that are known."""
        return list(self._counts)

    def add(self, words: Iterable[str]) -> None:
        """Words that are right from now on."""
        for word in words:
            self._counts[word] += 1
            if SHORTEST <= len(word) <= MAX_LENGTH:
                self._by_length[len(word)][word] = None

    def remove(self, words: Iterable[str]) -> None:
        """Takes back what was added."""
        for word in words:
            self._counts[word] -= 1
            if self._counts[word] <= 0:
                del self._counts[word]
                self._by_length[len(word)].pop(word, None)

    def repair(self, words: Sequence[str]) -> dict[str, str]:
        """Unknown words with what was meant: the nearest known word, of these the commonest, then by letters."""
        repaired: dict[str, str] = {}
        tried = 0
        for word in words:
            if word in self or word in repaired or not SHORTEST <= len(word) <= MAX_LENGTH:
                continue
            tried += 1
            if tried > MAX_REPAIRS:
                break
            near = self._nearest(word)
            if near is not None:
                repaired[word] = near
        return repaired

    def _nearest(self, word: str) -> str | None:
        allowed = 1 if len(word) < LONG else 2
        found: list[tuple[int, int, str]] = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            known = self._by_length.get(length)
            if known:
                near = process.extract(
                    word, list(known), scorer=OSA.distance, score_cutoff=allowed, limit=None
                )
                found += [
                    (int(distance), -self._counts[other], other) for other, distance, _ in near
                ]
        return min(found)[2] if found else None
