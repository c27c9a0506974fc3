"""Support threads and the bot's part in them: a question is answered once, by whichever node gets there first."""

from typing import Final, NamedTuple

from bot.answer import Answer, Why
from bot.answer import HandOff as WantsPerson
from bot.answer import Outcome as Turn
from chat_server.actions import routing
from chat_server.actions.access import DESK, access_thread
from chat_server.actions.context import Context
from chat_server.actions.faq import Link
from chat_server.actions.moves import offline_text, team_for, teams_by_id
from chat_server.actions.replies import Reader, Reply, kept, offer, reply, too_many
from chat_server.actions.threads import END_OF_TIME, Place, order_cards, spend_thread
from chat_server.actions.writes import unsigned
from chat_server.domain.desk import Desk
from chat_server.domain.errors import Invalid, NotAllowed, WrongState
from chat_server.domain.events import Body, Card, Draft, pack, unpack
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.orders import OrderCard, OrderState
from chat_server.domain.people import Actor, Role, Side
from chat_server.domain.support import (
    OFFER_AFTER_UNHELPFUL,
    TOPICS,
    WISH,
    Cause,
    Outcome,
    State,
    entry_of,
)
from chat_server.domain.threads import EventKind, Thread
from chat_server.i18n import language_of, opening_phrase, shipped
from chat_server.ports import Commit, Conflict, Query, Statement, Value

RECENT_ORDERS: Final = 20
MOST_ORDERS: Final = 3
SUGGESTED: Final = ("order_status", "return_how", "refund_time", "not_received", "contact_seller")
"""What Home suggests; of entries that somebody removed, others take the place."""

MOST_LINKS: Final = 5


class _Question(NamedTuple):
    thread_id: ThreadId
    customer_id: PersonId
    answered: int
    misses: int
    kind: str
    locale: str
    zone: str
    state: str
    seq: int
    text: str
    body: str
    withdrawn_at: int | None


class _Turn(NamedTuple):
    language: str
    helpful: int | None
    body: str
    state: str
    unhelpful: int


_THREAD: Final = Query("support_thread", Thread, light=True)
_QUESTION: Final = Query("open_question", _Question, light=True)
_TURN: Final = Query("turn_of", _Turn, light=True)
_OF_BUYER: Final = Query("order_ids_of_buyer", lambda id, at: Place(at, id), light=True)


async def open_support_thread(ctx: Context, actor: Actor, topic: str) -> Thread:
    """The thread of this person with support about a topic; made where there is none.

    Raises Invalid (`topic`), LimitReached.
    """
    pair: dict[str, Value] = {"customer_id": actor.person_id, "topic": topic}
    known = await ctx.store.one(_THREAD, **pair)
    if known is not None:
        return known
    if topic not in TOPICS:
        raise Invalid("topic")
    await spend_thread(ctx, actor)
    values = {
        **pair,
        "id": ctx.ids.new_id(),
        "team_id": await team_for(ctx, topic, actor.locale),
        "at": ctx.clock.now_ms(),
    }
    try:
        await ctx.store.commit(Commit([Statement("open_support_thread", values)]))
    except Conflict:
        pass  # Another of his devices was faster; what it opened is what we return.
    opened = await ctx.store.one(_THREAD, **pair)
    assert opened is not None
    return opened


async def attend(ctx: Context, thread_id: ThreadId) -> None:
    """A customer wrote: whoever answers the thread is told, but for an agent, who sees it himself."""
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None:
        return
    if desk.state in (State.RESOLVED, State.SNOOZED):
        await routing.welcome_back(ctx, desk)
        desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None or desk.state not in (State.BOT, State.QUEUED_OFFLINE):
        return
    if ctx.settings.bot:
        await answer_all(ctx, thread_id)
    elif desk.state == State.BOT:
        await _ask_at_once(ctx, desk)


async def _ask_at_once(ctx: Context, desk: Desk) -> None:
    """Without a bot there is nobody else to answer."""
    try:
        await routing.ask(ctx, desk, desk.last_seq, Cause.DIRECT, "")
    except Conflict:
        pass  # Another node was faster.


async def answer_all(ctx: Context, thread_id: ThreadId) -> None:
    """Answers what a thread asks, question by question, until another does it or nothing is left."""
    while True:
        question = await ctx.store.one(_QUESTION, thread_id=thread_id)
        if question is None:
            return
        try:
            await _answer(ctx, thread_id, question)
        except Conflict:
            continue  # Another node was faster, or the customer took it back: look again.


async def _answer(ctx: Context, thread_id: ThreadId, question: _Question) -> None:
    said = await _decide(ctx, question) if question.withdrawn_at is None else None
    now = ctx.clock.now_ms()
    place: dict[str, Value] = {
        "thread_id": thread_id,
        "question": question.seq,
        "before": question.answered,
        "at": now,
    }
    if said is None:
        await ctx.store.commit(Commit([Statement("pass_question", place)]))
        return
    if said.outcome is Outcome.HANDOFF:
        if question.state == State.BOT:
            await _hand_off(ctx, thread_id, question, said, now)
            return
        said = await _told_again(ctx, thread_id, said, now)
    body = pack(Body(card=said.card))
    await ctx.store.commit(
        Commit(
            [
                Statement("bot_turn", {**place, "misses": said.misses}),
                unsigned(thread_id, EventKind.POSTED, now, said.text, body),
                Statement("add_turn", {**place, **kept(said.why), "outcome": said.outcome}),
            ],
            Draft(thread_id, EventKind.POSTED, now, None, said.text, body),
        )
    )


async def _told_again(ctx: Context, thread_id: ThreadId, said: Reply, now: int) -> Reply:
    """Who waits for the opening and asks for a person once more is told again when people are back."""
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None or desk.state != State.QUEUED_OFFLINE:
        raise Conflict("bot_turn")
    team = (await teams_by_id(ctx))[desk.team_id]
    return said._replace(text=offline_text(ctx, team, desk, now), card=Card("offline"))


async def _hand_off(
    ctx: Context, thread_id: ThreadId, question: _Question, said: Reply, now: int
) -> None:
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None or desk.state != State.BOT:
        raise Conflict("move_thread")
    turn: dict[str, Value] = {
        **kept(said.why),
        "thread_id": thread_id,
        "question": question.seq,
        "at": now,
        "outcome": said.outcome,
    }
    turned = Statement("add_turn", turn)
    await routing.ask(ctx, desk, question.seq, Cause.WISH, said.why.language, turned)


async def _decide(ctx: Context, question: _Question) -> Reply:
    bot = await ctx.faq.bot(ctx.store)
    language = language_of(question.locale)
    pick = unpack(question.body).pick
    if pick == WISH:
        why = Why(language=language, probability=1.0, rule="button")
        return await _wished(ctx, question, Reply(Outcome.HANDOFF, why))
    reader = await _reader(ctx, question)
    entry = entry_of(pick)
    if entry in bot.entries:
        # The words of a button are the entry's own, so that they tell the language that was picked in.
        spoken = bot.spoken(question.text, language)
        why = Why(language=spoken, probability=1.0, entry=entry, rule="button")
        turn: Turn = (
            WantsPerson("entry", why) if bot.entries[entry].ask_human else Answer(entry, why)
        )
    else:
        turn = bot.turn(question.text, language, misses=question.misses)
    return await _wished(ctx, question, reply(bot, turn, reader, question.misses))


async def _wished(ctx: Context, question: _Question, said: Reply) -> Reply:
    """A hand-off, unless too many of this visitor's or of his address wait already: then he is told so."""
    if said.outcome is not Outcome.HANDOFF or question.kind == "customer":
        return said
    desk = await ctx.store.one(DESK, thread_id=question.thread_id)
    if desk is None or await routing.may_queue(ctx, desk):
        return said
    language = said.why.language or question.locale
    return too_many(said.why, language, question.misses)


async def _reader(ctx: Context, question: _Question) -> Reader:
    """Of his orders those that he names by their number, else those on their way, else the newest."""
    if question.kind != "customer":
        return Reader(question.locale, question.zone, (), knows_orders=False)
    page = {"me": question.customer_id, "limit": RECENT_ORDERS}
    places = await ctx.store.all(
        _OF_BUYER, **page, before_at=END_OF_TIME.at, before_id=END_OF_TIME.id
    )
    actor = Actor(question.customer_id, Role.BUYER)
    cards = await order_cards(ctx, actor, [place.id for place in places])
    orders = [cards[place.id][0] for place in places if place.id in cards]
    return Reader(question.locale, question.zone, _meant(orders, question.text), knows_orders=True)


def _meant(orders: list[OrderCard], text: str) -> list[OrderCard]:
    said = text.casefold()
    named = [o for o in orders if len(o.external_id) > 2 and o.external_id.casefold() in said]
    moving = [o for o in orders if o.state in (OrderState.PAID, OrderState.SHIPPED)]
    return (named or moving or orders[:1])[:MOST_ORDERS]


async def rate(ctx: Context, actor: Actor, thread_id: ThreadId, seq: int, *, helpful: bool) -> None:
    """Whether an answer helped; said once, again is fine. After two that did not, the bot offers a person.

    Raises NotFound, NotAllowed (`not_customer`), WrongState (`no_answer`, `rated`).
    """
    _, side = await access_thread(ctx, actor, thread_id)
    if side is not Side.CUSTOMER:
        raise NotAllowed("not_customer")
    turn = await ctx.store.one(_TURN, thread_id=thread_id, seq=seq)
    card = unpack(turn.body).card if turn is not None else None
    if turn is None or card is None or not card.rates:
        raise WrongState("no_answer")
    if turn.helpful is not None:
        if turn.helpful == int(helpful):
            return
        raise WrongState("rated")
    where: dict[str, Value] = {"thread_id": thread_id, "target": seq, "helpful": int(helpful)}
    rated = pack(Body(card=card._replace(helpful=helpful)))
    rating = [
        Statement("rate_turn", where),
        Statement("rewrite_card", {**where, "rated": rated}),
    ]
    offers = not helpful and turn.unhelpful + 1 >= OFFER_AFTER_UNHELPFUL and turn.state == State.BOT
    try:
        if offers:
            await ctx.store.commit(_offering(thread_id, turn.language, ctx.clock.now_ms(), rating))
        else:
            await ctx.store.commit(Commit(rating))
    except Conflict:
        raise WrongState("rated") from None


def _offering(thread_id: ThreadId, language: str, now: int, rating: list[Statement]) -> Commit:
    text, card = offer(language)
    body = pack(Body(card=card))
    return Commit(
        [
            Statement("bot_offer", {"thread_id": thread_id, "at": now}),
            unsigned(thread_id, EventKind.POSTED, now, text, body),
            *rating,
        ],
        Draft(thread_id, EventKind.POSTED, now, None, text, body),
    )


async def suggested(ctx: Context, language: str) -> list[Link]:
    """Questions for who has not asked anything yet."""
    if not ctx.settings.bot:
        return []
    bot = await ctx.faq.bot(ctx.store)
    ids = [entry for entry in (*SUGGESTED, *bot.entries) if entry in bot.entries]
    return await _links(ctx, list(dict.fromkeys(ids))[:MOST_LINKS], language)


async def typed(ctx: Context, text: str, language: str) -> list[Link]:
    """Questions that somebody who is still typing may have in mind."""
    if not ctx.settings.bot:
        return []
    bot = await ctx.faq.bot(ctx.store)
    return await _links(ctx, bot.suggest(text, language, MOST_LINKS), language)


async def _links(ctx: Context, entries: list[str], language: str) -> list[Link]:
    bot = await ctx.faq.bot(ctx.store)
    found = [bot.entries[entry] for entry in entries]
    return [Link(entry.id, entry.wordings[entry.nearest(language)].question) for entry in found]


class Status(NamedTuple):
    """Whether people answer now."""

    open: bool
    text: str
    next_opening: int | None
    next_closing: int | None


async def status(ctx: Context, topic: str, language: str, zone: str) -> Status:
    """Whether people answer about a topic now, in a sentence for who reads it."""
    now = ctx.clock.now_ms()
    team = (await teams_by_id(ctx))[await team_for(ctx, topic, language)]
    is_open, opens, closes = team.opening(now)
    said = "open" if is_open else "closed"
    when = ""
    if opens is not None:
        when = opening_phrase(opens, now, team.hours.zone, zone, language)
    elif not is_open:
        said = "closed_unknown"
    who = "" if ctx.settings.bot or is_open else "_alone"
    text = shipped().sentence(f"server.desk.status.{said}{who}", language, when=when)
    return Status(is_open, text, opens, closes)
