"""Bodies about people who work at the console, their way to a password, and where customers are answered by mail."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.wire.bodies import Locale, Name, Permission, Zone
from chat_server.wire.desk import Availability, Revision
from chat_server.wire.shapes import Id, PersonView, Shape

Email = Annotated[str, Meta(min_length=3, max_length=256)]
Role = Literal["agent", "supervisor"]
Capacity = Annotated[
    int, Meta(ge=0, le=100, description="Threads that somebody is given at a time.")
]
Teams = Annotated[list[Id], Meta(max_length=100)]
LinkSecret = Annotated[str, Meta(min_length=20, max_length=200)]


class StaffPerson(Shape, frozen=True):
    """Somebody who works or worked here."""

    id: Id
    name: str
    email: str
    role: Role
    locale: str
    active: bool
    """Whether he may sign in."""
    invited: bool
    """He has not chosen a password yet."""
    capacity: int
    availability: Availability
    permissions: list[Permission]
    teams: list[Id]
    revision: Revision


class StaffPeople(Shape, frozen=True):
    """All of them, by name."""

    people: list[StaffPerson]
    mail: bool
    """Whether anybody can be invited: a mail server has been set."""


class InvitePerson(Shape, frozen=True):
    """Somebody is to work here: he is mailed a link to choose a password."""

    email: Email
    name: Name
    role: Role
    locale: Locale = "en"
    teams: Teams | None = None
    """Left out: the team that there is from the beginning."""
    capacity: Capacity = 4


class ChangePerson(Shape, frozen=True):
    """What is to be different about somebody; what is left out stays. Another role, or none, signs him out."""

    revision: Revision
    name: Name | None = None
    role: Role | None = None
    capacity: Capacity | None = None
    permissions: Annotated[list[Permission], Meta(max_length=10)] | None = None
    active: bool | None = None
    teams: Teams | None = None


class AskReset(Shape, frozen=True):
    """Whose password is to be chosen anew."""

    email: Email


class ChoosePassword(Shape, frozen=True):
    """The secret of a mailed link, and the password that is to hold."""

    token: LinkSecret
    password: Annotated[str, Meta(min_length=1, max_length=400)]


class PutEmail(Shape, frozen=True):
    """Where answers of support go while their reader is away; of a visitor, also his time zone."""

    email: Email
    zone: Zone | None = None


class FollowLink(Shape, frozen=True):
    """The secret of a mailed link back to a conversation."""

    token: LinkSecret


class Returned(Shape, frozen=True):
    """The visitor of that conversation, and by what he proves himself from now on: `Authorization: Visitor TOKEN`."""

    token: str
    person: PersonView
    thread_id: Id
