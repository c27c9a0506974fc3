"""Mail as statements: what goes into the outbox, where answers go while their reader is away, and his way back."""

from typing import Final, NamedTuple

from chat_server.actions import letters
from chat_server.actions.access import access_thread
from chat_server.actions.brand import brand
from chat_server.actions.context import Context
from chat_server.actions.letters import Kind, Parts
from chat_server.actions.sessions import PERSON, RESYNC
from chat_server.domain.errors import NotAllowed, QuotaReached, Stale, Unauthenticated, WrongState
from chat_server.domain.events import Cut
from chat_server.domain.hours import is_zone
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.mail import (
    ADDRESSES_A_DAY,
    ANSWER_WAITS_MS,
    MOST_ANSWERS,
    read_address,
)
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor, Person, Side
from chat_server.domain.secrets import secret_hash
from chat_server.domain.threads import ThreadKind
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

ANSWERS: Final = "support.mail"
"""The deadline of a support thread by which unread answers are mailed."""

RETURN_MS: Final = 7 * DAY_MS
"""How long a link back to a conversation works: as long as writing there reopens it."""


class _Contact(NamedTuple):
    email: str
    mailed_seq: int
    customer_id: PersonId
    kind: str
    locale: str
    known: int
    """The newest message that he has read or been mailed."""


class _Said(NamedTuple):
    seq: int
    text: str


class Returned(NamedTuple):
    """A visitor who followed a link; his token is not kept anywhere."""

    person: Person
    token: str
    thread_id: ThreadId


_CONTACT: Final = Query("contact_of", _Contact, light=True)
_ANSWERS: Final = Query("answers_to_mail", _Said, light=True)


def can_mail(ctx: Context) -> bool:
    """Whether a mail server has been set."""
    return bool(ctx.settings.smtp)


def require_mail(ctx: Context) -> None:
    """Raises WrongState (`no_mail`) where none has."""
    if not can_mail(ctx):
        raise WrongState("no_mail")


def queued(ctx: Context, kind: Kind, to: str, locale: str, parts: Parts) -> Statement:
    """Puts a mail into the outbox. Whoever commits it says so (`mail_is_queued`)."""
    return Statement("queue_mail", {**mail_values(ctx, kind, locale, parts), "to_address": to})


def mail_values(ctx: Context, kind: Kind, locale: str, parts: Parts) -> dict[str, Value]:
    """A mail's row, but for whom it goes to."""
    return {
        "id": ctx.ids.new_id(),
        "kind": kind.value,
        "locale": locale,
        "at": ctx.clock.now_ms(),
        **parts._asdict(),
    }


def mail_is_queued(ctx: Context) -> None:
    """It was committed: it may leave at once."""
    ctx.mail_queued.set()


async def put_contact(
    ctx: Context, actor: Actor, thread_id: ThreadId, email: str, zone: str
) -> None:
    """From now on answers of support that he does not read within two minutes are mailed.

    Raises NotFound, NotAllowed (`only_support`), WrongState (`no_mail`), Invalid (`email`), QuotaReached
    (`addresses`).
    """
    await _access_support(ctx, actor, thread_id)
    require_mail(ctx)
    address, now = read_address(email), ctx.clock.now_ms()
    values: dict[str, Value] = {
        "thread_id": thread_id,
        "me": actor.person_id,
        "email": address,
        "day": now // DAY_MS,
        "address": secret_hash(address.lower()),
        "most": ADDRESSES_A_DAY,
        "at": now,
        "zone": zone,
    }
    statements = [Statement("note_address", values), Statement("put_contact", values)]
    if is_zone(zone):
        statements.append(Statement("put_visitor_zone", values, ANY))
    try:
        await ctx.store.commit(Commit(statements))
    except Conflict as error:
        if error.statement != "note_address":
            raise
        raise QuotaReached("addresses", retry_after_ms=DAY_MS - now % DAY_MS) from None


async def drop_contact(ctx: Context, actor: Actor, thread_id: ThreadId) -> None:
    """Nothing of this thread is mailed any more. Raises NotFound, NotAllowed (`only_support`)."""
    await _access_support(ctx, actor, thread_id)
    await ctx.store.commit(Commit([Statement("drop_contact", {"thread_id": thread_id}, ANY)]))


async def _access_support(ctx: Context, actor: Actor, thread_id: ThreadId) -> None:
    thread, side = await access_thread(ctx, actor, thread_id)
    if thread.kind != ThreadKind.SUPPORT or side is not Side.CUSTOMER:
        raise NotAllowed("only_support")


def contact_statements(thread_id: int, now: int) -> list[Statement]:
    """For the Commit of an agent's message: it is mailed unless its reader comes back within two minutes."""
    waits: dict[str, Value] = {"thread_id": thread_id, "mail_due": now + ANSWER_WAITS_MS}
    return [Statement("ask_mail", waits, ANY)]


async def mail_answers(ctx: Context, thread_id: int, revision: int) -> bool:
    """Two minutes have passed: what has not been read goes by mail, once. False where there is nothing to mail.

    Raises Stale where another node mails it, or the address changes meanwhile: who gave a new one still waits.
    """
    contact = await ctx.store.one(_CONTACT, thread_id=thread_id)
    if contact is None or not can_mail(ctx):
        return False
    place: dict[str, Value] = {"thread_id": thread_id, "known": contact.known}
    said = await ctx.store.all(_ANSWERS, **place, limit=MOST_ANSWERS + 1)
    if not said:
        return False
    firing: dict[str, Value] = {"kind": ANSWERS, "subject_id": thread_id, "revision": revision}
    moving: dict[str, Value] = {
        "thread_id": thread_id,
        "seq": said[0].seq,
        "mailed_seq": contact.mailed_seq,
        "email": contact.email,
    }
    mailing = await _mailing(ctx, contact, thread_id, said)
    claim = [Statement("fire_deadline", firing), Statement("move_mailed", moving)]
    try:
        await ctx.store.commit(Commit([*claim, *mailing], bulk=True))
    except Conflict:
        raise Stale from None
    mail_is_queued(ctx)
    return True


async def _mailing(
    ctx: Context, contact: _Contact, thread_id: int, said: list[_Said]
) -> list[Statement]:
    """A visitor's mail has a way back that works once; a buyer signs in at his marketplace."""
    settings, links, once = ctx.settings, [], contact.kind == "visitor"
    link = settings.marketplace_url or settings.public_url
    if once:
        secret, adding = made_link(ctx, "return", contact.customer_id, RETURN_MS, thread_id)
        links, link = [adding], f"{settings.public_url}/talk#{secret}"
    parts = letters.answers(
        await brand(ctx),
        contact.locale,
        [text for _, text in reversed(said[:MOST_ANSWERS])],
        link=link,
        more=len(said) > MOST_ANSWERS,
        once=once,
    )
    return [*links, queued(ctx, Kind.ANSWERS, contact.email, contact.locale, parts)]


def made_link(
    ctx: Context, kind: str, person_id: int, life_ms: int, thread_id: int | None = None
) -> tuple[str, Statement]:
    """The secret of a link that works once, and the statement that keeps its hash."""
    secret, now = ctx.ids.new_secret(), ctx.clock.now_ms()
    row: dict[str, Value] = {
        "hash": secret_hash(secret),
        "kind": kind,
        "person_id": person_id,
        "thread_id": thread_id,
        "at": now,
        "expires_at": now + life_ms,
    }
    return secret, Statement("add_mail_link", row)


async def come_back(ctx: Context, secret: str) -> Returned:
    """A new token for the visitor to whom a link was mailed; the link is used up, and his old token dead.

    Raises Unauthenticated for all that is wrong with it.
    """
    token, now = ctx.ids.new_secret(), ctx.clock.now_ms()
    taking: dict[str, Value] = {"hash": secret_hash(secret), "at": now}
    try:
        applied = await ctx.store.commit(
            Commit(
                [
                    Statement("take_return_link", taking),
                    Statement("renew_visitor", {"token_hash": secret_hash(token), "at": now}),
                    Statement("add_revocation", {"code": RESYNC, "at": now}),
                ]
            )
        )
    except Conflict:
        raise Unauthenticated from None
    row = applied.rows[0]
    assert row is not None
    # He may have come back to where he is connected already: that page takes up its new token by itself.
    ctx.sink.tell(Cut(row[0], signed_out=False))
    person = await ctx.store.one(PERSON, person_id=row[0])
    assert person is not None
    return Returned(person, token, row[1])
