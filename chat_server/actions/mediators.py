"""Mediators: the docket of cases, what belongs to one, looking into its conversations, a word in its own."""

from typing import Final, NamedTuple

from chat_server.actions.audit import looked
from chat_server.actions.context import Context
from chat_server.actions.disputes import DISPUTE, Case, access_dispute, page_of, refuse
from chat_server.actions.disputing import SERVED
from chat_server.actions.messages import Message, Receipt, hash_of, receipt
from chat_server.actions.moves import name_of, public_name
from chat_server.actions.permissions import admit
from chat_server.actions.threads import Place, order_cards
from chat_server.actions.writes import was_written
from chat_server.domain.dispute_faults import Fault
from chat_server.domain.disputes import FINAL, State
from chat_server.domain.errors import KeyReused, NotFound, Stale
from chat_server.domain.events import Body, Draft, Event, pack
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.messages import check_content
from chat_server.domain.orders import DAY_MS, Line, OrderCard
from chat_server.domain.people import Actor, Role
from chat_server.domain.threads import EventKind
from chat_server.ports import Commit, Conflict, Query, Statement, Value

PAGE: Final = 20
YEAR_MS: Final = 365 * DAY_MS
LOOKS_UNTIL_MS: Final = 30 * DAY_MS
"""So long after a case is over its mediator may look into what belongs to it (PRODUCT: threads)."""


class Counts(NamedTuple):
    """How many cases there are."""

    mediation: int
    late: int
    refunds: int
    mine: int


class CaseThread(NamedTuple):
    """A conversation of the two about this order or its products."""

    id: int
    kind: str
    title: str
    last_seq: int


class Belongings(NamedTuple):
    """What belongs to a case beside the dispute itself."""

    order: tuple[OrderCard, list[Line]]
    threads: list[CaseThread]
    by_buyer: int
    against_shop: int
    mediator: tuple[int, str] | None
    """Who has the case."""
    has_served: bool
    """Whether who asks has answered one of the two in support since the order: he may not have the case."""


class _Lately(NamedTuple):
    by_buyer: int
    against_shop: int


class _Earlier(NamedTuple):
    thread_id: int
    seq: int
    at: int
    body_hash: bytes
    body: str


_DOCKET: Final = Query("docket", lambda id, place: Place(place, id))
_COUNTS: Final = Query("docket_counts", Counts)
_THREADS: Final = Query("case_threads", CaseThread)
_LATELY: Final = Query("disputes_lately", _Lately)
_EVENTS: Final = Query("events_after", Event)
_EARLIER: Final = Query("event_by_client_key", _Earlier, light=True)


async def docket(
    ctx: Context, actor: Actor, show: str, after: Place | None
) -> tuple[list[Case], Counts, Place | None]:
    """Cases by what is due first: `mediation`, `late`, `mine`, or `refunds` that are late or failed.

    Raises NotAllowed.
    """
    await admit(ctx, actor, "mediate")
    at, above = after or (0, 0)
    places = await ctx.store.all(
        _DOCKET,
        state="refund_pending" if show == "refunds" else "mediation",
        alarmed=int(show in ("late", "refunds")),
        mediator_id=actor.person_id if show == "mine" else None,
        after=at,
        after_id=above,
        limit=PAGE + 1,
    )
    found, following = await page_of(ctx, places)
    counts = await ctx.store.one(_COUNTS, me=actor.person_id)
    return found, counts or Counts(0, 0, 0, 0), following


async def belongings(ctx: Context, actor: Actor, dispute_id: int) -> Belongings:
    """The order, the conversations and the past of a case. Raises NotFound."""
    stored, _ = await access_dispute(ctx, actor, dispute_id)
    dispute = stored.dispute
    parties = {"buyer_id": dispute.buyer_id, "shop_id": dispute.shop_id}
    threads = await ctx.store.all(_THREADS, order_id=dispute.order_id, **parties)
    since = ctx.clock.now_ms() - YEAR_MS
    lately = await ctx.store.one(_LATELY, since=since, **parties)
    buyer = Actor(PersonId(dispute.buyer_id), Role.BUYER)
    order = (await order_cards(ctx, buyer, [dispute.order_id]))[dispute.order_id]
    served = await ctx.store.one(SERVED, me=actor.person_id, since=order[0].placed_at, **parties)
    who = dispute.mediator_id
    mediator = (who, await name_of(ctx, who)) if who is not None else None
    return Belongings(order, threads, *(lately or _Lately(0, 0)), mediator, bool(served))


async def read_thread(
    ctx: Context, actor: Actor, dispute_id: int, thread_id: ThreadId, after: int, limit: int
) -> list[Event]:
    """Events of a conversation that belongs to a case; each look is logged. Raises NotFound."""
    stored, _ = await access_dispute(ctx, actor, dispute_id)
    dispute = stored.dispute
    closed = dispute.closed_at
    if closed is not None and ctx.clock.now_ms() >= closed + LOOKS_UNTIL_MS:
        raise NotFound
    parties = {"buyer_id": dispute.buyer_id, "shop_id": dispute.shop_id}
    threads = await ctx.store.all(_THREADS, order_id=dispute.order_id, **parties)
    if thread_id not in {thread.id for thread in threads}:
        raise NotFound
    await looked(ctx, actor, thread_id)
    return await ctx.store.all(_EVENTS, thread_id=thread_id, after=after, limit=limit)


async def say(ctx: Context, actor: Actor, dispute_id: int, client_key: str, text: str) -> Receipt:
    """Words of a mediator to both parties of his case, while it is his to decide. A retry says nothing twice.

    Raises NotFound, NotAllowed (`not_mediator`), WrongState (`not_now`, `dispute_closed`), Invalid, KeyReused.
    """
    stored, _ = await access_dispute(ctx, actor, dispute_id)
    thread_id = ThreadId(stored.dispute.thread_id)
    if not text.strip():
        refuse(Fault.TEXT_NEEDED)
    message = Message(thread_id, client_key, text)
    commit = _posting(actor, message, ctx.clock.now_ms(), await public_name(ctx, actor.person_id))
    try:
        return receipt(commit, await ctx.store.commit(commit))
    except Conflict:
        return await _settle(ctx, actor, dispute_id, message)


def _posting(actor: Actor, message: Message, now: int, name: str) -> Commit:
    """The write that posts it; that the case is his is a condition of its first statement."""
    check_content(message.text, 0)
    thread_id, key, me = message.thread_id, message.client_key, actor.person_id
    body = pack(Body(name=name)) if name else ""
    values: dict[str, Value] = {
        "thread_id": thread_id,
        "me": me,
        "at": now,
        "client_key": key,
        "target": None,
        "kind": int(EventKind.POSTED),
        "author_id": me,
        "text": message.text,
        "body": body,
        "body_hash": hash_of(message),
    }
    statements = [Statement("mediators_room", values), Statement("insert_event", values)]
    draft = Draft(thread_id, EventKind.POSTED, now, me, message.text, body, None, key)
    return Commit(statements, draft)


async def _settle(ctx: Context, actor: Actor, dispute_id: int, message: Message) -> Receipt:
    """Why his words touched no row: said before (the first receipt again), or not his to say (raises)."""
    found = await ctx.store.one(_EARLIER, client_key=message.client_key, me=actor.person_id)
    if found is not None:
        if found.body_hash != hash_of(message):
            raise KeyReused
        return Receipt(found.thread_id, found.seq, found.at)
    await was_written(ctx, actor, message.client_key, hash_of(message))
    stored = await ctx.store.one(DISPUTE, dispute_id=dispute_id)
    assert stored is not None
    dispute = stored.dispute
    if dispute.mediator_id != actor.person_id:
        refuse(Fault.NOT_MEDIATOR)
    if dispute.state is not State.MEDIATION:
        refuse(Fault.CLOSED if dispute.state in FINAL else Fault.NOT_NOW)
    raise Stale
