"""What time, the backend and a receipt do in disputes, each once, on whichever node."""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import HALF, LAST, step
from chat_server.actions.disputes import BY_IDS, DISPUTE, announce, line_of, lines_of
from chat_server.actions.notices import Person, ShopPeople, notices_given, told
from chat_server.domain import disputes
from chat_server.domain.dispute_changes import moved
from chat_server.domain.dispute_faults import Fault
from chat_server.domain.dispute_moves import Move, move_fault
from chat_server.domain.dispute_records import LineRow, StoredDispute, stored_dispute
from chat_server.domain.disputes import Act, Party, Reason, State
from chat_server.domain.errors import Stale, WrongState
from chat_server.domain.ids import OrderId
from chat_server.domain.notices import Kind as Notice
from chat_server.domain.people import Actor
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

TRIES: Final = 5
_OPEN: Final = Query("open_disputes_of_order", stored_dispute)
_EXPIRING: Final = Move(Act.EXPIRE, Party.TIMER)


class Seen(NamedTuple):
    """A dispute as it was when somebody looked."""

    stored: StoredDispute
    line: LineRow


async def expiring(
    ctx: Context, ids: Sequence[int]
) -> Callable[[Context, int, int], Awaitable[bool]]:
    """`expire` for many that are due: what they need is read for all of them at once."""
    found = await ctx.store.all(BY_IDS, ids=json.dumps(ids))
    lines = await lines_of(ctx, {stored.dispute.line_id for stored in found})
    seen = {s.dispute.id: Seen(s, lines[s.dispute.line_id]) for s in found}

    def fire(ctx: Context, dispute_id: int, revision: int) -> Awaitable[bool]:
        return expire(ctx, dispute_id, revision, seen.get(dispute_id))

    return fire


async def _look(ctx: Context, dispute_id: int) -> Seen | None:
    stored = await ctx.store.one(DISPUTE, dispute_id=dispute_id)
    return None if stored is None else Seen(stored, await line_of(ctx, stored.dispute.line_id))


async def expire(ctx: Context, dispute_id: int, revision: int, ahead: Seen | None = None) -> bool:
    """What was due has run out. False where an answer was faster, or another node.

    `ahead` was read a moment ago. Raises Stale where what belongs to it moves again and again: it is still due then.
    """
    for _ in range(TRIES):
        seen, ahead = ahead or await _look(ctx, dispute_id), None
        if seen is None or seen.stored.dispute.revision != revision:
            return False
        stored, line = seen
        dispute, now = stored.dispute, ctx.clock.now_ms()
        fault = move_fault(dispute, _EXPIRING, now, line.refundable)
        if fault == Fault.NOT_DUE:
            raise Stale  # A clock was set back meanwhile.
        if fault:
            return False
        if not line.refundable and dispute.state is not State.REFUND_PENDING:
            if line.is_paid_back:
                return await settle(ctx, dispute_id)
            raise Stale  # Other disputes of the order wait for what is left of it.
        after = moved(dispute, _EXPIRING, now, line.refundable)
        try:
            await ctx.store.commit(
                step(ctx, line, stored, after, Act.EXPIRE, Party.TIMER, None, "", fires=True)
            )
        except Conflict:
            # The dispute may have moved, or only the money of its order.
            continue
        announce(ctx, after)
        return True
    raise Stale


async def remind_at_half(ctx: Context, dispute_id: int, revision: int) -> bool:
    """Half of somebody's time is over. False where it is nobody's any more."""
    return await _remind(ctx, dispute_id, revision, HALF)


async def remind_at_last(ctx: Context, dispute_id: int, revision: int) -> bool:
    """Nine tenths of it are."""
    return await _remind(ctx, dispute_id, revision, LAST)


async def _remind(ctx: Context, dispute_id: int, revision: int, kind: str) -> bool:
    stored = await ctx.store.one(DISPUTE, dispute_id=dispute_id)
    if stored is None or stored.dispute.revision != revision:
        return False
    dispute = stored.dispute
    waiting, due_at = disputes.waits_for(dispute), dispute.due_at
    if waiting not in (Party.BUYER, Party.SELLER) or due_at is None:
        return False
    if ctx.clock.now_ms() >= due_at:
        return False  # There is no time left to remind of.
    line = await line_of(ctx, dispute.line_id)
    firing: dict[str, Value] = {"kind": kind, "subject_id": dispute_id, "revision": revision}
    to = Person(dispute.buyer_id) if waiting is Party.BUYER else ShopPeople(dispute.shop_id)
    facts = {"title": line.title, "until": due_at, "state": dispute.state.value}
    reminder = told(ctx, Notice.DISPUTE_DUE, dispute_id, to, facts)
    try:
        await ctx.store.commit(Commit([Statement("fire_deadline", firing), reminder], bulk=True))
    except Conflict:
        return False
    notices_given(ctx)
    return True


async def settle(ctx: Context, dispute_id: int, _: int = 0) -> bool:
    """Everything of the line was paid back elsewhere: the dispute is over. Raises Stale as `expire` does."""
    for _try in range(TRIES):
        stored = await ctx.store.one(DISPUTE, dispute_id=dispute_id)
        if stored is None or stored.dispute.state in disputes.FINAL:
            return False
        line = await line_of(ctx, stored.dispute.line_id)
        if not line.is_paid_back:
            return False
        now = ctx.clock.now_ms()
        after = moved(stored.dispute, Move(Act.SETTLE, Party.BACKEND), now, 0)
        ended = Statement("settle_refunds", {"dispute_id": dispute_id, "at": now}, ANY)
        commit = step(ctx, line, stored, after, Act.SETTLE, Party.BACKEND, None, "", [ended])
        try:
            await ctx.store.commit(commit)
        except Conflict:
            continue
        announce(ctx, after)
        return True
    raise Stale


async def withdraw_at_receipt(
    ctx: Context, actor: Actor, order_id: OrderId, *, consent: bool
) -> None:
    """Who confirms receipt takes back that nothing came. Raises WrongState (`dispute_open`) where he does not know."""
    found = await ctx.store.all(_OPEN, order_id=order_id)
    for stored in found:
        dispute, now = stored.dispute, ctx.clock.now_ms()
        if dispute.reason is not Reason.NOT_RECEIVED:
            continue
        taking_back = Move(Act.WITHDRAW, Party.BUYER)
        line = await line_of(ctx, dispute.line_id)
        if move_fault(dispute, taking_back, now, line.refundable):
            continue
        if not consent:
            raise WrongState("dispute_open")
        after = moved(dispute, taking_back, now, line.refundable)
        commit = step(ctx, line, stored, after, Act.WITHDRAW, Party.BUYER, actor.person_id, "")
        try:
            await ctx.store.commit(commit)
        except Conflict:
            raise Stale from None
        announce(ctx, after)
