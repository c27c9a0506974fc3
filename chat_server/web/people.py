"""Who works at the console: inviting and changing people, and the links by which they choose a password."""

from starlette.responses import Response

from chat_server.actions import mails, people
from chat_server.actions.people import Change, Colleague, Invited
from chat_server.actions.staff import FIRST_TEAM
from chat_server.domain.ids import PersonId, read, show
from chat_server.web import auth
from chat_server.web.operations import Call
from chat_server.web.staff import signed_in
from chat_server.wire import people as bodies


async def list_people(call: Call) -> bodies.StaffPeople:
    """Everybody who works or worked here."""
    found = await people.list_people(call.ctx)
    views = [_view(one, teams) for one, teams in found]
    return bodies.StaffPeople(people=views, mail=mails.can_mail(call.ctx))


async def invite(call: Call) -> bodies.StaffPerson:
    """Somebody is to work here."""
    body: bodies.InvitePerson = call.body
    teams = [read(team) for team in body.teams] if body.teams is not None else [FIRST_TEAM]
    who = Invited(body.email, body.name, body.role, body.locale, body.capacity, teams)
    person_id = await people.invite(call.ctx, call.caller, who)
    return _view(*await people.one_person(call.ctx, person_id))


async def invite_again(call: Call) -> None:
    """Another link in the place of the first."""
    await people.invite_again(call.ctx, call.caller, call.id("person"))


async def change(call: Call) -> bodies.StaffPerson:
    """Something about a colleague is different."""
    body: bodies.ChangePerson = call.body
    person_id = PersonId(call.id("person"))
    wish = Change(
        body.revision,
        body.name,
        body.role,
        body.capacity,
        body.permissions,
        body.active,
        [read(team) for team in body.teams] if body.teams is not None else None,
    )
    await people.change(call.ctx, call.caller, person_id, wish)
    return _view(*await people.one_person(call.ctx, person_id))


async def ask_reset(call: Call) -> None:
    """A link for whoever works here under this address, if anybody does."""
    await people.ask_reset(call.ctx, call.body.email, auth.address_of(call.request))


async def choose_password(call: Call) -> Response:
    """A password for whom a link was mailed to; this browser is signed in."""
    body: bodies.ChoosePassword = call.body
    address = auth.address_of(call.request)
    given, who = await people.choose_password(call.ctx, body.token, body.password, address)
    return signed_in(call.ctx.settings, given, who)


def _view(one: Colleague, teams: list[int]) -> bodies.StaffPerson:
    return bodies.StaffPerson(
        id=show(one.id),
        name=one.name,
        email=one.email,
        role="supervisor" if one.role == "supervisor" else "agent",
        locale=one.locale,
        active=bool(one.active),
        invited=bool(one.invited),
        capacity=one.capacity,
        availability=one.availability,  # type: ignore[arg-type]
        permissions=one.permissions.split(),  # type: ignore[arg-type]
        teams=[show(team) for team in teams],
        revision=one.revision,
    )
