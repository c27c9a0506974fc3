"""Orders as their parties see them, and the buyer's confirmation that the goods are there."""

from chat_server.actions import orders
from chat_server.actions.threads import Place
from chat_server.domain.ids import OrderId
from chat_server.web.operations import Call
from chat_server.web.threads import PageQuery
from chat_server.wire import bodies
from chat_server.wire.places import read_place, show_place
from chat_server.wire.shapes import OrderView
from chat_server.wire.views import order_view


async def list_orders(call: Call) -> bodies.OrderPage:
    """What I bought, and what my shops sold, newest first."""
    query: PageQuery = call.query
    place = read_place(query.before)
    before = Place(*place) if place is not None else None
    page = await orders.list_orders(call.ctx, call.caller, before, query.limit)
    shown = [order_view(card, lines, call.caller.person_id) for card, lines in page.orders]
    return bodies.OrderPage(orders=shown, next=show_place(page.next))


async def get_order(call: Call) -> OrderView:
    """One order."""
    return await _one(call, OrderId(call.id("order")))


async def confirm_receipt(call: Call) -> OrderView:
    """The goods are there, says the buyer."""
    order_id = OrderId(call.id("order"))
    body: bodies.ConfirmReceipt = call.body
    await orders.confirm_receipt(
        call.ctx,
        call.caller,
        order_id,
        body.client_key,
        withdraw_dispute=body.withdraw_dispute,
    )
    return await _one(call, order_id)


async def _one(call: Call, order_id: OrderId) -> OrderView:
    card, lines = await orders.one_order(call.ctx, call.caller, order_id)
    return order_view(card, lines, call.caller.person_id)
