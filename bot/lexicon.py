"""Concepts: words of all languages that mean the same thing here, under one name."""

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from bot.language import LANGUAGES, stem
from bot.text import words

SHIPPED: Final = Path(__file__).resolve().parent.parent / "faq_data" / "lexicon.toml"
MAX_PHRASE: Final = 4
"""Words of the longest expression that is looked for."""


class Lexicon:
    """From a run of stems, in one language, to the concepts that it names."""

    def __init__(self, concepts: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._of: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
        self.words: dict[str, set[str]] = {}
        for language in LANGUAGES:
            table: dict[tuple[str, ...], tuple[str, ...]] = {}
            known: set[str] = set()
            for concept, forms in concepts.items():
                for form in forms.get(language, ()):
                    spelled = words(form)[:MAX_PHRASE]
                    known.update(spelled)
                    key = tuple(stem(word, language) for word in spelled)
                    if key and concept not in table.get(key, ()):
                        table[key] = (*table.get(key, ()), concept)
            self._of[language] = table
            self.words[language] = known

    @classmethod
    def read(cls, path: Path) -> Self:
        """From a TOML file: a table a concept, a list of words a language. Raises OSError, ValueError."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def concepts(self, stems: Sequence[str], language: str) -> Iterator[tuple[int, str]]:
        """The concepts of a question in order, with their place; the longest expression wins where several begin."""
        table = self._of.get(language)
        if not table:
            return
        place = 0
        while place < len(stems):
            for length in range(min(MAX_PHRASE, len(stems) - place), 0, -1):
                found = table.get(tuple(stems[place : place + length]))
                if found is not None:
                    for concept in found:
                        yield place, concept
                    # The first word of an expression may be a concept of its own.
                    break
            place += 1


@functools.cache
def shipped() -> Lexicon:
    """The lexicon that comes with the FAQ."""
    return Lexicon.read(SHIPPED)


EMPTY: Final = Lexicon({})
