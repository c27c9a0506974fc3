"""Whether a move may be made in a dispute: the table's row, the clock, and what the move needs beside both."""

from typing import Final, NamedTuple

from chat_server.domain.dispute_faults import Fault
from chat_server.domain.dispute_opening import remedy_fault
from chat_server.domain.disputes import (
    DECIDED_BY_TIME,
    ESCALATE_AFTER_MS,
    FINAL,
    MOVES,
    Act,
    Dispute,
    Kind,
    Party,
    Reason,
    Remedy,
    State,
)


class Move(NamedTuple):
    """What somebody wishes to do in a dispute, with what he says of it."""

    act: Act
    by: Party
    remedy: Remedy | None = None
    """Of a counter, proposal or decision; of an acceptance, what he believes to accept."""
    text: str = ""
    photos: int = 0
    """How many pieces of evidence come with it."""
    carrier: str = ""
    tracking: str = ""


def move_fault(dispute: Dispute, move: Move, now: int, refundable: int) -> str:
    """Why a move may not be made. `refundable` is what may still be paid back for the line."""
    row = MOVES[dispute.state].get(move.act)
    if row is None:
        return Fault.CLOSED if dispute.state in FINAL else Fault.NOT_NOW
    if move.by not in row.by:
        return Fault.NOT_YOURS
    if is_late(dispute, move, now):
        return Fault.DEADLINE_PASSED
    guard = _GUARDS.get(move.act)
    return guard(dispute, move, now, refundable) if guard is not None else ""


def is_late(dispute: Dispute, move: Move, now: int) -> bool:
    """Whether time has decided already, be it that nobody has noticed: an answer is in time while `now < due_at`.

    Where a deadline only alarms somebody, or the backend reports what is done, nobody is late.
    """
    if move.by in (Party.TIMER, Party.BACKEND) or dispute.due_at is None:
        return False
    return dispute.state in DECIDED_BY_TIME and now >= dispute.due_at


def _accepts(dispute: Dispute, move: Move, _: int, refundable: int) -> str:
    offered = dispute.wish if dispute.state is State.SELLER_TURN else dispute.offer
    if offered is None:
        return Fault.NOTHING_OFFERED
    if move.remedy is not None and move.remedy != offered:
        return Fault.OTHER_OFFER
    return Fault.AMOUNT if offered.units > refundable else ""


def _rejects(_: Dispute, move: Move, __: int, ___: int) -> str:
    return "" if move.text.strip() else Fault.TEXT_NEEDED


def _counters(dispute: Dispute, move: Move, _: int, refundable: int) -> str:
    if move.remedy is None or move.remedy.kind is Kind.NONE:
        return Fault.AMOUNT
    if move.by is Party.SELLER and not move.text.strip():
        return Fault.TEXT_NEEDED
    if move.by is Party.BUYER and move.remedy.units > dispute.asked.units:
        return Fault.MORE_THAN_ASKED
    return _remedy(dispute, move.remedy, refundable)


def _remedy(dispute: Dispute, remedy: Remedy, refundable: int) -> str:
    if remedy.kind is Kind.RETURN and (dispute.contested or dispute.reason is Reason.NOT_RECEIVED):
        return Fault.NO_RETURN
    return remedy_fault(remedy, refundable)


def _escalates(dispute: Dispute, move: Move, now: int, _: int) -> str:
    silent = move.by is Party.SELLER and dispute.answered_at is None
    if silent and not move.text.strip() and not move.photos:
        return Fault.TEXT_NEEDED
    open_to = dispute.rejected or now >= dispute.opened_at + ESCALATE_AFTER_MS
    return "" if open_to else Fault.ESCALATE_EARLY


def _adds(_: Dispute, move: Move, __: int, ___: int) -> str:
    return "" if move.text.strip() or move.photos else Fault.TEXT_NEEDED


def _proposes(dispute: Dispute, move: Move, _: int, refundable: int) -> str:
    if move.remedy is None or move.remedy.kind is Kind.NONE:
        return Fault.AMOUNT
    return _remedy(dispute, move.remedy, refundable)


def _agrees(dispute: Dispute, move: Move, _: int, refundable: int) -> str:
    if dispute.proposal is None:
        return Fault.NOTHING_OFFERED
    if move.remedy is not None and move.remedy != dispute.proposal:
        return Fault.OTHER_OFFER
    if dispute.agreed is move.by:
        return Fault.AGREED_ALREADY
    return Fault.AMOUNT if dispute.proposal.units > refundable else ""


def _decides(dispute: Dispute, move: Move, _: int, refundable: int) -> str:
    if move.remedy is None:
        return Fault.AMOUNT
    if not move.text.strip():
        return Fault.TEXT_NEEDED
    return _remedy(dispute, move.remedy, refundable)


def _addresses(dispute: Dispute, move: Move, _: int, __: int) -> str:
    if dispute.address:
        return Fault.ADDRESS_GIVEN
    return "" if move.text.strip() else Fault.TEXT_NEEDED


def _ships(dispute: Dispute, move: Move, _: int, __: int) -> str:
    if not dispute.address:
        return Fault.NO_ADDRESS
    return "" if move.carrier.strip() and move.tracking.strip() else Fault.TRACKING_NEEDED


def _contests(dispute: Dispute, move: Move, _: int, __: int) -> str:
    if dispute.contested:
        return Fault.NO_SECOND_TIME
    return "" if move.text.strip() or move.photos else Fault.TEXT_NEEDED


def _pays(dispute: Dispute, move: Move, _: int, __: int) -> str:
    if dispute.remedy is None or move.remedy is None:
        return Fault.OTHER_AMOUNT
    return "" if move.remedy.units == dispute.remedy.units else Fault.OTHER_AMOUNT


def _expires(dispute: Dispute, _: Move, now: int, __: int) -> str:
    return "" if dispute.due_at is not None and now >= dispute.due_at else Fault.NOT_DUE


_GUARDS: Final = {
    Act.ACCEPT: _accepts,
    Act.REJECT: _rejects,
    Act.COUNTER: _counters,
    Act.ESCALATE: _escalates,
    Act.EVIDENCE: _adds,
    Act.PROPOSE: _proposes,
    Act.AGREE: _agrees,
    Act.DECIDE: _decides,
    Act.ADDRESS: _addresses,
    Act.SHIP: _ships,
    Act.CONTEST: _contests,
    Act.PAY: _pays,
    Act.EXPIRE: _expires,
}


def acts_of(dispute: Dispute, by: Party, now: int, refundable: int) -> list[Act]:
    """What a party may do now, for its screens: the table, without what needs words or amounts to be judged."""
    allowed = []
    for act, row in MOVES[dispute.state].items():
        trial = Move(act, by, _trial(act), "-", 1, "-", "-")
        if by in row.by and not move_fault(dispute, trial, now, refundable):
            allowed.append(act)
    return allowed


def _trial(act: Act) -> Remedy | None:
    """Something that may be offered, to ask whether offering is allowed at all."""
    if act in (Act.COUNTER, Act.PROPOSE):
        return Remedy(Kind.PARTIAL, 1)
    return Remedy(Kind.NONE, 0) if act is Act.DECIDE else None
