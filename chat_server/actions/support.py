"""Support threads and the bot's part in them: a question is answered once, by whichever node gets there first."""

from typing import Final, NamedTuple

from bot.answer import Answer, Why
from bot.answer import HandOff as WantsPerson
from bot.answer import Outcome as Turn
from chat_server.actions.access import access_thread
from chat_server.actions.context import Context
from chat_server.actions.faq import Link
from chat_server.actions.replies import Reader, Reply, kept, offer, reply
from chat_server.actions.threads import END_OF_TIME, Place, order_cards, spend_thread
from chat_server.actions.writes import unsigned
from chat_server.domain.errors import NotAllowed, WrongState
from chat_server.domain.events import Body, Draft, ThreadChanged, pack, unpack
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.orders import OrderCard, OrderState
from chat_server.domain.people import Actor, Role, Side
from chat_server.domain.support import OFFER_AFTER_UNHELPFUL, WISH, Outcome, State, entry_of
from chat_server.domain.threads import EventKind, Thread
from chat_server.i18n import language_of
from chat_server.ports import Commit, Conflict, Query, Statement, Value

RECENT_ORDERS: Final = 20
MOST_ORDERS: Final = 3
SUGGESTED: Final = ("order_status", "return_how", "refund_time", "not_received", "contact_seller")
"""What Home suggests; of entries that somebody removed, others take the place."""

MOST_LINKS: Final = 5


class _Question(NamedTuple):
    customer_id: PersonId
    answered: int
    misses: int
    kind: str
    locale: str
    zone: str
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
_WAITING: Final = Query("threads_to_answer", lambda id: ThreadId(id), light=True)
_TURN: Final = Query("turn_of", _Turn, light=True)
_OF_BUYER: Final = Query("order_ids_of_buyer", lambda id, at: Place(at, id), light=True)


async def open_support_thread(ctx: Context, actor: Actor, topic: str) -> Thread:
    """The thread of this person with support about a topic; made where there is none. Raises LimitReached."""
    pair: dict[str, Value] = {"customer_id": actor.person_id, "topic": topic}
    known = await ctx.store.one(_THREAD, **pair)
    if known is not None:
        return known
    await spend_thread(ctx, actor)
    state = State.BOT if ctx.settings.bot else State.QUEUED
    values = {**pair, "id": ctx.ids.new_id(), "state": state, "at": ctx.clock.now_ms()}
    try:
        await ctx.store.commit(Commit([Statement("open_support_thread", values)]))
    except Conflict:
        pass  # Another of his devices was faster; what it opened is what we return.
    opened = await ctx.store.one(_THREAD, **pair)
    assert opened is not None
    return opened


async def waiting_threads(ctx: Context, before: int) -> list[ThreadId]:
    """Threads whose customer has waited for the bot since before an instant."""
    return await ctx.store.all(_WAITING, before=before)


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
    why = kept(said.why)
    if said.outcome is Outcome.HANDOFF:
        body, kind, text = pack(Body(code="support.queued")), EventKind.STATE, ""
        first = Statement("hand_off", place)
    else:
        body, kind, text = pack(Body(card=said.card)), EventKind.POSTED, said.text
        first = Statement("bot_turn", {**place, "misses": said.misses})
    await ctx.store.commit(
        Commit(
            [
                first,
                unsigned(thread_id, kind, now, text, body),
                Statement("add_turn", {**place, **why, "outcome": said.outcome}),
            ],
            Draft(thread_id, kind, now, None, text, body),
        )
    )
    if said.outcome is Outcome.HANDOFF:
        ctx.sink.tell(ThreadChanged(thread_id, (question.customer_id,)))


async def _decide(ctx: Context, question: _Question) -> Reply:
    bot = await ctx.faq.bot(ctx.store)
    language = language_of(question.locale)
    pick = unpack(question.body).pick
    if pick == WISH:
        why = Why(language=language, probability=1.0, rule="button")
        return Reply(Outcome.HANDOFF, why)
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
    return reply(bot, turn, reader, question.misses)


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
