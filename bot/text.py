"""From what somebody typed to plain words: one spelling of everything, and nothing that only looks different.

Pure functions. What a word means is no matter of this file: `features.py`, `lexicon.py`.
"""

import re
import unicodedata
from typing import Final

MAX_QUESTION: Final = 600
"""Code points of a question that are read. The longest honest question is shorter; a hostile one costs no more."""

MAX_WORDS: Final = 80
"""Words of a question that are read."""

_CONTRACTIONS: Final = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "let's": "let us",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "pls": "please",
    "plz": "please",
}
_ENDINGS: Final = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ll", " will"),
    ("'ve", " have"),
    ("'m", " am"),
    ("'d", " would"),
    ("'s", ""),
)
_BARE: Final = {
    # The same without their apostrophe, as people type them.
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "wasnt": "was not",
    "arent": "are not",
    "havent": "have not",
    "hasnt": "has not",
    "hadnt": "had not",
    "wont": "will not",
    "cant": "can not",
    "couldnt": "could not",
    "wouldnt": "would not",
    "im": "i am",
    "ive": "i have",
    "whats": "what is",
    "wheres": "where is",
    "hows": "how is",
}
_PIECES: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_DIGITS: Final = re.compile(r"\d+")
_KEPT: Final = {"\u0439": "\u0439", "\u0451": "\u0435"}
"""Letters whose mark makes another letter: й stays, ё is written е by most."""


def fold(text: str) -> str:
    """Compatible forms made one, small letters, no accents: `Vânzător` and `VANZATOR` are the same."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if plain.isascii():
        return plain
    letters: list[str] = []
    for letter in plain:
        if letter.isascii():
            letters.append(letter)
            continue
        kept = _KEPT.get(letter)
        if kept is None:
            kept = "".join(
                part
                for part in unicodedata.normalize("NFD", letter)
                if unicodedata.category(part) not in ("Mn", "Cf")
            )
        letters.append("'" if kept in ("\u2019", "\u02bc", "`") else kept)
    return "".join(letters)


def words(text: str) -> list[str]:
    """The words of a question, folded, contractions written out, each run of digits as `0`.

    At most `MAX_WORDS` words of the first `MAX_QUESTION` code points.
    """
    found: list[str] = []
    for piece in _PIECES.findall(fold(text[:MAX_QUESTION])):
        found.extend(_spelled_out(piece))
        if len(found) >= MAX_WORDS:
            return found[:MAX_WORDS]
    return found


def _spelled_out(piece: str) -> list[str]:
    whole = _CONTRACTIONS.get(piece) or _BARE.get(piece)
    if whole is None and "'" in piece:
        whole = piece
        for ending, full in _ENDINGS:
            if piece.endswith(ending):
                whole = piece[: -len(ending)] + full
                break
    if whole is None:
        return [_DIGITS.sub("0", piece)]
    return [_DIGITS.sub("0", word) for word in whole.replace("'", " ").split()]


def letters_of(text: str) -> str:
    """`cyrillic` or `latin`, whichever has more letters; empty where there are neither."""
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in fold(text))
    if cyrillic == latin == 0:
        return ""
    return "cyrillic" if cyrillic >= latin else "latin"
