"""HTTP bodies of `/api/v1`: what is taken and what is given. Shared nouns live in `shapes`."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.domain.ids import END, EXTERNAL_PATTERN
from chat_server.wire.codes import ErrorCode
from chat_server.wire.complaints import ComplaintView
from chat_server.wire.disputes import DisputeView
from chat_server.wire.shapes import (
    ClientKey,
    Event,
    Id,
    Millis,
    Money,
    OrderState,
    OrderView,
    PersonView,
    Pick,
    SearchHit,
    Seq,
    Shape,
    ShopView,
    SideMark,
    Text,
    ThreadView,
)

ExternalId = Annotated[
    str,
    Meta(
        pattern=EXTERNAL_PATTERN,
        description="The marketplace's own id of a thing.",
    ),
]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Url = Annotated[str, Meta(pattern=rf"^(https?://\S{{1,2000}})?{END}")]
Version = Annotated[
    int,
    Meta(ge=1, le=2**53 - 1, description="Rises with each change; an older one changes nothing."),
]
Locale = Annotated[str, Meta(pattern=rf"^[A-Za-z]{{2,3}}([_-][A-Za-z0-9]{{2,8}}){{0,2}}{END}")]
Topic = Annotated[
    str,
    Meta(pattern=rf"^[a-z][a-z_]{{1,30}}{END}", description="What support is asked about: `help`."),
]
Zone = Annotated[
    str, Meta(pattern=rf"^[A-Za-z][A-Za-z0-9_+/-]{{1,63}}{END}", description="IANA time zone.")
]


# From the marketplace's backend.


class PutPerson(Shape, frozen=True):
    """Somebody who buys, sells, or both."""

    name: Name
    version: Version
    locale: Locale = "en"
    zone: Zone = "UTC"
    country: Annotated[str, Meta(pattern=f"^([A-Z]{{2}})?{END}")] = ""


class PutShop(Shape, frozen=True):
    """A shop and all of its people; who is not named is no longer a member."""

    name: Name
    version: Version
    members: Annotated[list[ExternalId], Meta(max_length=200)] = []


class PutProduct(Shape, frozen=True):
    """A product of a shop. The shop of a product never changes."""

    shop: ExternalId
    title: Name
    version: Version
    url: Url = ""
    photo_url: Url = ""
    price: Money | None = None


class PutOrderLine(Shape, frozen=True):
    """One line; its key never changes."""

    key: ExternalId
    title: Name
    price: Money
    """Of one piece."""
    photo_url: Url = ""
    quantity: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    product: ExternalId | None = None
    """Under whose reviews the line's rating stands; it may be put later than the order."""


class PutRefund(Shape, frozen=True):
    """Money given back elsewhere."""

    key: ExternalId
    line: ExternalId
    amount: Money
    reason: Literal["", "not_received"] = ""
    """`not_received`: nothing arrived; what the line was rated counts no more."""


class PutOrder(Shape, frozen=True):
    """An order, whole: what is left out has its default. Buyer and shop never change; states go only forward."""

    buyer: ExternalId
    shop: ExternalId
    state: OrderState
    """`received` counts from the moment that it is told."""
    version: Version
    lines: Annotated[list[PutOrderLine], Meta(min_length=1, max_length=200)]
    """All of its lines: none may go."""
    total: Money
    """What was paid for all, with discounts and shipping; refunds do not lower it."""
    placed_at: Millis
    paid_at: Millis | None = None
    ship_by: Millis | None = None
    """When the shop should have sent it; else 10 days after `paid_at`."""
    shipped_at: Millis | None = None
    """From here on it is counted when a buyer may say that nothing came, and when the goods are taken to have come."""
    promised_days: Annotated[int, Meta(ge=0, le=365)] | None = None
    """How long delivery takes, as the buyer was told."""
    carrier: Annotated[str, Meta(max_length=100)] = ""
    tracking: Annotated[str, Meta(max_length=100)] = ""
    protected_until: Millis | None = None
    """When the goods are taken to have come; else 15 days and `promised_days` after `shipped_at`."""
    free_return: bool = False
    """Whether the shop pays where goods go back."""
    refunds: Annotated[list[PutRefund], Meta(max_length=200)] = []
    """Made elsewhere, each known by its key. One that a dispute asked for has that key here, or is left out."""


class Stands(Shape, frozen=True):
    """What stands after a PUT. `applied` is false where the version was not newer."""

    id: Id
    version: int
    applied: bool


class AskInboxLink(Shape, frozen=True):
    """For which seller a link into the inbox is wanted."""

    person: ExternalId


class InboxLink(Shape, frozen=True):
    """Opens the inbox once, within 60 s."""

    url: str
    expires_at: Millis


# From widget and inbox.


class Ticket(Shape, frozen=True):
    """For the `hello` of one socket, once, within 30 s."""

    ticket: str
    expires_at: Millis


class OpenInbox(Shape, frozen=True):
    """The secret part of an inbox link."""

    token: Annotated[str, Meta(min_length=20, max_length=200)]


class Me(Shape, frozen=True):
    """Who I am here."""

    person: PersonView
    shops: list[ShopView]
    epoch: str
    locale: str


class OpenThread(Shape, frozen=True):
    """Opening what exists returns it. Exactly one of `product`, `order` (their ids or the marketplace's), `support`."""

    product: Annotated[str, Meta(max_length=128)] | None = None
    order: Annotated[str, Meta(max_length=128)] | None = None
    support: Topic | None = None


class OpenVisitor(Shape, frozen=True):
    """Somebody who is not signed in wishes to talk to support."""

    locale: Locale = "en"
    zone: Zone = "UTC"


class Visitor(Shape, frozen=True):
    """Who he is from now on, and the secret by which he proves it: `Authorization: Visitor TOKEN`."""

    token: str
    person: PersonView


class MergeVisitor(Shape, frozen=True):
    """The conversation that this device had before its buyer signed in."""

    token: Annotated[str, Meta(min_length=20, max_length=200)]


class SupportStatus(Shape, frozen=True):
    """Whether people answer now, in a sentence and in numbers."""

    open: bool
    text: str
    """Such as "Agents are back today at 07:00 (Moscow), 06:00 for you"."""
    bot: bool
    mail: bool = False
    """Whether answers can be mailed to who is away."""
    next_opening: Millis | None = None
    next_closing: Millis | None = None


class RateSupport(Shape, frozen=True):
    """How the customer found it, once an episode; again changes it within a day."""

    score: Annotated[int, Meta(ge=1, le=5)]
    comment: Annotated[str, Meta(max_length=1000)] = ""


class Feedback(Shape, frozen=True):
    """Whether an answer of the bot helped."""

    helpful: bool


class FaqLink(Shape, frozen=True):
    """An entry of the FAQ as it is pointed to."""

    entry: str
    question: str


class FaqLinks(Shape, frozen=True):
    """Entries, the likeliest first."""

    links: list[FaqLink]


class PostMessage(Shape, frozen=True):
    """A message, as `message.send` on the socket."""

    client_key: ClientKey
    text: Text = ""
    photos: Annotated[list[Id], Meta(max_length=10)] = []
    reply_to: Seq | None = None
    pick: Pick | None = None


class ChangeMessage(Shape, frozen=True):
    """New words for an own message."""

    client_key: ClientKey
    text: Text


class WithdrawBody(Shape, frozen=True):
    """Takes an own message back."""

    client_key: ClientKey


class PutMarks(Shape, frozen=True):
    """How far I have come."""

    delivered: Seq = 0
    read: Seq = 0


class PutThreadSettings(Shape, frozen=True):
    """My own settings for a thread; what is left out stays."""

    muted: bool | None = None
    archived: bool | None = None


class PutBlock(Shape, frozen=True):
    """Whether my side wishes to hear from the other side of this thread's pair."""

    blocked: bool


class ReportBody(Shape, frozen=True):
    """A message that a moderator should see."""

    client_key: ClientKey
    reason: Literal["spam", "insult", "fraud", "personal_data", "other"]
    text: Annotated[str, Meta(max_length=1000)] = ""


class ConfirmReceipt(Shape, frozen=True):
    """The buyer, or the backend, says that the goods are there."""

    client_key: ClientKey
    withdraw_dispute: bool = False
    """The buyer knows that this withdraws what he opened because nothing had come."""


class Posted201(Shape, frozen=True):
    """The place of a write in its thread; a retry gets the same."""

    thread_id: Id
    seq: Seq
    at: Millis
    contacts: bool = False
    """Contact data was found in it, in a conversation that should have none."""
    text: str | None = None
    """Where it was hidden: what was stored instead."""


class ThreadPage(Shape, frozen=True):
    """Threads, newest activity first; `next` goes into `before`, and is empty at the end."""

    threads: list[ThreadView]
    next: str = ""


class EventPage(Shape, frozen=True):
    """Events in rising order, and the marks."""

    events: list[Event]
    marks: list[SideMark]
    more_before: bool = False
    more_after: bool = False


class SearchPage(Shape, frozen=True):
    """Found messages, newest first; `next` goes into `before`."""

    hits: list[SearchHit]
    next: str = ""


class OrderPage(Shape, frozen=True):
    """Orders, newest first; `next` goes into `before`."""

    orders: list[OrderView]
    next: str = ""


class Unread(Shape, frozen=True):
    """Unread messages in threads that are neither muted nor archived, and in how many threads."""

    messages: int
    threads: int


class Stored(Shape, frozen=True):
    """A photo that waits up to 24 h to be posted."""

    id: Id
    width: int
    height: int


class Problem(Shape, frozen=True):
    """RFC 9457, `application/problem+json`."""

    type: str
    title: str
    status: int
    code: ErrorCode
    detail: str
    request_id: str = ""
    """Only of `internal` errors: under this id the log knows more."""
    retryable: bool = False
    retry_after_ms: int | None = None
    reason: str = ""
    """Says more than the code where there is more to say, and is as stable: /docs/errors lists them."""
    hint: str = ""
    """For who writes the client, in English: the field that is not right, and what was expected of it."""
    dispute: DisputeView | None = None
    """Of a step that came too late, or does not fit: the dispute as it stands."""
    complaint: ComplaintView | None = None
    """The same of a complaint."""


class Health(Shape, frozen=True):
    """Says nothing but whether all is well."""

    status: Literal["ok", "starting", "draining", "unavailable"]


# From the console.


class SignIn(Shape, frozen=True):
    """Of an agent or supervisor."""

    email: Annotated[str, Meta(min_length=3, max_length=256)]
    password: Annotated[str, Meta(min_length=1, max_length=200)]


Permission = Literal["moderate", "mediate"]


class StaffMe(Shape, frozen=True):
    """Who I am in the console."""

    id: Id
    name: str
    email: str
    role: Literal["agent", "supervisor"]
    locale: str
    permissions: list[Permission]
    """What I may do beside my role; a supervisor has all of them."""


class PutPassword(Shape, frozen=True):
    """The one that holds, and the one that is to hold."""

    old: Annotated[str, Meta(min_length=1, max_length=200)]
    new: Annotated[str, Meta(min_length=1, max_length=400)]


EntryId = Annotated[str, Meta(pattern=rf"^[a-z][a-z0-9_]{{1,39}}{END}")]
Language = Annotated[str, Meta(pattern=rf"^[a-z]{{2}}{END}")]


class FaqWording(Shape, frozen=True):
    """An entry of the FAQ in one language."""

    question: Annotated[str, Meta(min_length=1, max_length=300)]
    answer: Annotated[str, Meta(min_length=1, max_length=2000)]
    phrasings: Annotated[list[Annotated[str, Meta(max_length=500)]], Meta(max_length=500)] = []


class FaqEntry(Shape, frozen=True):
    """An entry of the FAQ in all its languages."""

    id: EntryId
    group: str
    wordings: dict[Language, FaqWording]
    related: Annotated[list[EntryId], Meta(max_length=20)] = []
    actions: Annotated[list[str], Meta(max_length=10)] = []
    needs_order: bool = False
    ask_human: bool = False


class FaqHead(Shape, frozen=True):
    """An entry in a list."""

    id: EntryId
    group: str
    questions: dict[str, str]
    revision: int
    """0: as it is shipped."""
    removed: bool = False
    changed_at: Millis | None = None
    changed_by: str = ""


class FaqShelf(Shape, frozen=True):
    """All entries, and what an entry may be made of."""

    entries: list[FaqHead]
    groups: list[str]
    actions: list[str]
    placeholders: list[str]
    languages: list[str]


class FaqDraft(Shape, frozen=True):
    """An entry as it is now, or as it is after a change; `mistakes` are advice."""

    entry: FaqEntry
    revision: int
    mistakes: list[str] = []


class TurnRef(Shape, frozen=True):
    """Something that the bot said."""

    thread_id: Id
    seq: Seq


class PutFaqEntry(Shape, frozen=True):
    """A change of the revision that its writer has seen; 0 for what is shipped and for a new entry."""

    entry: FaqEntry
    revision: Annotated[int, Meta(ge=0)]
    settles: Annotated[list[TurnRef], Meta(max_length=1000)] = []
    """Unanswered questions that need no looking after any more."""


class UndoFaq(Shape, frozen=True):
    """Back to an earlier revision."""

    to: Annotated[int, Meta(ge=0)]
    revision: Annotated[int, Meta(ge=0)]


class FaqRevision(Shape, frozen=True):
    """An entry as it was; without `entry`, it was removed."""

    revision: int
    at: Millis
    by: str = ""
    entry: FaqEntry | None = None


class FaqHistory(Shape, frozen=True):
    """Newest first, down to what is shipped."""

    revisions: list[FaqRevision]


class FaqRemoved(Shape, frozen=True):
    """The revision that an entry has now that it is removed."""

    revision: int


class FaqImported(Shape, frozen=True):
    """The entries that an import has changed."""

    changed: list[str]


class TryFaq(Shape, frozen=True):
    """A question to see what the bot would say."""

    question: Annotated[str, Meta(min_length=1, max_length=4000)]
    language: Language = "en"


class FaqScore(Shape, frozen=True):
    """Something with its weight."""

    name: str
    score: float


class FaqTried(Shape, frozen=True):
    """What the bot would say, and why."""

    outcome: Literal["answer", "options", "miss", "smalltalk", "handoff"]
    entry: str
    """The answer's; else the likeliest."""
    text: str
    language: str
    probability: float
    answers_from: float
    """The probability from which the likeliest entry is the answer; from `offers_from` on it is offered."""
    offers_from: float
    ranking: list[FaqScore]
    reasons: list[FaqScore]
    repaired: dict[str, str]
    matched: str
    rule: str


class FaqCluster(Shape, frozen=True):
    """Questions that mean much the same and had no answer that helped."""

    count: int
    unhelpful: int
    examples: list[str]
    language: str
    nearest: str
    last_at: Millis
    turns: list[TurnRef]


class Unanswered(Shape, frozen=True):
    """The most asked first."""

    clusters: list[FaqCluster]


class DismissTurns(Shape, frozen=True):
    """These need no entry."""

    turns: Annotated[list[TurnRef], Meta(min_length=1, max_length=1000)]


class BotDay(Shape, frozen=True):
    """How the bot's turns of one day (UTC) ended."""

    at: Millis
    answers: int = 0
    options: int = 0
    misses: int = 0
    smalltalk: int = 0
    handoffs: int = 0
    helped: int = 0
    not_helped: int = 0


class BotEntryFigures(Shape, frozen=True):
    """How often an entry was the answer."""

    entry: str
    answers: int
    helped: int
    not_helped: int


class BotLanguage(Shape, frozen=True):
    """How questions of one language ended."""

    language: str
    turns: int
    answered: int


class BotFigures(Shape, frozen=True):
    """How the bot does: by day, by entry, by language."""

    days: list[BotDay]
    entries: list[BotEntryFigures]
    languages: list[BotLanguage]
    talks: int
    """Threads in which the bot was asked."""
    handed_off: int
    """Of them, how many went to a person."""
    taken: int
    """Of the turns that offered guesses, how many were followed by a tap on one."""
