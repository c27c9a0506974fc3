"""The nouns that frames and bodies share: threads, events, orders, photos, as one audience sees them."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chat_server.domain.ids import END, ID_PATTERN

Id = Annotated[str, Meta(pattern=ID_PATTERN, description="A thing's id: 16 hexadecimal digits.")]
Seq = Annotated[
    int, Meta(ge=0, le=2**53 - 1, description="Place of an event in its thread, from 1.")
]
Millis = Annotated[int, Meta(ge=0, le=2**53 - 1, description="UTC, milliseconds since 1970.")]
ClientKey = Annotated[
    str,
    Meta(
        pattern=f"^[0-9A-Za-z_-]{{8,64}}{END}",
        description="Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.",
    ),
]
Text = Annotated[str, Meta(max_length=4000, description="Counted in Unicode code points.")]
SideName = Literal["customer", "shop", "staff", "bot", "system"]
ThreadKind = Literal["product", "order", "support", "dispute"]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A value without behaviour; an unknown field in it is an error."""


class Money(Shape, frozen=True):
    """An amount of money."""

    amount: Annotated[
        str,
        Meta(
            pattern=rf"^[0-9]{{1,13}}(\.[0-9]{{1,4}})?{END}", description="Decimal, never a float."
        ),
    ]
    currency: Annotated[str, Meta(pattern=f"^[A-Z]{{3}}{END}", description="ISO 4217.")]


class PersonView(Shape, frozen=True):
    """All that one party learns of another."""

    id: Id
    name: str


class ShopView(Shape, frozen=True):
    """A shop as everybody may see it."""

    id: Id
    name: str


class ProductView(Shape, frozen=True):
    """What the conversation is about."""

    id: Id
    title: str
    url: str = ""
    photo_url: str = ""
    price: Money | None = None


class OrderLine(Shape, frozen=True):
    """One line of an order."""

    id: Id
    title: str
    price: Money
    photo_url: str = ""
    quantity: int = 1


OrderState = Literal["placed", "paid", "shipped", "received", "cancelled"]


class OrderView(Shape, frozen=True):
    """An order as its buyer and its shop see it."""

    id: Id
    number: str
    state: OrderState
    version: int
    shop: ShopView
    customer: PersonView
    lines: list[OrderLine]
    total: Money
    placed_at: Millis
    paid_at: Millis | None = None
    ship_by: Millis | None = None
    shipped_at: Millis | None = None
    promised_days: int | None = None
    carrier: str = ""
    tracking: str = ""
    protected_until: Millis | None = None
    received_at: Millis | None = None
    received_by: Literal["buyer", "backend", "timer"] | None = None
    thread_id: Id | None = None
    can_confirm: bool = False


class PhotoView(Shape, frozen=True):
    """A stored photo; its bytes are at `/api/v1/photos/{id}/{variant}` for those who may read the thread."""

    id: Id
    width: int
    height: int


Pick = Annotated[
    str,
    Meta(
        pattern=rf"^(human|entry:[a-z][a-z0-9_]{{1,39}}){END}",
        description="What a button of the bot stands for: a person is wanted, or this entry of the FAQ.",
    ),
]
CardKind = Literal["answer", "options", "smalltalk", "offer", "handoff", "offline"]
ActionKind = Literal[
    "show_order",
    "show_orders",
    "message_seller",
    "confirm_receipt",
    "open_dispute",
    "open_settings",
]
SupportState = Literal["bot", "queued", "queued_offline", "assigned", "resolved"]


class Choice(Shape, frozen=True):
    """A button that says something: its label becomes the customer's message, with `pick`."""

    pick: Pick
    label: str


class Action(Shape, frozen=True):
    """A button that opens a screen of this customer; `order` where it is about one."""

    kind: ActionKind
    order: Id | None = None


class Card(Shape, frozen=True):
    """What stands below a message of the bot."""

    kind: CardKind
    entry: str = ""
    """Of an answer: the entry of the FAQ."""
    choices: list[Choice] = []
    actions: list[Action] = []
    rates: bool = False
    """Whether it asks if it helped."""
    helpful: bool | None = None
    """What its reader said to that."""


class Posted(Shape, frozen=True, tag="posted", tag_field="kind"):
    """A message. What it says is what it says now: an edit or a withdrawal has already been applied."""

    seq: Seq
    at: Millis
    side: SideName
    author: Id | None = None
    text: str = ""
    photos: list[PhotoView] = []
    reply_to: Seq | None = None
    edited_at: Millis | None = None
    withdrawn: bool = False
    client_key: str | None = None
    card: Card | None = None
    name: str = ""
    """Of an agent's message: the name under which he said it, where the marketplace shows names."""


class Edited(Shape, frozen=True, tag="edited", tag_field="kind"):
    """The message `target` now says `text`."""

    seq: Seq
    at: Millis
    side: SideName
    target: Seq
    author: Id | None = None
    text: str = ""


class Withdrawn(Shape, frozen=True, tag="withdrawn", tag_field="kind"):
    """The message `target` was taken back; a tombstone stays."""

    seq: Seq
    at: Millis
    side: SideName
    target: Seq
    author: Id | None = None


class StateChanged(Shape, frozen=True, tag="state", tag_field="kind"):
    """Something happened to what the thread is about; `code` names it, `params` fill its sentence."""

    seq: Seq
    at: Millis
    side: SideName
    code: str
    params: dict[str, str] = {}
    author: Id | None = None
    text: str = ""
    """Of a step in a dispute: what its author said with it."""


class Joined(Shape, frozen=True, tag="joined", tag_field="kind"):
    """Somebody new takes part."""

    seq: Seq
    at: Millis
    side: SideName
    author: Id | None = None


Event = Posted | Edited | Withdrawn | StateChanged | Joined


class SideMark(Shape, frozen=True):
    """How far one side has come: the farthest of its people. Marks never go back."""

    side: SideName
    delivered: Seq = 0
    read: Seq = 0


class AnswerDue(Shape, frozen=True):
    """Until when an answer is in time, to what waits since then."""

    since: Millis
    at: Millis


class ThreadView(Shape, frozen=True):
    """One conversation as one person sees it in a list."""

    id: Id
    kind: ThreadKind
    my_side: SideName
    customer: PersonView
    last_seq: Seq
    last_at: Millis
    created_at: Millis
    shop: ShopView | None = None
    product: ProductView | None = None
    order: OrderView | None = None
    last: Posted | None = None
    """The newest message."""
    unread: int = 0
    """Messages of others after my read mark; counted up to 1,000."""
    read: Seq = 0
    """My own read mark."""
    marks: list[SideMark] = []
    muted: bool = False
    archived: bool = False
    blocked_by: Literal["me", "them", "both"] | None = None
    can_write: bool = True
    state: SupportState | None = None
    """Of a support thread: who answers, the bot or (soon) a person."""
    topic: str = ""
    """Of a support thread."""
    agent: str = ""
    """Of a support thread that an agent has: his name, where the marketplace shows names."""
    csat: int | None = None
    """Of a resolved support thread: what its customer said to it, 1 to 5; 0 where he is asked and has not yet."""
    waiting_since: Millis | None = None
    """When the oldest message of the customer that the shop has not answered was posted."""
    dispute_id: Id | None = None
    """Of a dispute's thread."""
    shop_away_until: Millis | None = None
    """While the shop is on holiday: when it is back."""
    answer_due: AnswerDue | None = None
    """Where holidays of the shop put it off. Without it an answer is in time for 24 hours from `waiting_since`."""


class ThreadSync(Shape, frozen=True):
    """What a client that was away has missed in one thread."""

    thread: ThreadView
    events: list[Event]
    reset: bool = False
    """True: too much was missed; drop what is held of this thread and keep only these events."""


class SearchHit(Shape, frozen=True):
    """A message that was found, and the thread that it stands in."""

    thread: ThreadView
    message: Posted
