"""The marketplace backend's operations: it tells us who people are and what they ordered."""

from chat_server.actions import market, orders, sessions
from chat_server.actions.market import Standing
from chat_server.actions.orders import PutLine, PutOrder, PutRefund
from chat_server.domain.ids import show
from chat_server.domain.orders import Dates, OrderState
from chat_server.web.operations import Call
from chat_server.wire import bodies


async def put_person(call: Call) -> bodies.Stands:
    """Somebody who buys, sells, or both."""
    body: bodies.PutPerson = call.body
    values = {"name": body.name, "locale": body.locale, "zone": body.zone, "country": body.country}
    return _stands(await market.put_person(call.ctx, call.key, body.version, values))


async def put_shop(call: Call) -> bodies.Stands:
    """A shop and all of its people."""
    body: bodies.PutShop = call.body
    return _stands(await market.put_shop(call.ctx, call.key, body.version, body.name, body.members))


async def put_product(call: Call) -> bodies.Stands:
    """A product of a shop."""
    body: bodies.PutProduct = call.body
    values = {
        "title": body.title,
        "url": body.url,
        "photo_url": body.photo_url,
        "price_amount": body.price.amount if body.price else None,
        "price_currency": body.price.currency if body.price else None,
    }
    return _stands(await market.put_product(call.ctx, call.key, body.version, body.shop, values))


async def put_order(call: Call) -> bodies.Stands:
    """An order with its lines and the refunds made elsewhere."""
    return _stands(await orders.put_order(call.ctx, _order(call.key, call.body)))


async def confirm_receipt(call: Call) -> bodies.Stands:
    """The goods are there, says the backend."""
    order_id = await orders.confirm_by_backend(call.ctx, call.key)
    return bodies.Stands(id=show(order_id), version=0, applied=True)


async def sign_out(call: Call) -> None:
    """All earlier tokens and sessions of a person are refused, and his sockets closed."""
    await sessions.sign_out(call.ctx, call.key)


async def ask_inbox_link(call: Call) -> bodies.InboxLink:
    """A link that opens the inbox for a seller, once, within 60 s. Its secret is in the fragment: no log sees it."""
    given = await sessions.give_inbox_link(call.ctx, call.body.person)
    url = f"{call.ctx.settings.public_url}/inbox#token={given.secret}"
    return bodies.InboxLink(url=url, expires_at=given.expires_at)


def _stands(standing: Standing) -> bodies.Stands:
    return bodies.Stands(id=show(standing.id), version=standing.version, applied=standing.applied)


def _order(key: str, body: bodies.PutOrder) -> PutOrder:
    dates = Dates(
        body.paid_at, body.ship_by, body.shipped_at, body.promised_days, body.protected_until
    )
    lines = [
        PutLine(
            n.key, n.title, n.photo_url, n.price.amount, n.price.currency, n.quantity, n.product
        )
        for n in body.lines
    ]
    refunds = [
        PutRefund(r.key, r.line, r.amount.amount, r.amount.currency, r.reason) for r in body.refunds
    ]
    return PutOrder(
        external_id=key,
        buyer=body.buyer,
        shop=body.shop,
        state=OrderState(body.state),
        version=body.version,
        total_amount=body.total.amount,
        total_currency=body.total.currency,
        placed_at=body.placed_at,
        dates=dates,
        carrier=body.carrier,
        tracking=body.tracking,
        lines=lines,
        refunds=refunds,
        free_return=body.free_return,
    )
