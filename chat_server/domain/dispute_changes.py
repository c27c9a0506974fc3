"""What a move makes of a dispute, and when time decides next."""

import dataclasses
from typing import Final

from chat_server.domain.dispute_moves import Move, move_fault
from chat_server.domain.disputes import (
    ADDRESS_MS,
    AGREEMENT_MS,
    FINAL,
    MEDIATION_MS,
    MOVES,
    REFUND_MS,
    SELLER_ANSWERS_MS,
    SHIPPING_MS,
    TRANSIT_MS,
    TURNS,
    Act,
    Dispute,
    Kind,
    Party,
    Remedy,
    Row,
    State,
)


def moved(dispute: Dispute, move: Move, now: int, refundable: int) -> Dispute:
    """A dispute after a move that may be made."""
    assert not move_fault(dispute, move, now, refundable), "The move was not asked for first."
    row = MOVES[dispute.state][move.act]
    change = _CHANGES.get(move.act, _plainly)
    after = change(dispute, move, now, row, refundable)
    if dispute.state is not State.REFUND_PENDING:
        after = _within(after, refundable)
    due_at = _due(dispute, after, now)
    return dataclasses.replace(
        after,
        revision=dispute.revision + 1,
        due_at=due_at,
        due_from=after.due_from if due_at == dispute.due_at else now,
    )


def _within(dispute: Dispute, refundable: int) -> Dispute:
    """What was paid back elsewhere since a remedy was agreed on is not paid back again."""
    remedy = dispute.remedy
    if dispute.state is not State.REFUND_PENDING or remedy is None or remedy.units <= refundable:
        return dispute
    return dataclasses.replace(dispute, remedy=remedy._replace(units=refundable))


# What each move changes. The table says where it leads; where time or a remedy decides, it is worked out here.


def _plainly(dispute: Dispute, _: Move, now: int, row: Row, __: int) -> Dispute:
    state = row.to or dispute.state
    closed_at = now if state in FINAL else dispute.closed_at
    return dataclasses.replace(dispute, state=state, closed_at=closed_at)


def _answered(dispute: Dispute, move: Move, now: int) -> Dispute:
    """The seller has said something in this round."""
    if move.by is not Party.SELLER or dispute.answered_at is not None:
        return dispute
    return dataclasses.replace(dispute, answered_at=now)


def _remedied(dispute: Dispute, remedy: Remedy, by: Party, now: int) -> Dispute:
    """What was agreed, decided or run into comes into force."""
    if remedy.kind is Kind.NONE:
        state = State.CLOSED_NO_REFUND
    else:
        state = State.AWAITING_RETURN if remedy.kind is Kind.RETURN else State.REFUND_PENDING
    return dataclasses.replace(
        dispute,
        state=state,
        remedy=remedy,
        decided_by=by,
        offer=None,
        alarmed=False,
        closed_at=now if state in FINAL else None,
    )


def _accepted(dispute: Dispute, move: Move, now: int, _: Row, __: int) -> Dispute:
    remedy = dispute.wish if dispute.state is State.SELLER_TURN else dispute.offer
    assert remedy is not None
    return _remedied(_answered(dispute, move, now), remedy, move.by, now)


def _rejected(dispute: Dispute, move: Move, now: int, row: Row, _: int) -> Dispute:
    assert row.to is not None
    answered = _answered(dispute, move, now)
    return dataclasses.replace(answered, state=row.to, offer=None, rejected=True)


def _countered(dispute: Dispute, move: Move, now: int, row: Row, _: int) -> Dispute:
    assert row.to is not None and move.remedy is not None
    answered = _answered(dispute, move, now)
    if move.by is Party.SELLER:
        return dataclasses.replace(answered, state=row.to, offer=move.remedy)
    return dataclasses.replace(answered, state=row.to, wish=move.remedy, offer=None)


def _to_mediation(dispute: Dispute, move: Move, now: int, _: Row, __: int) -> Dispute:
    return dataclasses.replace(
        _answered(dispute, move, now),
        state=State.MEDIATION,
        mediation_at=now,
        offer=None,
        proposal=None,
        agreed=None,
        alarmed=False,
    )


def _contested(dispute: Dispute, move: Move, now: int, row: Row, refundable: int) -> Dispute:
    contested = dataclasses.replace(dispute, contested=True, remedy=None, decided_by=None)
    return _to_mediation(contested, move, now, row, refundable)


def _withdrawn(dispute: Dispute, _: Move, now: int, __: Row, ___: int) -> Dispute:
    final = dispute.state is State.MEDIATION or dispute.reopened
    return dataclasses.replace(
        dispute, state=State.WITHDRAWN, closed_at=now, final=final, offer=None
    )


def _proposed(dispute: Dispute, move: Move, _: int, __: Row, ___: int) -> Dispute:
    return dataclasses.replace(dispute, proposal=move.remedy, agreed=None)


def _agreed(dispute: Dispute, move: Move, now: int, _: Row, __: int) -> Dispute:
    assert dispute.proposal is not None
    if dispute.agreed is None:
        return dataclasses.replace(dispute, agreed=move.by)
    return _remedied(dispute, dispute.proposal, move.by, now)


def _decided(dispute: Dispute, move: Move, now: int, _: Row, __: int) -> Dispute:
    assert move.remedy is not None
    return _remedied(dispute, move.remedy, move.by, now)


def _addressed(dispute: Dispute, move: Move, _: int, __: Row, ___: int) -> Dispute:
    return dataclasses.replace(dispute, address=move.text.strip())


def _shipped(dispute: Dispute, move: Move, _: int, row: Row, __: int) -> Dispute:
    assert row.to is not None
    return dataclasses.replace(
        dispute, state=row.to, carrier=move.carrier.strip(), tracking=move.tracking.strip()
    )


def _failed(dispute: Dispute, _: Move, __: int, ___: Row, ____: int) -> Dispute:
    return dataclasses.replace(dispute, alarmed=True)


def _expired(dispute: Dispute, move: Move, now: int, row: Row, refundable: int) -> Dispute:
    """Where silence leads: the one place that says it."""
    match dispute.state:
        case State.SELLER_TURN if dispute.answered_at is None:
            asked = dispute.asked._replace(units=min(dispute.asked.units, refundable))
            return _remedied(dispute, asked, Party.TIMER, now)
        case State.SELLER_TURN | State.BUYER_TURN:
            return _to_mediation(dispute, move, now, row, refundable)
        case State.AWAITING_RETURN if not dispute.address:
            return dataclasses.replace(dispute, state=State.REFUND_PENDING)
        case State.AWAITING_RETURN:
            return dataclasses.replace(dispute, state=State.CLOSED_NO_REFUND, closed_at=now)
        case State.RETURN_IN_TRANSIT:
            return dataclasses.replace(dispute, state=State.REFUND_PENDING)
    return dataclasses.replace(dispute, alarmed=True)


_CHANGES: Final = {
    Act.ACCEPT: _accepted,
    Act.REJECT: _rejected,
    Act.COUNTER: _countered,
    Act.ESCALATE: _to_mediation,
    Act.WITHDRAW: _withdrawn,
    Act.PROPOSE: _proposed,
    Act.AGREE: _agreed,
    Act.DECIDE: _decided,
    Act.ADDRESS: _addressed,
    Act.SHIP: _shipped,
    Act.CONTEST: _contested,
    Act.FAIL: _failed,
    Act.EXPIRE: _expired,
}


def _due(before: Dispute, after: Dispute, now: int) -> int | None:
    """When time decides next, or somebody is alarmed."""
    entered = after.state is not before.state
    match after.state:
        case State.SELLER_TURN | State.BUYER_TURN:
            first = after.state is State.SELLER_TURN and after.answered_at is None
            lasts = SELLER_ANSWERS_MS if first else AGREEMENT_MS
            return after.opened_at + lasts + after.grace_ms
        case State.MEDIATION:
            if after.alarmed:
                return None
            return now + MEDIATION_MS if entered else before.due_at
        case State.AWAITING_RETURN:
            if after.address and not before.address:
                return now + SHIPPING_MS
            return now + ADDRESS_MS if entered else before.due_at
        case State.RETURN_IN_TRANSIT:
            return now + TRANSIT_MS if entered else before.due_at
        case State.REFUND_PENDING:
            if after.alarmed:
                return None
            return now + REFUND_MS if entered else before.due_at
    return None


def put_off(dispute: Dispute, due_at: int) -> Dispute:
    """After an outage: what ran out while Parley was away ends later."""
    assert dispute.due_at is not None
    more = due_at - dispute.due_at if dispute.state in TURNS else 0
    return dataclasses.replace(
        dispute,
        due_at=due_at,
        grace_ms=dispute.grace_ms + more,
        revision=dispute.revision + 1,
    )
