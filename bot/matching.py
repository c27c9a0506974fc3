"""Which topic a question is about: ridge regression on the entries nearest to it, at question time.

No training step, so that an entry can be added and taken out while others are being asked; one size of
neighbourhood everywhere and nothing random, so that every node gives the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from bot import language as languages
from bot.confidence import LEAST_RIGHT, UNFITTED, Curve, strength
from bot.features import features, pieces
from bot.index import Index
from bot.lexicon import EMPTY, Lexicon
from bot.match import Match, Ranking, Reading
from bot.spelling import Spelling
from bot.text import MAX_QUESTION, letters_of, words
from bot.translit import Translit

NEIGHBOURS: Final = 96
RIDGE: Final = 0.15
NEAREST: Final = 0.2
TYPED: Final = 0.5
"""What the letters of a repaired word count as they were typed: the repair may be wrong."""

SAMPLE: Final = 80
"""Texts of its own that a knowledge base is calibrated on."""


class Matcher:
    """A knowledge base that can be asked, and changed while it is asked."""

    def __init__(self, lexicon: Lexicon = EMPTY, language: str | None = None) -> None:
        self._lexicon = lexicon
        self._language = language
        self._index = Index()
        self._spellings: defaultdict[str, Spelling] = defaultdict(Spelling)
        self._texts: dict[int, tuple[str, str]] = {}
        self._translit = Translit()
        for spoken, known in lexicon.words.items():
            if language in (None, spoken):
                self._learn(sorted(known), spoken)
                self._learn(sorted(languages.small_words(spoken)), spoken)

    # The knowledge base.

    def add(self, topic: str, texts: Iterable[tuple[str, str]]) -> list[int]:
        """Adds texts (each with its language) to a topic; the numbers by which they are taken out again."""
        rows, kept = [], []
        for text, language in texts:
            said = words(text)
            row = features(said, language, self._lexicon)
            if row:
                rows.append(row)
                kept.append((text, language))
                self._learn(said, language)
        if not rows:
            return []
        numbers = self._index.add(topic, rows)
        self._texts.update(zip(numbers, kept, strict=True))
        return numbers

    def remove(self, numbers: Sequence[int]) -> None:
        """Takes texts out."""
        for number in numbers:
            text, language = self._texts.pop(number)
            self._unlearn(words(text), language)
        self._index.remove(numbers)

    @property
    def rows(self) -> list[int]:
        """The numbers of all texts that are there."""
        return list(self._texts)

    def topic(self, row: int) -> str:
        """The topic of a text."""
        return self._index.topics[row]

    def calibrated(self, outside: Iterable[tuple[str, str]] = ()) -> Curve:
        """The curve that fits this knowledge base; `outside` are texts (with language) that no topic answers."""
        rows = self.rows
        of: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            of[self.topic(row)].append(row)
        sample = rows[:: max(1, len(rows) // SAMPLE)]
        strengths, right = [], []
        for row in sample:
            topic = self.topic(row)
            if len(of[topic]) < 2:
                continue
            for without in ([row], of[topic]):
                match = self.match(*self.text(row), without=without)
                strengths.append(strength(match))
                right.append(bool(match.ranking) and match.ranking[0][0] == topic)
        for text, language in outside:
            strengths.append(strength(self.match(text, language)))
            right.append(False)
        return Curve.fit(strengths, right) if sum(right) >= LEAST_RIGHT else UNFITTED

    def text(self, row: int) -> tuple[str, str]:
        """A text of the knowledge base and its language."""
        return self._texts[row]

    # Questions.

    def read(self, question: str, language: str | None = None) -> Reading:
        """Words, language and repairs of a question; `language` is the asker's own, for words that are in no other."""
        question = question[:MAX_QUESTION]
        said = words(question)
        if letters_of(question) == "latin":
            russian = self._russian(said)
            if russian is not None:
                repaired = self._spellings["ru"].repair(russian)
                return Reading(tuple(russian), "ru", repaired, translit=True)
        tongue = self._language
        if tongue is None:
            tongue = languages.guess(question, default=language or "en")
        return Reading(tuple(said), tongue, self._spellings[tongue].repair(said))

    def _russian(self, said: Sequence[str]) -> list[str] | None:
        return self._translit.read(said, self._is_foreign) if self._translit else None

    def _is_foreign(self, word: str) -> bool:
        return any(word in known for spoken, known in self._spellings.items() if spoken != "ru")

    def _learn(self, said: Sequence[str], language: str) -> None:
        self._spellings[language].add(said)
        if language == "ru":
            for word in said:
                self._translit.add(word)

    def _unlearn(self, said: Sequence[str], language: str) -> None:
        self._spellings[language].remove(said)
        if language == "ru":
            for word in set(said):
                if word not in self._spellings["ru"]:
                    self._translit.remove(word)

    def row_of(self, reading: Reading) -> dict[str, float]:
        """The features of a question as it was meant; of a repaired word its letters as typed count a little too."""
        meant = [reading.repaired.get(word, word) for word in reading.words]
        row = features(meant, reading.language, self._lexicon)
        for word in reading.repaired:
            for name, weight in pieces(word):
                row.setdefault(name, weight * TYPED)
        return row

    def match(
        self, question: str, language: str | None = None, *, without: Sequence[int] = ()
    ) -> Match:
        """Topics for a question, best first. `without` leaves rows out, for calibration."""
        reading = self.read(question, language)
        row = self.row_of(reading)
        if not row or not len(self._index):
            return Match(reading, [], 0.0, 0.0, None, [])
        vector, known = self._index.weigh(row, without)
        similar = self._index.similar(vector)
        similar[list(without)] = 0
        near = nearest(similar, NEIGHBOURS)
        if not len(near):
            return Match(reading, [], 0.0, known, None, [])
        ranking, best = self._ridge(similar, near)
        return Match(
            reading, ranking, float(similar[near[0]]), known, best, self._index.shared(vector, best)
        )

    def _ridge(self, similar: np.ndarray, near: np.ndarray) -> tuple[Ranking, int]:
        topics = self._index.topics
        order = list(dict.fromkeys(topics[n] for n in near))
        place = {topic: number for number, topic in enumerate(order)}
        of = np.asarray([place[topics[n]] for n in near])
        sizes = np.bincount(of).astype(np.float32)
        target = np.zeros((len(near), len(order)), np.float32)
        target[np.arange(len(near)), of] = 1
        kernel = self._index.among(near.tolist())
        kernel[np.diag_indices_from(kernel)] += RIDGE * sizes[of] / sizes.mean()
        close = similar[near]
        scores = close @ np.linalg.solve(kernel, target)
        top = np.zeros(len(order), np.float32)
        np.maximum.at(top, of, close)
        scores = scores + NEAREST * top
        ranked = sorted(
            zip(order, scores.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0])
        )
        best = next(int(n) for n in near if topics[n] == ranked[0][0])
        return ranked, best


def nearest(similar: np.ndarray, most: int) -> np.ndarray:
    """The rows most alike, best first; of equals the earlier row. None that has nothing in common."""
    if len(similar) > most:
        edge = np.partition(similar, len(similar) - most)[len(similar) - most]
        found = np.flatnonzero(similar >= max(edge, 1e-6))
    else:
        found = np.flatnonzero(similar > 1e-6)
    return found[np.lexsort((found, -similar[found]))][:most]
