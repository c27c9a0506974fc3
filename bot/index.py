"""The entries as one sparse matrix, and how alike a question is to each. Weights follow every change at once.

A feature weighs by how few *topics* hold it, not by how few texts: what every phrasing of one topic says is
what tells it from the others. Nothing is approximate, and nothing depends on the order of changes but the
order of the rows themselves.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

STEEPNESS: Final = 0.4
"""How much more a feature of few topics weighs: the power of log(1 + topics / topics that hold it)."""

_GROWTH: Final = 1.25


def grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    """The array itself where it has room for that many, else a longer one with zeros behind."""
    if size <= len(array):
        return array
    longer = np.zeros(int(size * _GROWTH) + 16, array.dtype)
    longer[: len(array)] = array
    return longer


class Index:
    """Rows of weighted features, each row of one topic."""

    def __init__(self) -> None:
        self.topics: list[str] = []
        """The topic of each row; empty for a row that was taken out."""
        self._ids: dict[str, int] = {}
        self._names: list[str] = []
        self._columns: Ints = np.zeros(0, np.int32)
        self._values: Floats = np.zeros(0, np.float32)
        self._starts: list[int] = [0]
        self._rows_of: dict[str, list[int]] = {}
        self._spread: Ints = np.zeros(0, np.int32)
        """In how many topics each feature is."""
        self._count: Ints = np.zeros(0, np.int32)
        """In how many rows."""
        self._fresh = False
        self._rare = 0.0
        self._idf: Floats = np.zeros(0, np.float32)
        self._norms: Floats = np.zeros(0, np.float32)
        self._begin: NDArray[np.intp] = np.zeros(0, np.intp)

    def __len__(self) -> int:
        return len(self.topics)

    def add(self, topic: str, rows: Sequence[Mapping[str, float]]) -> list[int]:
        """Adds texts of a topic; the numbers of their rows. Each has at least one feature."""
        end = self._starts[-1]
        columns = [self._column(name) for row in rows for name in row]
        values = [value for row in rows for value in row.values()]
        before = self._held_by(topic)
        numbers = list(range(len(self.topics), len(self.topics) + len(rows)))
        for row in rows:
            self.topics.append(topic)
            self._starts.append(self._starts[-1] + len(row))
        self._rows_of.setdefault(topic, []).extend(numbers)
        size = end + len(columns)
        self._columns, self._values = grown(self._columns, size), grown(self._values, size)
        self._columns[end:size] = columns
        self._values[end:size] = values
        self._spread = grown(self._spread, len(self._ids))
        self._count = grown(self._count, len(self._ids))
        self._spread[np.setdiff1d(np.asarray(columns, np.int32), before)] += 1
        np.add.at(self._count, columns, 1)
        self._fresh = False
        return numbers

    def remove(self, numbers: Sequence[int]) -> None:
        """Takes rows out; their numbers are not given again."""
        for topic in {self.topics[number] for number in numbers}:
            gone = {number for number in numbers if self.topics[number] == topic}
            before = self._held_by(topic)
            self._rows_of[topic] = [row for row in self._rows_of[topic] if row not in gone]
            self._spread[np.setdiff1d(before, self._held_by(topic))] -= 1
            if not self._rows_of[topic]:
                del self._rows_of[topic]
        for number in numbers:
            part = slice(self._starts[number], self._starts[number + 1])
            self.topics[number] = ""
            self._values[part] = 0
            self._count[self._columns[part]] -= 1
        self._fresh = False

    def _column(self, name: str) -> int:
        column = self._ids.setdefault(name, len(self._names))
        if column == len(self._names):
            self._names.append(name)
        return column

    def _held_by(self, topic: str) -> Ints:
        rows = self._rows_of.get(topic, ())
        parts = [self._columns[self._starts[row] : self._starts[row + 1]] for row in rows]
        return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.int32)

    def _refresh(self) -> None:
        if self._fresh:
            return
        end = self._starts[-1]
        spread = self._spread[: len(self._ids)].astype(np.float32)
        topics = max(1, len(self._rows_of))
        self._rare = float(np.log1p(topics) ** STEEPNESS)
        self._idf = (np.log1p(topics / np.maximum(spread, 1.0)) ** STEEPNESS).astype(np.float32)
        self._begin = np.asarray(self._starts[:-1], np.intp)
        weighted = self._values[:end] * self._idf[self._columns[:end]]
        squares = np.add.reduceat(weighted * weighted, self._begin) if end else weighted
        self._norms = np.maximum(np.sqrt(squares), 1e-6).astype(np.float32)
        self._fresh = True

    def weigh(self, row: Mapping[str, float], without: Sequence[int] = ()) -> tuple[Floats, float]:
        """A question as a vector over all features, and the share of its weight that is known.

        What no entry has heard of counts in its length: a question of strange words is like nothing. Of what
        only the rows `without` hold, it is as if no entry had heard.
        """
        self._refresh()
        vector = np.zeros(len(self._ids), np.float32)
        strange = 0.0
        for name, value in row.items():
            column = self._ids.get(name)
            if column is None:
                strange += (value * self._rare) ** 2
            else:
                vector[column] = value * self._idf[column]
        if without:
            lost = self._only_in(without)
            strange += float(vector[lost] @ vector[lost])
            vector[lost] = 0
        known = float(vector @ vector)
        whole = max(known + strange, 1e-9)
        return vector / np.float32(whole**0.5), known / whole

    def _only_in(self, rows: Sequence[int]) -> Ints:
        parts = [self._columns[self._starts[row] : self._starts[row + 1]] for row in rows]
        held, counts = np.unique(np.concatenate(parts), return_counts=True)
        only: Ints = held[counts == self._count[held]]
        return only

    def similar(self, vector: Floats) -> Floats:
        """The cosine of a question and every row."""
        end = self._starts[-1]
        if not end:
            return np.zeros(0, np.float32)
        folded = (vector * self._idf).astype(np.float32)
        products = folded[self._columns[:end]] * self._values[:end]
        found: Floats = (np.add.reduceat(products, self._begin) / self._norms).astype(np.float32)
        return found

    def among(self, numbers: Sequence[int]) -> Floats:
        """How alike these rows are to one another: their cosines, a square matrix."""
        parts = [slice(self._starts[n], self._starts[n + 1]) for n in numbers]
        columns = np.concatenate([self._columns[part] for part in parts])
        rows = np.repeat(np.arange(len(numbers)), [part.stop - part.start for part in parts])
        values = np.concatenate([self._values[part] for part in parts])
        values = values * self._idf[columns] / self._norms[np.asarray(numbers)][rows]
        used, places = np.unique(columns, return_inverse=True)
        dense = np.zeros((len(numbers), len(used)), np.float32)
        dense[rows, places] = values
        return dense @ dense.T

    def shared(self, vector: Floats, number: int, most: int = 8) -> list[tuple[str, float]]:
        """What a question and a row have in common, heaviest first: the reasons of a match."""
        part = slice(self._starts[number], self._starts[number + 1])
        columns = self._columns[part]
        weights = vector[columns] * self._values[part] * self._idf[columns] / self._norms[number]
        names = self._names
        order = sorted(range(len(columns)), key=lambda n: (-float(weights[n]), names[columns[n]]))
        return [(names[columns[n]], float(weights[n])) for n in order[:most] if weights[n] > 0]


_KINDS: Final = {
    "s": "word",
    "p": "words",
    "k": "words",
    "w": "letters",
    "c": "concept",
    "d": "concepts",
}


def shown(name: str) -> str:
    """A feature's name for a person: its kind and what it is."""
    return f"{_KINDS[name[0]]}: {name[1:]}"
