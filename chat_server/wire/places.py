"""Where a page of a list ended, as clients carry it: opaque to them, `instant.id` to us."""

import re
from typing import Final

from chat_server.domain.errors import Invalid
from chat_server.domain.ids import read, show

_PLACE: Final = re.compile(r"([0-9]{1,18})\.([0-7][0-9a-f]{15})")


def show_place(place: tuple[int, int] | None) -> str:
    """Empty at the end of the list."""
    return f"{place[0]}.{show(place[1])}" if place is not None else ""


def read_place(text: str, *, below_zero: bool = False) -> tuple[int, int] | None:
    """The inverse of `show_place`; some orders go below zero. Raises Invalid (`before`)."""
    if not text:
        return None
    match = _PLACE.fullmatch(text.removeprefix("-") if below_zero else text)
    if match is None:
        raise Invalid("before")
    return (-1 if text.startswith("-") else 1) * int(match[1]), read(match[2])
