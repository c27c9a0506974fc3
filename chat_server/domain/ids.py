"""Identities of stored things; how one is made is here, where its randomness comes from is not."""

import re
from typing import Final, NewType

PersonId = NewType("PersonId", int)
ShopId = NewType("ShopId", int)
ProductId = NewType("ProductId", int)
OrderId = NewType("OrderId", int)
ThreadId = NewType("ThreadId", int)
PhotoId = NewType("PhotoId", int)

ID_EPOCH_MS: Final = 1_577_836_800_000
"""2020-01-01T00:00:00Z. 41 bits of milliseconds from here last until 2089."""

RANDOM_BITS: Final = 22

END: Final = r"$(?!\n)"
"""The end of a text in a pattern, for Python and JavaScript alike: in Python `$` lets a line break follow."""

ID_PATTERN: Final = f"^[0-7][0-9a-f]{{15}}{END}"
"""An id on the wire: the 63-bit number as 16 lower-case hexadecimal digits."""

EXTERNAL_PATTERN: Final = rf"^[^\s\x00-\x1f/?#%\\]{{1,128}}{END}"
"""The marketplace's own id of a thing, as it may stand in a path."""

_external: Final = re.compile(EXTERNAL_PATTERN).match


def make_id(now_ms: int, random_bits: int) -> int:
    """A 63-bit id that rises with time, so that new rows land beside each other on disk.

    It tells when a thing was made and nothing else; it is not a secret: who may see the thing is
    asked each time. Two in the same millisecond collide once in four million and are then refused
    by the primary key.
    """
    return (now_ms - ID_EPOCH_MS) << RANDOM_BITS | random_bits & ((1 << RANDOM_BITS) - 1)


def first_id_at(now_ms: int) -> int:
    """The lowest id that can be made at an instant: what was made later is above it."""
    return make_id(now_ms, 0)


def show(number: int) -> str:
    """The id as it stands on the wire."""
    return f"{number:016x}"


def read(text: str) -> int:
    """The inverse of `show`, for text that has already been checked against `ID_PATTERN`."""
    return int(text, 16)


def is_external(text: str) -> bool:
    """Whether a marketplace may call a thing like this."""
    return _external(text) is not None
