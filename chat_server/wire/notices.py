"""Notices: what a person is told beside his conversations."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.wire.shapes import Id, Millis, Shape

NoticeKind = Literal[
    "rate_asked",
    "rate_reminder",
    "review_published",
    "review_refused",
    "review_hidden",
    "review_replied",
    "shop_rated",
    "shop_reviewed",
    "reply_published",
    "reply_refused",
    "reply_hidden",
    "dispute_opened",
    "dispute_moved",
    "dispute_due",
    "complaint_opened",
    "complaint_moved",
    "complaint_due",
    "answer_due",
]
"""The first six tell a buyer, the next five and the last a shop's people, those of disputes and complaints either."""


class Notice(Shape, frozen=True):
    """Something that happened. Which fields are there depends on the kind."""

    id: Id
    kind: NoticeKind
    at: Millis
    read: bool = False
    shop_id: Id | None = None
    """The shop whose affair it is; without one it is my own."""
    order_id: Id | None = None
    review_id: Id | None = None
    dispute_id: Id | None = None
    complaint_id: Id | None = None
    thread_id: Id | None = None
    """Of `answer_due`: where a buyer waits; of a complaint: what it is about."""
    title: str = ""
    """What was bought."""
    shop: str = ""
    """Its name."""
    part: Literal["", "text", "followup", "reply", "followup_reply"] = ""
    reason: str = ""
    """Of a refusal or hiding (`Reason`)."""
    stars: Annotated[int, Meta(ge=0, le=5)] = 0
    until: Millis | None = None
    """Of a reminder: until when there is time."""
    code: str = ""
    """Of a step in a dispute: as its thread's event has it."""
    by: str = ""
    """Who made it."""
    state: str = ""
    """Where the dispute stands since."""


class NoticePage(Shape, frozen=True):
    """A page, newest first; `next` goes into `before`."""

    notices: list[Notice]
    unread: int
    next: str = ""


class ReadNotices(Shape, frozen=True):
    """I have seen all notices up to this one."""

    side: Literal["mine", "shops"]
    until: Id
