"""Complaints that a seller does not answer: whether one may be opened, opening, steps, reading; mediators' queue."""

import json
from itertools import groupby
from typing import Final, NamedTuple

from chat_server.actions.access import access_thread
from chat_server.actions.audit import audited, looked
from chat_server.actions.complaint_clock import holidays_of
from chat_server.actions.complaint_steps import (
    COMPLAINT,
    Stored,
    announce,
    code_of,
    first_step,
    step,
)
from chat_server.actions.context import Context
from chat_server.actions.permissions import admit, may
from chat_server.actions.response import figure
from chat_server.actions.shop_hours import hours_of
from chat_server.actions.talk import SAID
from chat_server.actions.threads import END_OF_TIME, Place
from chat_server.actions.writes import keeping, was_written
from chat_server.domain import complaints
from chat_server.domain.audit import Action
from chat_server.domain.complaints import (
    MOST_MESSAGES,
    REFUSALS,
    Act,
    Complaint,
    Fault,
    Flag,
    Party,
    State,
    may_look,
    move_fault,
    moved,
    open_fault,
)
from chat_server.domain.errors import Invalid, NotFound, Stale
from chat_server.domain.events import Event, unpack
from chat_server.domain.holidays import after, counted
from chat_server.domain.ids import ShopId, ThreadId, show
from chat_server.domain.messages import MAX_TEXT, fingerprint
from chat_server.domain.people import STAFF, Actor, Side
from chat_server.domain.response import Figure, unanswered
from chat_server.domain.shop_hours import ShopHours
from chat_server.domain.threads import Thread, ThreadKind
from chat_server.ports import Commit, Conflict, Query, Statement, Value

PAGE: Final = 20
KINDS: Final = (ThreadKind.PRODUCT, ThreadKind.ORDER)
QUEUES: Final = {
    "review": (State.UNDER_REVIEW, State.UNDER_REVIEW),
    "open": (State.SELLER_NOTIFIED, State.ANSWERED),
}


class Message(NamedTuple):
    """Something that waits for an answer."""

    seq: int
    at: int
    text: str
    photos: int


class Facts(NamedTuple):
    """What a complaint says of how it is."""

    messages: list[Message]
    waited_ms: int
    figure: Figure


class Options(NamedTuple):
    """Whether a buyer may complain now, and all that his complaint will say."""

    thread: Thread
    fault: str
    allowed_from: int | None
    complaint_id: int | None
    facts: Facts
    hours: ShopHours


class Shown(NamedTuple):
    """A complaint with what its screens show of it."""

    stored: Stored
    facts: Facts
    hours: ShopHours


class Counts(NamedTuple):
    """How many there are."""

    review: int
    open: int
    flagged: int


class Flagged(NamedTuple):
    """A shop on which complaints weigh."""

    shop_id: int
    shop_name: str
    flag: Flag
    figure: Figure


class _Upheld(NamedTuple):
    shop_id: int
    shop_name: str
    at: int


def _message(seq: int, at: int, text: str, body: str) -> Message:
    return Message(seq, at, text, len(unpack(body).photos))


def _place(complaint_id: int, at: int) -> Place:
    return Place(at, complaint_id)


_NAMES: Final = Query("names_of_talk", lambda shop, about: (str(shop), str(about)), light=True)
_OPEN_OF: Final = Query("open_complaint_of", lambda id: int(id), light=True)
_LATEST_OF: Final = Query("complaint_of_key", lambda id: int(id), light=True)
_LAST_AT: Final = Query("last_complaint_at", lambda at: int(at), light=True)
_TEXTS: Final = Query("waiting_texts", _message)
_MINE: Final = Query("complaint_ids_of_buyer", _place)
_SHOPS: Final = Query("complaint_ids_of_shop", _place)
_QUEUE: Final = Query("complaint_queue", _place)
_DECIDED: Final = Query("complaints_decided", _place)
_COUNTS: Final = Query("complaint_counts", lambda review, rest: (int(review), int(rest)))
_UPHELD: Final = Query("upheld_lately", _Upheld)
_EVENTS: Final = Query("events_after", Event)


def refuse(fault: str) -> None:
    """Raises what a fault is; returns where there is none."""
    if fault:
        raise REFUSALS[Fault(fault)](fault)


# Opening.


async def options(ctx: Context, actor: Actor, thread_id: ThreadId) -> Options:
    """Whether a buyer may complain about a conversation now. Raises NotFound; NotAllowed for the shop's people."""
    thread, side = await access_thread(ctx, actor, thread_id)
    if thread.shop_id is None or thread.kind not in KINDS:
        refuse(Fault.NO_SHOP)
    if side is not Side.CUSTOMER:
        refuse(Fault.NOT_YOURS)
    assert thread.shop_id is not None
    now, hours = ctx.clock.now_ms(), await hours_of(ctx, thread.shop_id)
    waiting = unanswered(await ctx.store.all(SAID, thread_id=thread_id))
    waited = counted(hours.holidays, waiting[0].at, now) if waiting else None
    seqs = json.dumps([one.seq for one in waiting[:MOST_MESSAGES]])
    messages = await ctx.store.all(_TEXTS, thread_id=thread_id, seqs=seqs)
    facts = Facts(messages, waited or 0, await figure(ctx, thread.shop_id))
    last_at = await ctx.store.one(_LAST_AT, buyer_id=actor.person_id, shop_id=thread.shop_id)
    known = await ctx.store.one(_OPEN_OF, thread_id=thread_id)
    fault = Fault.OPEN if known is not None else open_fault(waited, last_at, now)
    opens = None
    if fault == Fault.EARLY:
        # The wait has to be longer than that, not only as long.
        opens = after(hours.holidays, waiting[0].at, complaints.COMPLAIN_AFTER_MS) + 1
    elif fault == Fault.ONE_A_WEEK and last_at is not None:
        opens = last_at + complaints.ONE_IN_MS
    return Options(thread, fault, opens, known, facts, hours)


async def open_complaint(
    ctx: Context, actor: Actor, thread_id: ThreadId, client_key: str, text: str
) -> int:
    """Complains that the shop does not answer; the complaint's id. A retry gives the same.

    Raises NotFound, NotAllowed, WrongState, Stale, KeyReused, Invalid.
    """
    _check_words(text)
    body_hash = fingerprint("complaint", show(thread_id), text)
    known = await _opened_before(ctx, actor, thread_id, client_key, body_hash)
    if known is not None:
        return known
    found = await options(ctx, actor, thread_id)
    refuse(found.fault)
    now = ctx.clock.now_ms()
    complaint = _new(ctx, actor, found, text.strip(), now)
    _, about = await names_of(ctx, thread_id)
    commit = first_step(
        ctx,
        about,
        complaint,
        found.thread.last_seq,
        found.hours.holidays,
        now - complaints.ONE_IN_MS,
        [keeping(ctx, actor, client_key, body_hash)],
    )
    try:
        await ctx.store.commit(commit)
    except Conflict as error:
        known = await _opened_before(ctx, actor, thread_id, client_key, body_hash)
        if known is not None:
            return known
        if error.statement == "take_complaint_week":
            refuse(Fault.ONE_A_WEEK)
        if error.statement == "add_complaint":
            refuse(Fault.OPEN)
        raise Stale from None
    await announce(ctx, complaint)
    return complaint.id


async def _opened_before(
    ctx: Context, actor: Actor, thread_id: ThreadId, client_key: str, body_hash: bytes
) -> int | None:
    if not await was_written(ctx, actor, client_key, body_hash):
        return None
    return await ctx.store.one(_LATEST_OF, thread_id=thread_id, me=actor.person_id)


def _new(ctx: Context, actor: Actor, found: Options, text: str, now: int) -> Complaint:
    assert found.thread.shop_id is not None
    first = State.SELLER_NOTIFIED
    return Complaint(
        id=ctx.ids.new_id(),
        thread_id=found.thread.id,
        buyer_id=actor.person_id,
        shop_id=found.thread.shop_id,
        state=first,
        revision=1,
        opened_at=now,
        text=text,
        facts=json.dumps(found.facts, ensure_ascii=False),
        due_at=complaints.due_at(first, now, found.hours.holidays),
        due_from=now,
    )


async def names_of(ctx: Context, thread_id: int) -> tuple[str, str]:
    """How the shop of a conversation is called, and what the conversation is about."""
    return await ctx.store.one(_NAMES, thread_id=thread_id) or ("", "")


# Steps.


async def move(
    ctx: Context,
    actor: Actor,
    complaint_id: int,
    client_key: str,
    act: Act,
    revision: int,
    text: str,
) -> None:
    """One step of a party or a mediator. A retry changes nothing.

    Raises NotFound, KeyReused, Stale, and what `move_fault` says.
    """
    stored, by = await access_complaint(ctx, actor, complaint_id)
    _check_words(text)
    seen, said = stored.complaint, text.strip()
    body_hash = fingerprint("complaint.move", show(complaint_id), act, str(revision), text)
    if await was_written(ctx, actor, client_key, body_hash):
        return
    if revision != seen.revision:
        raise Stale
    refuse(move_fault(seen, act, by, said, ctx.clock.now_ms()))
    mediator_id = actor.person_id if by is Party.MEDIATOR else None
    then = moved(seen, act, said, ctx.clock.now_ms(), mediator_id=mediator_id)
    more = [keeping(ctx, actor, client_key, body_hash)]
    if by is Party.MEDIATOR:
        facts = {"complaint": show(complaint_id), "act": act.value, "state": then.state.value}
        more.append(audited(ctx, actor.person_id, Action.MEDIATED, seen.thread_id, **facts))
    if act is Act.ANSWER:
        more.append(Statement("complaint_answers", {"thread_id": seen.thread_id}))
    away = await holidays_of(ctx, seen.shop_id)
    commit = step(ctx, stored, then, code_of(act, then), by, actor.person_id, said, away, more)
    await _take(ctx, actor, commit, client_key, body_hash)
    ctx.figures.forget(seen.shop_id)
    await announce(ctx, then)


async def _take(
    ctx: Context, actor: Actor, commit: Commit, client_key: str, body_hash: bytes
) -> None:
    try:
        await ctx.store.commit(commit)
    except Conflict:
        # Of two devices that say the same under one key, the slower one is told what the faster one was.
        if not await was_written(ctx, actor, client_key, body_hash):
            raise Stale from None


def _check_words(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise Invalid("text")


# Reading.


async def access_complaint(ctx: Context, actor: Actor, complaint_id: int) -> tuple[Stored, Party]:
    """A complaint that this actor may read, and as what. Raises NotFound."""
    stored = await ctx.store.one(COMPLAINT, complaint_id=complaint_id)
    if stored is None:
        raise NotFound
    complaint = stored.complaint
    if actor.role in STAFF:
        if not await may(ctx, actor, "mediate"):
            raise NotFound
        return stored, Party.MEDIATOR
    if complaint.buyer_id == actor.person_id:
        return stored, Party.BUYER
    if complaint.shop_id in actor.shops:
        return stored, Party.SELLER
    raise NotFound


async def one(ctx: Context, actor: Actor, complaint_id: int) -> tuple[Shown, Party]:
    """A complaint with what its screens show. Raises NotFound."""
    stored, by = await access_complaint(ctx, actor, complaint_id)
    return await _shown(ctx, stored), by


async def _shown(ctx: Context, stored: Stored) -> Shown:
    messages, waited, known = json.loads(stored.complaint.facts)
    facts = Facts([Message(*message) for message in messages], waited, Figure(*known))
    return Shown(stored, facts, await hours_of(ctx, stored.complaint.shop_id))


async def of_buyer(
    ctx: Context, actor: Actor, following: Place | None
) -> tuple[list[Shown], Place | None]:
    """A page of what somebody complained about: open ones first."""
    at, above = following or (0, 0)
    me = actor.person_id
    return await _page(
        ctx, await ctx.store.all(_MINE, me=me, after=at, after_id=above, limit=PAGE + 1)
    )


async def of_shop(
    ctx: Context, actor: Actor, shop_id: ShopId, following: Place | None
) -> tuple[list[Shown], Place | None]:
    """The same about a shop, for its people. Raises NotFound."""
    if shop_id not in actor.shops:
        raise NotFound
    at, above = following or (0, 0)
    return await _page(
        ctx,
        await ctx.store.all(_SHOPS, of_shop=shop_id, after=at, after_id=above, limit=PAGE + 1),
    )


async def _page(ctx: Context, places: list[Place]) -> tuple[list[Shown], Place | None]:
    found = []
    for place in places[:PAGE]:
        stored = await ctx.store.one(COMPLAINT, complaint_id=place.id)
        if stored is not None:
            found.append(await _shown(ctx, stored))
    return found, places[PAGE - 1] if len(places) > PAGE else None


# Mediators.


async def queue(
    ctx: Context, actor: Actor, show_which: str, following: Place | None
) -> tuple[list[Shown], Counts, Place | None]:
    """Complaints for mediators: `review`, `open` with the parties, `decided`. Raises NotAllowed."""
    await admit(ctx, actor, "mediate")
    params: dict[str, Value] = {"limit": PAGE + 1}
    if show_which == "decided":
        at, under = following or END_OF_TIME
        places = await ctx.store.all(_DECIDED, before=at, before_id=under, **params)
    else:
        state, or_state = QUEUES[show_which]
        at, above = following or (0, 0)
        params |= {"state": state.value, "or_state": or_state.value}
        places = await ctx.store.all(_QUEUE, after=at, after_id=above, **params)
    found, next_place = await _page(ctx, places)
    review, rest = await ctx.store.one(_COUNTS) or (0, 0)
    return found, Counts(review, rest, len(await _flags(ctx))), next_place


async def read_thread(
    ctx: Context, actor: Actor, complaint_id: int, following: int, limit: int
) -> list[Event]:
    """The conversation that a mediator decides about; each look is logged. Raises NotFound."""
    stored, _ = await access_complaint(ctx, actor, complaint_id)
    if actor.role not in STAFF or not may_look(stored.complaint, ctx.clock.now_ms()):
        raise NotFound
    thread_id = ThreadId(stored.complaint.thread_id)
    await looked(ctx, actor, thread_id)
    return await ctx.store.all(_EVENTS, thread_id=thread_id, after=following, limit=limit)


async def flagged_shops(ctx: Context, actor: Actor) -> list[Flagged]:
    """Shops on which complaints weigh now, newest first. Raises NotAllowed."""
    await admit(ctx, actor, "mediate")
    found = await _flags(ctx)
    return [Flagged(*shop, flag, await figure(ctx, shop[0])) for shop, flag in found]


async def _flags(ctx: Context) -> list[tuple[tuple[int, str], Flag]]:
    now = ctx.clock.now_ms()
    since = now - complaints.FLAG_WITHIN_MS - complaints.FLAGGED_MS
    upheld = await ctx.store.all(_UPHELD, since=since)
    found = []
    for shop, rows in groupby(upheld, lambda row: (row.shop_id, row.shop_name)):
        flag = complaints.flag((row.at for row in rows), now)
        if flag is not None:
            found.append((shop, flag))
    return sorted(found, key=lambda one: -one[1].since)
