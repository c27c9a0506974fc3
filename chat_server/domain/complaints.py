"""The machine of a complaint that a seller does not answer: its states, and who may do what. `MOVES` is the table.

A buyer complains where his oldest unanswered message is over 48 hours old. The shop has 24 hours to answer; where it is
silent, or the buyer says once that the answer solves nothing, a mediator decides. Time on holiday stops the clocks of
the shop.
"""

import dataclasses
import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from chat_server.domain.errors import Invalid, NotAllowed, ParleyError, WrongState
from chat_server.domain.holidays import Holiday, after
from chat_server.domain.orders import DAY_MS

COMPLAIN_AFTER_MS: Final = 2 * DAY_MS
SELLER_ANSWERS_MS: Final = DAY_MS
NOT_SOLVED_MS: Final = 2 * DAY_MS
ONE_IN_MS: Final = 7 * DAY_MS
"""A buyer complains about a shop once in this time."""

UPHELD_TO_FLAG: Final = 3
FLAG_WITHIN_MS: Final = 90 * DAY_MS
FLAGGED_MS: Final = 90 * DAY_MS
MOST_MESSAGES: Final = 50
"""So many of the messages that wait are copied into a complaint."""


class State(enum.StrEnum):
    """Where a complaint stands, as it is stored. A new one is told to the seller in the same moment."""

    SELLER_NOTIFIED = "seller_notified"
    ANSWERED = "answered"
    UNDER_REVIEW = "under_review"
    UPHELD = "upheld"
    REJECTED = "rejected"
    SOLVED = "solved"
    """It was answered, and the buyer said nothing more."""
    WITHDRAWN = "withdrawn"


FINAL: Final = frozenset({State.UPHELD, State.REJECTED, State.SOLVED, State.WITHDRAWN})


class Party(enum.StrEnum):
    """Whose move it is."""

    BUYER = "buyer"
    SELLER = "seller"
    MEDIATOR = "mediator"
    TIMER = "timer"


class Act(enum.StrEnum):
    """What somebody, or time, does."""

    ANSWER = "answer"
    NOT_SOLVED = "not_solved"
    WITHDRAW = "withdraw"
    UPHOLD = "uphold"
    REJECT = "reject"
    EXPIRE = "expire"


class Row(NamedTuple):
    """Who may make a move in a state, and where it leads."""

    by: Party
    to: State


_WITHDRAW: Final = Row(Party.BUYER, State.WITHDRAWN)

MOVES: Final[Mapping[State, Mapping[Act, Row]]] = {
    State.SELLER_NOTIFIED: {
        Act.ANSWER: Row(Party.SELLER, State.ANSWERED),
        Act.WITHDRAW: _WITHDRAW,
        # Answered, where the shop has spoken in the conversation since: `moved`.
        Act.EXPIRE: Row(Party.TIMER, State.UNDER_REVIEW),
    },
    State.ANSWERED: {
        Act.NOT_SOLVED: Row(Party.BUYER, State.UNDER_REVIEW),
        Act.WITHDRAW: _WITHDRAW,
        Act.EXPIRE: Row(Party.TIMER, State.SOLVED),
    },
    State.UNDER_REVIEW: {
        Act.UPHOLD: Row(Party.MEDIATOR, State.UPHELD),
        Act.REJECT: Row(Party.MEDIATOR, State.REJECTED),
        Act.WITHDRAW: _WITHDRAW,
    },
    State.UPHELD: {},
    State.REJECTED: {},
    State.SOLVED: {},
    State.WITHDRAWN: {},
}
"""PRODUCT 7, the complaint, as a table."""

WORDS_NEEDED: Final = frozenset({Act.ANSWER, Act.NOT_SOLVED, Act.UPHOLD, Act.REJECT})
WAITS_FOR: Final[Mapping[State, Party]] = {
    State.SELLER_NOTIFIED: Party.SELLER,
    State.ANSWERED: Party.BUYER,
    State.UNDER_REVIEW: Party.MEDIATOR,
}
REVIEWED: Final = frozenset({State.UNDER_REVIEW, State.UPHELD, State.REJECTED})
"""Mediators look into the conversation from the moment that it is theirs to decide."""

LOOKS_UNTIL_MS: Final = 30 * DAY_MS
"""And so long after it was decided."""

THEN: Final[Mapping[State, str]] = {
    State.SELLER_NOTIFIED: "under_review",
    State.ANSWERED: "solved",
}
"""Where silence leads, for screens."""


class Fault(enum.StrEnum):
    """Reasons of refusals."""

    CLOSED = "complaint_closed"
    NOT_NOW = "complaint_not_now"
    NOT_YOURS = "not_your_move"
    DEADLINE_PASSED = "deadline_passed"
    TEXT_NEEDED = "text_needed"
    NOT_DUE = "not_due"
    NO_SHOP = "complaint_kind"
    NOTHING_WAITS = "nothing_waits"
    EARLY = "complaint_early"
    OPEN = "complaint_open"
    ONE_A_WEEK = "complaint_week"


REFUSALS: Final[Mapping[Fault, type[ParleyError]]] = {
    Fault.CLOSED: WrongState,
    Fault.NOT_NOW: WrongState,
    Fault.NOT_YOURS: NotAllowed,
    Fault.DEADLINE_PASSED: WrongState,
    Fault.TEXT_NEEDED: Invalid,
    Fault.NOT_DUE: WrongState,
    Fault.NO_SHOP: NotAllowed,
    Fault.NOTHING_WAITS: WrongState,
    Fault.EARLY: WrongState,
    Fault.OPEN: WrongState,
    Fault.ONE_A_WEEK: WrongState,
}
"""As which mistake a fault is raised."""


@dataclasses.dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about a conversation, as it stands in the store."""

    id: int
    thread_id: int
    buyer_id: int
    shop_id: int
    state: State
    revision: int
    opened_at: int
    text: str
    facts: str
    """JSON of what was so at the opening: the messages that waited, how long, and the shop's figure."""
    due_at: int | None
    due_from: int
    """Since when the state lasts, from which its clock runs."""
    answer: str = ""
    answered_at: int | None = None
    not_solved: str = ""
    decision: str = ""
    mediator_id: int | None = None
    closed_at: int | None = None


def open_fault(waiting_ms: int | None, last_at: int | None, now: int) -> str:
    """Why a buyer may not complain. `waiting_ms` is how long his oldest unanswered message has waited, without
    holidays; `last_at` when he last complained about this shop."""
    if waiting_ms is None:
        return Fault.NOTHING_WAITS
    if waiting_ms <= COMPLAIN_AFTER_MS:
        return Fault.EARLY
    if last_at is not None and now < last_at + ONE_IN_MS:
        return Fault.ONE_A_WEEK
    return ""


def move_fault(complaint: Complaint, act: Act, by: Party, text: str, now: int) -> str:
    """Why a move may not be made."""
    row = MOVES[complaint.state].get(act)
    if row is None:
        return Fault.CLOSED if complaint.state in FINAL else Fault.NOT_NOW
    if by is not row.by:
        return Fault.NOT_YOURS
    due = complaint.due_at is not None and now >= complaint.due_at
    if by is Party.TIMER:
        return "" if due else Fault.NOT_DUE
    if due:
        return Fault.DEADLINE_PASSED
    return Fault.TEXT_NEEDED if act in WORDS_NEEDED and not text.strip() else ""


def acts_of(complaint: Complaint, by: Party, now: int) -> list[Act]:
    """What a party may do now; words are still asked for."""
    return [act for act in Act if not move_fault(complaint, act, by, "words", now)]


def may_look(complaint: Complaint, now: int) -> bool:
    """Whether a mediator may look into the conversation now."""
    until = None if complaint.closed_at is None else complaint.closed_at + LOOKS_UNTIL_MS
    return complaint.state in REVIEWED and (until is None or now < until)


def due_at(state: State, since: int, holidays: Iterable[Holiday]) -> int | None:
    """When time decides in a state that lasts since an instant; None where it never does."""
    if state is State.SELLER_NOTIFIED:
        return after(holidays, since, SELLER_ANSWERS_MS)
    return since + NOT_SOLVED_MS if state is State.ANSWERED else None


def moved(
    complaint: Complaint,
    act: Act,
    text: str,
    now: int,
    *,
    spoken: bool = False,
    mediator_id: int | None = None,
) -> Complaint:
    """The complaint after a move that may be made. `spoken`: the shop has answered in the conversation itself."""
    state = MOVES[complaint.state][act].to
    if act is Act.EXPIRE and complaint.state is State.SELLER_NOTIFIED and spoken:
        state = State.ANSWERED
    after_it = dataclasses.replace(
        complaint,
        state=state,
        revision=complaint.revision + 1,
        due_at=due_at(state, now, ()),
        due_from=now,
        closed_at=now if state in FINAL else None,
    )
    if state is State.ANSWERED:
        after_it = dataclasses.replace(after_it, answered_at=now)
    match act:
        case Act.ANSWER:
            return dataclasses.replace(after_it, answer=text)
        case Act.NOT_SOLVED:
            return dataclasses.replace(after_it, not_solved=text)
        case Act.UPHOLD | Act.REJECT:
            return dataclasses.replace(after_it, decision=text, mediator_id=mediator_id)
    return after_it


def put_off(complaint: Complaint, later: int) -> Complaint:
    """The same with another deadline: Parley was away, or the shop is."""
    return dataclasses.replace(complaint, due_at=later, revision=complaint.revision + 1)


REMIND_AT: Final = (50, 90)
"""Percent of the time to a deadline, at which who is waited for is reminded."""


def reminders(complaint: Complaint, holidays: Sequence[Holiday]) -> list[int]:
    """When who is waited for is reminded, holidays left out; nothing where time decides nothing."""
    if complaint.due_at is None:
        return []
    of_seller = complaint.state is State.SELLER_NOTIFIED
    stops = holidays if of_seller else ()
    lasts = SELLER_ANSWERS_MS if of_seller else NOT_SOLVED_MS
    # Where the deadline was put off beyond its own time, so are the reminders.
    over = complaint.due_at - after(stops, complaint.due_from, lasts)
    return [
        after(stops, complaint.due_from, lasts * percent // 100) + over for percent in REMIND_AT
    ]


class Flag(NamedTuple):
    """A shop of which too many complaints were upheld."""

    since: int
    until: int
    upheld: int


def flag(upheld_at: Iterable[int], now: int) -> Flag | None:
    """Whether a shop is flagged: three upheld in 90 days flag it for 90 days from the third on."""
    decided = sorted(at for at in upheld_at if at <= now)
    for at in reversed(decided):
        within = [one for one in decided if at - FLAG_WITHIN_MS < one <= at]
        if len(within) >= UPHELD_TO_FLAG and now < at + FLAGGED_MS:
            return Flag(at, at + FLAGGED_MS, len(within))
    return None
