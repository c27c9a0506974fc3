"""Who works here: inviting people, changing what they are and may, and their way to a password."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from chat_server.actions import letters, mails, staff
from chat_server.actions.audit import Detail, audited
from chat_server.actions.brand import brand
from chat_server.actions.context import Context
from chat_server.actions.letters import Kind
from chat_server.actions.sessions import HOUR_MS, Given
from chat_server.actions.staff import Staff
from chat_server.domain.audit import Action
from chat_server.domain.errors import (
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
    Stale,
    Unauthenticated,
    WrongState,
)
from chat_server.domain.events import Cut
from chat_server.domain.ids import PersonId, show
from chat_server.domain.mail import read_address
from chat_server.domain.orders import DAY_MS
from chat_server.domain.passwords import weakness
from chat_server.domain.people import Actor, clean_name
from chat_server.domain.rules import MINUTE_MS
from chat_server.domain.secrets import secret_hash
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

INVITE_MS: Final = 7 * DAY_MS
RESET_MS: Final = HOUR_MS

RESETS: Final = (("address", 20, 10 * MINUTE_MS), ("account", 3, HOUR_MS))
"""Mails that may be asked for from one address of the network, and to one account: how many in how long."""

LINKS_TRIED: Final = 20
"""Links that may be tried from one address of the network in ten minutes."""


class Invited(NamedTuple):
    """Somebody who is to work here."""

    email: str
    name: str
    role: str
    locale: str
    capacity: int
    teams: Sequence[int]


class Change(NamedTuple):
    """What is to be different about somebody; None leaves a thing as it stands."""

    revision: int
    name: str | None
    role: str | None
    capacity: int | None
    permissions: Sequence[str] | None
    active: bool | None
    teams: Sequence[int] | None

    @property
    def fields(self) -> list[str]:
        """What it is about."""
        return [name for name, value in self._asdict().items() if value is not None][1:]


class Colleague(NamedTuple):
    """Somebody who works or worked here."""

    id: PersonId
    name: str
    email: str
    role: str
    locale: str
    active: int
    invited: int
    """1: he has not chosen a password yet."""
    capacity: int
    availability: str
    permissions: str
    revision: int


class _Holder(NamedTuple):
    person_id: PersonId
    kind: str


_ALL: Final = Query("staff_people", Colleague)
_ONE: Final = Query("staff_person", Colleague, light=True)
_MEMBERSHIPS: Final = Query("memberships", lambda person_id, team_id: (person_id, team_id))
_LINK: Final = Query("password_link", _Holder, light=True)


async def list_people(ctx: Context) -> list[tuple[Colleague, list[int]]]:
    """Everybody who works or worked here, and his teams."""
    teams: dict[int, list[int]] = {}
    for person_id, team_id in await ctx.store.all(_MEMBERSHIPS):
        teams.setdefault(person_id, []).append(team_id)
    return [(one, teams.get(one.id, [])) for one in await ctx.store.all(_ALL)]


async def one_person(ctx: Context, person_id: int) -> tuple[Colleague, list[int]]:
    """One of them. Raises NotFound."""
    found = await ctx.store.one(_ONE, person_id=person_id)
    if found is None:
        raise NotFound
    memberships = await ctx.store.all(_MEMBERSHIPS)
    return found, [team for member, team in memberships if member == person_id]


async def invite(ctx: Context, actor: Actor, who: Invited) -> PersonId:
    """Adds somebody without a password and mails him a link; his id.

    Raises WrongState (`no_mail`, `email_taken`), Invalid (`email`, `name`, `team`).
    """
    mails.require_mail(ctx)
    values: dict[str, Value] = {
        "id": ctx.ids.new_id(),
        "role": who.role,
        "name": _name(who.name),
        "locale": who.locale,
        "email": read_address(who.email).lower(),
        "password_hash": None,
        "at": ctx.clock.now_ms(),
    }
    person = PersonId(int(str(values["id"])))
    statements = [
        *staff.adding(values, who.capacity, sorted(set(who.teams))),
        *await _inviting(ctx, actor, person, values),
        audited(ctx, actor.person_id, Action.INVITED, person=show(person), role=who.role),
    ]
    try:
        await ctx.store.commit(Commit(statements))
    except Conflict as error:
        raise _refusal(error) from None
    mails.mail_is_queued(ctx)
    return person


async def invite_again(ctx: Context, actor: Actor, person_id: int) -> None:
    """Another link in the place of the first. Raises NotFound, WrongState (`no_mail`, `has_password`, `inactive`)."""
    found, _ = await one_person(ctx, person_id)
    mails.require_mail(ctx)
    if not found.invited:
        raise WrongState("has_password")
    if not found.active:
        raise WrongState("inactive")
    about: dict[str, Value] = {"name": found.name, "email": found.email, "locale": found.locale}
    statements = [
        Statement("drop_password_links", {"person_id": person_id}, ANY),
        *await _inviting(ctx, actor, found.id, about),
        audited(ctx, actor.person_id, Action.INVITED, person=show(person_id), role=found.role),
    ]
    await ctx.store.commit(Commit(statements))
    mails.mail_is_queued(ctx)


async def _inviting(
    ctx: Context, actor: Actor, person_id: PersonId, about: dict[str, Value]
) -> list[Statement]:
    inviter = await staff.myself(ctx, actor)
    secret, adding = mails.made_link(ctx, "invite", person_id, INVITE_MS)
    locale = str(about["locale"])
    parts = letters.invitation(
        await brand(ctx),
        locale,
        name=str(about["name"]),
        inviter=inviter.name,
        link=f"{ctx.settings.public_url}/console#invite={secret}",
    )
    return [adding, mails.queued(ctx, Kind.INVITE, str(about["email"]), locale, parts)]


async def change(ctx: Context, actor: Actor, person_id: PersonId, wish: Change) -> None:
    """Changes a colleague. Another role, or none, ends his sessions and sockets.

    Raises NotFound, NotAllowed (`yourself`), Invalid (`name`, `team`), Stale.
    """
    found, teams = await one_person(ctx, person_id)
    demoted = wish.role is not None and wish.role != found.role
    ends = demoted or (wish.active is False and bool(found.active))
    if ends and person_id == actor.person_id:
        raise NotAllowed("yourself")
    now = ctx.clock.now_ms()
    moved = [] if wish.teams is None or set(wish.teams) == set(teams) else [person_id]
    statements = [
        *_changing(person_id, wish, moves=bool(moved)),
        *(staff.ending(person_id, now) if ends else staff.resuming(moved, now)),
        audited(ctx, actor.person_id, Action.PERSON_CHANGED, None, **_details(found, wish)),
    ]
    try:
        await ctx.store.commit(Commit(statements))
    except Conflict as error:
        raise _refusal(error) from None
    if ends:
        ctx.sink.tell(Cut(person_id, signed_out=True))
    else:
        staff.cut_for_resuming(ctx, moved)


def _changing(person_id: PersonId, wish: Change, *, moves: bool) -> list[Statement]:
    who: dict[str, Value] = {"person_id": person_id}
    permissions = wish.permissions
    agent: dict[str, Value] = {
        **who,
        "revision": wish.revision,
        "capacity": wish.capacity,
        "permissions": " ".join(sorted(set(permissions))) if permissions is not None else None,
        "active": int(wish.active) if wish.active is not None else None,
    }
    name = _name(wish.name) if wish.name is not None else None
    statements = [
        Statement("change_agent", agent),
        Statement("change_staff", {**who, "name": name, "role": wish.role}),
    ]
    if moves:
        touched = Statement("touch_teams_of", who, ANY)
        joined = [
            Statement("join_team", {**who, "team_id": team})
            for team in sorted(set(wish.teams or ()))
        ]
        statements += [touched, Statement("leave_teams", who, ANY), *joined, touched]
    return statements


def _details(found: Colleague, wish: Change) -> dict[str, Detail]:
    """What the audit keeps: who was changed and in what; of what decides over access, how."""
    details: dict[str, Detail] = {"person": show(found.id), "fields": wish.fields}
    if wish.role is not None:
        details["role"] = wish.role
    if wish.active is not None:
        details["active"] = wish.active
    if wish.permissions is not None:
        details["permissions"] = sorted(set(wish.permissions))
    return details


def _name(text: str) -> str:
    name = clean_name(text)
    if not name:
        raise Invalid("name")
    return name


def _refusal(error: Conflict) -> Exception:
    """What stood in the way of writing somebody."""
    if "email" in error.constraint:
        return WrongState("email_taken")
    return Invalid("team") if error.statement == "join_team" else Stale()


async def ask_reset(ctx: Context, email: str, address: str) -> None:
    """Mails a link to whoever works here under this address; nobody can tell whether somebody does.

    Everything is done for everybody, and only the statements themselves know whom it concerns (SECURITY 12).
    Raises WrongState (`no_mail`), LimitReached.
    """
    mails.require_mail(ctx)
    account = email.strip().lower()
    for (name, limit, window), key in zip(RESETS, (address, account), strict=True):
        if wait := await ctx.broker.take(f"reset:{name}:{key}", limit, window):
            raise LimitReached(retry_after_ms=wait)
    found = await ctx.store.one(staff.STAFF_BY_EMAIL, email=account)
    locale = found.locale if found is not None else ctx.settings.default_locale
    secret, now = ctx.ids.new_secret(), ctx.clock.now_ms()
    link = f"{ctx.settings.public_url}/console#reset={secret}"
    parts = letters.reset(await brand(ctx), locale, link=link)
    whose: dict[str, Value] = {"email": account, "at": now}
    row: dict[str, Value] = {"hash": secret_hash(secret), "expires_at": now + RESET_MS}
    mail = mails.mail_values(ctx, Kind.RESET, locale, parts)
    await ctx.store.commit(
        Commit(
            [
                Statement("drop_reset_links", whose, ANY),
                Statement("add_reset_link", {**whose, **row}, ANY),
                Statement("queue_reset_mail", {**whose, **mail}, ANY),
            ]
        )
    )
    mails.mail_is_queued(ctx)


async def choose_password(
    ctx: Context, secret: str, password: str, address: str
) -> tuple[Given, Staff]:
    """Sets the password of whom a link was mailed to, ends all that was opened before, and signs this browser in.

    Raises Invalid (`password_short`, `password_long`, `password_common`), Unauthenticated, LimitReached.
    """
    if found := weakness(password):
        raise Invalid(f"password_{found}")
    if wait := await ctx.broker.take(f"links:{address}", LINKS_TRIED, 10 * MINUTE_MS):
        raise LimitReached(retry_after_ms=wait)
    place: dict[str, Value] = {"hash": secret_hash(secret)}
    holder = await ctx.store.one(_LINK, **place, at=ctx.clock.now_ms())
    if holder is None:
        raise Unauthenticated
    encoded, now = await ctx.passwords.hash(password), ctx.clock.now_ms()
    setting: dict[str, Value] = {
        "person_id": holder.person_id,
        "password_hash": encoded,
        "at": now,
    }
    statements = [
        Statement("take_password_link", {**place, "at": now}),
        Statement("set_password_by_link", setting),
        *staff.ending(holder.person_id, now),
        audited(ctx, holder.person_id, Action.PASSWORD_CHANGED, link=holder.kind),
    ]
    try:
        await ctx.store.commit(Commit(statements))
    except Conflict:
        raise Unauthenticated from None
    ctx.sink.tell(Cut(holder.person_id, signed_out=True))
    who = await ctx.store.one(staff.STAFF_BY_ID, person_id=holder.person_id)
    assert who is not None
    return await staff.open_session(ctx, who), who
