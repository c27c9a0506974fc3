"""What of all that detection finds is a way around the marketplace."""

import functools
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from chat_server.domain.moderation import CONTACTS, Found, Kind

_LINK: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<host>[a-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#][^\s@\\]*)?",
    re.IGNORECASE,
)
"""A link whose host nobody can be mistaken about: no name before it, no sign that browsers read in another way."""


@functools.cache
def hosts_of(addresses: tuple[str, ...]) -> frozenset[str]:
    """The hosts of these addresses."""
    hosts = (urlsplit(address).hostname for address in addresses)
    return frozenset(host.removeprefix("www.") for host in hosts if host)


def contacts_in(text: str, found: Iterable[Found], own: frozenset[str]) -> list[Found]:
    """The findings that are contact data. Links to `own` hosts are none."""
    return [one for one in found if one.kind in CONTACTS and not _is_own(text, one, own)]


def _is_own(text: str, one: Found, own: frozenset[str]) -> bool:
    if one.kind is not Kind.LINK:
        return False
    link = _LINK.fullmatch(text[one.start : one.end])
    return link is not None and link["host"].lower() in own
