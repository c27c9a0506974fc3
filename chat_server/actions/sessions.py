"""Proofs of identity that Parley itself gives: socket tickets, inbox links, sessions; and taking them all back."""

from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.errors import NotAllowed, NotFound, Unauthenticated
from chat_server.domain.events import Cut
from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.people import STAFF, Actor, Person, Role, Shop
from chat_server.domain.secrets import secret_hash
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

TICKET_MS: Final = 30_000
"""How long a socket ticket may wait for its hello (PRODUCT: people and identity)."""

INBOX_LINK_MS: Final = 60_000
HOUR_MS: Final = 3_600_000

SIGNED_OUT: Final = 4501
RESYNC: Final = 4001
"""`wire.codes.CloseCode.SIGNED_OUT` and `RESYNC`, as they are kept for the other nodes."""


class SessionRecord(NamedTuple):
    """A browser that is signed in."""

    person_id: PersonId
    role: str
    created_at: int
    expires_at: int
    name: str
    locale: str


class Given(NamedTuple):
    """A secret that was just made; it is not kept anywhere."""

    secret: str
    expires_at: int


class Admission(NamedTuple):
    """Who comes in by a ticket."""

    actor: Actor
    person: Person
    revoked: int
    """The newest revocation that was known then: older ones are none of this socket's business."""


PERSON_BY_KEY: Final = Query("person_by_external_id", Person, light=True)
PERSON: Final = Query("person_by_id", Person, light=True)
SHOPS: Final = Query("shops_of_person", Shop, light=True)
_TEAMS: Final = Query("teams_of_person", lambda team_id: int(team_id), light=True)
_SESSION: Final = Query("session_by_hash", SessionRecord, light=True)


async def shops_of(ctx: Context, person_id: PersonId) -> list[Shop]:
    """Where this person sells, as the backend put it."""
    return await ctx.store.all(SHOPS, person_id=person_id)


async def teams_of(ctx: Context, person_id: PersonId) -> frozenset[int]:
    """Where this agent works."""
    return frozenset(await ctx.store.all(_TEAMS, person_id=person_id))


async def actor_of(
    ctx: Context, person: Person, role: Role, *, expires_at: int | None, key_id: str = ""
) -> Actor:
    """The person as a caller, with the shops that the backend put him in, or the teams that he works in."""
    return await _caller(ctx, person.id, role, person.locale, expires_at, key_id)


async def _caller(
    ctx: Context,
    person_id: PersonId,
    role: Role,
    locale: str,
    expires_at: int | None,
    key_id: str = "",
) -> Actor:
    if role in STAFF:
        teams = await teams_of(ctx, person_id)
        return Actor(person_id, role, locale=locale, expires_at_ms=expires_at, teams=teams)
    shops = frozenset(ShopId(shop.id) for shop in await shops_of(ctx, person_id))
    return Actor(person_id, role, shops, locale, expires_at, key_id)


async def give_ticket(ctx: Context, actor: Actor, proof_at: int) -> Given:
    """Opens one socket for this caller, once, within 30 s. `proof_at` is when his own proof was given."""
    now = ctx.clock.now_ms()
    secret = ctx.ids.new_secret()
    values: dict[str, Value] = {
        "hash": secret_hash(secret),
        "person_id": actor.person_id,
        "role": actor.role,
        "key_id": actor.key_id,
        "proof_at": proof_at,
        "proof_until": actor.expires_at_ms,
        "expires_at": now + TICKET_MS,
    }
    await ctx.store.commit(Commit([Statement("add_ticket", values)]))
    return Given(secret, now + TICKET_MS)


async def take_ticket(ctx: Context, secret: str) -> Admission:
    """Whom a ticket was given to; it is used up. Raises Unauthenticated for all that is wrong with it."""
    taking = Statement("take_ticket", {"hash": secret_hash(secret), "at": ctx.clock.now_ms()})
    try:
        applied = await ctx.store.commit(Commit([taking]))
    except Conflict:
        raise Unauthenticated from None
    row = applied.rows[0]
    assert row is not None
    person_id, role, key_id, proof_until, revoked = row
    if key_id and key_id not in ctx.settings.jwt_keys:
        raise Unauthenticated  # The key behind it was taken away meanwhile.
    person = await ctx.store.one(PERSON, person_id=person_id)
    assert person is not None
    actor = await actor_of(ctx, person, Role(role), expires_at=proof_until, key_id=key_id)
    return Admission(actor, person, revoked)


async def give_inbox_link(ctx: Context, external_id: str) -> Given:
    """Signs a seller in, once, within 60 s. Raises NotFound, or NotAllowed for who sells nowhere."""
    person = await ctx.store.one(PERSON_BY_KEY, external_id=external_id)
    if person is None:
        raise NotFound
    if not await shops_of(ctx, person.id):
        raise NotAllowed("no_shop")
    now = ctx.clock.now_ms()
    secret = ctx.ids.new_secret()
    values: dict[str, Value] = {
        "hash": secret_hash(secret),
        "person_id": person.id,
        "created_at": now,
        "expires_at": now + INBOX_LINK_MS,
    }
    await ctx.store.commit(Commit([Statement("add_inbox_link", values)]))
    return Given(secret, now + INBOX_LINK_MS)


async def open_inbox(ctx: Context, secret: str) -> tuple[Given, Person]:
    """A session in exchange for an inbox link, which is used up. Raises Unauthenticated."""
    now = ctx.clock.now_ms()
    session = ctx.ids.new_secret()
    until = now + ctx.settings.session_hours * HOUR_MS
    try:
        applied = await ctx.store.commit(
            Commit(
                [
                    Statement("take_inbox_link", {"hash": secret_hash(secret), "at": now}),
                    Statement(
                        "add_session",
                        {
                            "hash": secret_hash(session),
                            "role": Role.SELLER,
                            "created_at": now,
                            "expires_at": until,
                        },
                    ),
                ]
            )
        )
    except Conflict:
        raise Unauthenticated from None
    row = applied.rows[0]
    assert row is not None
    person = await ctx.store.one(PERSON, person_id=row[0])
    assert person is not None
    return Given(session, until), person


async def session_of(ctx: Context, secret: str) -> tuple[Actor, int]:
    """The caller behind a session cookie, and when it was given. Raises Unauthenticated."""
    found = await ctx.store.one(_SESSION, hash=secret_hash(secret), at=ctx.clock.now_ms())
    if found is None:
        raise Unauthenticated
    actor = await _caller(ctx, found.person_id, Role(found.role), found.locale, found.expires_at)
    return actor, found.created_at


async def close_session(ctx: Context, secret: str) -> None:
    """This browser is signed out, and its sockets with it; one that is signed out already is fine."""
    try:
        actor, _ = await session_of(ctx, secret)
        who: dict[str, Value] = {"person_id": actor.person_id}
        cut = {**who, "code": RESYNC, "at": ctx.clock.now_ms()}
        await ctx.store.commit(
            Commit(
                [
                    Statement("drop_session", {"hash": secret_hash(secret)}),
                    Statement("drop_session_tickets", who, ANY),
                    Statement("add_revocation", cut),
                ]
            )
        )
    except (Unauthenticated, Conflict):
        return
    ctx.sink.tell(Cut(actor.person_id, signed_out=False))


async def sign_out(ctx: Context, external_id: str) -> None:
    """All that this person was given before now proves nothing, on every node. Raises NotFound."""
    person = await ctx.store.one(PERSON_BY_KEY, external_id=external_id)
    if person is None:
        raise NotFound
    now = ctx.clock.now_ms()
    who: dict[str, Value] = {"person_id": person.id, "at": now}
    await ctx.store.commit(
        Commit(
            [Statement("sign_out", who), Statement("add_revocation", {**who, "code": SIGNED_OUT})]
        )
    )
    ctx.sink.tell(Cut(person.id, signed_out=True))
