"""Refunds that disputes ask for: the marketplace's backend makes them, and says what became of each."""

from typing import Final, NamedTuple

from chat_server.actions import rating
from chat_server.actions.context import Context
from chat_server.actions.dispute_steps import step
from chat_server.actions.disputes import DISPUTE, announce, line_of, refuse
from chat_server.domain.dispute_changes import moved
from chat_server.domain.dispute_faults import Fault
from chat_server.domain.dispute_moves import Move, move_fault
from chat_server.domain.dispute_records import LineRow, RefundRow, StoredDispute
from chat_server.domain.disputes import Act, Kind, Party, Reason, Remedy
from chat_server.domain.errors import Invalid, NotFound, Stale
from chat_server.domain.money import amount_of, units_of
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

PAGE: Final = 100
TRIES: Final = 5


class Asked(NamedTuple):
    """A refund that is still to be made. Columns of `refunds_asked`."""

    refund_key: str
    order_key: str
    line_key: str
    units: int
    currency: str
    asked_at: int
    state: str
    reason: str


_ASKED: Final = Query("refunds_asked", Asked)
_BY_KEY: Final = Query("refund_by_key", RefundRow, light=True)


async def asked(ctx: Context, after: tuple[int, str] | None) -> list[Asked]:
    """What waits to be paid back, oldest first, behind a place in the list."""
    at, key = after or (0, "")
    return await ctx.store.all(_ASKED, after=at, after_key=key, limit=PAGE)


async def told(
    ctx: Context, refund_key: str, *, amount: str | None, currency: str | None, reason: str
) -> None:
    """The backend has paid (`amount`), or could not (`reason`). Said again, it changes nothing.

    Raises NotFound, Invalid (`other_amount`, `currency`), WrongState where it was settled otherwise.
    """
    for _ in range(TRIES):
        refund = await ctx.store.one(_BY_KEY, refund_key=refund_key)
        if refund is None:
            raise NotFound
        paid = amount is not None
        if refund.state == ("paid" if paid else "failed") and (paid or refund.reason == reason):
            if paid and units_of(amount or "0") != refund.units:
                refuse(Fault.OTHER_AMOUNT)
            return
        if currency is not None and currency != refund.currency:
            raise Invalid("currency")
        stored = await ctx.store.one(DISPUTE, dispute_id=refund.dispute_id)
        assert stored is not None
        line = await line_of(ctx, stored.dispute.line_id)
        commit = await _telling(ctx, refund, stored, line, amount, reason)
        try:
            await ctx.store.commit(commit)
        except Conflict:
            continue
        announce(ctx, stored.dispute)
        return
    raise Stale


async def _telling(
    ctx: Context,
    refund: RefundRow,
    stored: StoredDispute,
    line: LineRow,
    amount: str | None,
    reason: str,
) -> Commit:
    """The step of a dispute that a payment or its failure is, with what stands in the books afterwards."""
    now, paid = ctx.clock.now_ms(), amount is not None
    remedy = Remedy(Kind.FULL, units_of(amount)) if amount is not None else None
    wanted = Move(Act.PAY if paid else Act.FAIL, Party.BACKEND, remedy, reason)
    refuse(move_fault(stored.dispute, wanted, now, line.refundable))
    after = moved(stored.dispute, wanted, now, line.refundable)
    kept: dict[str, Value] = {
        "refund_key": refund.refund_key,
        "state": "paid" if paid else "failed",
        "reason": reason,
        "at": now,
    }
    more = [Statement("tell_refund", kept)]
    if paid:
        more += await _booked(ctx, refund, stored, line, now)
    return step(ctx, line, stored, after, wanted.act, Party.BACKEND, None, "", more)


async def _booked(
    ctx: Context, refund: RefundRow, stored: StoredDispute, line: LineRow, now: int
) -> list[Statement]:
    """A refund that was made, beside those made elsewhere; where nothing came, the rating leaves the figures."""
    missing = stored.dispute.reason is Reason.NOT_RECEIVED
    row: dict[str, Value] = {
        "order_id": line.order_id,
        "refund_key": refund.refund_key,
        "line_key": line.line_key,
        "amount": amount_of(refund.units, refund.currency),
        "currency": refund.currency,
        "units": refund.units,
        "reason": "not_received" if missing else "",
        "at": now,
    }
    # It may stand there already: the backend lists it among the refunds of the order too.
    books = [Statement("put_refund", row, ANY)]
    if missing:
        pair = (line.shop_id, line.buyer_id)
        books += await rating.excluding(ctx, line.order_id, *pair, [line.line_key])
    return books
