"""Which numbers are telephones': the numbering plans of the world, through phonenumbers."""

from collections.abc import Sequence
from typing import Final

import phonenumbers

REGIONS: Final = ("RO", "MD", "RU", "ES", "GB", "US", "UA", "KZ")
"""Whose plans a number without a country is looked up in."""

_MAX_LENGTH: Final = 60
"""A longer one is no number that anybody could dial, and is not looked at."""


class PhonePlans:
    """`ports.Phones`."""

    def __init__(self, regions: Sequence[str] = REGIONS) -> None:
        self._regions = tuple(regions)

    def knows(self, number: str) -> bool:
        """Whether the number, as somebody wrote it, is one of a country's plan."""
        if len(number) > _MAX_LENGTH:
            return False
        if number.startswith("+"):
            return _is_valid(number, None)
        return any(_is_valid(number, region) for region in self._regions)


def _is_valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
