"""A folded text as it is read for numbers: those said in words, and letters put for digits, made digits.

What cannot be part of anybody's number (dates, network addresses, article numbers with letters in
them) is blanked, so that what remains are plain runs of digits.
"""

import bisect
import re
import sys
from typing import Final

from chat_server.domain.finders.word_lists import Lists

BLANK: Final = "#"
FEWEST: Final = 7
"""No number of anybody has fewer digits. A word stands for four at most: `double` and three."""

MAX: Final = sys.maxsize
_BREAK: Final = re.compile(r"[,;.\n]")
_DIGIT: Final = re.compile(r"\d")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_TOKEN: Final = re.compile(r"[^\W_]+")
_LETTER_DIGITS: Final = str.maketrans("oоlіiзб", "0011136")
_MIXED: Final = re.compile(r"[\doоlіiзб]{3,}")
_NUMBER_THEN_WORD: Final = re.compile(r"(\d{9,15})([^\W\d_]{2,})")
_WORD_THEN_NUMBER: Final = re.compile(r"([^\W\d_]{3,})(\d{7,15})")
_NOT_NUMBERS: Final = re.compile(
    r"(?<![\d.])\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}(?!\d)"
    r"|(?<![\d.])(?:1?\d?\d|2[0-4]\d|25[0-5])(?:\.(?:1?\d?\d|2[0-4]\d|25[0-5])){3}(?![.\d])"
    r"|(?<!\d)\d{1,2}:\d\d(?!\d)"
)


class Digits:
    """The view, and where each of its characters comes from in the folded text.

    All of it stands there character for character, but for what was said in words.
    """

    def __init__(self, text: str) -> None:
        self.text = ""
        self._whole = text
        self._done = 0
        """Up to here the folded text has been written."""
        self._pieces: list[str] = []
        self._length = 0
        self._said: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
        """Where said digits begin and end, in the view and in the folded text."""

    def put(self, text: str, start: int, end: int) -> None:
        """Writes on: all that stands before, and this in place of what stands from here to there."""
        before = self._whole[self._done : start]
        self._pieces += (before, text)
        self._length += len(before) + len(text)
        self._done = end

    def say(self, digits: str, start: int, end: int) -> None:
        """Writes digits for words."""
        self.put("", start, start)
        begin = self._length
        self.put(digits, start, end)
        self._said.append((begin, self._length, start, end))

    def close(self) -> "Digits":
        """The view as a whole."""
        self.text = "".join(self._pieces) + self._whole[self._done :]
        return self

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the view stands in the folded text."""
        return self._place(start)[0], self._place(end - 1)[1]

    def said_within(self, start: int, end: int) -> int:
        """How many characters of a piece were words."""
        first = bisect.bisect_left(self._said, (start,))
        last = bisect.bisect_left(self._said, (end,))
        return sum(close - begin for begin, close, _, _ in self._said[first:last])

    def _place(self, place: int) -> tuple[int, int]:
        begin, close, start, end = self._said[bisect.bisect_right(self._said, (place, MAX)) - 1]
        if begin <= place < close:
            return start, end
        return end + place - close, end + place - close + 1


def read_digits(text: str, lists: Lists) -> Digits:
    """The view of a folded text; empty where there are too few digits for anybody's number."""
    if not _has_enough(text, lists):
        return Digits("")
    blanked = _NOT_NUMBERS.sub(lambda match: BLANK * len(match.group()), text)
    view = Digits(blanked)
    said = _Said(lists, blanked, view)
    for match in _TOKEN.finditer(blanked):
        token = match.group()
        if token not in lists.said and said.is_idle and token.isalpha():
            continue
        if not said.takes(token, match.start(), match.end()):
            said.flush()
            if not token.isalpha() and not token.isdigit():
                view.put(_digits_of(token, lists), match.start(), match.end())
    said.flush()
    return view.close()


def _has_enough(text: str, lists: Lists) -> bool:
    digits = len(_DIGIT.findall(text))
    if digits >= FEWEST:
        return True
    said = lists.said
    return digits + 4 * len([word for word in _LETTERS.findall(text) if word in said]) >= FEWEST


def _digits_of(token: str, lists: Lists) -> str:
    """A token as digits where it may be meant as such; blanked where digits and letters are one word."""
    if _MIXED.fullmatch(token) and sum(map(str.isdigit, token)) * 2 >= len(token):
        return token.translate(_LETTER_DIGITS)
    glued = _NUMBER_THEN_WORD.fullmatch(token)
    if glued is not None:
        return token
    glued = _WORD_THEN_NUMBER.fullmatch(token)
    if glued is not None and glued[1] in lists.phone_cues:
        return token
    return BLANK * len(token)


class _Said:
    """Puts numbers together that were said in words: `девятьсот шестнадцать` is one, 916."""

    def __init__(self, lists: Lists, text: str, view: Digits) -> None:
        self._lists = lists
        self._text = text
        self._view = view
        self._value: int | None = None
        self._room = 0
        """What may still be added: less than this."""
        self._start = self._end = 0
        self._times = 1

    @property
    def is_idle(self) -> bool:
        """Whether no number is being put together."""
        return self._value is None and self._times == 1

    def takes(self, token: str, start: int, end: int) -> bool:
        """Whether the token is part of a said number, or stands inside one."""
        lists = self._lists
        if token in lists.values:
            self._add(lists.values[token], start, end)
        elif token in lists.doubles:
            self.flush()
            self._times, self._start = lists.doubles[token], start
        elif self._value is None:
            return False
        elif token in lists.hundreds and 1 <= self._value <= 9:
            self._value, self._room, self._end = self._value * 100, 100, end
        else:
            return token in lists.joints
        return True

    def _add(self, value: int, start: int, end: int) -> None:
        if self._value is not None and 0 < value < self._room and self._joins(start):
            self._value += value
        else:
            times = self._times if self._value is None else 1
            begun = self._start if times > 1 else start
            self.flush()
            self._value, self._start, self._times = value, begun, times
        self._room = 100 if value >= 100 else 10 if value >= 20 else 0
        self._end = end

    def _joins(self, start: int) -> bool:
        return _BREAK.search(self._text, self._end, start) is None

    def flush(self) -> None:
        """Writes what was put together."""
        if self._value is not None:
            self._view.say(str(self._value) * self._times, self._start, self._end)
        self._value, self._times, self._room = None, 1, 0
