"""Numbers of telephones, cards and accounts, among all the numbers that are none of these."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from chat_server.domain.finders.digits import Digits
from chat_server.domain.finders.findings import Found, Kind
from chat_server.domain.finders.folded import Folded
from chat_server.domain.finders.word_lists import Lists

IsPhone = Callable[[str], bool]
"""Whether a number, as it is written, is one of some country's plan (`ports.Phones.knows`)."""

MAX_ASKED: Final = 48
"""So many numbers of a text are looked up in the plans; the others are judged by their shape alone."""

_IBANS: Final = """
ad24 ae23 al28 at20 az28 ba20 be16 bg22 by28 ch21 cy28 cz24 de22 dk18 ee20 es24 fi18 fr27 gb22 ge22 gi23 gr27 hr21
hu28 ie22 il23 is26 it27 kz20 li21 lt20 lu20 lv21 mc27 md24 me22 mk19 mt31 nl18 no15 pl28 pt25 qa29 ro24 rs22 sa24
se24 si19 sk24 sm27 tr26 ua29 xk20
"""
IBAN_LENGTHS: Final = {pair[:2]: int(pair[2:]) for pair in _IBANS.split()}
_IBAN: Final = re.compile(r"(?<![^\W_])([a-z]{2})(\d{2})(?=[ -]?[a-z0-9]{2})")
_IBAN_REST: Final = re.compile(r"(?:[ -]?[a-z0-9])*")

_RUN: Final = re.compile(r"(?:\+\s?)?\(?\d(?:[\s.\-‐-―/()_*,·~|]{0,4}\d)*")
_GROUP: Final = re.compile(r"\d+")
_PARTS: Final = re.compile(r"[/|\n;]|,|\s{3,}|[()]\s*[()]")
_CARD: Final = re.compile(
    r"4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|220[0-4]\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d)\d{12}|62\d{14,17}|35\d{14}"
)
_CARD_SIGNS: Final = frozenset({"", "-", ".", "–", "_", "*"})
_WORD: Final = re.compile(r"[^\W\d_]+|#")
_MONEY: Final = tuple("€$£₽₴₸%°")
_LOOK_BACK: Final = 60
_CUE_WORDS: Final = 4


class Run(NamedTuple):
    """A run of digits in the view, cut into the groups that it was written in."""

    text: str
    start: int
    end: int
    groups: list[str]
    said: int
    """How many of its digits were words."""

    @property
    def digits(self) -> str:
        """All of them, without what stands between."""
        return "".join(self.groups)

    @property
    def is_plus(self) -> bool:
        """Whether it was written as an international number."""
        return self.text.startswith("+")

    @property
    def is_spelled(self) -> bool:
        """Whether each digit stands by itself."""
        if len(self.groups) < 7 or any(len(group) > 1 for group in self.groups):
            return False
        between = set(re.findall(r"\D+", self.text.lstrip("+(")))
        counted = self.digits in "012345678910" or self.digits in "9876543210"
        return not counted and (len(between) == 1 or not any(set(s) & set(".,/|") for s in between))


def find_ibans(folded: Folded) -> Iterator[Found]:
    """Bank accounts whose check digits are right."""
    for match in _IBAN.finditer(folded.text):
        length = IBAN_LENGTHS.get(match[1], 0)
        if not length:
            continue
        rest = _IBAN_REST.match(folded.text, match.end(), match.end() + 2 * length)
        taken, end = match[1] + match[2], match.end()
        for place in range(match.end(), rest.end() if rest else match.end()):
            if len(taken) < length and folded.text[place] not in " -":
                taken, end = taken + folded.text[place], place + 1
        if len(taken) == length and _is_iban(taken) and not folded.text[end : end + 1].isalnum():
            yield Found(Kind.IBAN, *folded.span(match.start(), end), "checked")


def _is_iban(account: str) -> bool:
    return int("".join(str(int(c, 36)) for c in account[4:] + account[:4])) % 97 == 1


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others, as on cards."""
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def find_numbers(folded: Folded, view: Digits, lists: Lists, is_phone: IsPhone) -> Iterator[Found]:
    """Cards and telephones."""
    asked = 0

    def knows(number: str) -> bool:
        nonlocal asked
        asked += 1
        return asked > MAX_ASKED or is_phone(number)

    for whole in _runs(view):
        for start, end in _cards(whole):
            if _cue(view.text, whole.start, lists) is not False:
                yield Found(Kind.CARD, *folded.span(*view.span(start, end)), "checked")
        for run in _pieces(whole):
            if _is_phone(view.text, run, lists, knows):
                reason = "spelled" if run.said or run.is_spelled else "plain"
                yield Found(Kind.PHONE, *folded.span(*view.span(run.start, run.end)), reason)


def _runs(view: Digits) -> Iterator[Run]:
    for match in _RUN.finditer(view.text):
        if match.end() - match.start() >= 7:
            yield _run(match.group(), match.start(), view.said_within(match.start(), match.end()))


def _run(text: str, start: int, said: int) -> Run:
    return Run(text, start, start + len(text), _GROUP.findall(text), said)


def _pieces(run: Run) -> Iterator[Run]:
    """What was written as one number: lists are cut at their signs, unless digits are spelled out."""
    if run.said or run.is_spelled:
        yield run
        return
    start = 0
    for match in [*_PARTS.finditer(run.text), None]:
        end = match.start() if match else len(run.text)
        piece = run.text[start:end].strip()
        if piece:
            yield from _whole_or_two(
                _run(piece, run.start + run.text.index(piece, start), run.said)
            )
        start = match.end() if match else end


def _whole_or_two(run: Run) -> Iterator[Run]:
    """Two numbers side by side have more digits than any one: they are cut in the middle."""
    if len(run.digits) <= 15 or len(run.groups) < 2:
        yield run
        return
    half = 0
    for match in _GROUP.finditer(run.text):
        if half >= 9:
            yield _run(run.text[: match.start()].rstrip(" .-("), run.start, 0)
            yield _run(run.text[match.start() :], run.start + match.start(), 0)
            return
        half += len(match.group())


def _cards(run: Run) -> Iterator[tuple[int, int]]:
    """Cards among the groups: from where a group begins to where one ends, one sign between all."""
    groups = [(match.start(), match.end()) for match in _GROUP.finditer(run.text)]
    first = 0
    while first < len(groups):
        last = _card_from(run, groups, first)
        if last is not None:
            yield run.start + groups[first][0], run.start + groups[last][1]
        first = first + 1 if last is None else last + 1


def _card_from(run: Run, groups: list[tuple[int, int]], first: int) -> int | None:
    """The group with which the card ends that begins here."""
    digits, gap = "", None
    for last in range(first, min(first + 19, len(groups))):
        start, end = groups[last]
        if last > first and not run.said:
            between = run.text[groups[last - 1][1] : start]
            even = gap in {None, between} or end - start >= 4
            if between.strip() not in _CARD_SIGNS or not even:
                return None
            gap = between
        digits += run.text[start:end]
        if len(digits) > 19 or (last == first and not run.said and end - start in {2, 3}):
            return None
        if _CARD.fullmatch(digits) and is_luhn(digits):
            return last
    return None


def _cue(text: str, start: int, lists: Lists) -> bool | None:
    """What the words before say: a telephone's number, some other one's (False), or nothing."""
    words = _WORD.findall(text, max(0, start - _LOOK_BACK), start)[-_CUE_WORDS:]
    for word in reversed(words):
        if word in lists.phone_cues:
            return True
        if word == "#" or word in lists.number_cues:
            return False
    return None


def _is_phone(text: str, run: Run, lists: Lists, knows: IsPhone) -> bool:
    count = len(run.digits)
    if not 7 <= count <= 15 or len(set(run.digits)) < 3:
        return False
    if run.is_plus:
        return count >= 10 or knows(run.text)
    cue = _cue(text, run.start, lists)
    if cue is False or _is_measured(text, run, lists):
        return False
    if run.said >= 4 or run.is_spelled:
        single = run.is_spelled and count >= 9
        return single or (count >= 9 and _has_shape(run) and knows(run.digits))
    if cue:
        return not _is_list(run) and (count >= 9 or knows(run.text))
    return _has_shape(run) and knows(run.text)


def _is_measured(text: str, run: Run, lists: Lists) -> bool:
    """Whether money or a measure stands behind it."""
    behind = text[run.end : run.end + 20].lstrip()
    word = _WORD.match(behind)
    return behind.startswith(_MONEY) if word is None else word.group() in lists.units


def _is_list(run: Run) -> bool:
    """Sizes side by side: pairs of digits and nothing else, rising."""
    pairs = len(run.groups) > 3 and all(len(group) == 2 for group in run.groups)
    return pairs and run.groups == sorted(run.groups)


def _has_shape(run: Run) -> bool:
    """Whether people of our countries would write a telephone's number so, with no word beside it."""
    digits, sizes = run.digits, [len(group) for group in run.groups]
    match digits[0], len(digits):
        case "0", 9 | 10 | 11:
            return sizes[0] in {1, 2, 3, 4, 5} or len(sizes) == 1
        case "0", 12 | 13 | 14:
            return digits[1] == "0" or digits.startswith(("0373", "0040"))
        case (("7" | "8"), 11):
            return True
        case "9", 10:
            return True
        case (("6" | "7"), 9):
            return True
        case (("8" | "9"), 9):
            return len(sizes) >= 3
        case _:
            return sizes == [3, 3, 4] and not run.text.isdigit()
