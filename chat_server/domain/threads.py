"""What a conversation is: its kinds, its two sides, and what its events are. Messages have their own rules."""

import dataclasses
import enum
from typing import Final

from chat_server.domain.ids import OrderId, PersonId, ProductId, ShopId, ThreadId
from chat_server.domain.people import STAFF, Actor, Role, Side


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
    team_id: int | None = None
    """Of a support thread: which team answers."""


RESUME_EVENTS: Final = 50
"""More missed events than this in one thread, and the client gets its newest ones with `reset`."""

UNREAD_BOUND: Final = 1000
"""Unread messages are counted up to here; the client shows 99+ long before."""


def side_of(thread: Thread, actor: Actor) -> Side | None:
    """On which side somebody stands in a thread, or None for an outsider."""
    if actor.role in STAFF:
        return Side.STAFF if _is_desks(thread, actor) else None
    if thread.customer_id == actor.person_id:
        return Side.CUSTOMER
    if thread.shop_id is not None and thread.shop_id in actor.shops:
        return Side.SHOP
    return None


def _is_desks(thread: Thread, actor: Actor) -> bool:
    """Supervisors answer for all teams, agents for their own."""
    if thread.kind != ThreadKind.SUPPORT:
        return False
    return actor.role is Role.SUPERVISOR or thread.team_id in actor.teams


def desk_reach(actor: Actor) -> int:
    """Which support threads somebody sees beside his own, as queries are told: 0 none, 1 his teams', 2 all."""
    if actor.role is Role.SUPERVISOR:
        return 2
    return 1 if actor.role is Role.AGENT else 0


def other_side(thread: Thread, side: Side) -> Side:
    """The side that hears what this one says."""
    if side is not Side.CUSTOMER:
        return Side.CUSTOMER
    return Side.STAFF if thread.shop_id is None else Side.SHOP


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
    topic: str = ""
    agent_name: str | None = None
    """Of a support thread that somebody has."""
    csat: int | None = None
    """Of a resolved support thread: 0 before its customer has said how he found it."""
    dispute_id: int | None = None
    """Of a dispute's thread."""
    shop_away_until: int | None = None
    """While the shop is on holiday."""
    shop_holidays: str | None = None
    """Where somebody waits and the shop has any."""
