"""The marketplace's rules as numbers, by the names under which the FAQ's answers quote them.

One place for every window and limit that a customer may be told of; whoever keeps such a rule takes it from
here, so that what the bot says and what the server does cannot part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from chat_server.domain.complaints import COMPLAIN_AFTER_MS
from chat_server.domain.dispute_opening import NOT_RECEIVED_AFTER_MS, OPEN_UNTIL_MS
from chat_server.domain.disputes import (
    ADDRESS_MS,
    AGREEMENT_MS,
    ESCALATE_AFTER_MS,
    MEDIATION_MS,
    REFUND_MS,
    SELLER_ANSWERS_MS,
    SHIPPING_MS,
    TRANSIT_MS,
)
from chat_server.domain.messages import (
    EDIT_WINDOW_MS,
    MAX_PHOTO_BYTES,
    MAX_PHOTOS,
    MAX_TEXT,
    MIB,
    WITHDRAW_WINDOW_MS,
)
from chat_server.domain.orders import DAY_MS, PROTECTION_MS, SHIP_WITHIN_MS
from chat_server.domain.ratings import MERGE_MS, WINDOW_MONTHS
from chat_server.domain.response import ANSWER_MS
from chat_server.domain.reviews import (
    AGAIN_MS,
    FOLLOWUP_AFTER_MS,
    FOLLOWUP_UNTIL_MS,
    REVIEW_WINDOW_MS,
)

HOUR_MS: Final = 3600 * 1000
MINUTE_MS: Final = 60 * 1000

Unit = Literal["minute", "hour", "day", "month", "byte", "plain"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts; `byte` counts mebibytes, `plain` nothing."""

    count: int
    unit: Unit


RULES: Final[Mapping[str, Quantity]] = {
    # Messages (PRODUCT: threads and messages).
    "edit_window": Quantity(EDIT_WINDOW_MS // MINUTE_MS, "minute"),
    "withdraw_window": Quantity(WITHDRAW_WINDOW_MS // HOUR_MS, "hour"),
    "max_photos": Quantity(MAX_PHOTOS, "plain"),
    "max_photo_size": Quantity(MAX_PHOTO_BYTES // MIB, "byte"),
    "max_text": Quantity(MAX_TEXT, "plain"),
    # Orders.
    "ship_within": Quantity(SHIP_WITHIN_MS // DAY_MS, "day"),
    "protection_extra": Quantity(PROTECTION_MS // DAY_MS, "day"),
    # Disputes and complaints.
    "not_received_after": Quantity(NOT_RECEIVED_AFTER_MS // DAY_MS, "day"),
    "dispute_after": Quantity(OPEN_UNTIL_MS // DAY_MS, "day"),
    "seller_answer": Quantity(SELLER_ANSWERS_MS // DAY_MS, "day"),
    "agreement": Quantity(AGREEMENT_MS // DAY_MS, "day"),
    "escalate_after": Quantity(ESCALATE_AFTER_MS // DAY_MS, "day"),
    "mediation": Quantity(MEDIATION_MS // DAY_MS, "day"),
    "return_address": Quantity(ADDRESS_MS // DAY_MS, "day"),
    "return_ship": Quantity(SHIPPING_MS // DAY_MS, "day"),
    "return_transit": Quantity(TRANSIT_MS // DAY_MS, "day"),
    "refund_min": Quantity(3, "day"),
    "refund_max": Quantity(REFUND_MS // DAY_MS, "day"),
    "answer_limit": Quantity(ANSWER_MS // HOUR_MS, "hour"),
    "complaint_after": Quantity(COMPLAIN_AFTER_MS // HOUR_MS, "hour"),
    # Reviews and ratings.
    "review_window": Quantity(REVIEW_WINDOW_MS // DAY_MS, "day"),
    "review_again": Quantity(AGAIN_MS // DAY_MS, "day"),
    "followup_after": Quantity(FOLLOWUP_AFTER_MS // HOUR_MS, "hour"),
    "followup_until": Quantity(FOLLOWUP_UNTIL_MS // DAY_MS, "day"),
    "rating_months": Quantity(WINDOW_MONTHS, "month"),
    "rating_merge": Quantity(MERGE_MS // DAY_MS, "day"),
}

HOURS: Final = ("hours", "hours_zone")
"""What answers may quote of the opening hours beside the quantities."""

OPENS_AT: Final = "07:00"
CLOSES_AT: Final = "01:00"
ZONE: Final = "Europe/Moscow"
"""The default team (PRODUCT: hours)."""
