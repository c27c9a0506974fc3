"""Records of disputes, as queries give them."""

import json
from typing import Any, NamedTuple

from chat_server.domain.dispute_opening import Line
from chat_server.domain.disputes import Dispute, Kind, Party, Reason, Remedy, State
from chat_server.domain.ids import OrderId, PersonId, ShopId


class LineRow(NamedTuple):
    """A line of an order with all that a dispute asks of it. Columns of `lines_in_dispute`."""

    id: int
    order_id: OrderId
    line_key: str
    title: str
    photo_url: str
    amount: str
    quantity: int
    paid_units: int | None
    order_key: str
    buyer_id: PersonId
    shop_id: ShopId
    order_state: str
    order_revision: int
    total_amount: str
    currency: str
    paid_at: int | None
    ship_by: int | None
    shipped_at: int | None
    protected_until: int | None
    received_at: int | None
    received_by: str | None
    free_return: int
    placed_at: int
    refunded: int
    order_paid: int
    order_refunded: int
    order_asked: int
    """What disputes about its other lines wait for."""

    @property
    def refundable(self) -> int:
        """What may still be paid back for it: of what was paid for the line, and for the order."""
        left = self.order_paid - self.order_refunded - self.order_asked
        return max(0, min((self.paid_units or 0) - self.refunded, left))

    @property
    def is_paid_back(self) -> bool:
        """Whether all of it has been paid back, by whatever way."""
        return (self.paid_units or 0) <= self.refunded or self.order_paid <= self.order_refunded

    @property
    def line(self) -> Line:
        """As the rules see it."""
        return Line(
            self.order_state,
            self.paid_at,
            self.ship_by,
            self.shipped_at,
            self.protected_until,
            self.received_at,
            self.received_by,
            self.refundable,
        )


class EvidenceRow(NamedTuple):
    """A piece of evidence."""

    id: int
    dispute_id: int
    party: str
    kind: str
    text: str
    full_name: str | None
    thumb_name: str | None
    width: int
    height: int
    sha256: bytes
    at: int
    said_at: int | None
    said_side: int | None


class RefundRow(NamedTuple):
    """What the backend was asked to pay back."""

    refund_key: str
    dispute_id: int
    units: int
    currency: str
    state: str
    reason: str
    asked_at: int


def _remedy(kind: str | None, units: int | None) -> Remedy | None:
    return Remedy(Kind(kind), units or 0) if kind is not None else None


class StoredDispute(NamedTuple):
    """A dispute, and what of it only screens need."""

    dispute: Dispute
    decision: str
    """A mediator's reasons."""


def stored_dispute(
    id: int,
    thread_id: int,
    order_id: int,
    line_id: int,
    buyer_id: int,
    shop_id: int,
    state: str,
    revision: int,
    reason: str,
    currency: str,
    asked_kind: str,
    asked_units: int,
    wish_kind: str,
    wish_units: int,
    opened_at: int,
    due_at: int | None,
    due_from: int,
    offer_kind: str | None,
    offer_units: int | None,
    answered_at: int | None,
    rejected: int,
    proposal_kind: str | None,
    proposal_units: int | None,
    agreed: str | None,
    mediation_at: int | None,
    mediator_id: int | None,
    remedy_kind: str | None,
    remedy_units: int | None,
    decided_by: str | None,
    decision: str,
    free_return: int,
    address: str,
    carrier: str,
    tracking: str,
    contested: int,
    alarmed: int,
    reopened: int,
    final: int,
    closed_at: int | None,
    grace_ms: int,
) -> StoredDispute:
    """A row of `disputes`."""
    dispute = Dispute(
        id=id,
        thread_id=thread_id,
        order_id=order_id,
        line_id=line_id,
        buyer_id=buyer_id,
        shop_id=shop_id,
        state=State(state),
        revision=revision,
        reason=Reason(reason),
        currency=currency,
        asked=Remedy(Kind(asked_kind), asked_units),
        wish=Remedy(Kind(wish_kind), wish_units),
        opened_at=opened_at,
        due_at=due_at,
        due_from=due_from,
        offer=_remedy(offer_kind, offer_units),
        answered_at=answered_at,
        rejected=bool(rejected),
        proposal=_remedy(proposal_kind, proposal_units),
        agreed=Party(agreed) if agreed is not None else None,
        mediation_at=mediation_at,
        mediator_id=mediator_id,
        remedy=_remedy(remedy_kind, remedy_units),
        decided_by=Party(decided_by) if decided_by is not None else None,
        free_return=bool(free_return),
        address=address,
        carrier=carrier,
        tracking=tracking,
        contested=bool(contested),
        alarmed=bool(alarmed),
        reopened=bool(reopened),
        final=bool(final),
        closed_at=closed_at,
        grace_ms=grace_ms,
    )
    return StoredDispute(dispute, decision)


def columns_of(dispute: Dispute, decision: str) -> dict[str, Any]:
    """The row of a dispute: the inverse of `stored_dispute`."""
    return {
        "id": dispute.id,
        "thread_id": dispute.thread_id,
        "order_id": dispute.order_id,
        "line_id": dispute.line_id,
        "buyer_id": dispute.buyer_id,
        "shop_id": dispute.shop_id,
        "state": dispute.state,
        "revision": dispute.revision,
        "reason": dispute.reason,
        "currency": dispute.currency,
        "asked_kind": dispute.asked.kind,
        "asked_units": dispute.asked.units,
        "wish_kind": dispute.wish.kind,
        "wish_units": dispute.wish.units,
        "opened_at": dispute.opened_at,
        "due_at": dispute.due_at,
        "due_from": dispute.due_from,
        **_pair("offer", dispute.offer),
        "answered_at": dispute.answered_at,
        "rejected": int(dispute.rejected),
        **_pair("proposal", dispute.proposal),
        "agreed": dispute.agreed,
        "mediation_at": dispute.mediation_at,
        "mediator_id": dispute.mediator_id,
        **_pair("remedy", dispute.remedy),
        "decided_by": dispute.decided_by,
        "decision": decision,
        "free_return": int(dispute.free_return),
        "address": dispute.address,
        "carrier": dispute.carrier,
        "tracking": dispute.tracking,
        "contested": int(dispute.contested),
        "alarmed": int(dispute.alarmed),
        "reopened": int(dispute.reopened),
        "final": int(dispute.final),
        "closed_at": dispute.closed_at,
        "grace_ms": dispute.grace_ms,
    }


def _pair(name: str, remedy: Remedy | None) -> dict[str, Any]:
    return {
        f"{name}_kind": remedy.kind if remedy is not None else None,
        f"{name}_units": remedy.units if remedy is not None else None,
    }


def photo_ids(body: str) -> list[int]:
    """The photos of a stored message."""
    return [photo[0] for photo in json.loads(body).get("photos", ())] if body else []
