"""The only doors to stored things. Whoever may not read a thing is told that it is missing."""

from typing import Final

from chat_server.actions.context import Context
from chat_server.domain.desk import Desk
from chat_server.domain.errors import NotAllowed, NotFound
from chat_server.domain.ids import OrderId, ThreadId
from chat_server.domain.orders import Order, OrderCard
from chat_server.domain.people import STAFF, Actor, Role, Side
from chat_server.domain.threads import Thread, side_of
from chat_server.ports import Query

THREAD: Final = Query("thread_by_id", Thread, light=True)
DESK: Final = Query("desk_thread", Desk, light=True)
ORDER: Final = Query("order_by_id", Order, light=True)
ORDER_CARDS: Final = Query("order_cards", OrderCard)


async def access_thread(ctx: Context, actor: Actor, thread_id: ThreadId) -> tuple[Thread, Side]:
    """A thread that this actor may read, and the side on which he stands. Raises NotFound."""
    thread = await ctx.store.one(THREAD, thread_id=thread_id)
    if thread is None:
        raise NotFound
    side = side_of(thread, actor)
    if side is None:
        raise NotFound
    return thread, side


async def access_desk(ctx: Context, actor: Actor, thread_id: ThreadId) -> Desk:
    """A support thread of the teams of somebody who works here, as moves see it. Raises NotFound."""
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None or actor.role not in STAFF:
        raise NotFound
    if actor.role is not Role.SUPERVISOR and desk.team_id not in actor.teams:
        raise NotFound
    return desk


async def access_order(ctx: Context, actor: Actor, order_id: OrderId) -> Order:
    """An order that this actor may read. Raises NotFound."""
    order = await ctx.store.one(ORDER, order_id=order_id)
    if order is None:
        raise NotFound
    if order.buyer_id != actor.person_id and order.shop_id not in actor.shops:
        raise NotFound
    return order


async def access_own_order(ctx: Context, actor: Actor, order_id: OrderId) -> Order:
    """An order that this actor bought. Raises NotFound, or NotAllowed for its seller."""
    order = await access_order(ctx, actor, order_id)
    if order.buyer_id != actor.person_id:
        raise NotAllowed
    return order
