"""Russian typed in Latin letters, as people do who have no other keyboard: `gde moi zakaz`.

Spellings differ from person to person (ch or 4, zh or j, y or i), so both sides are brought to one rough
form; a word of the knowledge base with that form is what was meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
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

    def __init__(self, known: Iterable[str]) -> None:
        self._by_form: dict[str, str] = {}
        for word in sorted(known):
            if word and "\u0400" <= word[0] <= "\u04ff":
                self._by_form.setdefault(rough_of_cyrillic(word), word)

    def __bool__(self) -> bool:
        return bool(self._by_form)

    def read(self, question: Sequence[str], foreign: Mapping[str, object]) -> list[str] | None:
        """The question in Russian, or None where it is not Russian.

        `foreign` holds the words that the Latin languages of the knowledge base know: such a word speaks
        against Russian unless it is one there too.
        """
        if any(not word.isascii() for word in question):
            return None
        ours, theirs = 0, 0
        found: list[str] = []
        for word in question:
            meant = self._by_form.get(rough(word)) if word != "0" else None
            if len(word) > 1 and word != "0":
                ours += len(word) if meant is not None else 0
                theirs += len(word) if word in foreign else 0
            found.append(meant if meant is not None else word if word == "0" else cyrillic(word))
        return found if ours > theirs and ours * 3 >= sum(map(len, question)) else None
