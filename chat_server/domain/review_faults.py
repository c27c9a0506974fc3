"""Why something may not be done to a review: reasons of refusals, and as which mistake each is raised.

When one applies is for `domain.reviews` and `domain.publishing` to say.
"""

import enum
from collections.abc import Mapping
from typing import Final

from chat_server.domain.errors import Invalid, NotAllowed, ParleyError, WrongState


class Fault(enum.StrEnum):
    """Why something may not be done: reasons of refusals."""

    NOT_BUYER = "not_buyer"
    OWN_SHOP = "review_own_shop"
    NOT_RECEIVED = "not_received"
    WINDOW_OVER = "review_window"
    RATED = "already_rated"
    STARS = "stars"
    DETAILS = "rating_details"
    DETAILS_GIVEN = "details_given"
    NOT_AUTHOR = "not_author"
    NOT_SHOP = "not_shop"
    SENT = "already_sent"
    FOLLOWUP_SENT = "followup_sent"
    TEXT_PENDING = "text_pending"
    FOLLOWUP_EARLY = "followup_early"
    FOLLOWUP_OVER = "followup_over"
    NOT_PUBLISHED = "not_published"
    NOT_READER = "not_reader"
    OWN_REVIEW = "own_review"
    OWN_WORDS = "own_words"
    VOTED = "already_voted"
    REPORTED = "already_reported"
    NOT_REPORTED = "not_reported"
    MODERATED = "moderated"
    REASON = "reason"
    ANNULLED = "annulled"
    NOT_ANNULLED = "not_annulled"


REFUSALS: Final[Mapping[Fault, type[ParleyError]]] = {
    Fault.NOT_BUYER: NotAllowed,
    Fault.OWN_SHOP: NotAllowed,
    Fault.NOT_RECEIVED: WrongState,
    Fault.WINDOW_OVER: WrongState,
    Fault.RATED: WrongState,
    Fault.STARS: Invalid,
    Fault.DETAILS: Invalid,
    Fault.DETAILS_GIVEN: WrongState,
    Fault.NOT_AUTHOR: NotAllowed,
    Fault.NOT_SHOP: NotAllowed,
    Fault.SENT: WrongState,
    Fault.FOLLOWUP_SENT: WrongState,
    Fault.TEXT_PENDING: WrongState,
    Fault.FOLLOWUP_EARLY: WrongState,
    Fault.FOLLOWUP_OVER: WrongState,
    Fault.NOT_PUBLISHED: WrongState,
    Fault.NOT_READER: NotAllowed,
    Fault.OWN_REVIEW: NotAllowed,
    Fault.OWN_WORDS: NotAllowed,
    Fault.VOTED: WrongState,
    Fault.REPORTED: WrongState,
    Fault.NOT_REPORTED: WrongState,
    Fault.MODERATED: WrongState,
    Fault.REASON: Invalid,
    Fault.ANNULLED: WrongState,
    Fault.NOT_ANNULLED: WrongState,
}
"""As which mistake a fault is raised."""
