"""How words are cut for search, alike when written and when sought; no engine is known here.

Words are folded: case, diacritics and compatibility forms do not count, so that `vanzatorul` finds
`vânzătorul` and `елка` finds `ёлка`. Chinese and Japanese, which do not part their words, are kept
as single characters and as pairs.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

MAX_WORD: Final = 32
"""Longer words are kept by their beginning, in the text and in the question alike."""

MAX_QUESTION_WORDS: Final = 16
"""A question's further words do not narrow it any more."""

MIN_BEGINNING: Final = 3
"""From this length a sought word also finds those that it begins: `заказ` finds `заказали`."""

_UNPARTED: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN: Final = re.compile(rf"([{_UNPARTED}]+)|[^\W_{_UNPARTED}]+")
_PLAIN: Final = re.compile(r"[a-z0-9]+")
_NO_LETTER: Final = re.compile(r"[^\w\x00-\x7f]")
_MARK_OF_SHORT_I: Final = "\N{CYRILLIC SMALL LETTER I}\N{COMBINING BREVE}"
_SHORT_I: Final = "\N{CYRILLIC SMALL LETTER SHORT I}"
_NUMERO: Final = "\N{NUMERO SIGN}"
"""Would fold to letters and cling to the number behind it, by which people seek."""

_TATWEEL: Final = "\N{ARABIC TATWEEL}"


def fold(text: str) -> str:
    """What counts of a text. `й` is a letter of its own and stays; `ё` is an `е`."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.replace(_NUMERO, " ").casefold()).replace(
        _MARK_OF_SHORT_I, _SHORT_I
    )
    bare = _NO_LETTER.sub(_without_mark, apart).replace(_TATWEEL, "")
    # Some letters fold only once they are apart, and Korean ones belong together again.
    return unicodedata.normalize("NFKC", bare.casefold())


def words_of(text: str) -> list[str]:
    """The words by which a text is found, each once: letters and digits, never an underscore."""
    if text.isascii():  # Most texts, and a quarter of the work.
        return list(dict.fromkeys([word[:MAX_WORD] for word in _PLAIN.findall(text.lower())]))
    words: dict[str, None] = {}
    for run, unparted in _runs(text):
        if unparted:
            words.update(dict.fromkeys(run))
            words.update(dict.fromkeys(_pairs(run)))
        else:
            words[run[:MAX_WORD]] = None
    return list(words)


def query_of(text: str) -> list[list[str]]:
    """What a question asks for: all of these groups, of each group any word; `*` marks a beginning.

    Empty where there is no word in it.
    """
    groups: dict[str, None] = {}
    for run, unparted in _runs(text):
        if unparted:
            groups.update(dict.fromkeys(_pairs(run) if len(run) > 1 else run))
        else:
            word = run[:MAX_WORD]
            groups[f"{word}*" if len(word) >= MIN_BEGINNING else word] = None
    return [[word] for word in list(groups)[:MAX_QUESTION_WORDS]]


def has_words(text: str, groups: list[list[str]]) -> bool:
    """Whether a text has what a question asks for (`query_of`): what the index says, asked of the text itself."""
    words = set(words_of(text))

    def has(word: str) -> bool:
        beginning = word.removesuffix("*")
        return word in words or (beginning != word and any(w.startswith(beginning) for w in words))

    return all(any(map(has, group)) for group in groups)


def customer_token(person_id: int) -> str:
    """Stands among a message's words for its customer: no word of a text has an underscore."""
    return f"c_{person_id:x}"


def shop_token(shop_id: int) -> str:
    """Stands among a message's words for its shop."""
    return f"s_{shop_id:x}"


DESK_WORD: Final = "d_"
"""Stands among the words of every message with support; whose team it is, is asked of the thread."""


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Letters and digits with no break between them, and whether of an unparted script."""
    for match in _RUN.finditer(fold(text)):
        yield match.group(), match.group(1) is not None


def _without_mark(match: re.Match[str]) -> str:
    return "" if unicodedata.combining(match.group()) else match.group()


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
