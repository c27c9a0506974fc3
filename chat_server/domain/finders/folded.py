"""A text as moderation reads it: without case, accents, forms and hidden characters, each place known.

Nothing that is stored is ever changed: finders read the copy, and spans lead back to the original.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

_AS_IS: Final = {"№": "#", "ñ": "ñ", "Ñ": "ñ"}
"""`ñ` is a letter of its own, not an accent: it tells words apart of which one is an insult."""

_BLANKS: Final = "\u3164\u115f\u1160\uffa0\u2800"
"""Letters by their class, and nothing to the eye."""

_HIDDEN: Final = frozenset({"Cf", "Mn", "Me"})
"""Characters that direct or adorn others: joiners, turns of direction, accents, rings around digits."""

_LONGEST: Final = 4
"""One character that folds to more than this (a whole Arabic phrase has eighteen) stays as it is."""


class Folded(NamedTuple):
    """The folded copy, and for each of its characters the place in the original (one more for its end)."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the copy stands in the original, with the marks that hang on its last letter."""
        return self.at[start], max(self.at[end], self.at[end - 1] + 1)


class _Forms(dict[str, str]):
    """What each character folds to, worked out once."""

    def __missing__(self, char: str) -> str:
        form = _fold_character(char)
        if len(self) < 20_000:  # A flood of rare characters is not remembered for ever.
            self[char] = form
        return form


def _fold_character(char: str) -> str:
    if char in _AS_IS:
        return _AS_IS[char]
    if char in _BLANKS or unicodedata.category(char) in _HIDDEN:
        return ""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    bare = "".join(c for c in apart if unicodedata.category(c) not in _HIDDEN)
    return bare if len(bare) <= _LONGEST else char


_forms: Final = _Forms()


def fold(text: str) -> Folded:
    """The copy that finders read."""
    if text.isascii():
        return Folded(text.lower(), range(len(text) + 1))
    forms = {char: _forms[char] for char in set(text)}
    if all(len(form) == 1 for form in forms.values()):
        return Folded("".join([forms[char] for char in text]), range(len(text) + 1))
    letters: list[str] = []
    at: list[int] = []
    for place, char in enumerate(text):
        if char == "\u0303" and letters and letters[-1] == "n":
            letters[-1] = "ñ"
        for letter in forms[char]:
            letters.append(letter)
            at.append(place)
    at.append(len(text))
    return Folded("".join(letters), at)


def fold_word(word: str) -> str:
    """A word of a list as it stands in a folded text."""
    return fold(word).text


_LOOKS_LATIN: Final = str.maketrans(
    "авекмнорстухіјѕһԁӏԛԝьпиг" + "αβεηικνορτυχωγσςµμ" + "ƒıłøđħɑɡʀɴᴀᴇɪᴏᴜ",
    "abekmhopctyxijshdlqwbnur" + "abenikvoptuxwyosuu" + "filodhagrnaeiou",
)
_LEET: Final = str.maketrans("0134578@$!€+|", "oieastbasietl")
_LEET_L: Final = str.maketrans("0134578@$!€+|", "oleastbasietl")
_LOOKS_CYRILLIC: Final = str.maketrans("abcehkmoptxyuinr" + "03468@", "авсенкмортхуиипг" + "озчбва")
_SOUNDS_CYRILLIC: Final = str.maketrans(
    "abvgdezijklmnoprstufhcxyw" + "03468@$і", "абвгдезийклмнопрстуфхцхиш" + "озчбва" + "си"
)
_ONE_SCRIPT: Final = re.compile(r"[abcehikmnoprtuxy]*+[a-z]++|[\u0400-\u04ff]+|\d+")
"""Words that cannot be meant to be of another script: Latin ones with a letter that no Cyrillic one looks like."""

_SHORT_I: Final = str.maketrans("й", "и")


def latin_reading(word: str) -> str:
    """The word in Latin letters, its Cyrillic and Greek ones taken for those that they look like."""
    return word if word.isascii() else word.translate(_LOOKS_LATIN)


def readings(word: str) -> list[str]:
    """All that a word may have been meant to be read as, itself first."""
    if _ONE_SCRIPT.fullmatch(word):
        return [word]
    if word.isascii() and word.isalpha():
        return [word, word.translate(_LOOKS_CYRILLIC)]
    if not _may_be_leet(word):
        return [word]
    latin = latin_reading(word)
    return [
        word,
        latin.translate(_LEET),
        latin.translate(_LEET_L),
        word.translate(_LOOKS_CYRILLIC),
        word.translate(_SOUNDS_CYRILLIC).translate(_SHORT_I),
    ]


def _may_be_leet(word: str) -> bool:
    """Not an article number: no more signs and digits than letters."""
    letters = sum(map(str.isalpha, word))
    return letters >= 2 and letters >= len(word) - letters
