"""Reviews: who may say what of a purchase and when, and what readers may do (PRODUCT: reviews).

What the stars come to stands in `domain.ratings`, what moderation makes of words in `domain.publishing`. Every
`*_fault` gives the reason of a refusal, or nothing where the thing may be done; `review_faults.REFUSALS` says as
which mistake an action raises it. Windows hold their first instant and not their last one.
"""

import enum
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.domain.errors import Invalid
from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.messages import check_content
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor, Role, Side, clean_name
from chat_server.domain.publishing import Piece, State
from chat_server.domain.review_faults import Fault

REVIEW_WINDOW_MS: Final = 30 * DAY_MS
"""From receipt: so long a buyer may rate, and add text and photos to his stars (PRODUCT)."""

AGAIN_MS: Final = 7 * DAY_MS
"""What was refused may be sent again for so long, also where its window is over sooner (PRODUCT)."""

FOLLOWUP_AFTER_MS: Final = DAY_MS
"""From the publication of the text, or from the rating where none was published (PRODUCT)."""

FOLLOWUP_UNTIL_MS: Final = 180 * DAY_MS
"""From receipt (PRODUCT)."""

STARS: Final = range(1, 6)

READERS: Final = (Role.BUYER, Role.SELLER)
"""Who is signed in as a reader; those who work here decide instead of voting or reporting."""


class Detail(enum.StrEnum):
    """What else of an order is given stars."""

    DESCRIBED = "described"
    COMMUNICATION = "communication"
    SHIPPING = "shipping"


class Part(enum.StrEnum):
    """What a review is made of beside the stars: words and photos, each moderated by itself."""

    TEXT = "text"
    FOLLOWUP = "followup"
    REPLY = "reply"
    """The shop's to the text."""
    FOLLOWUP_REPLY = "followup_reply"


WRITERS: Final[Mapping[Part, Side]] = {
    Part.TEXT: Side.CUSTOMER,
    Part.FOLLOWUP: Side.CUSTOMER,
    Part.REPLY: Side.SHOP,
    Part.FOLLOWUP_REPLY: Side.SHOP,
}

READ: Final = (Part.TEXT, Part.FOLLOWUP)
"""What a review is read for: while one of them is shown, it stands in lists."""

ANSWERED: Final[Mapping[Part, Part]] = {
    Part.REPLY: Part.TEXT,
    Part.FOLLOWUP_REPLY: Part.FOLLOWUP,
}
"""What each reply of the shop stands below."""

LASTS_MS: Final[Mapping[Part, int]] = {
    Part.TEXT: REVIEW_WINDOW_MS,
    Part.FOLLOWUP: FOLLOWUP_UNTIL_MS,
}
"""From receipt, how long a part may be sent; the shop's replies have no such end."""

_OVER: Final[Mapping[Part, Fault]] = {
    Part.TEXT: Fault.WINDOW_OVER,
    Part.FOLLOWUP: Fault.FOLLOWUP_OVER,
}


class Purchase(NamedTuple):
    """An order line, as far as the rules ask. `received_at` is None while nothing has come."""

    buyer_id: PersonId
    shop_id: ShopId
    received_at: int | None


class Review(NamedTuple):
    """A rating with what was said beside it."""

    buyer_id: PersonId
    shop_id: ShopId
    received_at: int
    rated_at: int
    parts: Mapping[Part, Piece]


# The stars.


def rate_fault(purchase: Purchase, by: Actor, stars: int, now: int, *, rated: bool) -> str:
    """Why somebody may not give an order line its stars. `rated`: it has them, and they are final."""
    if stars not in STARS:
        return Fault.STARS
    return _purchase_fault(purchase, by, now) or (Fault.RATED if rated else "")


def details_fault(
    purchase: Purchase, by: Actor, details: Mapping[str, int], now: int, *, given: bool
) -> str:
    """Why somebody may not give an order its detail ratings: any of them, together, once."""
    if not details or not set(details) <= set(Detail) or not set(details.values()) <= set(STARS):
        return Fault.DETAILS
    return _purchase_fault(purchase, by, now) or (Fault.DETAILS_GIVEN if given else "")


def annul_fault(*, annulled: bool, reason: str) -> str:
    """Why a supervisor may not annul a rating: it is so already, or nobody says why."""
    if annulled:
        return Fault.ANNULLED
    return "" if reason.strip() else Fault.REASON


def reinstate_fault(*, annulled: bool) -> str:
    """Why a supervisor may not let a rating count again."""
    return "" if annulled else Fault.NOT_ANNULLED


# The words.


def content_fault(text: str, photos: int) -> str:
    """Why words and photos may not be sent; the limits are those of a message. Every such fault is Invalid."""
    try:
        check_content(text, photos)
    except Invalid as fault:
        return fault.reason
    return ""


def send_fault(review: Review, part: Part, by: Actor, now: int) -> str:
    """Why somebody may not send a part of a review, for the first time or after a refusal."""
    if not _writes(review, part, by):
        return Fault.NOT_AUTHOR if WRITERS[part] is Side.CUSTOMER else Fault.NOT_SHOP
    piece = review.parts.get(part)
    if piece is not None and piece.state != State.REFUSED:
        return Fault.SENT
    closes = closes_at(review, part)
    if closes is not None and now >= closes:
        return _OVER[part]
    if part in ANSWERED:
        return "" if is_shown(review, ANSWERED[part]) else Fault.NOT_PUBLISHED
    return _first_fault(review, part, now) if piece is None else ""


def followup_opens_at(review: Review) -> int | None:
    """From when a follow-up may be sent; None while its text waits for a moderator.

    24 h after the text was published; where none was (there are only stars, or it was refused), after the rating.
    """
    text = review.parts.get(Part.TEXT)
    if text is None:
        return review.rated_at + FOLLOWUP_AFTER_MS
    if text.state == State.PENDING:
        return None
    since = review.rated_at if text.published_at is None else text.published_at
    return since + FOLLOWUP_AFTER_MS


def closes_at(review: Review, part: Part) -> int | None:
    """Until when a part may be sent, or sent again; None where there is no end."""
    if part not in LASTS_MS:
        return None
    closes = review.received_at + LASTS_MS[part]
    piece = review.parts.get(part)
    if piece is None or piece.state != State.REFUSED or piece.decided_at is None:
        return closes
    return max(closes, piece.decided_at + AGAIN_MS)


def is_shown(review: Review, part: Part) -> bool:
    """Whether the public sees a part: it is published, and so is what it answers."""
    piece = review.parts.get(part)
    if piece is None or piece.state != State.PUBLISHED:
        return False
    return part not in ANSWERED or is_shown(review, ANSWERED[part])


def is_read(review: Review) -> bool:
    """Whether there is something of its author that the public sees beside the stars."""
    return any(is_shown(review, part) for part in READ)


# Readers.


def vote_fault(review: Review, by: Actor, *, voted: bool) -> str:
    """Why somebody may not call a review helpful: signed in, once, neither its author nor its shop."""
    if by.role not in READERS:
        return Fault.NOT_READER
    if by.person_id == review.buyer_id or review.shop_id in by.shops:
        return Fault.OWN_REVIEW
    if not is_read(review):
        return Fault.NOT_PUBLISHED
    return Fault.VOTED if voted else ""


def report_fault(review: Review, part: Part, by: Actor, *, reported: bool) -> str:
    """Why somebody may not report a part of a review: signed in, once, not its writer; the shop may report."""
    if by.role not in READERS:
        return Fault.NOT_READER
    if _writes(review, part, by):
        return Fault.OWN_WORDS
    if not is_shown(review, part):
        return Fault.NOT_PUBLISHED
    return Fault.REPORTED if reported else ""


class PublicName(NamedTuple):
    """All that the public learns of an author."""

    initial: str
    """Empty where his name has no letter."""
    country: str
    """ISO 3166, two letters; empty where it is not known."""


def public_name(name: str, country: str) -> PublicName:
    """The first letter of a name, as a capital where it has one of its own, and the country."""
    letters = filter(str.isalpha, unicodedata.normalize("NFC", clean_name(name)))
    initial = next(letters, "")
    capital = initial.upper()
    return PublicName(capital if len(capital) == 1 else initial, country)


def _purchase_fault(purchase: Purchase, by: Actor, now: int) -> str:
    if by.person_id != purchase.buyer_id:
        return Fault.NOT_BUYER
    if purchase.shop_id in by.shops:
        return Fault.OWN_SHOP
    if purchase.received_at is None:
        return Fault.NOT_RECEIVED
    return Fault.WINDOW_OVER if now >= purchase.received_at + REVIEW_WINDOW_MS else ""


def _writes(review: Review, part: Part, by: Actor) -> bool:
    """Who stands on both sides stands on neither."""
    bought, sells = by.person_id == review.buyer_id, review.shop_id in by.shops
    return bought != sells and bought is (WRITERS[part] is Side.CUSTOMER)


def _first_fault(review: Review, part: Part, now: int) -> str:
    """Why the author may not yet, or no longer, begin a part that he has not sent."""
    if part is Part.TEXT:
        return Fault.FOLLOWUP_SENT if Part.FOLLOWUP in review.parts else ""
    opens = followup_opens_at(review)
    if opens is None:
        return Fault.TEXT_PENDING
    return Fault.FOLLOWUP_EARLY if now < opens else ""
