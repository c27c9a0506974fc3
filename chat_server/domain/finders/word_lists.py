"""The words by which moderation knows things, as `chat_server/moderation/<lang>.toml` has them, made ready.

In the files `word*` stands for a beginning and `{a,b}c` for both `ac` and `bc`.
"""

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from chat_server.domain.finders.folded import fold_word

_HEAD: Final = 3
"""Most words are told apart by their first letters."""

_BRACES: Final = re.compile(r"\{([^{}]*)\}")


class Words:
    """Words and beginnings of words, each with a label; asking costs the same however many there are."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.exact: dict[str, str] = {}
        self.beginnings: dict[str, str] = {}
        for pattern, label in labels.items():
            kept = self.beginnings if pattern.endswith("*") else self.exact
            kept.setdefault(fold_word(pattern.rstrip("*")), label)
        self._lengths = sorted({len(word) for word in self.beginnings})
        self._heads = {word[:_HEAD] for word in (*self.exact, *self.beginnings)}
        self._shortest = self._lengths[0] if self._lengths else _HEAD

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "Words":
        """Words that need no label."""
        return cls(dict.fromkeys(patterns, ""))

    def label(self, word: str) -> str | None:
        """The label of a word that is here; None for one that is not."""
        if self._shortest >= _HEAD and word[:_HEAD] not in self._heads:
            return None
        if word in self.exact:
            return self.exact[word]
        for length in self._lengths:
            if word[:length] in self.beginnings:
                return self.beginnings[word[:length]]
        return None

    def __contains__(self, word: str) -> bool:
        return self.label(word) is not None


_Rest = tuple[list[Words], str]


class Phrases:
    """Sequences of words. Each place takes one of several words; `?` before it says that it may be empty."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._exact: dict[str, list[_Rest]] = {}
        self._beginnings: dict[str, list[_Rest]] = {}
        for line, label in labels.items():
            for places in _without_options(line.split()):
                first, *rest = [Words.of(_expand(place)) for place in places]
                for word in first.exact:
                    self._exact.setdefault(word, []).append((rest, label))
                for word in first.beginnings:
                    self._beginnings.setdefault(word, []).append((rest, label))
        self._first = Words.of([*self._exact, *(f"{word}*" for word in self._beginnings)])
        self._lengths = sorted({len(word) for word in self._beginnings})

    def find(self, words: list[str]) -> Iterator[tuple[int, int, str]]:
        """Each phrase among these words: its first place, the place behind its last, and its label."""
        opening = {word: self._rests(word) for word in set(words) if word in self._first}
        if not opening:
            return
        for place, word in enumerate(words):
            for rest, label in opening.get(word, ()):
                end = place + 1 + len(rest)
                after = words[place + 1 : end]
                if len(after) == len(rest) and all(
                    w in p for w, p in zip(after, rest, strict=True)
                ):
                    yield place, end, label

    def _rests(self, word: str) -> list[_Rest]:
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            found += self._beginnings.get(word[:length], ())
        return found


def _without_options(places: list[str]) -> Iterator[list[str]]:
    kept = [[[place[1:]], []] if place.startswith("?") else [[place]] for place in places]
    for choice in itertools.product(*kept):
        line = [place for chosen in choice for place in chosen]
        if line:
            yield line


def _expand(place: str) -> list[str]:
    return [word for choice in place.split("|") for word in expand(choice)]


def expand(pattern: str) -> list[str]:
    """Every word that a pattern with braces stands for."""
    match = _BRACES.search(pattern)
    if match is None:
        return [pattern]
    before, after = pattern[: match.start()], pattern[match.end() :]
    return [word for part in match[1].split(",") for word in expand(before + part + after)]


_NO_WORDS: Final = Words({})
_NO_PHRASES: Final = Phrases({})


@dataclass(frozen=True)
class Lists:
    """Everything that is known of words, of all languages together."""

    insults: Words = _NO_WORDS
    """What insults, by language."""
    innocent: Words = _NO_WORDS
    """What only looks as if it did."""
    insulting_phrases: Phrases = _NO_PHRASES
    innocent_phrases: Phrases = _NO_PHRASES
    starred: Mapping[tuple[str, int], list[tuple[str, str]]] = field(default_factory=dict)
    """Words that people write with stars in them, and their languages, by first letter and length."""
    at: Mapping[str, bool] = field(default_factory=dict)
    """Words said for `@`, and whether they are hardly ever said for anything else."""
    signs: frozenset[str] = frozenset()
    """Words with which something said for a sign begins."""
    dots: frozenset[str] = frozenset()
    never_labels: frozenset[str] = frozenset()
    """Words that stand before a said dot in ordinary sentences, and are no name of a site."""
    site_cues: Words = _NO_WORDS
    messengers: Mapping[str, str] = field(default_factory=dict)
    handle_fillers: frozenset[str] = frozenset()
    nick_cues: frozenset[str] = frozenset()
    phone_cues: Words = _NO_WORDS
    number_cues: Words = _NO_WORDS
    """Words before numbers that are no telephone's: orders, parcels, articles."""
    units: frozenset[str] = frozenset()
    values: Mapping[str, int] = field(default_factory=dict)
    """Words for numbers below a thousand; `hundreds` and `doubles` change the one beside them."""
    hundreds: frozenset[str] = frozenset()
    doubles: Mapping[str, int] = field(default_factory=dict)
    joints: frozenset[str] = frozenset()

    @functools.cached_property
    def said(self) -> frozenset[str]:
        """Words with which a number in words may begin."""
        return frozenset({*self.values, *self.doubles})


def make_lists(tables: Mapping[str, Mapping[str, Any]]) -> Lists:
    """The lists of several languages made ready, by language."""

    def words(section: str, key: str) -> list[str]:
        return [w for table in tables.values() for w in _words(table.get(section, {}).get(key, ""))]

    def folded(section: str, key: str) -> frozenset[str]:
        return frozenset(fold_word(word) for word in words(section, key))

    def labelled(key: str, cut: Callable[[str], list[str]]) -> dict[str, str]:
        return {
            piece: language
            for language, table in tables.items()
            for piece in cut(table.get("insults", {}).get(key, ""))
        }

    at = dict.fromkeys(folded("addresses", "at"), False)
    at |= dict.fromkeys(folded("addresses", "surely_at"), True)
    dots = folded("addresses", "dot")
    numbers = [table.get("numbers", {}) for table in tables.values()]
    return Lists(
        insults=Words(labelled("words", _words)),
        innocent=Words(labelled("innocent", _words)),
        insulting_phrases=Phrases(labelled("phrases", _lines)),
        innocent_phrases=Phrases(labelled("innocent_phrases", _lines)),
        starred=_by_shape(labelled("starred", _words)),
        at=at,
        signs=dots | at.keys() | {word.partition("-")[0] for word in at},
        dots=dots,
        never_labels=folded("addresses", "never_labels"),
        site_cues=Words.of(words("addresses", "site_cues")),
        messengers={
            fold_word(word): name
            for table in tables.values()
            for name, said in table.get("messengers", {}).items()
            for word in _words(said)
        },
        handle_fillers=folded("handles", "fillers"),
        nick_cues=folded("handles", "nick_cues"),
        phone_cues=Words.of(words("cues", "phone")),
        number_cues=Words.of(words("cues", "number")),
        units=folded("cues", "units"),
        values={
            fold_word(word): int(value)
            for table in numbers
            for value, said in table.get("values", {}).items()
            for word in _words(said)
        },
        hundreds=folded("numbers", "hundreds"),
        doubles=dict.fromkeys(folded("numbers", "double"), 2)
        | dict.fromkeys(folded("numbers", "triple"), 3),
        joints=folded("numbers", "joints"),
    )


def _words(said: str) -> list[str]:
    return [word for pattern in said.split() for word in expand(pattern)]


def _lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.strip()]


def _by_shape(words: Mapping[str, str]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for word, language in words.items():
        folded = fold_word(word)
        found.setdefault((folded[0], len(folded)), []).append((folded, language))
    return found
