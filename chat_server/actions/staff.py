"""Agents and supervisors: adding them, signing them in and out. How passwords are hashed is not known here."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.sessions import HOUR_MS, RESYNC, SIGNED_OUT, Given
from chat_server.domain.audit import Action
from chat_server.domain.errors import Invalid, LimitReached, Unauthenticated
from chat_server.domain.events import Cut
from chat_server.domain.ids import PersonId
from chat_server.domain.mail import read_address
from chat_server.domain.passwords import weakness
from chat_server.domain.people import Actor, Role
from chat_server.domain.rules import MINUTE_MS
from chat_server.domain.secrets import secret_hash
from chat_server.domain.support import DEFAULT_CAPACITY
from chat_server.ports import ANY, Clock, Commit, Conflict, Ids, Query, Statement, Store, Value

LIMITS: Final = (
    ("pair", 5, MINUTE_MS),
    ("address", 20, 10 * MINUTE_MS),
    ("account", 50, 15 * MINUTE_MS),
)
"""Tries of one address at one account, of an address at all, at an account by all: how many in how long.

The last is wide, and where it is reached each address is left one try: whoever guesses from everywhere does
not keep its owner out (SECURITY 11).
"""

PERMISSIONS: Final = ("mediate", "moderate")
"""What a supervisor may let an agent do."""

FIRST_TEAM: Final = 1
"""The team that there is from the beginning."""


class Staff(NamedTuple):
    """Somebody who works here."""

    id: PersonId
    name: str
    role: str
    email: str
    locale: str
    password_hash: str | None
    """None for somebody who was invited and has chosen none yet."""
    permissions: str
    """Those that a supervisor has given him, by spaces."""

    @property
    def may(self) -> list[str]:
        """What he may do beside what everybody here does: a supervisor all of it."""
        return list(PERMISSIONS) if self.role == Role.SUPERVISOR else self.permissions.split()


STAFF_BY_EMAIL: Final = Query("staff_by_email", Staff, light=True)
STAFF_BY_ID: Final = Query("staff_by_id", Staff, light=True)
STAFF_NAMES: Final = Query("staff_names", lambda id, name: (int(id), str(name)))


async def sign_in(ctx: Context, email: str, password: str, address: str) -> tuple[Given, Staff]:
    """A session in exchange for a password. Raises Unauthenticated for whatever is wrong, LimitReached."""
    account = email.strip().lower()
    await slow_down(ctx, account, address)
    found = await ctx.store.one(STAFF_BY_EMAIL, email=account)
    right = await ctx.passwords.verify(found.password_hash if found is not None else None, password)
    if found is None or found.password_hash is None or not right:
        raise Unauthenticated
    if ctx.passwords.is_dated(found.password_hash):
        change: dict[str, Value] = {
            "person_id": found.id,
            "old_hash": found.password_hash,
            "new_hash": await ctx.passwords.hash(password),
        }
        await ctx.store.commit(Commit([Statement("rehash_password", change, ANY)]))
    return await open_session(ctx, found), found


async def slow_down(ctx: Context, account: str, address: str) -> None:
    """Counts a try at a password. Raises LimitReached."""
    keys = {"pair": f"{account} {address}", "address": address, "account": account}
    for name, limit, window in LIMITS:
        wait = await ctx.broker.take(f"signin:{name}:{keys[name]}", limit, window)
        if wait and name == "account":
            wait = await ctx.broker.take(f"signin:last:{keys['pair']}", 1, window)
        if wait:
            raise LimitReached(retry_after_ms=wait)


async def open_session(ctx: Context, who: Staff) -> Given:
    """Signs a browser in. Raises Unauthenticated for who does not work here any more."""
    now, secret = ctx.clock.now_ms(), ctx.ids.new_secret()
    until = now + ctx.settings.session_hours * HOUR_MS
    values: dict[str, Value] = {
        "hash": secret_hash(secret),
        "person_id": who.id,
        "created_at": now,
        "expires_at": until,
    }
    kept = audited(ctx, who.id, Action.SIGNED_IN)
    try:
        await ctx.store.commit(Commit([Statement("add_staff_session", values), kept]))
    except Conflict:
        raise Unauthenticated from None
    return Given(secret, until)


async def myself(ctx: Context, actor: Actor) -> Staff:
    """Who this is. Raises Unauthenticated."""
    found = await ctx.store.one(STAFF_BY_ID, person_id=actor.person_id)
    if found is None:
        raise Unauthenticated
    return found


async def sign_out_everywhere(ctx: Context, actor: Actor) -> None:
    """All sessions of this person end, and all of his sockets, on every node."""
    await ctx.store.commit(Commit(ending(actor.person_id, ctx.clock.now_ms())))
    ctx.sink.tell(Cut(actor.person_id, signed_out=True))


async def change_password(
    ctx: Context, actor: Actor, old: str, new: str, address: str
) -> tuple[Given, Staff]:
    """Another password: all that the old one opened ends; this browser gets a session of its own.

    Raises Invalid (`password_wrong`, `password_short`, `password_long`, `password_common`), LimitReached.
    """
    who = await myself(ctx, actor)
    if found := weakness(new):
        raise Invalid(f"password_{found}")
    await slow_down(ctx, f"change of {who.email}", address)
    if not await ctx.passwords.verify(who.password_hash, old):
        raise Invalid("password_wrong")
    encoded, now = await ctx.passwords.hash(new), ctx.clock.now_ms()
    change: dict[str, Value] = {"email": who.email, "password_hash": encoded, "at": now}
    kept = audited(ctx, who.id, Action.PASSWORD_CHANGED)
    await ctx.store.commit(Commit([Statement("set_password", change), *ending(who.id, now), kept]))
    ctx.sink.tell(Cut(who.id, signed_out=True))
    return await open_session(ctx, who), who


def ending(person_id: int, now: int) -> list[Statement]:
    """Ends all that this person was given before now: sessions, tickets, links, sockets."""
    who: dict[str, Value] = {"person_id": person_id, "at": now}
    return [
        Statement("sign_out", who),
        Statement("drop_sessions_of", who, ANY),
        Statement("drop_session_tickets", who, ANY),
        Statement("drop_password_links", who, ANY),
        Statement("add_revocation", {**who, "code": SIGNED_OUT}),
    ]


def resuming(people: Iterable[int], now: int) -> list[Statement]:
    """What these people may see is another than before: their sockets end, and come back to it at once."""
    return [
        Statement("add_revocation", {"person_id": person, "code": RESYNC, "at": now})
        for person in people
    ]


def cut_for_resuming(ctx: Context, people: Iterable[int]) -> None:
    """The same on this node, and by the broker on others, at once. After the commit of `resuming`."""
    for person in people:
        ctx.sink.tell(Cut(person, signed_out=False))


async def welcome_staff(ctx: Context, email: str, name: str, role: str, password: str) -> None:
    """Adds somebody; who is there already keeps his password. Raises ValueError for what is no address."""
    if await ctx.store.one(STAFF_BY_EMAIL, email=email) is None:
        hashed = await ctx.passwords.hash(password)
        await put_staff(ctx.store, ctx.clock, ctx.ids, email, name, role, hashed)


async def put_staff(
    store: Store, clock: Clock, ids: Ids, email: str, name: str, role: str, password_hash: str
) -> bool:
    """Adds somebody, or sets a new password, which ends all that the old one opened; True where he is new.

    Raises ValueError for what is no address.
    """
    address = staff_address(email)
    now = clock.now_ms()
    known = await store.one(STAFF_BY_EMAIL, email=address)
    if known is not None:
        change: dict[str, Value] = {"email": address, "password_hash": password_hash, "at": now}
        await store.commit(Commit([Statement("set_password", change), *ending(known.id, now)]))
        return False
    values: dict[str, Value] = {
        "id": ids.new_id(),
        "role": role,
        "name": name or address.partition("@")[0],
        "locale": "en",
        "email": address,
        "password_hash": password_hash,
        "at": now,
    }
    await store.commit(Commit(adding(values, DEFAULT_CAPACITY, [FIRST_TEAM])))
    return True


def staff_address(email: str) -> str:
    """An address as staff is known by it. Raises ValueError for what is none."""
    try:
        return read_address(email).lower()
    except Invalid:
        raise ValueError(f"{email!r} is no e-mail address.") from None


def adding(values: dict[str, Value], capacity: int, teams: Sequence[int]) -> list[Statement]:
    """Somebody begins to work here, in these teams. `values` are those of `add_staff`."""
    who = {"person_id": values["id"]}
    return [
        Statement("add_staff", values),
        Statement("add_agent", {**who, "capacity": capacity}),
        *[Statement("join_team", {**who, "team_id": team}) for team in teams],
    ]
