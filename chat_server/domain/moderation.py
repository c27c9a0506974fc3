"""Personal data and insults found in what people write; a moderator, or a setting, decides what becomes of it.

The text is never changed and each finding says where it stands in it. All work is linear in the
length of the text, which is cut first.
"""

from collections.abc import Iterable
from typing import Final

from chat_server.domain.finders.addresses import find_mail, find_sites
from chat_server.domain.finders.digits import read_digits
from chat_server.domain.finders.findings import Found, Kind, settle
from chat_server.domain.finders.folded import fold
from chat_server.domain.finders.handles import find_handles
from chat_server.domain.finders.insults import find_insults
from chat_server.domain.finders.numbers import IsPhone, find_ibans, find_numbers
from chat_server.domain.finders.tokens import cut
from chat_server.domain.finders.word_lists import Lists, make_lists

MAX_LENGTH: Final = 4000
"""Code points that are read; what stands behind them is not. No text that is taken is longer."""

MARK: Final = "•••"
"""What is shown in place of a finding."""

CONTACTS: Final = frozenset(Kind) - {Kind.INSULT}
"""The kinds that are personal data."""


def check(text: str, lists: Lists, phones: IsPhone) -> list[Found]:
    """Everything found in a text, in its order, none over another."""
    folded = fold(text[:MAX_LENGTH])
    tokens = cut(folded.text, lists)
    view = read_digits(folded.text, lists)
    return settle(
        [
            *find_ibans(folded),
            *find_mail(folded, tokens),
            *find_sites(folded, tokens, lists),
            *find_handles(folded, tokens, lists),
            *find_numbers(folded, view, lists, phones),
            *find_insults(folded, lists),
        ]
    )


def mask(text: str, found: Iterable[Found]) -> str:
    """The text with a mark in place of each finding."""
    pieces, place = [], 0
    for one in sorted(found, key=lambda f: f.start):
        pieces += [text[place : one.start], MARK]
        place = max(place, one.end)
    return "".join([*pieces, text[place:]])


__all__ = [
    "CONTACTS",
    "MARK",
    "MAX_LENGTH",
    "Found",
    "IsPhone",
    "Kind",
    "Lists",
    "check",
    "make_lists",
    "mask",
]
