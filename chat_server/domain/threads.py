"""What a conversation is: its kinds, its two sides, and what its events are. Messages have their own rules."""

import dataclasses
import enum
from typing import Final

from chat_server.domain.ids import OrderId, PersonId, ProductId, ShopId, ThreadId
from chat_server.domain.people import Side


class ThreadKind(enum.StrEnum):
    """One thread model for all conversations (PRODUCT: threads and messages)."""

    PRODUCT = "product"
    ORDER = "order"
    SUPPORT = "support"
    DISPUTE = "dispute"


class EventKind(enum.IntEnum):
    """What may happen in a thread. Each takes the next `seq`."""

    POSTED = 1
    EDITED = 2
    WITHDRAWN = 3
    STATE = 4
    JOINED = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as it stands in the store."""

    id: ThreadId
    kind: str
    customer_id: PersonId
    shop_id: ShopId | None
    product_id: ProductId | None
    order_id: OrderId | None
    last_seq: int
    last_at: int
    created_at: int


RESUME_EVENTS: Final = 50
"""More missed events than this in one thread, and the client gets its newest ones with `reset`."""

UNREAD_BOUND: Final = 1000
"""Unread messages are counted up to here; the client shows 99+ long before."""


def side_of(thread: Thread, person_id: PersonId, shops: frozenset[ShopId]) -> Side | None:
    """On which side this person stands in the thread, or None for an outsider."""
    if thread.customer_id == person_id:
        return Side.CUSTOMER
    if thread.shop_id is not None and thread.shop_id in shops:
        return Side.SHOP
    return None


def other_side(side: Side) -> Side:
    """The side that hears what this one says."""
    return Side.SHOP if side is Side.CUSTOMER else Side.CUSTOMER


@dataclasses.dataclass(frozen=True, slots=True)
class ThreadCard:
    """A conversation with all that one person's list shows of it. Columns of `thread_cards`."""

    id: ThreadId
    kind: str
    customer_id: PersonId
    customer_name: str
    shop_id: ShopId | None
    shop_name: str | None
    product_id: ProductId | None
    product_title: str | None
    product_url: str | None
    product_photo: str | None
    price_amount: str | None
    price_currency: str | None
    order_id: OrderId | None
    last_seq: int
    last_posted: int
    last_at: int
    created_at: int
    waiting_since: int | None
    message_at: int | None
    """The newest message; None where nobody has said anything."""
    message_side: int | None
    message_author: int | None
    message_text: str | None
    message_body: str | None
    message_target: int | None
    message_edited: int | None
    message_withdrawn: int | None
    message_key: str | None
    read: int
    muted: int
    archived: int
    customer_delivered: int | None
    customer_read: int | None
    shop_delivered: int | None
    shop_read: int | None
    unread: int
    blocked: int | None
    """Sum of the sides that block the other: 1 the customer, 2 the shop, 3 both."""
    state: str
    """Of a support thread: who answers (`domain.support`)."""
