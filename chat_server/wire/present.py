"""Lists of things as one person sees them: views put together from several records."""

from collections.abc import Mapping, Sequence

from chat_server.domain.orders import BLOCK_GRACE_MS, Line, OrderCard
from chat_server.domain.threads import ThreadCard, ThreadKind
from chat_server.wire.shapes import ThreadView
from chat_server.wire.views import order_view, thread_view

Orders = Mapping[int, tuple[OrderCard, list[Line]]]


def thread_views(
    cards: Sequence[ThreadCard], orders: Orders, viewer: int, now: int
) -> list[ThreadView]:
    """Threads with the orders that they are about."""
    views = []
    for card in cards:
        found = orders.get(card.order_id) if card.order_id is not None else None
        order = order_view(*found, viewer) if found is not None else None
        can_write = not card.blocked or _shielded(card, found[0] if found else None, now)
        views.append(thread_view(card, viewer, order, can_write=can_write))
    return views


def _shielded(card: ThreadCard, order: OrderCard | None, now: int) -> bool:
    """Whether a block does not reach this thread: an order's, from payment until its grace is over.

    The condition that counts is the one in `post_message`; this one only saves the attempt.
    """
    if card.kind != ThreadKind.ORDER or order is None or order.paid_at is None:
        return False
    return order.protected_until is None or order.protected_until + BLOCK_GRACE_MS > now
