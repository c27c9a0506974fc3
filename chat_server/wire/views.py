"""Domain to wire, for one audience; a field that an audience may not see is not in its bytes."""

import json
from typing import Final, Literal

import msgspec

from chat_server.domain import holidays, response
from chat_server.domain.desk import DeskCard
from chat_server.domain.events import Card as StoredCard
from chat_server.domain.events import Event as StoredEvent
from chat_server.domain.events import PhotoRef, unpack
from chat_server.domain.ids import show
from chat_server.domain.orders import Line, OrderCard, OrderState, can_confirm
from chat_server.domain.people import Side
from chat_server.domain.threads import EventKind, ThreadCard, ThreadKind
from chat_server.wire.shapes import (
    AnswerDue,
    Card,
    Edited,
    Event,
    Joined,
    Money,
    OrderLine,
    OrderView,
    PersonView,
    PhotoView,
    Posted,
    ProductView,
    ShopView,
    SideMark,
    SideName,
    StateChanged,
    SupportState,
    ThreadView,
    Withdrawn,
)

SIDE_NAMES: Final[dict[int, SideName]] = {
    Side.CUSTOMER: "customer",
    Side.SHOP: "shop",
    Side.STAFF: "staff",
    Side.BOT: "bot",
    Side.SYSTEM: "system",
}


SUPPORT_STATES: Final[dict[str, SupportState]] = {
    "bot": "bot",
    "queued": "queued",
    "queued_offline": "queued_offline",
    "assigned": "assigned",
    # That it was put aside is the desk's business.
    "snoozed": "assigned",
    "resolved": "resolved",
}


def event_view(event: StoredEvent) -> Event:
    """An event as the parties of its thread see it."""
    if event.kind == EventKind.POSTED:
        return posted_view(event)
    side = SIDE_NAMES[event.side]
    author = show(event.author_id) if event.author_id is not None else None
    seq, at, target = event.seq, event.at, event.target
    match event.kind:
        case EventKind.EDITED:
            assert target is not None
            return Edited(seq=seq, at=at, side=side, author=author, target=target, text=event.text)
        case EventKind.WITHDRAWN:
            assert target is not None
            return Withdrawn(seq=seq, at=at, side=side, author=author, target=target)
        case EventKind.STATE:
            body = unpack(event.body)
            return StateChanged(
                seq=seq,
                at=at,
                side=side,
                author=author,
                code=body.code,
                params=dict(body.params),
                text=event.text,
            )
        case EventKind.JOINED:
            return Joined(seq=seq, at=at, side=side, author=author)
    raise AssertionError(f"An event of kind {event.kind} has no view.")


def posted_view(event: StoredEvent) -> Posted:
    """A message as the parties of its thread see it."""
    body = unpack(event.body)
    photos = photo_views(body.photos)
    return Posted(
        seq=event.seq,
        at=event.at,
        side=SIDE_NAMES[event.side],
        author=show(event.author_id) if event.author_id is not None else None,
        text=event.text,
        photos=photos,
        reply_to=event.target,
        edited_at=event.edited_at,
        withdrawn=event.withdrawn_at is not None,
        client_key=event.client_key,
        card=card_view(body.card) if body.card is not None else None,
        name=body.name,
    )


def card_view(card: StoredCard) -> Card:
    """What stands below a message of the bot. Why it was said is not among it."""
    return msgspec.convert(
        {
            "kind": card.kind,
            "entry": card.entry,
            "choices": [choice._asdict() for choice in card.choices],
            "actions": [{"kind": a.kind, "order": a.order or None} for a in card.actions],
            "rates": card.rates,
            "helpful": card.helpful,
        },
        Card,
    )


def mark_view(side: int, delivered: int, read: int) -> SideMark:
    """How far a side has come."""
    return SideMark(side=SIDE_NAMES[side], delivered=delivered, read=read)


def photo_views(photos: tuple[PhotoRef, ...]) -> list[PhotoView]:
    """Posted photos by id and size."""
    return [PhotoView(id=show(p.id), width=p.width, height=p.height) for p in photos]


def money_view(amount: str | None, currency: str | None) -> Money | None:
    """An amount, where there is one."""
    if amount is None or currency is None:
        return None
    return Money(amount=amount, currency=currency)


def order_view(order: OrderCard, lines: list[Line], viewer: int) -> OrderView:
    """An order as this person sees it: only its buyer may confirm receipt."""
    return OrderView(
        id=show(order.id),
        number=order.external_id,
        state=OrderState(order.state).value,
        version=order.version,
        shop=ShopView(id=show(order.shop_id), name=order.shop_name),
        customer=PersonView(id=show(order.buyer_id), name=order.buyer_name),
        lines=[
            OrderLine(
                id=show(line.id),
                title=line.title,
                price=Money(amount=line.amount, currency=line.currency),
                photo_url=line.photo_url,
                quantity=line.quantity,
            )
            for line in lines
        ],
        total=Money(amount=order.total_amount, currency=order.total_currency),
        placed_at=order.placed_at,
        paid_at=order.paid_at,
        ship_by=order.ship_by,
        shipped_at=order.shipped_at,
        promised_days=order.promised_days,
        carrier=order.carrier,
        tracking=order.tracking,
        protected_until=order.protected_until,
        received_at=order.received_at,
        received_by=_RECEIVERS[order.received_by],
        thread_id=show(order.thread_id) if order.thread_id is not None else None,
        can_confirm=order.buyer_id == viewer and can_confirm(OrderState(order.state)),
    )


_RECEIVERS: Final[dict[str | None, Literal["buyer", "backend", "timer"] | None]] = {
    None: None,
    "buyer": "buyer",
    "backend": "backend",
    "timer": "timer",
}
_BLOCKERS: Final[dict[tuple[int, int], Literal["me", "them", "both"]]] = {
    (Side.CUSTOMER, 1): "me",
    (Side.CUSTOMER, 2): "them",
    (Side.CUSTOMER, 3): "both",
    (Side.SHOP, 1): "them",
    (Side.SHOP, 2): "me",
    (Side.SHOP, 3): "both",
}


def thread_view(
    card: ThreadCard, viewer: int, order: OrderView | None, *, can_write: bool = True
) -> ThreadView:
    """A thread as one person's list shows it."""
    side = Side.CUSTOMER if card.customer_id == viewer else _answering(card)
    owes = side is Side.SHOP and card.kind != ThreadKind.DISPUTE
    blocked = _BLOCKERS.get((side, card.blocked or 0))
    return ThreadView(
        id=show(card.id),
        kind=ThreadKind(card.kind).value,
        my_side=SIDE_NAMES[side],
        customer=PersonView(id=show(card.customer_id), name=card.customer_name),
        last_seq=card.last_seq,
        last_at=card.last_at,
        created_at=card.created_at,
        shop=_shop_of(card),
        product=_product_of(card),
        order=order,
        last=last_view(card),
        unread=card.unread,
        read=card.read,
        marks=[
            mark_view(Side.CUSTOMER, card.customer_delivered or 0, card.customer_read or 0),
            mark_view(
                _answering(card),
                card.shop_delivered or 0,
                card.shop_read or 0,
            ),
        ],
        muted=bool(card.muted),
        archived=card.archived > card.last_posted,
        blocked_by=blocked,
        can_write=can_write,
        state=SUPPORT_STATES.get(card.state) if card.kind == ThreadKind.SUPPORT else None,
        topic=card.topic,
        agent=card.agent_name or "",
        csat=card.csat,
        waiting_since=card.waiting_since if owes else None,
        dispute_id=show(card.dispute_id) if card.dispute_id is not None else None,
        shop_away_until=card.shop_away_until,
        answer_due=_put_off(card) if owes else None,
    )


def _put_off(card: ThreadCard) -> AnswerDue | None:
    """Until when the shop's answer is in time, where its holidays make that later than a day."""
    since = card.waiting_since
    if since is None or card.shop_holidays is None:
        return None
    at = response.due(since, holidays.load(json.loads(card.shop_holidays)))
    return AnswerDue(since=since, at=at) if at > since + response.ANSWER_MS else None


def _answering(card: ThreadCard) -> Side:
    """The side that answers the customer."""
    return Side.SHOP if card.shop_id is not None else Side.STAFF


def _shop_of(card: ThreadCard) -> ShopView | None:
    if card.shop_id is None:
        return None
    return ShopView(id=show(card.shop_id), name=card.shop_name or "")


def _product_of(card: ThreadCard) -> ProductView | None:
    if card.product_id is None:
        return None
    return ProductView(
        id=show(card.product_id),
        title=card.product_title or "",
        url=card.product_url or "",
        photo_url=card.product_photo or "",
        price=money_view(card.price_amount, card.price_currency),
    )


def last_view(card: ThreadCard | DeskCard) -> Posted | None:
    """The newest message of a thread in a list."""
    if card.message_at is None or card.message_side is None:
        return None
    body = unpack(card.message_body or "")
    return Posted(
        seq=card.last_posted,
        at=card.message_at,
        side=SIDE_NAMES[card.message_side],
        author=show(card.message_author) if card.message_author is not None else None,
        text=card.message_text or "",
        photos=photo_views(body.photos),
        reply_to=card.message_target,
        edited_at=card.message_edited,
        withdrawn=card.message_withdrawn is not None,
        client_key=card.message_key,
        card=card_view(body.card) if body.card is not None else None,
        name=body.name,
    )
