"""Disputes as their audiences see them."""

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec

from chat_server.domain import disputes
from chat_server.domain.dispute_moves import acts_of
from chat_server.domain.dispute_opening import OPEN_UNTIL_MS
from chat_server.domain.dispute_records import EvidenceRow, LineRow, RefundRow, StoredDispute
from chat_server.domain.disputes import (
    ESCALATE_AFTER_MS,
    TURNS,
    Dispute,
    Kind,
    Party,
    Remedy,
    State,
    expires_to,
    waits_for,
)
from chat_server.domain.ids import show
from chat_server.domain.money import amount_of
from chat_server.domain.people import Side
from chat_server.wire import disputes as shapes
from chat_server.wire.shapes import Money, PersonView, ShopView

_SAID_BY: Final[Mapping[int, shapes.PartyName]] = {
    Side.CUSTOMER: "buyer",
    Side.SHOP: "seller",
    Side.STAFF: "mediator",
}


def money(units: int, currency: str) -> Money:
    """An amount."""
    return Money(amount=amount_of(units, currency), currency=currency)


def remedy_view(remedy: Remedy | None, currency: str) -> shapes.RemedyView | None:
    """What is asked, offered or decided."""
    if remedy is None:
        return None
    amount = None if remedy.kind is Kind.NONE else money(remedy.units, currency)
    return shapes.RemedyView(kind=remedy.kind.value, amount=amount)


def line_view(line: LineRow) -> shapes.DisputeLine:
    """What a dispute is about."""
    return shapes.DisputeLine(
        id=show(line.id),
        title=line.title,
        photo_url=line.photo_url,
        paid=money(line.paid_units or 0, line.currency),
        refundable=money(line.refundable, line.currency),
    )


def evidence_view(piece: EvidenceRow) -> shapes.EvidenceView:
    """Something that was put in."""
    return msgspec.convert(
        {
            "id": show(piece.id),
            "by": piece.party,
            "at": piece.at,
            "kind": piece.kind,
            "sha256": piece.sha256.hex(),
            "text": piece.text,
            "width": piece.width,
            "height": piece.height,
            "said_at": piece.said_at,
            "said_by": _SAID_BY[piece.said_side] if piece.said_side is not None else None,
        },
        shapes.EvidenceView,
    )


def dispute_view(
    stored: StoredDispute,
    line: LineRow,
    evidence: list[EvidenceRow],
    refund: RefundRow | None,
    names: tuple[str, str],
    by: Party,
    now: int,
) -> shapes.DisputeView:
    """A dispute as one of its parties, or a mediator, sees it."""
    dispute = stored.dispute
    fields: dict[str, Any] = {
        "id": show(dispute.id),
        "thread_id": show(dispute.thread_id),
        "state": dispute.state.value,
        "revision": dispute.revision,
        "reason": dispute.reason.value,
        "my_side": by.value,
        "order_id": show(dispute.order_id),
        "order_number": line.order_key,
        "line": line_view(line),
        "buyer": PersonView(id=show(dispute.buyer_id), name=names[0]),
        "shop": ShopView(id=show(dispute.shop_id), name=names[1]),
        "opened_at": dispute.opened_at,
        "acts": _acts(dispute, line, by, now),
        "waits_for": _value(waits_for(dispute)),
        "due_at": dispute.due_at,
        "then": expires_to(dispute),
        "escalate_from": _escalates_from(dispute, now),
        "agreed": _value(dispute.agreed),
        "decided_by": _value(dispute.decided_by),
        "decision": stored.decision,
        "returning": _returning(dispute),
        "evidence": [evidence_view(piece) for piece in evidence],
        "refund_asked_at": refund.asked_at if refund is not None else None,
        "refund_failed": refund.reason if refund is not None and refund.state == "failed" else "",
        "closed_at": dispute.closed_at,
        "reopen_until": _reopens_until(dispute, line),
        "mediated": dispute.mediator_id is not None,
        "free_return": dispute.free_return,
    }
    if by is Party.MEDIATOR and dispute.mediator_id is not None:
        fields["mediator_id"] = show(dispute.mediator_id)
    for name in ("asked", "wish", "offer", "proposal", "remedy"):
        fields[name] = remedy_view(getattr(dispute, name), dispute.currency)
    return msgspec.convert(fields, shapes.DisputeView, from_attributes=True)


def _acts(dispute: Dispute, line: LineRow, by: Party, now: int) -> list[str]:
    """What a viewer may do now."""
    found = [act.value for act in acts_of(dispute, by, now, line.refundable)]
    until = _reopens_until(dispute, line)
    if by is Party.BUYER and until is not None and now < until:
        found.append("reopen")
    return found


def _reopens_until(dispute: Dispute, line: LineRow) -> int | None:
    """Until when a withdrawn dispute may be opened again; None where it may not, or there is no end in sight."""
    if dispute.state is not State.WITHDRAWN or dispute.final or dispute.reopened:
        return None
    if dispute.reason is disputes.Reason.NOT_RECEIVED:
        ends = line.protected_until
        return (
            None
            if ends is None or line.received_by in ("buyer", "backend")
            else ends + OPEN_UNTIL_MS
        )
    return None if line.received_at is None else line.received_at + OPEN_UNTIL_MS


def _escalates_from(dispute: Dispute, now: int) -> int | None:
    opens = dispute.opened_at + ESCALATE_AFTER_MS
    return opens if dispute.state in TURNS and not dispute.rejected and now < opens else None


def _returning(dispute: Dispute) -> shapes.ReturnView | None:
    if not (dispute.address or dispute.contested or dispute.state is State.AWAITING_RETURN):
        return None
    return shapes.ReturnView(
        address=dispute.address,
        carrier=dispute.carrier,
        tracking=dispute.tracking,
        contested=dispute.contested,
        free=dispute.free_return,
    )


PartyName = Literal["buyer", "seller", "mediator", "backend", "timer"]


def _value(party: Party | None) -> str | None:
    return party.value if party is not None else None
