"""The support desk as people who work there see it: threads, notes, colleagues, and the bodies of the console's API.

Nothing here is ever sent to a customer.
"""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.domain.ids import END
from chat_server.wire.shapes import (
    ClientKey,
    Id,
    Millis,
    OrderView,
    PersonView,
    Posted,
    Seq,
    Shape,
    Text,
)

DeskState = Literal[
    "bot", "queued", "queued_offline", "assigned", "waiting_customer", "snoozed", "resolved"
]
DeskList = Literal["mine", "unassigned", "all", "snoozed", "resolved", "bot"]
Availability = Literal["online", "away", "holiday"]
Priority = Annotated[int, Meta(ge=-1, le=2, description="-1 low, 0 normal, 1 high, 2 urgent.")]
Slug = Annotated[str, Meta(pattern=rf"^[a-z0-9][a-z0-9-]{{0,39}}{END}")]
Revision = Annotated[int, Meta(ge=0, le=2**53 - 1, description="The one that its writer has seen.")]


class CustomerView(Shape, frozen=True):
    """Who asks. A visitor has no name."""

    id: Id
    name: str
    kind: Literal["visitor", "customer"]
    locale: str
    zone: str
    country: str = ""
    sells: bool = False
    """Whether he is a member of a shop."""


class DeskThread(Shape, frozen=True):
    """A support thread in the lists of the desk. `unread` and `read` are the reader's own, and left out of pushes."""

    id: Id
    revision: Revision
    state: DeskState
    customer: CustomerView
    topic: str
    team_id: Id
    last_seq: Seq
    last_at: Millis
    created_at: Millis
    note_seq: Seq = 0
    agent: PersonView | None = None
    last_agent: PersonView | None = None
    priority: Priority = 0
    labels: list[str] = []
    last: Posted | None = None
    """The newest message."""
    waiting_since: Millis | None = None
    """Of the oldest message of the customer that nobody has answered."""
    queued_at: Millis | None = None
    queue_key: int | None = None
    """Order of the queue: the lowest is next."""
    assigned_at: Millis | None = None
    wake_at: Millis | None = None
    resolved_at: Millis | None = None
    first_due: Millis | None = None
    """By when the first answer of this episode is promised; gone once it was given."""
    resolve_due: Millis | None = None
    csat: int | None = None
    unread: int | None = None
    read: Seq | None = None


class Note(Shape, frozen=True):
    """What an agent told the others. Ordered by `after_seq` among the events, and by `note_seq` among notes."""

    note_seq: Seq
    after_seq: Seq
    at: Millis
    author: PersonView
    text: str
    mentions: list[Id] = []


class DeskPage(Shape, frozen=True):
    """Threads in the order of the list; `next` goes into `before`, and is empty at the end."""

    threads: list[DeskThread]
    next: str = ""


class TeamCounts(Shape, frozen=True):
    """How many threads a team has."""

    team_id: Id
    unassigned: int = 0
    open: int = 0
    """Queued, assigned, or snoozed."""
    snoozed: int = 0
    waiting: int = 0
    """Those whose customer waits for an answer."""
    is_open: bool = True
    next_opening: Millis | None = None
    next_closing: Millis | None = None


class AgentLoad(Shape, frozen=True):
    """Somebody who works here, and how busy he is."""

    id: Id
    name: str
    availability: Availability
    connected: bool
    load: int = 0
    """Threads that take a place of his capacity."""
    open: int = 0
    """Threads that he has."""
    capacity: int = 0
    teams: list[Id] = []
    supervises: bool = False
    """Whether he sees the threads of all teams."""


class DeskCounts(Shape, frozen=True):
    """The numbers beside the lists."""

    teams: list[TeamCounts]
    agents: list[AgentLoad]


class Team(Shape, frozen=True):
    """Those who answer together."""

    id: Id
    name: str
    zone: str


class Label(Shape, frozen=True):
    """A mark of a thread."""

    slug: Slug
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    color: Annotated[str, Meta(pattern=rf"^#[0-9a-f]{{6}}{END}")]


class CannedReply(Shape, frozen=True):
    """A text that is said often: `{customer}`, `{agent}`, `{order}` in it are filled in by the console."""

    id: Id
    shortcut: Slug
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    texts: dict[str, Annotated[str, Meta(min_length=1, max_length=4000)]]
    team_id: Id | None = None
    revision: Revision = 0


class MacroStep(Shape, frozen=True):
    """One action of a macro; `value` is a text, a slug, a priority, an id or minutes, as its kind has it."""

    kind: Literal[
        "reply", "note", "label", "unlabel", "priority", "assign", "transfer", "snooze", "resolve"
    ]
    value: Annotated[str, Meta(max_length=4000)] = ""


class Macro(Shape, frozen=True):
    """Actions that are done together, in order; the first that fails ends it."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    steps: Annotated[list[MacroStep], Meta(min_length=1, max_length=20)]
    team_id: Id | None = None
    revision: Revision = 0


class DeskStart(Shape, frozen=True):
    """All that the console needs before its first list."""

    me: AgentLoad
    teams: list[Team]
    """Mine; of a supervisor all."""
    all_teams: list[Team]
    """To which threads may be given."""
    counts: DeskCounts
    labels: list[Label]
    canned: list[CannedReply]
    macros: list[Macro]
    now: Millis


class Attempt(Shape, frozen=True):
    """What the bot made of a question."""

    seq: Seq
    at: Millis
    question: str
    outcome: Literal["answer", "options", "miss", "smalltalk", "handoff"]
    entry: str
    entry_question: str
    """The entry's own words, in the reader's language."""
    runner_up: str
    probability: float
    helpful: bool | None = None


class EpisodeView(Shape, frozen=True):
    """One run of a thread with people."""

    number: int
    asked_at: Millis
    cause: Literal["wish", "taken", "again", "direct"]
    answered_at: Millis | None = None
    resolved_at: Millis | None = None
    agent: PersonView | None = None
    csat: int | None = None
    comment: str = ""


class DeskContext(Shape, frozen=True):
    """What an agent wants to know beside the thread."""

    customer: CustomerView
    email: str = ""
    """Where the customer asked to be answered outside hours."""
    orders: list[OrderView] = []
    threads: list[DeskThread] = []
    """Other support threads of his."""
    attempts: list[Attempt] = []
    """Of the bot, newest first."""
    episodes: list[EpisodeView] = []


# What agents do. A move names the revision that its writer has seen; another one is `stale`.


class Claim(Shape, frozen=True, tag="claim", tag_field="move"):
    """I take it. Refused as `taken` where somebody has it."""

    revision: Revision


class Assign(Shape, frozen=True, tag="assign", tag_field="move"):
    """To an agent of the thread's team, or of the team that is named."""

    revision: Revision
    agent: Id
    team: Id | None = None
    note: Text = ""


class Transfer(Shape, frozen=True, tag="transfer", tag_field="move"):
    """To the queue of a team."""

    revision: Revision
    team: Id
    note: Text = ""


class GiveBack(Shape, frozen=True, tag="give_back", tag_field="move"):
    """To the bot."""

    revision: Revision
    note: Text = ""


class Snooze(Shape, frozen=True, tag="snooze", tag_field="move"):
    """Until an instant, or until the customer writes."""

    revision: Revision
    until: Millis


class Wake(Shape, frozen=True, tag="wake", tag_field="move"):
    """Now."""

    revision: Revision


class Resolve(Shape, frozen=True, tag="resolve", tag_field="move"):
    """Done. `stale` where the customer has written more than up to `seen`, which the agent did not see."""

    revision: Revision
    seen: Seq


class Reopen(Shape, frozen=True, tag="reopen", tag_field="move"):
    """Not done after all: to me."""

    revision: Revision


MoveBody = Claim | Assign | Transfer | GiveBack | Snooze | Wake | Resolve | Reopen


class PatchThread(Shape, frozen=True):
    """Marks of a thread; what is left out stays."""

    revision: Revision
    priority: Priority | None = None
    labels: Annotated[list[Slug], Meta(max_length=20)] | None = None


class PostNote(Shape, frozen=True):
    """A private note."""

    client_key: ClientKey
    text: Annotated[str, Meta(min_length=1, max_length=4000)]
    mentions: Annotated[list[Id], Meta(max_length=20)] = []


class DeskNotes(Shape, frozen=True):
    """Notes of a thread, oldest first."""

    notes: list[Note]


class PutAvailability(Shape, frozen=True):
    """Whether I wish to be given threads."""

    availability: Availability


class DeskHit(Shape, frozen=True):
    """A message that was found, and its thread."""

    thread: DeskThread
    message: Posted


class DeskHits(Shape, frozen=True):
    """Found messages, newest first; `next` goes into `before`."""

    hits: list[DeskHit]
    next: str = ""
