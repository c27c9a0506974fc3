"""What the desk sees: lists of threads, the numbers beside them, one thread with all that belongs to it."""

import json
from typing import Final, NamedTuple

from chat_server.actions.access import access_desk
from chat_server.actions.audit import looked
from chat_server.actions.context import Context
from chat_server.actions.moves import teams_by_id
from chat_server.actions.threads import END_OF_TIME, Place, order_cards
from chat_server.domain.desk import AgentRow, Attempt, Count, Customer, DeskCard, Episode, Team
from chat_server.domain.errors import NotFound
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.orders import Line, OrderCard
from chat_server.domain.people import Actor, Role
from chat_server.domain.support import BUSY_MS, State
from chat_server.ports import Query, Value

OFFLINE: Final = 2 * 10**15
"""Those who wait for the opening stand behind all who are queued."""

RECENT_ORDERS: Final = 10


class Wanted(NamedTuple):
    """Which threads a list is to show; None and empty take all."""

    name: str
    team_id: int | None = None
    agent_id: int | None = None
    label: str = ""
    priority: int | None = None


class Page(NamedTuple):
    """A page of a list, and where the next one begins."""

    cards: list[DeskCard]
    next: Place | None


class Numbers(NamedTuple):
    """All that is counted, at one moment."""

    counts: list[Count]
    agents: list[AgentRow]
    members: list[tuple[int, int]]
    """Person and team."""
    teams: dict[int, Team]
    now: int


class Background(NamedTuple):
    """What an agent wants to know beside a thread."""

    customer: Customer
    email: str
    orders: list[tuple[OrderCard, list[Line]]]
    threads: list[DeskCard]
    attempts: list[Attempt]
    questions: dict[str, str]
    """Entries of the FAQ that were tried, in the reader's words."""
    episodes: list[Episode]


def _place(id: int, at: int) -> Place:
    return Place(at, id)


_CARDS: Final = Query("desk_cards", DeskCard)
_COUNTS: Final = Query("desk_counts", Count)
_AGENTS: Final = Query("desk_agents", AgentRow)
_MEMBERS: Final = Query("memberships", lambda person_id, team_id: (int(person_id), int(team_id)))
_OF_CUSTOMER: Final = Query("desk_of_customer", lambda id: ThreadId(id))
_ATTEMPTS: Final = Query("bot_attempts", Attempt)
_EPISODES: Final = Query("episodes_of", Episode)
_CUSTOMER: Final = Query("customer_by_id", Customer, light=True)
_ORDERS: Final = Query("order_ids_of_buyer", lambda *place: int(place[0]), light=True)
_EMAIL: Final = Query("contact_email", lambda email: str(email), light=True)

_LISTS: Final = {
    "mine": Query("desk_mine", _place),
    "unassigned": Query("desk_unassigned", _place),
    "all": Query("desk_open", _place),
    "snoozed": Query("desk_in_state", _place),
    "resolved": Query("desk_in_state", _place),
    "bot": Query("desk_in_state", _place),
}
_STATES: Final = {"snoozed": State.SNOOZED, "resolved": State.RESOLVED, "bot": State.BOT}


async def page(
    ctx: Context, actor: Actor, wanted: Wanted, before: Place | None, limit: int
) -> Page:
    """A page of a list: the queue in its order, all others by their newest activity."""
    params: dict[str, Value] = {
        **_reach(actor),
        "team_id": wanted.team_id,
        "agent_id": wanted.agent_id,
        "label": wanted.label,
        "priority": wanted.priority,
        "limit": limit + 1,
    }
    if wanted.name == "unassigned":
        place = before or Place(-(2**62), 0)
        params |= {"after_key": place.at, "after_id": place.id, "offline": OFFLINE}
    else:
        place = before or END_OF_TIME
        params |= {"before_at": place.at, "before_id": place.id}
    if wanted.name in _STATES:
        params["state"] = _STATES[wanted.name]
    places = await ctx.store.all(_LISTS[wanted.name], **params)
    cards = await cards_of(ctx, actor.person_id, [p.id for p in places[:limit]])
    return Page(cards, places[limit - 1] if len(places) > limit else None)


def _reach(actor: Actor) -> dict[str, Value]:
    """Whose threads somebody sees, as queries ask it."""
    return {"me": actor.person_id, "everything": int(actor.role is Role.SUPERVISOR)}


async def cards_of(ctx: Context, me: int, ids: list[int]) -> list[DeskCard]:
    """These threads in the order given. Who may see them was asked before."""
    if not ids:
        return []
    found = {c.id: c for c in await ctx.store.all(_CARDS, ids=json.dumps(ids), me=me)}
    return [found[ThreadId(i)] for i in ids if i in found]


async def card_of(ctx: Context, actor: Actor, thread_id: ThreadId) -> DeskCard:
    """One thread. Raises NotFound."""
    await access_desk(ctx, actor, thread_id)
    cards = await cards_of(ctx, actor.person_id, [thread_id])
    if not cards:
        raise NotFound
    return cards[0]


async def look_at(ctx: Context, actor: Actor, thread_id: ThreadId) -> DeskCard:
    """One thread, which somebody opens: that he did is kept. Raises NotFound."""
    card = await card_of(ctx, actor, thread_id)
    await looked(ctx, actor, thread_id)
    return card


async def numbers(ctx: Context) -> Numbers:
    """All that is counted, of all teams."""
    now = ctx.clock.now_ms()
    return Numbers(
        await ctx.store.all(_COUNTS),
        await ctx.store.all(_AGENTS, busy_since=now - BUSY_MS),
        await ctx.store.all(_MEMBERS),
        await teams_by_id(ctx),
        now,
    )


async def background(ctx: Context, actor: Actor, thread_id: ThreadId) -> Background:
    """What an agent wants to know beside a thread. Raises NotFound."""
    desk = await access_desk(ctx, actor, thread_id)
    await looked(ctx, actor, thread_id)
    customer = await ctx.store.one(_CUSTOMER, person_id=desk.customer_id)
    assert customer is not None
    others = await ctx.store.all(
        _OF_CUSTOMER, customer_id=desk.customer_id, thread_id=thread_id, **_reach(actor)
    )
    attempts = await ctx.store.all(_ATTEMPTS, thread_id=thread_id)
    return Background(
        customer,
        await ctx.store.one(_EMAIL, thread_id=thread_id) or "",
        await _orders_of(ctx, desk.customer_id),
        await cards_of(ctx, actor.person_id, list(others)),
        attempts,
        await _questions(ctx, actor, attempts),
        await ctx.store.all(_EPISODES, thread_id=thread_id),
    )


async def _orders_of(ctx: Context, customer_id: PersonId) -> list[tuple[OrderCard, list[Line]]]:
    ids = await ctx.store.all(
        _ORDERS,
        me=customer_id,
        before_at=END_OF_TIME.at,
        before_id=END_OF_TIME.id,
        limit=RECENT_ORDERS,
    )
    found = await order_cards(ctx, Actor(customer_id, Role.BUYER), ids)
    return [found[i] for i in ids if i in found]


async def _questions(ctx: Context, actor: Actor, attempts: list[Attempt]) -> dict[str, str]:
    if not ctx.settings.bot or not attempts:
        return {}
    entries = (await ctx.faq.bot(ctx.store)).entries
    tried = {name for a in attempts for name in (a.entry, a.runner_up) if name in entries}
    language = actor.locale
    return {
        name: entries[name].wordings[entries[name].nearest(language)].question for name in tried
    }
