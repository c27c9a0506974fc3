"""What of a text may leave for a translator, and what may come back from one. No provider is known here.

Links, addresses, numbers, codes and amounts leave as numbered marks and are put back after. An answer that
has lost or doubled a mark is none.
"""

import enum
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

LONGEST: Final = 4000
"""Code points of a text, as of a message; a longer one is not translated."""

MOST_MARKS: Final = 50
"""A text with more of them is a list of numbers."""

MOST_TIMES_LONGER: Final = 4
SPARE: Final = 200
"""An answer may be so many times as long as what was sent, and so much longer still."""


class NoTranslation(enum.Enum):
    """Why there is no translation. Each means the same to a reader: the original is shown."""

    NOTHING = "nothing"
    """There are no words in it."""
    UNSUPPORTED = "unsupported"
    """The provider does not know the language, or takes no text of this length."""
    BUSY = "busy"
    """Too many texts wait already."""
    RESTING = "resting"
    """The provider failed too often just now, and is left alone for a while."""
    SLOW = "slow"
    AWAY = "away"
    """It cannot be reached, or will not."""
    SPOILT = "spoilt"
    """What came back cannot be shown."""


_ZONES: Final = (
    "com|net|org|info|biz|shop|store|online|site|app|link|eu|me|io|co|"
    "ru|рф|su|by|kz|ua|md|ro|es|cn|de|fr|uk|us"
)
_MONEY_WORDS: Final = (
    r"руб|рубл\w{0,3}|коп|грн|гривен|леев|лей|лея|lei|leu|ron|mdl|rub|eur|usd|gbp|uah|aed|sar|"
    r"euros?|dollars?|d[oó]lares|доллар\w{0,3}|евро"
)
_SIGNS: Final = "$€£¥₽₴₸₺"
_DIGIT_RUN: Final = r"\d(?:[ \u00a0\u2009().,/:'’\-\u2013]{0,3}\d)"

MASKED: Final = (
    # Links, with or without a scheme; addresses; names that begin with @.
    re.compile(
        r"\b[a-z][a-z0-9+.\-]{1,15}://\S+|\b(?:mailto|tel|sms):\S+|\bwww\.\S+", re.IGNORECASE
    ),
    re.compile(r"[\w.%+\-]{0,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,6}"),
    re.compile(rf"(?<![\w\-.])(?:[\w\-]{{1,63}}\.){{1,5}}(?:{_ZONES})\b(?:/\S*)?"),
    # Phones, cards, dates, amounts with decimals: any two digits with a sign between, any three without.
    re.compile(rf"(?:\+\s?)?\(?{_DIGIT_RUN}{{2,60}}|\d[.,:/]\d"),
    # Small amounts.
    re.compile(
        rf"[{_SIGNS}]\s?\d{{1,9}}|(?<!\d)\d{{1,9}}(?:\s?[{_SIGNS}]|(?=\s?(?:{_MONEY_WORDS})\b))",
        re.IGNORECASE,
    ),
    # What would be taken for a mark.
    re.compile(r"[{}｛｝]+"),
)
"""What leaves as a mark. More than need be: a mark too many costs a little grammar, one too few an address."""

_CODE: Final = re.compile(r"[#№]?\w(?:[/\-]?\w){2,63}")
_MARK: Final = re.compile(r"[{｛]\s{0,2}[{｛]\s{0,2}(\d{1,3})\s{0,2}[}｝]\s{0,2}[}｝]")
_BREAK: Final = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_UNSHOWN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
    r"|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0010fffe\U0010ffff]|[\U000e0000-\U000e001f]"
)
"""Controls, half characters, what is no character, and what turns the direction of the words around it."""


class Span(NamedTuple):
    """A part of a text, from its first code point to behind its last."""

    start: int
    end: int


class Masked(NamedTuple):
    """A text as it may leave, and what its marks stand for. Made by `mask`, and by nothing else."""

    text: str
    kept: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is left of it without marks."""
        return _MARK.sub(" ", self.text)

    @property
    def is_translatable(self) -> bool:
        """Whether there is anything to translate."""
        return len(self.kept) <= MOST_MARKS and any(map(str.isalpha, self.words))

    def read(self, answer: object) -> str | None:
        """What a provider said, still with its marks, as it may be kept; None where it is of no use.

        It is a stranger's text: bounded, without controls, and never anything but plain text.
        """
        if not isinstance(answer, str) or len(answer) > MOST_TIMES_LONGER * len(self.text) + SPARE:
            return None
        text = _UNSHOWN.sub("", _BREAK.sub("\n", answer)).strip()
        return text if text and self.restored(text) is not None else None

    def restored(self, text: str) -> str | None:
        """An answer with what its marks stand for; None where each is not there exactly once."""
        found = sorted(int(number) for number in _MARK.findall(text))
        if found != list(range(len(self.kept))):
            return None
        return _MARK.sub(lambda mark: self.kept[int(mark[1])], text)


def mask(text: str, also: Iterable[Span] = ()) -> Masked:
    """The text with marks for all that must not leave, and for `also`, what others found in it."""
    parts: list[str] = []
    kept: list[str] = []
    at = 0
    for start, end in _joined([*_spans(text), *also]):
        parts += [text[at:start], f"{{{{{len(kept)}}}}}"]
        kept.append(text[start:end])
        at = end
    return Masked("".join([*parts, text[at:]]), tuple(kept))


def _spans(text: str) -> Iterable[Span]:
    for pattern in MASKED:
        for match in pattern.finditer(text):
            yield Span(*match.span())
    for match in _CODE.finditer(text):
        if _is_code(match[0]):
            yield Span(*match.span())


def _is_code(word: str) -> bool:
    """An order, a tracking number, an article: digits among Latin or capital letters."""
    letters = [c for c in word if c.isalpha()]
    digits = sum(map(str.isdigit, word))
    return digits >= 2 and bool(letters) and all(c.isascii() or c.isupper() for c in letters)


def _joined(spans: list[Span]) -> list[Span]:
    """In order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
