"""When a dispute may be opened, about what and for how much; and opened again, once."""

import dataclasses
from typing import Final, NamedTuple

from chat_server.domain.dispute_faults import Fault
from chat_server.domain.disputes import (
    SELLER_ANSWERS_MS,
    SIZE,
    Dispute,
    Kind,
    Reason,
    Remedy,
    State,
)
from chat_server.domain.orders import DAY_MS


class Line(NamedTuple):
    """A line of an order, as far as a dispute asks."""

    order_state: str
    paid_at: int | None
    ship_by: int | None
    shipped_at: int | None
    protected_until: int | None
    received_at: int | None
    received_by: str | None
    refundable: int
    """What may still be paid back for it."""


NOT_RECEIVED_AFTER_MS: Final = 10 * DAY_MS
OPEN_UNTIL_MS: Final = 15 * DAY_MS


def open_fault(line: Line, reason: Reason, wish: Remedy, photos: int, now: int) -> str:
    """Why a dispute may not be opened about a line. Whose order it is, is the access's to ask."""
    if line.paid_at is None or line.order_state == "cancelled":
        return Fault.NOT_PAID
    fault = _missing_fault(line, now) if reason is Reason.NOT_RECEIVED else _goods_fault(line, now)
    if fault:
        return fault
    if reason is Reason.NOT_RECEIVED and wish.kind is not Kind.FULL:
        return Fault.FULL_ONLY
    if reason is not Reason.NOT_RECEIVED and photos == 0:
        return Fault.PHOTOS_NEEDED
    return remedy_fault(wish, line.refundable)


def _missing_fault(line: Line, now: int) -> str:
    if line.received_by in ("buyer", "backend"):
        return Fault.RECEIVED
    if line.shipped_at is None:
        opens = line.ship_by
    else:
        opens = line.shipped_at + NOT_RECEIVED_AFTER_MS
    if opens is None or now < opens:
        return Fault.TOO_EARLY
    ends = line.protected_until
    return Fault.TOO_LATE if ends is not None and now >= ends + OPEN_UNTIL_MS else ""


def _goods_fault(line: Line, now: int) -> str:
    if line.received_at is None:
        return Fault.NOT_RECEIVED
    return Fault.TOO_LATE if now >= line.received_at + OPEN_UNTIL_MS else ""


def reasons_now(line: Line, now: int) -> dict[Reason, list[Kind]]:
    """For which reasons a dispute may be opened now, and what may be wished for each."""
    found: dict[Reason, list[Kind]] = {}
    for reason in Reason:
        missing = reason is Reason.NOT_RECEIVED
        wishes = [Kind.FULL] if missing else [Kind.FULL, Kind.PARTIAL, Kind.RETURN]
        whole = Remedy(Kind.FULL, line.refundable)
        if not open_fault(line, reason, whole, 1, now):
            found[reason] = wishes
    return found


def not_received_from(line: Line, now: int) -> int | None:
    """From when it may be said that nothing came, where that is later than now; None else."""
    if line.paid_at is None or line.received_at is not None:
        return None
    opens = line.ship_by if line.shipped_at is None else line.shipped_at + NOT_RECEIVED_AFTER_MS
    return opens if opens is not None and now < opens else None


def open_until(line: Line, now: int) -> int | None:
    """Until when anything may still be said of a line; None where there is no end in sight, or it is over."""
    ends = [
        end + OPEN_UNTIL_MS
        for end in (line.received_at, line.protected_until)
        if end is not None and now < end + OPEN_UNTIL_MS
    ]
    return max(ends, default=None)


def remedy_fault(remedy: Remedy, most: int) -> str:
    """Why something may not be asked, offered or decided. `most` is what may still be paid back."""
    if remedy.kind is Kind.NONE:
        return Fault.AMOUNT if remedy.units else ""
    if not 0 < remedy.units <= most:
        return Fault.AMOUNT
    whole = remedy.units == most
    return "" if remedy.kind is Kind.PARTIAL or whole else Fault.AMOUNT


def reopen_fault(dispute: Dispute, wish: Remedy) -> str:
    """Why a withdrawn dispute may not be opened again; the window is asked by `open_fault`."""
    if dispute.state is not State.WITHDRAWN:
        return Fault.ALREADY_OPENED
    if dispute.final or dispute.reopened:
        return Fault.NO_SECOND_TIME
    less = SIZE[wish.kind] <= SIZE[dispute.asked.kind] and wish.units <= dispute.asked.units
    return "" if less else Fault.MORE_THAN_ASKED


def opened(dispute: Dispute) -> Dispute:
    """A dispute that was just made, with its first deadline."""
    opened_at = dispute.opened_at
    return dataclasses.replace(dispute, due_at=opened_at + SELLER_ANSWERS_MS, due_from=opened_at)


def reopened(dispute: Dispute, wish: Remedy, now: int) -> Dispute:
    """A withdrawn dispute in its second round: clocks start anew."""
    return opened(
        dataclasses.replace(
            dispute,
            state=State.SELLER_TURN,
            revision=dispute.revision + 1,
            asked=wish,
            wish=wish,
            opened_at=now,
            offer=None,
            answered_at=None,
            rejected=False,
            reopened=True,
            closed_at=None,
            grace_ms=0,
        )
    )
