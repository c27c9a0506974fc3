"""Insults: words of the lists, however they were bent, but no longer words that only hold one inside.

A word counts from its beginning, so that towns, dishes and animals with something inside them do not.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from chat_server.domain.finders.findings import Found, Kind, Places
from chat_server.domain.finders.folded import Folded, readings
from chat_server.domain.finders.word_lists import Lists, Phrases

LONGEST: Final = 40
"""Longer words are read up to here."""

_CHUNK: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"[^\W_]+")
_BENT: Final = re.compile(r"[@$!+|]?[^\W_](?:[^\W_]|[@$!+|€]+(?=[^\W_]))*")
_APART: Final = re.compile(r"[-._~/\\,:;=]+")
_AROUND: Final = ".,:;?\"'()«»“”„-_"
_STARS: Final = re.compile(r"[*#@$%&?…]|[._-]{2,}+")
_STARRED: Final = re.compile(r"(?:[^\W_]|[*#@$%&?…]|[._-]{2,}+)+")
_RUN: Final = re.compile(r"(.)\1{2,}")
_MAX_STARS: Final = 4


class Word(NamedTuple):
    """A word and its place in the folded text."""

    text: str
    start: int
    end: int


def find_insults(folded: Folded, lists: Lists) -> Iterator[Found]:
    """Each insult; the reason is the language whose list has it."""
    words = [Word(m.group()[:LONGEST], m.start(), m.end()) for m in _WORD.finditer(folded.text)]
    texts = [word.text for word in words]
    spared = Places()
    for start, end, _ in _phrases(words, texts, lists.innocent_phrases):
        spared.take(start, end)
    for start, end, language in _suspects(folded.text, words, texts, lists):
        if not spared.touch(start, end):
            yield Found(Kind.INSULT, *folded.span(start, end), language)


def _suspects(
    text: str, words: list[Word], texts: list[str], lists: Lists
) -> Iterator[tuple[int, int, str]]:
    known: dict[str, str | None] = {}
    for word in words:
        if word.text not in known:
            known[word.text] = _language(word.text, lists)
        language = known[word.text]
        if language is not None:
            yield word.start, word.end, language
    for match in _CHUNK.finditer(text):
        chunk = match.group().strip(_AROUND).rstrip(_AROUND + "!")
        if len(chunk) <= LONGEST and not chunk.isalpha() and not chunk.isdigit():
            yield from _in_chunk(chunk, match.start() + match.group().find(chunk), lists)
    yield from _in_spaced(text, words, lists)
    yield from _phrases(words, texts, lists.insulting_phrases)


def _phrases(
    words: list[Word], texts: list[str], phrases: Phrases
) -> Iterator[tuple[int, int, str]]:
    for first, last, language in phrases.find(texts):
        yield words[first].start, words[last - 1].end, language


def _language(word: str, lists: Lists) -> str | None:
    """In which language a word insults, however it was bent."""
    forms = [form for reading in readings(word) for form in _without_runs(reading)]
    for form in forms:
        language = lists.insults.label(form)
        if language is not None:
            return None if any(other in lists.innocent for other in forms) else language
    return None


def _named(word: Word, lists: Lists) -> Iterator[tuple[int, int, str]]:
    language = _language(word.text, lists)
    if language is not None:
        yield word.start, word.end, language


def _without_runs(word: str) -> list[str]:
    """`loooong` is meant as `long` or as `loong`."""
    if _RUN.search(word) is None:
        return [word]
    return [_RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word)]


def _in_chunk(chunk: str, start: int, lists: Lists) -> Iterator[tuple[int, int, str]]:
    """Signs for letters (`@ss`), signs between them (`a-s-s`) and stars over them (`a*s`)."""
    for match in _BENT.finditer(chunk):
        if not match.group().isalnum():
            bent = Word(match.group(), start + match.start(), start + match.end())
            yield from _named(bent, lists)
    joined = _APART.sub("", chunk)
    if joined != chunk:
        yield from _named(Word(joined, start, start + len(chunk)), lists)
    if 0 < len(_STARS.findall(chunk)) <= _MAX_STARS and _STARRED.fullmatch(chunk):
        yield from _starred(Word(chunk, start, start + len(chunk)), lists)


def _starred(word: Word, lists: Lists) -> Iterator[tuple[int, int, str]]:
    """`w*rd` for any of the words that are written so; each star is one letter, or many are some."""
    letters = [(place, letter) for place, letter in enumerate(word.text) if letter.isalnum()]
    if len(letters) < 2 or letters[0][0] != 0:
        return
    for reading in readings("".join(letter for _, letter in letters)):
        shown = [(place, reading[n]) for n, (place, _) in enumerate(letters)]
        for known, language in lists.starred.get((reading[0], len(word.text)), ()):
            if all(known[place] == letter for place, letter in shown):
                yield word.start, word.end, language
                return


def _in_spaced(text: str, words: list[Word], lists: Lists) -> Iterator[tuple[int, int, str]]:
    """Letters with spaces between them, and words cut in two."""
    short = [(place, word) for place, word in enumerate(words) if word.end - word.start <= 3]
    run: list[Word] = []
    last = -1
    for place, word in short:
        if run and not (place == last + 1 and len(word.text) == 1 and _joins(text, run, word)):
            yield from _in_letters(run, lists)
            run = []
        if len(word.text) == 1:
            run.append(word)
            last = place
    yield from _in_letters(run, lists)
    for (place, first), (after, second) in itertools.pairwise(short):
        joined = first.text + second.text
        beside = after == place + 1 and second.start - first.end == 1
        if beside and joined in lists.insults.exact and len(joined) >= 4:
            yield first.start, second.end, lists.insults.exact[joined]


def _joins(text: str, run: list[Word], word: Word) -> bool:
    """Whether the letter is as far from the last one as that was from the one before."""
    gap = text[run[-1].end : word.start]
    return len(gap) <= 3 and (len(run) < 2 or gap == text[run[-2].end : run[-1].start])


def _in_letters(run: list[Word], lists: Lists) -> Iterator[tuple[int, int, str]]:
    if len(run) < 3:
        return
    forms = readings("".join(word.text for word in run))
    for place in range(len(run) - 2):
        for form in forms:
            rest = form[place : place + LONGEST]
            language = lists.insults.label(rest)
            if language is not None and rest not in lists.innocent:
                yield run[place].start, run[-1].end, language
                return
