"""What was said between buyers and shops, as far as it matters whether they answer."""

from typing import Final

from chat_server.domain.response import Said
from chat_server.ports import Query


def _said(
    thread_id: int,
    seq: int,
    at: int,
    by_buyer: int,
    automatic: int,
    withdrawn_at: int | None,
    spam: int,
) -> Said:
    return Said(thread_id, seq, at, bool(by_buyer), bool(automatic), withdrawn_at, bool(spam))


SAID: Final = Query("said_in_thread", _said)
"""In one conversation."""

SAID_TO_SHOP: Final = Query("said_to_shop", _said)
"""In all of a shop."""
