"""The machine of a dispute: its states, and who may do what in each (PRODUCT: disputes). `MOVES` is the table.

What a move needs beside state and party is asked in `dispute_moves`, what it changes is worked out in
`dispute_changes`, when one may be opened in `dispute_opening`. What is stored, told and paid for it is the actions'
business. Amounts are whole numbers of ten-thousandths of the order's currency (`domain.money`).
"""

import dataclasses
import enum
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.domain.orders import DAY_MS

SELLER_ANSWERS_MS: Final = 5 * DAY_MS
AGREEMENT_MS: Final = 7 * DAY_MS
ESCALATE_AFTER_MS: Final = 3 * DAY_MS
MEDIATION_MS: Final = 7 * DAY_MS
ADDRESS_MS: Final = 3 * DAY_MS
SHIPPING_MS: Final = 10 * DAY_MS
TRANSIT_MS: Final = 30 * DAY_MS
REFUND_MS: Final = 15 * DAY_MS
"""Refunds usually take 3 to 15 days; after that somebody is alarmed."""


class State(enum.StrEnum):
    """Where a dispute stands, as it is stored."""

    SELLER_TURN = "seller_turn"
    BUYER_TURN = "buyer_turn"
    MEDIATION = "mediation"
    AWAITING_RETURN = "awaiting_return"
    RETURN_IN_TRANSIT = "return_in_transit"
    REFUND_PENDING = "refund_pending"
    REFUNDED = "refunded"
    CLOSED_NO_REFUND = "closed_no_refund"
    WITHDRAWN = "withdrawn"


FINAL: Final = frozenset({State.REFUNDED, State.CLOSED_NO_REFUND, State.WITHDRAWN})
TURNS: Final = frozenset({State.SELLER_TURN, State.BUYER_TURN})


class Party(enum.StrEnum):
    """Whose move it is."""

    BUYER = "buyer"
    SELLER = "seller"
    MEDIATOR = "mediator"
    BACKEND = "backend"
    TIMER = "timer"


class Act(enum.StrEnum):
    """What somebody, or time, does. Opening and reopening make the dispute that these act on."""

    ACCEPT = "accept"
    REJECT = "reject"
    COUNTER = "counter"
    ESCALATE = "escalate"
    EVIDENCE = "evidence"
    TAKE = "take"
    """A mediator joins."""
    WITHDRAW = "withdraw"
    PROPOSE = "propose"
    AGREE = "agree"
    DECIDE = "decide"
    ADDRESS = "address"
    SHIP = "ship"
    RECEIVE = "receive"
    CONTEST = "contest"
    PAY = "pay"
    FAIL = "fail"
    SETTLE = "settle"
    """The backend reports that all was paid back elsewhere."""
    EXPIRE = "expire"
    """What is due runs out."""


class Kind(enum.StrEnum):
    """What is wished, offered or decided."""

    FULL = "full"
    PARTIAL = "partial"
    RETURN = "return"
    NONE = "none"
    """Nothing is paid back: a mediator's decision alone."""


SIZE: Final[Mapping[Kind, int]] = {Kind.FULL: 3, Kind.RETURN: 2, Kind.PARTIAL: 1, Kind.NONE: 0}
"""How much a wish asks: who opens again may ask the same or less."""


class Remedy(NamedTuple):
    """What is to be done, and how much is paid back, in ten-thousandths."""

    kind: Kind
    units: int


class Reason(enum.StrEnum):
    """What happened, as the buyer says it."""

    NOT_RECEIVED = "not_received"
    INCOMPLETE = "incomplete"
    NOT_AS_DESCRIBED = "not_as_described"
    WRONG_ITEM = "wrong_item"
    DAMAGED = "damaged"
    QUALITY = "quality"


class Row(NamedTuple):
    """Who may make a move in a state, and where it leads; None: it stays."""

    by: frozenset[Party]
    to: State | None


REMEDIED: Final = State.REFUND_PENDING
"""Stands in the table for: `awaiting_return` where goods go back, `closed_no_refund` where nothing is paid."""

_B, _S, _M = Party.BUYER, Party.SELLER, Party.MEDIATOR
_BOTH: Final = frozenset({_B, _S})


def _row(to: State | None, *by: Party) -> Row:
    return Row(frozenset(by), to)


_EVIDENCE: Final = Row(_BOTH, None)
_SETTLED: Final = _row(State.REFUNDED, Party.BACKEND)

MOVES: Final[Mapping[State, Mapping[Act, Row]]] = {
    State.SELLER_TURN: {
        Act.ACCEPT: _row(REMEDIED, _S),
        Act.REJECT: _row(State.BUYER_TURN, _S),
        Act.COUNTER: _row(State.BUYER_TURN, _S),
        Act.ESCALATE: Row(_BOTH, State.MEDIATION),
        Act.EVIDENCE: _EVIDENCE,
        Act.WITHDRAW: _row(State.WITHDRAWN, _B),
        # As asked where the seller never answered, else mediation: `_expired`.
        Act.EXPIRE: _row(None, Party.TIMER),
        Act.SETTLE: _SETTLED,
    },
    State.BUYER_TURN: {
        Act.ACCEPT: _row(REMEDIED, _B),
        Act.COUNTER: _row(State.SELLER_TURN, _B),
        Act.ESCALATE: Row(_BOTH, State.MEDIATION),
        Act.EVIDENCE: _EVIDENCE,
        Act.WITHDRAW: _row(State.WITHDRAWN, _B),
        Act.EXPIRE: _row(State.MEDIATION, Party.TIMER),
        Act.SETTLE: _SETTLED,
    },
    State.MEDIATION: {
        Act.EVIDENCE: _EVIDENCE,
        Act.WITHDRAW: _row(State.WITHDRAWN, _B),
        Act.TAKE: _row(None, _M),
        Act.PROPOSE: _row(None, _M),
        Act.AGREE: Row(_BOTH, None),
        Act.DECIDE: _row(REMEDIED, _M),
        Act.EXPIRE: _row(None, Party.TIMER),
        Act.SETTLE: _SETTLED,
    },
    State.AWAITING_RETURN: {
        Act.ADDRESS: _row(None, _S),
        Act.SHIP: _row(State.RETURN_IN_TRANSIT, _B),
        # Without an address the refund goes without a return; with one, and nothing sent, nothing is paid.
        Act.EXPIRE: _row(None, Party.TIMER),
        Act.SETTLE: _SETTLED,
    },
    State.RETURN_IN_TRANSIT: {
        Act.RECEIVE: _row(State.REFUND_PENDING, _S),
        Act.CONTEST: _row(State.MEDIATION, _S),
        Act.EXPIRE: _row(State.REFUND_PENDING, Party.TIMER),
        Act.SETTLE: _SETTLED,
    },
    State.REFUND_PENDING: {
        Act.PAY: _row(State.REFUNDED, Party.BACKEND),
        Act.FAIL: _row(None, Party.BACKEND),
        Act.EXPIRE: _row(None, Party.TIMER),
        Act.SETTLE: _SETTLED,
    },
    State.REFUNDED: {},
    State.CLOSED_NO_REFUND: {},
    State.WITHDRAWN: {},
}
"""PRODUCT 7 as a table. What a move needs beside state and party is asked in `move_fault`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute about one line of an order, as it stands in the store."""

    id: int
    thread_id: int
    order_id: int
    line_id: int
    buyer_id: int
    shop_id: int
    state: State
    revision: int
    reason: Reason
    currency: str
    asked: Remedy
    """At the opening: nobody may ask for more later."""
    wish: Remedy
    """What the buyer asks for now."""
    opened_at: int
    due_at: int | None
    """When time decides, or somebody is alarmed; None where nothing is due."""
    offer: Remedy | None = None
    """What the seller offers, while it is the buyer's turn."""
    answered_at: int | None = None
    """When the seller first answered in this round."""
    rejected: bool = False
    proposal: Remedy | None = None
    """A mediator's, while it is neither in force nor replaced."""
    agreed: Party | None = None
    """Who has agreed to it so far."""
    mediation_at: int | None = None
    mediator_id: int | None = None
    remedy: Remedy | None = None
    """What was agreed or decided."""
    decided_by: Party | None = None
    """Who had the last word: the party that accepted, a mediator, time."""
    free_return: bool = False
    address: str = ""
    """Where the goods go back to."""
    carrier: str = ""
    tracking: str = ""
    contested: bool = False
    """The seller said that the return did not come, or not as it was sent: there is no second one."""
    alarmed: bool = False
    """Somebody who works here was told that it takes too long, or failed."""
    reopened: bool = False
    final: bool = False
    """Withdrawn in mediation, or a second time: it cannot be opened again."""
    closed_at: int | None = None
    due_from: int = 0
    """Since when the clock of `due_at` runs: reminders come at a half and at nine tenths of it."""
    grace_ms: int = 0
    """By how much the clock of the turns was moved, because Parley was away."""


DECIDED_BY_TIME: Final = TURNS | {State.AWAITING_RETURN, State.RETURN_IN_TRANSIT}
"""In these states a deadline moves the dispute; in mediation and while a refund is due it only alarms."""


def waits_for(dispute: Dispute) -> Party | None:
    """Whose move is waited for; None where it is nobody's, or over."""
    match dispute.state:
        case State.SELLER_TURN:
            return Party.SELLER
        case State.BUYER_TURN:
            return Party.BUYER
        case State.MEDIATION:
            return Party.MEDIATOR
        case State.AWAITING_RETURN:
            return Party.BUYER if dispute.address else Party.SELLER
        case State.RETURN_IN_TRANSIT:
            return Party.SELLER
        case State.REFUND_PENDING:
            return Party.BACKEND
    return None


REMIND_AT: Final = (50, 90)
"""Percent of the time to a deadline that moves a dispute, at which who is waited for is reminded."""


def reminders(dispute: Dispute) -> list[int]:
    """When who is waited for is reminded; nothing where nobody's time runs out."""
    if dispute.due_at is None or dispute.state not in DECIDED_BY_TIME:
        return []
    lasts = dispute.due_at - dispute.due_from
    return [dispute.due_from + lasts * percent // 100 for percent in REMIND_AT]


def expires_to(dispute: Dispute) -> str:
    """Where silence leads, for screens; empty where it only alarms somebody."""
    match dispute.state:
        case State.SELLER_TURN if dispute.answered_at is None:
            return "as_asked"
        case State.SELLER_TURN | State.BUYER_TURN:
            return "mediation"
        case State.AWAITING_RETURN:
            return "no_refund" if dispute.address else "refund_without_return"
        case State.RETURN_IN_TRANSIT:
            return "refund"
    return ""
