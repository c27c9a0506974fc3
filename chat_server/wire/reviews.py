"""Reviews and ratings as each audience sees them: the public, buyers, shops, moderators."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.domain.ids import END
from chat_server.wire.desk import Revision
from chat_server.wire.shapes import ClientKey, Id, Millis, PersonView, ProductView, Shape, ShopView

Stars = Annotated[int, Meta(ge=1, le=5)]
Part = Literal["text", "followup", "reply", "followup_reply"]
TextState = Literal["pending", "published", "refused", "hidden"]
Reason = Literal["personal_data", "insult", "advertising", "off_topic", "photo", "other"]
"""Why a text was refused or hidden; each has a sentence for its author."""
ReviewWords = Annotated[str, Meta(max_length=4000, description="Counted in Unicode code points.")]
PhotoIds = Annotated[list[Id], Meta(max_length=10)]
PublicName = Annotated[str, Meta(pattern=rf"^[A-Za-z0-9_-]{{22,64}}{END}")]


# For everybody.


class PublicPhoto(Shape, frozen=True):
    """A photo of a published text, at `/api/v1/review-photos/{name}/{full|thumb}`."""

    name: PublicName
    width: int
    height: int


class PublicText(Shape, frozen=True):
    """What was written, once it is published."""

    text: str
    at: Millis
    language: str = ""
    photos: list[PublicPhoto] = []


class PublicReview(Shape, frozen=True):
    """A review as a product page shows it."""

    id: Id
    stars: Stars
    author: str
    """First letter of the name."""
    country: str
    rated_at: Millis
    text: PublicText | None = None
    """None where only the follow-up is shown."""
    followup: PublicText | None = None
    reply: PublicText | None = None
    """The shop's word to the review."""
    followup_reply: PublicText | None = None
    helpful: int = 0


class Histogram(Shape, frozen=True):
    """How many gave 1 to 5 stars, in this order."""

    counts: list[int]
    ratings: int
    texts: int
    average: str | None = None
    """One decimal, as text; none without ratings."""


class SellerCard(Shape, frozen=True):
    """A shop as the public sees it."""

    shop: ShopView
    is_new: bool
    """Too few ratings for a percentage."""
    per_mille: int | None
    """Of the positive and negative of six months the positive, in tenths of a percent."""
    positive: int
    neutral: int
    negative: int
    score: int
    """Over all time: positive less negative."""
    described: str | None = None
    """The mean of a detail rating, as `4.8`; the other two likewise."""
    communication: str | None = None
    shipping: str | None = None
    response_per_mille: int | None = None
    """Of the messages that wait for an answer, how many got one within 24 hours; none where too few count."""
    response_median_ms: int | None = None
    away_until: Millis | None = None
    """While the shop is on holiday: when it is back."""


class ProductReviews(Shape, frozen=True):
    """A page of a product's reviews; `next` goes into `before`."""

    histogram: Histogram
    reviews: list[PublicReview]
    languages: list[str]
    """Of the texts that there are."""
    next: str = ""
    product: ProductView | None = None
    shop: SellerCard | None = None
    """Who sells it."""
    translates: bool = False
    """Whether texts can be asked for in another language."""


class ReviewTranslation(Shape, frozen=True):
    """A published text in another language; without `text` there is none, and the original is shown."""

    text: str | None = None
    source: str = ""
    """Language of the original."""


# For readers who are signed in.


class MyVotes(Shape, frozen=True):
    """What I may vote on of a product's reviews, and where I have."""

    voted: list[Id]
    own: list[Id]
    """Reviews that I wrote myself."""
    sells: bool = False
    """Whether I am of the shop, and vote on none."""


class ReportText(Shape, frozen=True):
    """Puts a published text before a moderator."""

    reason: Reason
    text: Annotated[str, Meta(max_length=500)] = ""


# For buyers.


class RateLine(Shape, frozen=True):
    """Stars for something that was received; text and photos with them, or once later."""

    client_key: ClientKey
    stars: Stars
    text: ReviewWords = ""
    photos: PhotoIds = []


class Rated(Shape, frozen=True):
    """The review that the stars are."""

    id: Id


class WriteText(Shape, frozen=True):
    """Text and photos: later, again after a refusal, or as a follow-up."""

    client_key: ClientKey
    text: ReviewWords = ""
    photos: PhotoIds = []


class RateOrder(Shape, frozen=True):
    """How the shop did, once an order."""

    described: Stars
    communication: Stars
    shipping: Stars


class OwnText(Shape, frozen=True):
    """A text of mine, with what became of it."""

    part: Part
    text: str
    state: TextState
    written_at: Millis
    revision: Revision
    photos: list[Id] = []
    reason: Reason | None = None
    again_until: Millis | None = None
    """Until when a refused one may be sent again."""


class Reviewed(Shape, frozen=True):
    """What a review is about."""

    order_id: Id
    line_id: Id
    title: str
    photo_url: str
    shop: ShopView


class ToRate(Shape, frozen=True):
    """Something that I received and may still rate."""

    about: Reviewed
    until: Millis
    rates_order: bool = False
    """Whether the order's own ratings are still to be given."""


ReplyPart = Literal["reply", "followup_reply"]


class OwnReply(Shape, frozen=True):
    """What the shop has said to a text of mine: to the review, or to its follow-up."""

    part: ReplyPart
    text: str
    at: Millis
    language: str = ""


class OwnReview(Shape, frozen=True):
    """A review of mine."""

    id: Id
    about: Reviewed
    stars: Stars
    rated_at: Millis
    texts: list[OwnText]
    replies: list[OwnReply]
    may_write_until: Millis | None = None
    """Until when a text may still be added."""
    followup_from: Millis | None = None
    followup_until: Millis | None = None
    helpful: int = 0


class MyReviews(Shape, frozen=True):
    """What I may rate, and a page of what I have; `next` goes into `before`."""

    to_rate: list[ToRate]
    reviews: list[OwnReview]
    next: str = ""


class VoteHelpful(Shape, frozen=True):
    """Whether it helped me."""

    helpful: bool


# For shops.


class ShopReview(Shape, frozen=True):
    """A review of the shop's goods, and what the shop has said to it."""

    id: Id
    about: Reviewed
    stars: Stars
    author: str
    country: str
    rated_at: Millis
    text: PublicText | None = None
    followup: PublicText | None = None
    replies: list[OwnText] = []
    may_reply: bool = False
    may_reply_followup: bool = False


class ShopReviews(Shape, frozen=True):
    """A page, newest first; `next` goes into `before`."""

    reviews: list[ShopReview]
    card: SellerCard
    next: str = ""
    to_answer: int = 0
    """How many of the last 180 days have something to reply to; 100 stands for more."""


class CountedRating(Shape, frozen=True):
    """A rating, and what became of it in the figure."""

    review_id: Id
    stars: Stars
    rated_at: Millis
    fate: Literal["counted", "merged", "excluded"]
    in_window: bool
    """Whether it is part of the percentage, or of the score alone."""
    why: str = ""
    """Of an excluded one: `refunded` or `annulled`."""
    opener: Id | None = None
    """Of a merged one: what it merged into."""
    group_stars: int | None = None


class RatingCounts(Shape, frozen=True):
    """What became of all ratings that there ever were."""

    window: int
    """So many are counted in the percentage, each with what merged into it."""
    earlier: int
    """So many are too old for it, and are counted in the score alone."""
    merged: int
    refunded: int
    annulled: int


class RatingExplained(Shape, frozen=True):
    """Where the percentage comes from, with a page of ratings; `next` goes into `before`."""

    card: SellerCard
    since: str
    """First date of the window."""
    counts: RatingCounts
    ratings: list[CountedRating]
    """Newest first. What merged stands behind what it merged into, oldest first: no page parts them."""
    next: str = ""


# For moderators.


class FoundSpan(Shape, frozen=True):
    """What detection found in a text: a reason and where, in code points."""

    kind: str
    start: int
    end: int
    reason: str = ""


class JudgedText(Shape, frozen=True):
    """What a moderator sees of any text."""

    review_id: Id
    part: Part
    revision: Revision
    stars: Stars
    product: str
    shop: ShopView
    author: PersonView
    text: str
    language: str
    photos: list[Id]


class QueuedText(JudgedText, frozen=True):
    """A text that waits for a moderator."""

    found: list[FoundSpan]
    written_at: Millis
    attempts: int
    before: str = ""
    """Of one that was sent again: what it said before."""
    answers: str = ""
    """Of a shop's reply: the words that it replies to."""


class ReportedText(JudgedText, frozen=True):
    """A published text that readers have reported."""

    reports: list["TextReport"]


class TextReport(Shape, frozen=True):
    """What a reader says of it."""

    by: PersonView
    reason: Reason
    text: str
    at: Millis


class ModerationQueue(Shape, frozen=True):
    """What waits, oldest first."""

    texts: list[QueuedText]
    waiting: int
    reported: list[ReportedText] = []
    reports: int = 0
    """How many texts are reported in all."""


class SettleReports(Shape, frozen=True):
    """The text stands as it is: its reports are dealt with."""

    revision: Revision


class Decision(Shape, frozen=True):
    """About one text, as its moderator has seen it."""

    review_id: Id
    part: Part
    revision: Revision
    move: Literal["publish", "refuse"]
    reason: Reason | None = None


class Decisions(Shape, frozen=True):
    """Several at once; each stands for itself."""

    decisions: Annotated[list[Decision], Meta(min_length=1, max_length=50)]


class Decided(Shape, frozen=True):
    """What became of each, in the order given: `ok`, or the code of its refusal."""

    outcomes: list[str]


class HidePart(Shape, frozen=True):
    """Takes a published part from view, or back."""

    revision: Revision
    hidden: bool
    reason: Reason | None = None


class AnnulRating(Shape, frozen=True):
    """A rating counts no more, or again."""

    annulled: bool
    reason: Annotated[str, Meta(min_length=3, max_length=500)]
