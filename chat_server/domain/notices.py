"""What people are told beside their conversations: kinds, sides, and when somebody is reminded to rate."""

import enum
from typing import Final, NamedTuple

from chat_server.domain.orders import DAY_MS
from chat_server.domain.publishing import State
from chat_server.domain.reviews import REVIEW_WINDOW_MS, Part

KEPT_MS: Final = 365 * DAY_MS

REMINDED_MS: Final = (7 * DAY_MS, REVIEW_WINDOW_MS - 3 * DAY_MS)
"""How long after receipt somebody who has not rated is reminded. At the receipt itself he is asked."""


class Kind(enum.StrEnum):
    """What a notice tells, as it is stored."""

    RATE_ASKED = "rate_asked"
    RATE_REMINDER = "rate_reminder"
    REVIEW_PUBLISHED = "review_published"
    REVIEW_REFUSED = "review_refused"
    REVIEW_HIDDEN = "review_hidden"
    REVIEW_REPLIED = "review_replied"

    SHOP_RATED = "shop_rated"
    SHOP_REVIEWED = "shop_reviewed"
    """Words about the shop are to be read, and may be replied to."""
    REPLY_PUBLISHED = "reply_published"
    REPLY_REFUSED = "reply_refused"
    REPLY_HIDDEN = "reply_hidden"

    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_MOVED = "dispute_moved"
    DISPUTE_DUE = "dispute_due"
    """Time runs out for who is told."""

    COMPLAINT_OPENED = "complaint_opened"
    COMPLAINT_MOVED = "complaint_moved"
    COMPLAINT_DUE = "complaint_due"
    ANSWER_DUE = "answer_due"
    """A buyer waits, and the time runs out in which an answer counts as one in time."""


class Side(enum.StrEnum):
    """Whose affair it is, as clients count it."""

    MINE = "mine"
    SHOPS = "shops"


ABOUT_DISPUTES: Final = frozenset({Kind.DISPUTE_OPENED, Kind.DISPUTE_MOVED, Kind.DISPUTE_DUE})
ABOUT_COMPLAINTS: Final = frozenset(
    {Kind.COMPLAINT_OPENED, Kind.COMPLAINT_MOVED, Kind.COMPLAINT_DUE}
)
ABOUT_ORDERS: Final = frozenset({Kind.RATE_ASKED, Kind.RATE_REMINDER})
"""Kinds whose subject is an order; of those of no set it is a review, of `ANSWER_DUE` a conversation."""

BY_AUTHOR: Final = {
    State.PUBLISHED: (Kind.REVIEW_PUBLISHED, Kind.REPLY_PUBLISHED),
    State.REFUSED: (Kind.REVIEW_REFUSED, Kind.REPLY_REFUSED),
    State.HIDDEN: (Kind.REVIEW_HIDDEN, Kind.REPLY_HIDDEN),
}
"""What the author of a part is told when it comes to a state: the buyer, and the shop."""

TO_OTHERS: Final = {
    Part.TEXT: Kind.SHOP_REVIEWED,
    Part.FOLLOWUP: Kind.SHOP_REVIEWED,
    Part.REPLY: Kind.REVIEW_REPLIED,
    Part.FOLLOWUP_REPLY: Kind.REVIEW_REPLIED,
}
"""What the other side is told when a part is published for the first time."""


class NoticeRow(NamedTuple):
    """Something that somebody was told."""

    id: int
    person_id: int
    shop_id: int | None
    kind: str
    subject_id: int
    params: str
    at: int
    read_at: int | None

    @property
    def side(self) -> Side:
        """Whose affair it is."""
        return Side.MINE if self.shop_id is None else Side.SHOPS


def next_reminder(received_at: int, now: int) -> int | None:
    """When somebody is to be reminded of what he received; None where it is too late for that."""
    return next((received_at + after for after in REMINDED_MS if received_at + after > now), None)
