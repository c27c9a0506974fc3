"""Disputes as each audience sees them: buyer and shop, mediators, the marketplace's backend."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.wire.shapes import (
    ClientKey,
    Id,
    Millis,
    Money,
    OrderView,
    PersonView,
    Shape,
    ShopView,
    Text,
)

DisputeState = Literal[
    "seller_turn",
    "buyer_turn",
    "mediation",
    "awaiting_return",
    "return_in_transit",
    "refund_pending",
    "refunded",
    "closed_no_refund",
    "withdrawn",
]
DisputeReason = Literal[
    "not_received", "incomplete", "not_as_described", "wrong_item", "damaged", "quality"
]
WishKind = Literal["full", "partial", "return"]
RemedyKind = Literal["full", "partial", "return", "none"]
DisputeAct = Literal[
    "accept",
    "reject",
    "counter",
    "escalate",
    "evidence",
    "withdraw",
    "take",
    "propose",
    "agree",
    "decide",
    "address",
    "ship",
    "receive",
    "contest",
    "reopen",
]
PartyName = Literal["buyer", "seller", "mediator", "backend", "timer"]
DisputeRevision = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Words = Annotated[str, Meta(max_length=4000, description="Counted in Unicode code points.")]
EvidencePhotos = Annotated[list[Id], Meta(max_length=10)]


class RemedyView(Shape, frozen=True):
    """What is asked, offered or decided."""

    kind: RemedyKind
    amount: Money | None = None
    """None where nothing is paid back."""


class EvidenceView(Shape, frozen=True):
    """Something that a party put in: a copy, which stays whatever becomes of the original."""

    id: Id
    by: PartyName
    at: Millis
    kind: Literal["photo", "message", "text"]
    sha256: str
    """Of the bytes as they are stored: of the picture, or of the words in UTF-8. Hexadecimal."""
    text: str = ""
    width: int = 0
    height: int = 0
    """Of a photo, at `/api/v1/disputes/{dispute}/evidence/{id}/{full|thumb}`."""
    said_at: Millis | None = None
    """Of a message of the order's thread."""
    said_by: PartyName | None = None


class DisputeLine(Shape, frozen=True):
    """What the dispute is about."""

    id: Id
    title: str
    photo_url: str
    paid: Money
    refundable: Money
    """What may still be paid back."""


class ReturnView(Shape, frozen=True):
    """Goods on their way back."""

    address: str = ""
    carrier: str = ""
    tracking: str = ""
    contested: bool = False
    free: bool = False
    """Whether the shop pays for sending them back."""


class DisputeView(Shape, frozen=True):
    """A dispute as its parties see it."""

    id: Id
    thread_id: Id
    state: DisputeState
    revision: DisputeRevision
    reason: DisputeReason
    my_side: Literal["buyer", "seller", "mediator"]
    order_id: Id
    order_number: str
    line: DisputeLine
    buyer: PersonView
    shop: ShopView
    opened_at: Millis
    asked: RemedyView
    wish: RemedyView
    acts: list[DisputeAct]
    """What I may do now. Amounts and words are still checked."""
    waits_for: PartyName | None = None
    due_at: Millis | None = None
    """When time decides."""
    then: Literal["", "as_asked", "mediation", "refund_without_return", "no_refund", "refund"] = ""
    """What happens then, where nobody does anything."""
    escalate_from: Millis | None = None
    """From when a mediator may be asked; none where it is now or never."""
    offer: RemedyView | None = None
    proposal: RemedyView | None = None
    agreed: PartyName | None = None
    remedy: RemedyView | None = None
    decided_by: PartyName | None = None
    decision: str = ""
    """A mediator's reasons."""
    returning: ReturnView | None = None
    evidence: list[EvidenceView] = []
    refund_asked_at: Millis | None = None
    refund_failed: str = ""
    closed_at: Millis | None = None
    reopen_until: Millis | None = None
    mediated: bool = False
    """Whether a mediator has joined."""
    free_return: bool = False
    """Whether the shop pays for goods that go back."""
    mediator_id: Id | None = None
    """Which one: told to mediators alone."""


class DisputePage(Shape, frozen=True):
    """Disputes: those that wait for me first, by what is due first; then the others, newest first."""

    disputes: list[DisputeView]
    next: str = ""


class DisputeOptions(Shape, frozen=True):
    """What may be said of a line now, for the guided opening."""

    line: DisputeLine
    reasons: list["ReasonOption"]
    """Those for which a dispute may be opened now."""
    dispute_id: Id | None = None
    """One that there is already."""
    may_reopen: bool = False
    free_return: bool = False
    has_messages: bool = False
    """Whether buyer and shop have talked about this order."""
    not_received_from: Millis | None = None
    """From when "it did not come" may be said, where that is later."""
    until: Millis | None = None


class ReasonOption(Shape, frozen=True):
    """A reason, what may be wished for it, and whether photos are needed."""

    reason: DisputeReason
    wishes: list[WishKind]
    photos_needed: bool


class WishBody(Shape, frozen=True):
    """What is wished or offered; the amount of a part."""

    kind: RemedyKind
    amount: Money | None = None
    """Of a part alone: the whole is what may still be paid back."""


class EvidenceBody(Shape, frozen=True):
    """What comes with a move: words, photos that were uploaded, messages of the order's thread by their `seq`."""

    text: Words = ""
    photos: EvidencePhotos = []
    messages: Annotated[list[Annotated[int, Meta(ge=1, le=2**53 - 1)]], Meta(max_length=20)] = []


class OpenDispute(Shape, frozen=True):
    """Opens a dispute about a line of my order."""

    client_key: ClientKey
    reason: DisputeReason
    wish: WishBody
    evidence: EvidenceBody


class MoveDispute(Shape, frozen=True):
    """One step, as the dispute was seen. `If-Match: "<revision>"` may stand in the place of `revision`."""

    client_key: ClientKey
    act: DisputeAct
    revision: DisputeRevision | None = None
    wish: WishBody | None = None
    """Of a counter, proposal, decision, reopening; of an acceptance, what is believed to be accepted."""
    evidence: EvidenceBody | None = None
    """Words (of a rejection, counter, decision, address) and what proves them."""
    carrier: Annotated[str, Meta(max_length=80)] = ""
    tracking: Annotated[str, Meta(max_length=80)] = ""


class DocketPage(Shape, frozen=True):
    """What mediators have to do, by what is due first."""

    disputes: list[DisputeView]
    counts: dict[str, int]
    """`mediation`, `late`, `refunds` (late or failed), `mine`."""
    now: Millis
    """The server's time: what is due is due by it."""
    next: str = ""


class CaseThread(Shape, frozen=True):
    """A conversation of the two about this order or its product, which a mediator may look at."""

    thread_id: Id
    kind: Literal["order", "product", "dispute"]
    title: str
    messages: int


class CaseContext(Shape, frozen=True):
    """What belongs to a case beside the dispute itself."""

    order: OrderView
    threads: list[CaseThread]
    buyer_disputes: int
    """How many this buyer opened in a year, and how many were opened against the shop."""
    shop_disputes: int
    mediator: PersonView | None = None
    """Who has the case."""
    has_served: bool = False
    """I answered one of the two in support since the order was placed, so the case is for somebody else."""


class MediatorSays(Shape, frozen=True):
    """Words of a mediator to both parties of his case."""

    client_key: ClientKey
    text: Text


class RefundAsked(Shape, frozen=True):
    """A refund that the marketplace's backend is to make."""

    key: str
    order: str
    line: str
    """The marketplace's own ids."""
    amount: Money
    asked_at: Millis
    state: Literal["pending", "paid", "failed"]
    reason: DisputeReason


class RefundsAsked(Shape, frozen=True):
    """Refunds that wait, oldest first."""

    refunds: list[RefundAsked]


class TellRefund(Shape, frozen=True):
    """What became of it. Said again, it changes nothing."""

    state: Literal["paid", "failed"]
    amount: Money | None = None
    """Of a paid one, and needed there: what was paid."""
    reason: Text = ""
