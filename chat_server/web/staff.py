"""The console's door: signing in and out, and changing one's password."""

from starlette.responses import Response

from chat_server.actions import sessions, staff
from chat_server.actions.sessions import Given
from chat_server.actions.staff import Staff
from chat_server.domain.ids import show
from chat_server.settings import Settings
from chat_server.web import auth
from chat_server.web.operations import Call
from chat_server.wire import bodies
from chat_server.wire.codec import encode


async def sign_in(call: Call) -> Response:
    """A session in exchange for e-mail and password."""
    body: bodies.SignIn = call.body
    address = auth.address_of(call.request)
    given, who = await staff.sign_in(call.ctx, body.email, body.password, address)
    return signed_in(call.ctx.settings, given, who)


async def get_me(call: Call) -> bodies.StaffMe:
    """Who I am."""
    return _me(await staff.myself(call.ctx, call.caller))


async def change_password(call: Call) -> Response:
    """Another password; every other browser is signed out."""
    body: bodies.PutPassword = call.body
    address = auth.address_of(call.request)
    given, who = await staff.change_password(call.ctx, call.caller, body.old, body.new, address)
    return signed_in(call.ctx.settings, given, who)


async def sign_out(call: Call) -> Response:
    """This browser is signed out."""
    await sessions.close_session(call.ctx, call.request.cookies.get(auth.STAFF_COOKIE, ""))
    return auth.end_session(call.ctx.settings, auth.STAFF_COOKIE)


async def sign_out_everywhere(call: Call) -> Response:
    """Every browser is signed out, this one too."""
    await staff.sign_out_everywhere(call.ctx, call.caller)
    return auth.end_session(call.ctx.settings, auth.STAFF_COOKIE)


def _me(who: Staff) -> bodies.StaffMe:
    return bodies.StaffMe(
        id=show(who.id),
        name=who.name,
        email=who.email,
        role="supervisor" if who.role == "supervisor" else "agent",
        locale=who.locale,
        permissions=who.may,  # type: ignore[arg-type]
    )


def signed_in(settings: Settings, given: Given, who: Staff) -> Response:
    """Who he is, and the cookie by which his browser is known."""
    body = encode(_me(who))
    response = Response(body, 200, {"cache-control": "no-store"}, "application/json")
    auth.give_session(response, settings, auth.STAFF_COOKIE, given.secret)
    return response
