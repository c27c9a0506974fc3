"""Russian typed in Latin letters, as people do who have no other keyboard: `gde moi zakaz`.

Spellings differ from person to person (ch or 4, zh or j, y or i), so both sides are brought to one rough
form; a word of the knowledge base with that form is what was meant.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

_LATIN: Final = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a,b,v,g,d,e,zh,z,i,i,k,l,m,n,o,p,r,s,t,u,f,h,c,ch,sh,sh,,i,,e,iu,ia".split(","),  # noqa: SIM905  # as one row
        strict=True,
    )
)
_ROUGH: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"shch|sch|sh|6|w", "S"),
        (r"tch|ch|4", "C"),
        (r"zh", "Z"),
        (r"kh|x", "h"),
        (r"ts|tz|c", "c"),
        (r"yo|jo|io", "e"),
        (r"ju|yu|iu", "U"),
        (r"ja|ya|ia|ea|q", "A"),
        (r"(?<![aeiouy])j(?=[aeiou])", "Z"),
        (r"ye|je|ie", "e"),
        (r"[yj]", "i"),
        (r"i+", "i"),
        (r"[''`]", ""),
    )
)
_BACK: Final = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"shch|sch", "щ"),
        (r"sh|6", "ш"),
        (r"ch|4", "ч"),
        (r"zh|j(?=[aeiou])", "ж"),
        (r"kh|h|x", "х"),
        (r"ts|c", "ц"),
        (r"yo|jo", "е"),
        (r"yu|ju|iu", "ю"),
        (r"ya|ja|ia", "я"),
        (r"(?<=[aeiou])[yj]", "й"),
        (r"y", "ы"),
    )
)
_SINGLE: Final = str.maketrans("abvgdezijklmnoprstufwq", "абвгдезийклмнопрстуфвк")


def rough(word: str) -> str:
    """The form that all spellings of a word in Latin letters share."""
    for pattern, plain in _ROUGH:
        word = pattern.sub(plain, word)
    return re.sub(r"(.)\1+", r"\1", word)


def rough_of_cyrillic(word: str) -> str:
    """The same form of a word in its own letters."""
    return rough("".join(_LATIN.get(letter, letter) for letter in word))


def cyrillic(word: str) -> str:
    """A word that is not known, letter by letter."""
    for pattern, letter in _BACK:
        word = pattern.sub(letter, word)
    return word.translate(_SINGLE)


class Translit:
    """The Russian words of a knowledge base by their rough form."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._by_form: dict[str, dict[str, None]] = {}
        for word in known:
            self.add(word)

    def __bool__(self) -> bool:
        return bool(self._by_form)

    def add(self, word: str) -> None:
        """A word that may be meant from now on; one that is not Cyrillic is left alone."""
        if _is_cyrillic(word):
            self._by_form.setdefault(rough_of_cyrillic(word), {})[word] = None

    def remove(self, word: str) -> None:
        """Takes a word out."""
        if _is_cyrillic(word):
            form = rough_of_cyrillic(word)
            self._by_form[form].pop(word)
            if not self._by_form[form]:
                del self._by_form[form]

    def read(self, question: Sequence[str], is_foreign: Callable[[str], bool]) -> list[str] | None:
        """The question in Russian, or None where it is not Russian.

        `is_foreign` tells whether a Latin language of the knowledge base knows a word: such a word speaks
        against Russian, as one that is known there speaks for it.
        """
        if any(not word.isascii() for word in question):
            return None
        ours, theirs = 0, 0
        found: list[str] = []
        for word in question:
            if word == "0":
                found.append(word)
                continue
            meant = self._by_form.get(rough(word))
            if len(word) > 1:
                ours += len(word) if meant else 0
                theirs += len(word) if is_foreign(word) else 0
            # Of several with one form the first by letters, so that every node reads the same.
            found.append(min(meant) if meant else cyrillic(word))
        return found if ours > theirs and ours * 3 >= sum(map(len, question)) else None


def _is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[:1] <= "\u04ff"
