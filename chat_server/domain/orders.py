"""How an order moves and what its windows are; who tells us about it is the web's business."""

import dataclasses
import enum
from typing import Final

from chat_server.domain.ids import OrderId, PersonId, ProductId, ShopId, ThreadId

DAY_MS: Final = 24 * 3600 * 1000

SHIP_WITHIN_MS: Final = 10 * DAY_MS
"""`ship_by` where the backend gives none: paid + 10 days (PRODUCT: orders)."""

PROTECTION_MS: Final = 15 * DAY_MS
"""`protected_until` where the backend gives none: shipped + promised days + 15 days."""

BLOCK_GRACE_MS: Final = 15 * DAY_MS
"""A block never silences an order thread from payment until this long after `protected_until`."""


class OrderState(enum.StrEnum):
    """States go only forward."""

    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    RECEIVED = "received"
    CANCELLED = "cancelled"


FORWARD: Final[dict[OrderState, frozenset[OrderState]]] = {
    OrderState.PLACED: frozenset(OrderState),
    OrderState.PAID: frozenset(OrderState) - {OrderState.PLACED},
    OrderState.SHIPPED: frozenset({OrderState.SHIPPED, OrderState.RECEIVED, OrderState.CANCELLED}),
    OrderState.RECEIVED: frozenset({OrderState.RECEIVED}),
    OrderState.CANCELLED: frozenset({OrderState.CANCELLED}),
}
"""From a state to those that may follow it (itself included: a later version may change details)."""

CONFIRMABLE: Final = frozenset({OrderState.PAID, OrderState.SHIPPED})
"""The states in which the goods may be said to have come."""


@dataclasses.dataclass(frozen=True, slots=True)
class Dates:
    """The instants of an order, in milliseconds; None where it has not come so far."""

    paid_at: int | None
    ship_by: int | None
    shipped_at: int | None
    promised_days: int | None
    protected_until: int | None


def may_follow(before: OrderState, after: OrderState) -> bool:
    """Whether an order may go from one state to another."""
    return after in FORWARD[before]


def with_defaults(dates: Dates) -> Dates:
    """Fills in the windows that the backend left open."""
    ship_by = dates.ship_by
    if ship_by is None and dates.paid_at is not None:
        ship_by = dates.paid_at + SHIP_WITHIN_MS
    protected = dates.protected_until
    if protected is None and dates.shipped_at is not None:
        promised = (dates.promised_days or 0) * DAY_MS
        protected = dates.shipped_at + promised + PROTECTION_MS
    return dataclasses.replace(dates, ship_by=ship_by, protected_until=protected)


def can_confirm(state: OrderState) -> bool:
    """Whether the buyer may confirm receipt now."""
    return state in CONFIRMABLE


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands in the store."""

    id: OrderId
    external_id: str
    buyer_id: PersonId
    shop_id: ShopId
    state: str
    version: int
    revision: int
    total_amount: str
    total_currency: str
    placed_at: int
    paid_at: int | None
    ship_by: int | None
    shipped_at: int | None
    promised_days: int | None
    carrier: str
    tracking: str
    protected_until: int | None
    received_at: int | None
    received_by: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class OrderCard:
    """An order as its parties see it. Columns of `order_cards`."""

    id: OrderId
    external_id: str
    buyer_id: PersonId
    buyer_name: str
    shop_id: ShopId
    shop_name: str
    state: str
    version: int
    total_amount: str
    total_currency: str
    placed_at: int
    paid_at: int | None
    ship_by: int | None
    shipped_at: int | None
    promised_days: int | None
    carrier: str
    tracking: str
    protected_until: int | None
    received_at: int | None
    received_by: str | None
    thread_id: ThreadId | None


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of an order. Columns of `lines_of_orders`."""

    order_id: OrderId
    id: int
    title: str
    photo_url: str
    amount: str
    currency: str
    quantity: int


@dataclasses.dataclass(frozen=True, slots=True)
class Product:
    """What a shop offers. Columns of `product_by_id`."""

    id: ProductId
    external_id: str
    shop_id: ShopId
    title: str
    url: str
    photo_url: str
    price_amount: str | None
    price_currency: str | None
    version: int
