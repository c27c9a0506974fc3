"""A folded text cut into words and signs, with the words that people say for `@` and for a dot."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from chat_server.domain.finders.word_lists import Lists

_PIECE: Final = re.compile(r"[\w%+-]+|\S")
_OPENING: Final = frozenset("([{<*")
_CLOSING: Final = frozenset(")]}>*")
_MAX_SAID: Final = 3
"""Words that together stand for one sign, at most."""


class Sign(Enum):
    """What a token stands for."""

    WORD = "word"
    AT = "at"
    DOT = "dot"
    OTHER = "other"


class Token(NamedTuple):
    """A word or a sign, and its place in the folded text."""

    text: str
    start: int
    end: int
    sign: Sign
    said: bool = False
    """Whether it is a word that stands for the sign."""
    sure: bool = True
    """Whether it can hardly stand for anything else."""


def cut(text: str, lists: Lists) -> list[Token]:
    """The tokens of a folded text."""
    plain = [_plain(m.group(), m.start(), m.end()) for m in _PIECE.finditer(text)]
    return list(_merged(plain, lists))


def _plain(text: str, start: int, end: int) -> Token:
    if text[0].isalnum():
        return Token(text, start, end, Sign.WORD)
    if text == "@":
        return Token(text, start, end, Sign.AT)
    if text == ".":
        return Token(text, start, end, Sign.DOT)
    word = len(text) > 1 and any(map(str.isalnum, text))
    return Token(text, start, end, Sign.WORD if word else Sign.OTHER)


def _merged(plain: list[Token], lists: Lists) -> Iterator[Token]:
    place = 0
    while place < len(plain):
        token = plain[place]
        if token.text in _OPENING:
            merged, place = _bracketed(plain, place, lists)
        elif token.text in lists.signs:
            merged, place = _spoken(plain, place, lists)
        else:
            merged, place = token, place + 1
        yield merged


def _bracketed(plain: list[Token], place: int, lists: Lists) -> tuple[Token, int]:
    """`(at)` as one token, or the bracket alone; and where to go on."""
    said = _said(plain, place + 1, lists)
    if said is not None:
        closing = place + 1 + said[0]
        if closing < len(plain) and plain[closing].text in _CLOSING:
            return Token(
                "", plain[place].start, plain[closing].end, said[1], said=True
            ), closing + 1
    return plain[place], place + 1


def _spoken(plain: list[Token], place: int, lists: Lists) -> tuple[Token, int]:
    """The words that stand for a sign as one token, or the first of them as it is; and where to go on."""
    said = _said(plain, place, lists)
    if said is None:
        return plain[place], place + 1
    count, sign, sure = said
    first, last = plain[place], plain[place + count - 1]
    return Token(first.text, first.start, last.end, sign, said=True, sure=sure), place + count


def _said(plain: list[Token], place: int, lists: Lists) -> tuple[int, Sign, bool] | None:
    """How many tokens from here stand for a sign, for which, and whether surely."""
    if place >= len(plain):
        return None
    if plain[place].sign in {Sign.AT, Sign.DOT}:
        return 1, plain[place].sign, True
    if plain[place].text not in lists.signs:
        return None
    if plain[place].text in lists.dots:
        return 1, Sign.DOT, True
    said = ""
    for count, token in enumerate(plain[place : place + _MAX_SAID], start=1):
        said = f"{said}-{token.text}" if said else token.text
        if said in lists.at:
            return count, Sign.AT, lists.at[said]
    return None


def is_tight(one: Token, other: Token) -> bool:
    """Whether nothing stands between two neighbours."""
    return one.end == other.start
