"""What people do in disputes: opening one, opening it again, each step. Of two at once one is told that he is late."""

import dataclasses
import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import first_step, step, touched
from chat_server.actions.disputes import (
    OF_LINE,
    access_dispute,
    access_line,
    announce,
    line_of,
    refuse,
    remedy_of,
)
from chat_server.actions.evidence import MOST_PIECES, Copies, Given, copies, forget, written
from chat_server.actions.outage import grace_for
from chat_server.actions.writes import keeping, was_written
from chat_server.domain import dispute_opening, disputes
from chat_server.domain.audit import Action
from chat_server.domain.dispute_changes import moved
from chat_server.domain.dispute_faults import Fault
from chat_server.domain.dispute_moves import Move, move_fault
from chat_server.domain.dispute_records import (
    LineRow,
    StoredDispute,
)
from chat_server.domain.disputes import Act, Dispute, Party, Reason, State
from chat_server.domain.errors import Invalid, Stale
from chat_server.domain.ids import OrderId, show
from chat_server.domain.messages import MAX_TEXT, fingerprint
from chat_server.domain.people import Actor
from chat_server.ports import Commit, Conflict, Query, Statement, Value


class Wanted(NamedTuple):
    """A step that somebody wishes to make, as he has seen the dispute."""

    act: Act
    revision: int
    client_key: str
    kind: disputes.Kind | None = None
    units: int | None = None
    """Of a part; the whole is what may still be paid back."""
    given: Given = Given()
    carrier: str = ""
    tracking: str = ""


_PIECES: Final = Query("evidence_count", lambda pieces: int(pieces), light=True)
SERVED: Final = Query("served_party", lambda answers: int(answers), light=True)


async def open_dispute(
    ctx: Context,
    actor: Actor,
    order_id: OrderId,
    line_id: int,
    client_key: str,
    reason: Reason,
    wish: tuple[disputes.Kind, int | None],
    given: Given,
) -> int:
    """Opens a dispute about a line; its id. A retry gives the same. Raises NotFound, and what `open_fault` says."""
    line = await access_line(ctx, actor, order_id, line_id)
    body_hash = fingerprint("dispute", show(line_id), reason, *map(str, wish), *_printed(given))
    known = await ctx.store.one(OF_LINE, line_id=line_id)
    if await was_written(ctx, actor, client_key, body_hash) and known is not None:
        return known.dispute.id
    if known is not None:
        refuse(Fault.ALREADY_OPENED)
    asked, now = remedy_of(*wish, line.refundable), ctx.clock.now_ms()
    _check_words(given)
    refuse(dispute_opening.open_fault(line.line, reason, asked, given.pieces, now))
    dispute = dispute_opening.opened(
        Dispute(
            id=ctx.ids.new_id(),
            thread_id=ctx.ids.new_id(),
            order_id=line.order_id,
            line_id=line.id,
            buyer_id=line.buyer_id,
            shop_id=line.shop_id,
            state=State.SELLER_TURN,
            revision=1,
            reason=reason,
            currency=line.currency,
            asked=asked,
            wish=asked,
            opened_at=now,
            due_at=None,
            free_return=bool(line.free_return),
        )
    )
    about = _about(actor, dispute, Party.BUYER)
    made = await copies(ctx, actor, line.order_id, about, given)
    # Who confirms receipt at the same moment must know of it.
    more = [*touched(line), *made.statements, keeping(ctx, actor, client_key, body_hash)]
    commit = first_step(ctx, line, dispute, actor.person_id, given.text.strip(), more)
    try:
        await _commit(ctx, commit, made)
    except Conflict as error:
        # Of two devices that say the same under one key, the slower one is told what the faster one was.
        known = await ctx.store.one(OF_LINE, line_id=line_id)
        if known is not None and await was_written(ctx, actor, client_key, body_hash):
            return known.dispute.id
        if error.statement == "add_dispute":
            refuse(Fault.ALREADY_OPENED)
        raise Stale from None
    announce(ctx, dispute)
    return dispute.id


async def reopen(ctx: Context, actor: Actor, dispute_id: int, wanted: Wanted) -> None:
    """Opens a withdrawn dispute again, once: the same wish or less, inside the window. Raises what the rules say."""
    stored, by = await access_dispute(ctx, actor, dispute_id)
    dispute = stored.dispute
    if by is not Party.BUYER:
        refuse(Fault.NOT_YOURS)
    body_hash = _hash_of(dispute_id, wanted)
    if await was_written(ctx, actor, wanted.client_key, body_hash):
        return
    if wanted.revision != dispute.revision:
        raise Stale
    line, now = await line_of(ctx, dispute.line_id), ctx.clock.now_ms()
    kind = wanted.kind or dispute.asked.kind
    wish = remedy_of(kind, wanted.units, line.refundable)
    refuse(dispute_opening.reopen_fault(dispute, wish))
    _check_words(wanted.given)
    # The photos of the first round are there still.
    refuse(dispute_opening.open_fault(line.line, dispute.reason, wish, 1, now))
    after = dispute_opening.reopened(dispute, wish, now)
    # Who confirms receipt at the same moment must know of it, as at the first opening.
    await _take(
        ctx,
        actor,
        stored,
        line,
        after,
        Act.EXPIRE,
        by,
        wanted,
        body_hash,
        "dispute.reopened",
        touched(line),
    )


async def move(ctx: Context, actor: Actor, dispute_id: int, wanted: Wanted) -> None:
    """One step of a party or a mediator. A retry changes nothing.

    Raises NotFound, KeyReused, Stale, and what `disputes.move_fault` says.
    """
    stored, by = await access_dispute(ctx, actor, dispute_id)
    dispute = stored.dispute
    body_hash = _hash_of(dispute_id, wanted)
    if await was_written(ctx, actor, wanted.client_key, body_hash):
        return
    if wanted.revision != dispute.revision:
        raise Stale
    stored = await grace_for(ctx, stored)
    dispute = stored.dispute
    line, now = await line_of(ctx, dispute.line_id), ctx.clock.now_ms()
    given = wanted.given
    _check_words(given)
    kind = wanted.kind
    remedy = remedy_of(kind, wanted.units, line.refundable) if kind is not None else None
    step_wanted = Move(
        wanted.act, by, remedy, given.text, given.pieces, wanted.carrier, wanted.tracking
    )
    refuse(move_fault(dispute, step_wanted, now, line.refundable))
    if by is Party.MEDIATOR:
        await _check_mediator(ctx, actor, dispute, line, wanted.act)
    after = moved(dispute, step_wanted, now, line.refundable)
    if by is Party.MEDIATOR:
        after = dataclasses.replace(after, mediator_id=actor.person_id)
    await _take(ctx, actor, stored, line, after, wanted.act, by, wanted, body_hash)


async def _take(
    ctx: Context,
    actor: Actor,
    stored: StoredDispute,
    line: LineRow,
    after: Dispute,
    act: Act,
    by: Party,
    wanted: Wanted,
    body_hash: bytes,
    code: str = "",
    besides: Sequence[Statement] = (),
) -> None:
    """Commits a step of somebody: with what he put in, his key, and where he works here, the log."""
    dispute, given = stored.dispute, wanted.given
    about = _about(actor, dispute, by)
    if by in (Party.BUYER, Party.SELLER):
        pieces = await ctx.store.one(_PIECES, dispute_id=dispute.id, party=by) or 0
        if pieces + given.pieces > MOST_PIECES:
            refuse(Fault.EVIDENCE_FULL)
    made = await copies(ctx, actor, dispute.order_id, about, given)
    more = [*besides, *made.statements, keeping(ctx, actor, wanted.client_key, body_hash)]
    if act is Act.EVIDENCE:
        more += written(ctx, about, given.text.strip())
    if by is Party.MEDIATOR:
        deed = {"dispute": show(dispute.id), "act": act.value, "state": after.state.value}
        more.append(audited(ctx, actor.person_id, Action.MEDIATED, dispute.thread_id, **deed))
    decision = given.text.strip() if act is Act.DECIDE else None
    commit = step(
        ctx,
        line,
        stored,
        after,
        act,
        by,
        actor.person_id,
        given.text.strip(),
        more,
        decision=decision,
        code=code,
    )
    try:
        await _commit(ctx, commit, made)
    except Conflict:
        # Of two devices that say the same under one key, the slower one is told what the faster one was.
        if await was_written(ctx, actor, wanted.client_key, body_hash):
            return
        raise Stale from None
    announce(ctx, after)


async def _commit(ctx: Context, commit: Commit, made: Copies) -> None:
    """Commits, or drops the copies that were made for it."""
    try:
        await ctx.store.commit(commit)
    except BaseException:
        await forget(ctx, made)
        raise


async def _check_mediator(
    ctx: Context, actor: Actor, dispute: Dispute, line: LineRow, act: Act
) -> None:
    """One mediator has a case; none who served a party of it since the order was placed. Raises NotAllowed."""
    if act is not Act.TAKE and dispute.mediator_id not in (None, actor.person_id):
        refuse(Fault.NOT_MEDIATOR)
    served = await ctx.store.one(
        SERVED,
        me=actor.person_id,
        buyer_id=dispute.buyer_id,
        shop_id=dispute.shop_id,
        since=line.placed_at,
    )
    if served:
        refuse(Fault.SERVED_PARTY)


def _check_words(given: Given) -> None:
    if len(given.text) > MAX_TEXT:
        raise Invalid("text")


def _printed(given: Given) -> list[str]:
    return [given.text, json.dumps([given.photos, given.messages])]


def _hash_of(dispute_id: int, wanted: Wanted) -> bytes:
    wish = json.dumps([wanted.kind, wanted.units, wanted.revision])
    words = _printed(wanted.given)
    sent = (wanted.carrier, wanted.tracking)
    return fingerprint("dispute.move", show(dispute_id), wanted.act, wish, *words, *sent)


def _about(actor: Actor, dispute: Dispute, by: Party) -> dict[str, Value]:
    return {"id": dispute.id, "party": by.value, "me": actor.person_id}
