"""What may be said, and how long it may be changed; where it is said is `threads`' business."""

import hashlib
from typing import Final

from chat_server.domain.errors import Invalid

MAX_TEXT: Final = 4000
"""Unicode code points of one message (PRODUCT: threads and messages)."""

MAX_PHOTOS: Final = 10

MIB: Final = 1024 * 1024
MAX_PHOTO_BYTES: Final = 15 * MIB
"""Of one photo as it is uploaded (PRODUCT: threads and messages)."""

EDIT_WINDOW_MS: Final = 15 * 60 * 1000
WITHDRAW_WINDOW_MS: Final = 24 * 3600 * 1000


def check_content(text: str, photos: int) -> None:
    """A message has words, photos or both; NUL, which no database keeps, is refused.

    Raises Invalid with reason `empty`, `too_long`, `too_many_photos` or `nul`.
    """
    if not photos and (not text or text.isspace()):
        raise Invalid("empty")
    if len(text) > MAX_TEXT:
        raise Invalid("too_long")
    if photos > MAX_PHOTOS:
        raise Invalid("too_many_photos")
    if "\x00" in text:
        raise Invalid("nul")


def fingerprint(*parts: str) -> bytes:
    """SHA-256 of a write's canonical body: its parts in a fixed order, parted by NUL,
    which no text of a client may contain.

    Two writes under one client key are the same write exactly when these are equal.
    """
    canonical = "\0".join(parts)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
