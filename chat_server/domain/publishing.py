"""How a part of a review comes before the public: what moderation makes of it, and whose move is which (PRODUCT).

Who may send a part and when stands in `domain.reviews`; who holds which hand is the access's to ask.
"""

import enum
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.domain.review_faults import Fault


class State(enum.StrEnum):
    """Where a part stands, as it is stored."""

    PENDING = "pending"
    PUBLISHED = "published"
    REFUSED = "refused"
    HIDDEN = "hidden"


class Move(enum.StrEnum):
    """What makes a part go from one state to another."""

    SEND_AGAIN = "send_again"
    PUBLISH = "publish"
    REFUSE = "refuse"
    HIDE = "hide"
    RESTORE = "restore"
    """What was hidden is shown again."""


class Hand(enum.StrEnum):
    """Whose move it is."""

    WRITER = "writer"
    MODERATOR = "moderator"
    SUPERVISOR = "supervisor"


class Step(NamedTuple):
    """From which states a move leads where, whose it is, and whether it must be said why."""

    before: frozenset[State]
    after: State
    hand: Hand
    needs_reason: bool


MOVES: Final[Mapping[Move, Step]] = {
    Move.SEND_AGAIN: Step(
        frozenset({State.REFUSED}), State.PENDING, Hand.WRITER, needs_reason=False
    ),
    # A refusal can be taken back: every decision is reversible.
    Move.PUBLISH: Step(
        frozenset({State.PENDING, State.REFUSED}),
        State.PUBLISHED,
        Hand.MODERATOR,
        needs_reason=False,
    ),
    Move.REFUSE: Step(frozenset({State.PENDING}), State.REFUSED, Hand.MODERATOR, needs_reason=True),
    Move.HIDE: Step(frozenset({State.PUBLISHED}), State.HIDDEN, Hand.SUPERVISOR, needs_reason=True),
    Move.RESTORE: Step(
        frozenset({State.HIDDEN}), State.PUBLISHED, Hand.SUPERVISOR, needs_reason=False
    ),
}


class Reason(enum.StrEnum):
    """Why a part is refused or hidden, as it is stored and told to its writer."""

    PERSONAL_DATA = "personal_data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off_topic"
    PHOTO = "photo"
    OTHER = "other"


class Piece(NamedTuple):
    """A part that was sent."""

    state: str
    sent_at: int
    """The last time."""
    times: int = 1
    """How often it was sent: a moderator looks twice at what comes again."""
    decided_at: int | None = None
    published_at: int | None = None
    """The first time; what was hidden and restored keeps it."""
    reason: str = ""
    """Of a refusal or a hiding."""


def move_fault(move: Move, state: str, reason: str = "") -> str:
    """Why a move does not lead away from this state. Whether it is one's own to make is the access's to ask."""
    step = MOVES[move]
    if state not in step.before:
        return Fault.MODERATED
    return Fault.REASON if step.needs_reason and reason not in set(Reason) else ""


def moved(piece: Piece, move: Move, now: int, reason: str = "") -> Piece:
    """A part after a move that may be made."""
    assert not move_fault(move, piece.state, reason), "The move was not asked for first."
    step = MOVES[move]
    if move is Move.SEND_AGAIN:
        return Piece(step.after, now, piece.times + 1)
    return piece._replace(
        state=step.after,
        decided_at=now,
        published_at=now if move is Move.PUBLISH else piece.published_at,
        reason=reason if step.needs_reason else "",
    )
