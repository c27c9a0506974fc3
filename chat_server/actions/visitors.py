"""Visitors: people who are not signed in. Each has a token of his own, and what he said may become a buyer's."""

from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.actions.sessions import HOUR_MS, SIGNED_OUT
from chat_server.actions.writes import unsigned
from chat_server.domain.errors import LimitReached, NotAllowed, Unauthenticated, WrongState
from chat_server.domain.events import Body, Cut, DeskMoved, Draft, ThreadChanged, pack
from chat_server.domain.hours import is_zone
from chat_server.domain.ids import PersonId, ThreadId, show
from chat_server.domain.people import Actor, Role
from chat_server.domain.secrets import secret_hash
from chat_server.domain.support import MERGE_WINDOW_MS, MERGED
from chat_server.domain.threads import EventKind, Thread
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value


class Newcomer(NamedTuple):
    """A visitor who was just made; his token is not kept anywhere."""

    id: PersonId
    token: str


class _Visitor(NamedTuple):
    id: PersonId
    locale: str
    not_before: int
    created_at: int


_BY_TOKEN: Final = Query("visitor_by_token", _Visitor, light=True)
_ADOPTABLE: Final = Query("adoptable_thread", Thread, light=True)


async def welcome_visitor(ctx: Context, address: str, locale: str, zone: str) -> Newcomer:
    """Somebody new at an address of the network. Raises LimitReached."""
    wait = await ctx.broker.take(f"visitors:{address}", ctx.settings.visitors_per_hour, HOUR_MS)
    if wait:
        raise LimitReached(retry_after_ms=wait)
    visitor, token = PersonId(ctx.ids.new_id()), ctx.ids.new_secret()
    values: dict[str, Value] = {
        "id": visitor,
        "locale": locale,
        "zone": zone if is_zone(zone) else "UTC",
        "at": ctx.clock.now_ms(),
        "hash": secret_hash(token),
        "origin": secret_hash(address).hex(),
    }
    await ctx.store.commit(Commit([Statement("add_visitor", values)]))
    return Newcomer(visitor, token)


async def visitor_of(ctx: Context, token: str) -> tuple[Actor, int]:
    """The caller behind a visitor's token, and when it was given. Raises Unauthenticated."""
    found = await ctx.store.one(_BY_TOKEN, hash=secret_hash(token))
    if found is None:
        raise Unauthenticated
    return Actor(found.id, Role.VISITOR, locale=found.locale), max(
        found.created_at, found.not_before
    )


async def merge(ctx: Context, actor: Actor, token: str, claimed: str) -> ThreadId:
    """A visitor's conversation becomes this buyer's; the token dies with it, so that it happens once.

    `claimed` is the visitor's id that the marketplace put into the buyer's own token.
    Raises Unauthenticated, NotAllowed (`merge_claim`), WrongState (`nothing_to_merge`).
    """
    hashed = secret_hash(token)
    visitor = await ctx.store.one(_BY_TOKEN, hash=hashed)
    if visitor is None:
        raise Unauthenticated
    if actor.role is not Role.BUYER or claimed != show(visitor.id):
        raise NotAllowed("merge_claim")
    thread = await ctx.store.one(_ADOPTABLE, visitor_id=visitor.id)
    if thread is None:
        raise WrongState("nothing_to_merge")
    now = ctx.clock.now_ms()
    who: dict[str, Value] = {
        "me": actor.person_id,
        "visitor_id": visitor.id,
        "thread_id": thread.id,
        "at": now,
    }
    body = pack(Body(code="support.merged"))
    adopting = {
        **who,
        "topic": f"{MERGED}{show(visitor.id)}",
        "since": now - MERGE_WINDOW_MS,
    }
    cut: dict[str, Value] = {"person_id": visitor.id, "code": SIGNED_OUT, "at": now}
    try:
        await ctx.store.commit(
            Commit(
                [
                    Statement("adopt_thread", adopting),
                    unsigned(thread.id, EventKind.STATE, now, "", body),
                    Statement("retire_visitor", {**who, "hash": hashed}),
                    Statement("adopt_rest", adopting, ANY),
                    Statement("adopt_events", who, ANY),
                    Statement("adopt_marks", who, ANY),
                    Statement("adopt_photos", who, ANY),
                    Statement("add_revocation", cut),
                ],
                Draft(thread.id, EventKind.STATE, now, None, "", body),
            )
        )
    except Conflict:
        raise WrongState("nothing_to_merge") from None
    ctx.sink.tell(Cut(visitor.id, signed_out=True))
    ctx.sink.tell(ThreadChanged(thread.id, actor.person_id))
    if thread.team_id is not None:
        ctx.sink.tell(DeskMoved(thread.id, thread.team_id))
    return thread.id
