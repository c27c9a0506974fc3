"""What people do about a seller who does not answer: whether they may complain, complaining, each step."""

import json
from typing import Final, NamedTuple

from chat_server.actions.access import access_thread
from chat_server.actions.audit import audited
from chat_server.actions.complaint_clock import holidays_of
from chat_server.actions.complaint_steps import announce, code_of, first_step, step
from chat_server.actions.complaints import Facts, Message, access_complaint
from chat_server.actions.context import Context
from chat_server.actions.outage import grace_for_complaint
from chat_server.actions.response import figure
from chat_server.actions.shop_hours import hours_of
from chat_server.actions.talk import SAID
from chat_server.actions.writes import keeping, was_written
from chat_server.domain import complaints
from chat_server.domain.audit import Action
from chat_server.domain.complaints import (
    MOST_MESSAGES,
    REFUSALS,
    Act,
    Complaint,
    Fault,
    Party,
    State,
    move_fault,
    moved,
    open_fault,
)
from chat_server.domain.errors import Invalid, Stale
from chat_server.domain.events import unpack
from chat_server.domain.holidays import after, counted
from chat_server.domain.ids import ThreadId, show
from chat_server.domain.messages import MAX_TEXT, fingerprint
from chat_server.domain.people import Actor, Side
from chat_server.domain.response import unanswered
from chat_server.domain.shop_hours import ShopHours
from chat_server.domain.threads import Thread, ThreadKind
from chat_server.ports import Commit, Conflict, Query, Statement

KINDS: Final = (ThreadKind.PRODUCT, ThreadKind.ORDER)


class Options(NamedTuple):
    """Whether a buyer may complain now, and all that his complaint will say."""

    thread: Thread
    fault: str
    allowed_from: int | None
    complaint_id: int | None
    facts: Facts
    hours: ShopHours


def _message(seq: int, at: int, text: str, body: str) -> Message:
    return Message(seq, at, text, len(unpack(body).photos))


_NAMES: Final = Query("names_of_talk", lambda shop, about: (str(shop), str(about)), light=True)
_OPEN_OF: Final = Query("open_complaint_of", lambda id: int(id), light=True)
_LATEST_OF: Final = Query("complaint_of_key", lambda id: int(id), light=True)
_LAST_AT: Final = Query("last_complaint_at", lambda at: int(at), light=True)
_TEXTS: Final = Query("waiting_texts", _message)


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
    announce(ctx, complaint)
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
    stored = await grace_for_complaint(ctx, stored)
    seen = stored.complaint
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
    announce(ctx, then)


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
