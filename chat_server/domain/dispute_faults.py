"""Why something may not be done in a dispute or complaint: reasons of refusals, and as which mistake each is raised."""

import enum
from collections.abc import Mapping
from typing import Final

from chat_server.domain.errors import Invalid, NotAllowed, ParleyError, WrongState


class Fault(enum.StrEnum):
    """Reasons of refusals; when one applies is for `domain.disputes` and `domain.complaints` to say."""

    NOT_PAID = "not_paid"
    RECEIVED = "confirmed_receipt"
    NOT_RECEIVED = "not_received"
    TOO_EARLY = "dispute_early"
    TOO_LATE = "dispute_late"
    FULL_ONLY = "full_refund_only"
    PHOTOS_NEEDED = "photos_needed"
    AMOUNT = "amount"
    ALREADY_OPENED = "already_disputed"
    NO_SECOND_TIME = "no_second_time"
    MORE_THAN_ASKED = "more_than_asked"
    CLOSED = "dispute_closed"
    NOT_NOW = "not_now"
    NOT_YOURS = "not_your_move"
    DEADLINE_PASSED = "deadline_passed"
    NOTHING_OFFERED = "nothing_offered"
    OTHER_OFFER = "other_offer"
    TEXT_NEEDED = "text_needed"
    NO_RETURN = "no_return"
    ESCALATE_EARLY = "escalate_early"
    AGREED_ALREADY = "agreed_already"
    ADDRESS_GIVEN = "address_given"
    NO_ADDRESS = "no_address"
    TRACKING_NEEDED = "tracking_needed"
    OTHER_AMOUNT = "other_amount"
    NOT_DUE = "not_due"
    SERVED_PARTY = "served_party"
    NOT_MEDIATOR = "not_mediator"
    EVIDENCE_FULL = "evidence_full"


REFUSALS: Final[Mapping[Fault, type[ParleyError]]] = {
    Fault.NOT_PAID: WrongState,
    Fault.RECEIVED: WrongState,
    Fault.NOT_RECEIVED: WrongState,
    Fault.TOO_EARLY: WrongState,
    Fault.TOO_LATE: WrongState,
    Fault.FULL_ONLY: Invalid,
    Fault.PHOTOS_NEEDED: Invalid,
    Fault.AMOUNT: Invalid,
    Fault.ALREADY_OPENED: WrongState,
    Fault.NO_SECOND_TIME: WrongState,
    Fault.MORE_THAN_ASKED: Invalid,
    Fault.CLOSED: WrongState,
    Fault.NOT_NOW: WrongState,
    Fault.NOT_YOURS: NotAllowed,
    Fault.DEADLINE_PASSED: WrongState,
    Fault.NOTHING_OFFERED: WrongState,
    Fault.OTHER_OFFER: WrongState,
    Fault.TEXT_NEEDED: Invalid,
    Fault.NO_RETURN: Invalid,
    Fault.ESCALATE_EARLY: WrongState,
    Fault.AGREED_ALREADY: WrongState,
    Fault.ADDRESS_GIVEN: WrongState,
    Fault.NO_ADDRESS: WrongState,
    Fault.TRACKING_NEEDED: Invalid,
    Fault.OTHER_AMOUNT: Invalid,
    Fault.NOT_DUE: WrongState,
    Fault.SERVED_PARTY: NotAllowed,
    Fault.NOT_MEDIATOR: NotAllowed,
    Fault.EVIDENCE_FULL: WrongState,
}
"""As which mistake a fault is raised."""
