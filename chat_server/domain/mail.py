"""Addresses of mail: which are taken, and how they are kept. What is written in a mail is not known here."""

import re
from typing import Final

from chat_server.domain.errors import Invalid
from chat_server.domain.rules import MINUTE_MS

ADDRESSES_A_DAY: Final = 3
"""So many different ones may a person leave in a day (PRODUCT: mail)."""

ANSWER_WAITS_MS: Final = 2 * MINUTE_MS
"""So long an answer may stay unread before it is mailed; what is said meanwhile goes into the same mail."""

MOST_ANSWERS: Final = 20
"""In one mail: older ones are read where the mail leads."""

_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64


def read_address(text: str) -> str:
    """The one address that this text is, its domain in small letters. Raises Invalid (`email`).

    No quotes, comments, display names or lists: such a text can become no second recipient and no header.
    """
    local, _, domain = text.strip(" ").rpartition("@")
    host = _host(domain)
    if len(local) > _LONGEST_LOCAL or _LOCAL.fullmatch(local) is None or not host:
        raise Invalid("email")
    address = f"{local}@{host}"
    if len(address) > _LONGEST:
        raise Invalid("email")
    return address


def _host(domain: str) -> str:
    """A domain of two labels or more as it stands in DNS, or empty."""
    try:
        host = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    labels = host.split(".")
    if len(labels) < 2 or any(_LABEL.fullmatch(label) is None for label in labels):
        return ""
    return host if not labels[-1].isdigit() else ""
