"""Who am I, a ticket for a socket, and the seller's session."""

from starlette.responses import Response

from chat_server.actions import sessions
from chat_server.domain.ids import show
from chat_server.web import auth
from chat_server.web.operations import Call
from chat_server.wire import bodies
from chat_server.wire.codec import encode
from chat_server.wire.shapes import PersonView, ShopView


async def give_ticket(call: Call) -> bodies.Ticket:
    """Opens one socket, once, within 30 s."""
    given = await sessions.give_ticket(call.ctx, call.caller, call.proof_at)
    return bodies.Ticket(ticket=given.secret, expires_at=given.expires_at)


async def get_me(call: Call) -> bodies.Me:
    """Who I am, and where I sell."""
    person = await call.ctx.store.one(sessions.PERSON, person_id=call.caller.person_id)
    assert person is not None
    shops = await sessions.shops_of(call.ctx, person.id)
    return bodies.Me(
        person=PersonView(id=show(person.id), name=person.name),
        shops=[ShopView(id=show(shop.id), name=shop.name) for shop in shops],
        epoch=call.ctx.store.epoch,
        locale=person.locale,
    )


async def open_inbox(call: Call) -> Response:
    """A session in exchange for the secret of an inbox link."""
    given, person = await sessions.open_inbox(call.ctx, call.body.token)
    shops = await sessions.shops_of(call.ctx, person.id)
    me = bodies.Me(
        person=PersonView(id=show(person.id), name=person.name),
        shops=[ShopView(id=show(shop.id), name=shop.name) for shop in shops],
        epoch=call.ctx.store.epoch,
        locale=person.locale,
    )
    response = Response(encode(me), 200, {"cache-control": "no-store"}, "application/json")
    auth.give_session(response, call.ctx.settings, auth.COOKIE, given.secret)
    return response


async def close_inbox(call: Call) -> Response:
    """This browser is signed out."""
    await sessions.close_session(call.ctx, call.request.cookies.get(auth.COOKIE, ""))
    return auth.end_session(call.ctx.settings, auth.COOKIE)
