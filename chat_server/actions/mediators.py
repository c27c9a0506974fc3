"""Mediators: the docket of cases, what belongs to one, and looking into the conversations of its parties."""

from typing import Final, NamedTuple

from chat_server.actions.audit import looked
from chat_server.actions.context import Context
from chat_server.actions.disputes import Case, access_dispute, page_of
from chat_server.actions.permissions import admit
from chat_server.actions.threads import Place, order_cards
from chat_server.domain.errors import NotFound
from chat_server.domain.events import Event
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.orders import DAY_MS, Line, OrderCard
from chat_server.domain.people import Actor, Role
from chat_server.ports import Query

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


class _Lately(NamedTuple):
    by_buyer: int
    against_shop: int


_DOCKET: Final = Query("docket", lambda id, place: Place(place, id))
_COUNTS: Final = Query("docket_counts", Counts)
_THREADS: Final = Query("case_threads", CaseThread)
_LATELY: Final = Query("disputes_lately", _Lately)
_EVENTS: Final = Query("events_after", Event)


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
    orders = await order_cards(ctx, buyer, [dispute.order_id])
    return Belongings(orders[dispute.order_id], threads, *(lately or _Lately(0, 0)))


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
