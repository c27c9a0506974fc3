"""What people are told beside their conversations: written in the Commit of what it tells of, read as a list."""

import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.events import NoticesRead
from chat_server.domain.ids import OrderId
from chat_server.domain.notices import Kind, NoticeRow, Side, next_reminder
from chat_server.domain.people import Actor
from chat_server.domain.reviews import REVIEW_WINDOW_MS
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

PAGE: Final = 30
REMINDER: Final = "review.reminder"
"""The deadline of an order, at which its buyer is reminded to rate it."""


class Person(NamedTuple):
    """Somebody who is told something that is his own affair."""

    id: int


class ShopPeople(NamedTuple):
    """All who are of a shop now."""

    id: int


class Unread(NamedTuple):
    """How much somebody has not seen."""

    mine: int
    shops: int

    def of(self, side: Side) -> int:
        """Of one side."""
        return self.mine if side is Side.MINE else self.shops


class NoticeList(NamedTuple):
    """A page, newest first, and where the next one begins."""

    notices: list[NoticeRow]
    unread: int
    next: int | None


class _ToRate(NamedTuple):
    buyer_id: int
    received_at: int | None
    shop_name: str
    title: str
    """Of the first line that is not rated."""


UNREAD: Final = Query("notices_unread", Unread, light=True)
_PAGE: Final = Query("notices_of", NoticeRow)
_REMAINING: Final = Query("order_to_rate", _ToRate, light=True)


def told(
    ctx: Context,
    kind: Kind,
    subject_id: int,
    to: Person | ShopPeople,
    facts: Mapping[str, object],
) -> Statement:
    """Tells a person or a shop something. Whoever commits it says so (`notices_given`)."""
    values: dict[str, Value] = {
        "notice_id": ctx.ids.new_id(),
        "kind": kind.value,
        "subject_id": subject_id,
        "params": json.dumps({k: v for k, v in facts.items() if v}, ensure_ascii=False),
        "at": ctx.clock.now_ms(),
    }
    if isinstance(to, ShopPeople):
        return Statement("give_shop_notice", {**values, "shop_id": to.id}, ANY)
    return Statement("give_notice", {**values, "person_id": to.id})


def notices_given(ctx: Context) -> None:
    """They were committed: who is connected here may be told at once."""
    ctx.notices_given.set()


async def notices_of(ctx: Context, actor: Actor, side: Side, before: int | None) -> NoticeList:
    """A page of what somebody was told, newest first."""
    found = await ctx.store.all(
        _PAGE,
        me=actor.person_id,
        shops=int(side is Side.SHOPS),
        before=before if before is not None else 2**62,
        limit=PAGE + 1,
    )
    unread = await unread_of(ctx, actor.person_id)
    after = found[PAGE - 1].id if len(found) > PAGE else None
    return NoticeList(found[:PAGE], unread.of(side), after)


async def unread_of(ctx: Context, person_id: int) -> Unread:
    """How much somebody has not seen."""
    return await ctx.store.one(UNREAD, me=person_id) or Unread(0, 0)


async def read(ctx: Context, actor: Actor, side: Side, until: int) -> None:
    """He has seen all of one side up to a notice; his other devices are told."""
    values: dict[str, Value] = {
        "me": actor.person_id,
        "shops": int(side is Side.SHOPS),
        "until": until,
        "at": ctx.clock.now_ms(),
    }
    await ctx.store.commit(Commit([Statement("read_notices", values, ANY)]))
    unread = await unread_of(ctx, actor.person_id)
    ctx.sink.tell(NoticesRead(actor.person_id, side.value, unread.of(side)))


# Being asked to rate.


def asked_to_rate(
    ctx: Context, order_id: int, buyer_id: int, received_at: int, shop: str, title: str
) -> list[Statement]:
    """For the Commit of a receipt: its buyer is asked how it was, and reminded later."""
    facts = {"shop_name": shop, "title": title}
    asked = told(ctx, Kind.RATE_ASKED, order_id, Person(buyer_id), facts)
    return [asked, *_clock(order_id, received_at, ctx.clock.now_ms())]


async def what_to_rate(ctx: Context, order_id: int, now: int) -> list[Statement]:
    """`asked_to_rate` about an order as it stands in the store; nothing where nothing of it can be rated."""
    left = await ctx.store.one(_REMAINING, order_id=OrderId(order_id))
    if left is None:
        return []
    return asked_to_rate(ctx, order_id, left.buyer_id, now, left.shop_name, left.title)


async def remind(ctx: Context, order_id: int, revision: int) -> bool:
    """Some days after a receipt: is anything of it still to be rated, its buyer is told.

    False where nothing is, or another node was faster.
    """
    left = await ctx.store.one(_REMAINING, order_id=OrderId(order_id))
    if left is None or left.received_at is None:
        return False
    now = ctx.clock.now_ms()
    firing: dict[str, Value] = {"kind": REMINDER, "subject_id": order_id, "revision": revision}
    facts = {
        "shop_name": left.shop_name,
        "title": left.title,
        "until": left.received_at + REVIEW_WINDOW_MS,
    }
    reminder = told(ctx, Kind.RATE_REMINDER, order_id, Person(left.buyer_id), facts)
    taken = Statement("fire_deadline", firing)
    clock = _clock(order_id, left.received_at, now)
    try:
        await ctx.store.commit(Commit([taken, reminder, *clock], bulk=True))
    except Conflict:
        return False
    notices_given(ctx)
    return True


def _clock(order_id: int, received_at: int, now: int) -> list[Statement]:
    due = next_reminder(received_at, now)
    if due is None:
        return []
    values: dict[str, Value] = {
        "kind": REMINDER,
        "subject_id": order_id,
        "due_at": due,
        "revision": due,
    }
    return [Statement("set_deadline", values)]
