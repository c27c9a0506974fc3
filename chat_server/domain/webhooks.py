"""What the marketplace's backend is told, how it is signed, when it is tried again, and where it may be sent.

The scheme is that of Standard Webhooks. How anything is sent is not known here.
"""

import base64
import binascii
import datetime
import hashlib
import hmac
import zlib
from collections.abc import Collection, Iterable, Sequence
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from chat_server.domain.rules import HOUR_MS, MINUTE_MS

DISPUTE_OPENED: Final = "dispute.opened"
DISPUTE_UPDATED: Final = "dispute.updated"
REFUND_REQUESTED: Final = "refund.requested"
TEST: Final = "webhook.test"

TYPES: Final = (DISPUTE_OPENED, DISPUTE_UPDATED, REFUND_REQUESTED, TEST)
"""Everything that is told. docs/webhooks.md says what is in each."""

BACK_OFF_MS: Final = (
    5_000,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
)
"""How long after each try in vain the next one comes; after the last it is a dead letter."""

JITTER: Final = 0.1
"""By so much of itself a wait is longer at most: what failed together does not come back together."""

MOST_ASKED_MS: Final = 24 * HOUR_MS
"""Whoever asks for more time is asked again after so long."""

GONE: Final = 410
"""Who answers this wants nothing any more."""

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - what every secret begins with
SECRET_BYTES: Final = range(24, 65)

PORTS: Final = frozenset({80, 443})
LONGEST_URL: Final = 500

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64: Final = ip_network("64:ff9b::/96")
_NEVER: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "224.0.0.0/3",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "fc00::/7",
        "fe80::/9",
        "ff00::/8",
    )
)
"""Beside what Python calls private: what means another network than the internet, or no single machine at all."""


def stamp(at_ms: int) -> str:
    """An instant as payloads have it."""
    at = datetime.datetime.fromtimestamp(at_ms / 1000, datetime.UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def delay_ms(attempts: int, message_id: int) -> int | None:
    """How long after so many tries the next one comes; None where that was the last."""
    if attempts > len(BACK_OFF_MS):
        return None
    chance = zlib.crc32(f"{message_id} {attempts}".encode()) / 2**32
    return round(BACK_OFF_MS[attempts - 1] * (1 + JITTER * chance))


def asked_ms(retry_after: str, now_ms: int) -> int:
    """How long an answer asks to wait (RFC 9110, 10.2.3: seconds or a date), a day at most; 0 where it does not say."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        wait = int(text[:9]) * 1000
    else:
        try:
            wait = round(parsedate_to_datetime(text).timestamp() * 1000) - now_ms
        except (TypeError, ValueError, OverflowError):
            return 0
    return min(max(0, wait), MOST_ASKED_MS)


def secret_of(raw: bytes) -> str:
    """A secret as it is written."""
    return SECRET_PREFIX + base64.b64encode(raw).decode()


def key_of(secret: str) -> bytes | None:
    """The bytes that a secret stands for; None for what is none."""
    if not secret.startswith(SECRET_PREFIX):
        return None
    try:
        raw = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) in SECRET_BYTES else None


def signature(secrets: Iterable[str], message_id: str, seconds: int, payload: bytes) -> str:
    """The value of `webhook-signature`: one for each secret that is in force, the newest first."""
    signed = f"{message_id}.{seconds}.".encode() + payload
    keys = [key for key in map(key_of, secrets) if key is not None]
    macs = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    return " ".join("v1," + base64.b64encode(mac).decode() for mac in macs)


def url_fault(url: str) -> str:
    """Why something cannot be a target, as a reason; empty where it can. Where it leads is not looked at."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "webhook_url"
    strange = any(c.isspace() or not c.isprintable() or c in '\\"<>' for c in url)
    if strange or len(url) > LONGEST_URL or parts.scheme not in ("http", "https"):
        return "webhook_url"
    if not parts.hostname or port == 0 or parts.fragment or "@" in parts.netloc:
        return "webhook_url"
    return ""


def is_open(
    address: Address, port: int, allowed: Sequence[Network], ports: Collection[int] = PORTS
) -> bool:
    """Whether what was typed in the console may lead there: to the internet's web, or to an allowed network."""
    inner = _meant(address)
    if any(one in network for one in {address, inner} for network in allowed):
        return True
    return port in ports and _is_public(address, inner)


def read_address(text: str) -> Address | None:
    """An address as a resolver gives it; None for one that means something on this machine alone."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def read_network(text: str) -> Network | None:
    """A network as the settings have it; None for what is none."""
    try:
        return ip_network(text)
    except ValueError:
        return None


def _meant(address: Address) -> Address:
    """The address of IPv4 that stands inside one of IPv6, where that is what a packet would reach."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour or address


def _is_public(address: Address, inner: Address) -> bool:
    if isinstance(address, IPv6Address) and (address.scope_id or address.sixtofour):
        return False
    if any(inner in network for network in _NEVER):
        return False
    return inner.is_global and not (inner.is_multicast or inner.is_reserved or inner.is_unspecified)
