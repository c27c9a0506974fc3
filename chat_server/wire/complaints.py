"""Complaints that a seller does not answer, how fast shops answer, and their own hours, as each audience sees them."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.domain.ids import END
from chat_server.wire.rooms import HoursWindow
from chat_server.wire.shapes import ClientKey, Id, Millis, PersonView, Shape, ShopView

ComplaintState = Literal[
    "seller_notified", "answered", "under_review", "upheld", "rejected", "solved", "withdrawn"
]
ComplaintAct = Literal["answer", "not_solved", "withdraw", "uphold", "reject"]
ComplaintRevision = Annotated[int, Meta(ge=1, le=2**53 - 1)]
ComplaintWords = Annotated[
    str, Meta(max_length=4000, description="Counted in Unicode code points.")
]
DateText = Annotated[str, Meta(pattern=rf"^\d{{4}}-\d{{2}}-\d{{2}}{END}")]


# A shop's own hours.


class Holiday(Shape, frozen=True):
    """Days on which a shop is away, the first and the last among them, in its own zone."""

    first: DateText
    last: DateText


class ShopHours(Shape, frozen=True):
    """When a shop's people are there, as they say it."""

    zone: str
    """IANA."""
    windows: list[HoursWindow]
    """Weekly; none: they have said nothing of it."""
    holidays: list[Holiday]
    """Those that last or are ahead."""
    auto_reply: str
    """Said once a thread to buyers who write while the shop is on holiday; empty: nothing is."""
    revision: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    days_left: int
    """How many days of holiday may still be put, within 365 days from today on."""
    away_until: Millis | None = None
    """While a holiday lasts: when the shop is back."""


class PutShopHours(Shape, frozen=True):
    """The same as its people wish it. Of a holiday that has begun the days that are over stay."""

    zone: Annotated[str, Meta(max_length=64)]
    windows: Annotated[list[HoursWindow], Meta(max_length=50)] = []
    holidays: Annotated[list[Holiday], Meta(max_length=30)] = []
    auto_reply: Annotated[str, Meta(max_length=1000)] = ""
    revision: Annotated[int, Meta(ge=0, le=2**53 - 1)] = 0


# How fast a shop answers.


class ResponseFigure(Shape, frozen=True):
    """How a shop answers. Without `per_mille` too few openings count for a figure."""

    per_mille: int | None
    """Of what counts: answered within 24 hours, in tenths of a percent."""
    median_ms: int | None
    """Of what was answered; time on holiday is left out."""
    counted: int


class CountedOpening(Shape, frozen=True):
    """A buyer's message that began to wait for an answer, and what became of it in the figure."""

    thread_id: Id
    seq: int
    at: Millis
    about: str
    """The product, or the number of the order."""
    buyer: PersonView
    fate: Literal["in_time", "late", "unanswered", "waiting", "withdrawn", "spam"]
    """The first three count; `waiting` may still be answered in time."""
    answered_at: Millis | None = None
    took_ms: int | None = None
    """Until the answer, or until now; time on holiday is left out."""
    due_at: Millis | None = None
    """Of one that waits: until when an answer is in time."""


class ResponseExplained(Shape, frozen=True):
    """Where the figure comes from, to the last opening, newest first."""

    figure: ResponseFigure
    basis: Literal["30_days", "last_10"]
    """Openings of 30 days; where those are too few the last 10 of 90 days."""
    needed: int
    """From how many on a figure is shown."""
    openings: list[CountedOpening]
    flagged_until: Millis | None = None
    """Three complaints were upheld: until when buyers' complaints weigh on the shop."""


# Complaints.


class UnansweredMessage(Shape, frozen=True):
    """Something that a buyer wrote and that waits for an answer."""

    seq: int
    at: Millis
    text: str
    photos: int = 0


class ComplaintOptions(Shape, frozen=True):
    """Whether a buyer may complain about a conversation now, with all that a complaint will say."""

    thread_id: Id
    shop: ShopView
    allowed: bool
    reason: Literal["", "answered", "early", "open", "week", "kind"] = ""
    """Why not: the shop has the last word; too early; there is one about this; one a week; not this conversation."""
    allowed_from: Millis | None = None
    """Of `early` and `week`: from when."""
    complaint_id: Id | None = None
    """Of `open`: that one."""
    messages: list[UnansweredMessage] = []
    waited_ms: int = 0
    """Since the first of them, time on holiday left out."""
    response: ResponseFigure | None = None
    hours: ShopHours | None = None


class ComplaintView(Shape, frozen=True):
    """A complaint as its parties and mediators see it."""

    id: Id
    thread_id: Id
    state: ComplaintState
    revision: ComplaintRevision
    my_side: Literal["buyer", "seller", "mediator"]
    buyer: PersonView
    shop: ShopView
    about: str
    """The product, or the number of the order."""
    opened_at: Millis
    text: str
    """What the buyer added."""
    messages: list[UnansweredMessage]
    """Without an answer at the opening: a copy."""
    waited_ms: int
    response: ResponseFigure
    """At the opening."""
    acts: list[ComplaintAct]
    """What I may do now."""
    hours: ShopHours | None = None
    """As they are now."""
    waits_for: Literal["buyer", "seller", "mediator"] | None = None
    due_at: Millis | None = None
    then: Literal["", "under_review", "solved"] = ""
    """What happens then, where nobody does anything."""
    answer: str = ""
    answered_at: Millis | None = None
    not_solved: str = ""
    """What the buyer said to the answer."""
    decision: str = ""
    """A mediator's reasons."""
    closed_at: Millis | None = None
    may_look: bool = False
    """Of a mediator: whether the conversation may be looked into, once it is his to decide."""


class ComplaintPage(Shape, frozen=True):
    """A page: open ones by what is due first, then the others, newest first; `next` goes into `before`."""

    complaints: list[ComplaintView]
    next: str = ""


class OpenComplaint(Shape, frozen=True):
    """Complains that the shop does not answer in this conversation."""

    client_key: ClientKey
    text: ComplaintWords = ""


class MoveComplaint(Shape, frozen=True):
    """One step, as the complaint was seen. An answer, a "not solved" and a decision need words."""

    client_key: ClientKey
    act: ComplaintAct
    revision: ComplaintRevision
    text: ComplaintWords = ""


class ComplaintQueue(Shape, frozen=True):
    """What mediators have to do."""

    complaints: list[ComplaintView]
    counts: dict[str, int]
    """`review`: waiting for a decision, `open`: with the parties, `flagged`: shops."""
    now: Millis
    """The server's time: what is due is due by it."""
    next: str = ""


class FlaggedShop(Shape, frozen=True):
    """A shop of which three complaints in 90 days were upheld."""

    shop: ShopView
    upheld: int
    """In the 90 days before the flag."""
    since: Millis
    until: Millis
    response: ResponseFigure


class FlaggedShops(Shape, frozen=True):
    """Those that are flagged now, newest first."""

    shops: list[FlaggedShop]


class ReportedMessage(Shape, frozen=True):
    """A buyer's message that was reported."""

    report_id: Id
    thread_id: Id
    seq: int
    text: str
    at: Millis
    buyer: PersonView
    shop: ShopView
    reporter: PersonView
    reason: str
    words: str
    """What the reporter added."""
    reported_at: Millis
    spam: bool | None = None
    """What was confirmed; none: nobody has looked at it yet."""


class ReportedMessages(Shape, frozen=True):
    """Those that nobody has looked at first, newest first."""

    reports: list[ReportedMessage]


class SettleReport(Shape, frozen=True):
    """Whether a reported message is spam: then the shop need not have answered it."""

    spam: bool
