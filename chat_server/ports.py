"""What the house asks of the outside, in Protocols, and the values that cross: `Commit`, `Query`.

No engine, no library and no rule lives here.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from chat_server.domain.events import Draft, Event, Fact
from chat_server.domain.translation import Masked, NoTranslation

Row = TypeVar("Row")
Value = int | str | bytes | None
ANY: Final = -1
"""A statement may touch any number of rows."""


class Statement(NamedTuple):
    """A statement of the SQL files by name, its parameters, and how many rows it must touch.

    Columns that an earlier statement of the same Commit returned may be used as parameters by name.
    """

    name: str
    params: Mapping[str, Value]
    rows: int = 1


class Commit(NamedTuple):
    """A write as a value: applied whole or not at all, in order.

    With a `draft`, the first statement is the one that gives the event its place: it returns
    `seq, side, customer_id, shop_id`.
    """

    statements: Sequence[Statement]
    draft: Draft | None = None
    bulk: bool = False
    """One of many alike that nobody waits for, such as what fires at one time: an engine may apply them together."""


class Applied(NamedTuple):
    """What a Commit gave: for each statement the first row that it returned, or None."""

    rows: list[tuple[Any, ...] | None]


class Conflict(Exception):
    """A statement touched another number of rows than promised, or broke a constraint; nothing was written."""

    def __init__(self, statement: str, constraint: str = "") -> None:
        super().__init__(f"{statement}: {constraint}" if constraint else statement)
        self.statement = statement
        self.constraint = constraint


class Query(NamedTuple, Generic[Row]):
    """A SELECT of the SQL files by name, and what becomes of each row: its columns in the order of the fields."""

    name: str
    row: Callable[..., Row]
    light: bool = False
    """A look-up of a few rows by key: cheaper done at once than handed to a thread."""


Outcome = Applied | Exception
Done = Callable[[Outcome], None]
Cursor = tuple[int, int]
"""A place in the stream of all events; its parts mean something only to the engine that gave it."""


class CommitSink(Protocol):
    """Told of every Commit with a draft, in commit order, on the event loop, before anyone awaiting it."""

    def committed(self, events: Sequence[tuple[Commit, Applied]]) -> None:
        """These were committed. Must not block, await or raise."""


class Store(Protocol):
    """The truth. One contract suite runs over every engine.

    Errors: `Conflict`, `domain.errors.Unavailable`, `domain.errors.StorageFull`.
    """

    @property
    def epoch(self) -> str:
        """Random; another one means that history was rewritten by a restore."""

    def submit(self, commit: Commit, done: Done) -> None:
        """Queues a Commit; `done` is called on the loop with what became of it. Never raises."""

    async def commit(self, commit: Commit) -> Applied:
        """Applies a Commit durably, or raises."""

    async def all(self, query: Query[Row], **params: Value) -> list[Row]:
        """Every row of a SELECT."""

    async def one(self, query: Query[Row], **params: Value) -> Row | None:
        """The only row of a SELECT, or None."""

    async def events_after(self, cursor: Cursor, limit: int) -> tuple[list[Event], Cursor]:
        """Committed events after a place in the stream of all threads, oldest first, and the new place."""

    async def stream_end(self) -> Cursor:
        """The place after the last committed event."""

    def match_expression(self, all_of: Sequence[Sequence[str]]) -> str:
        """A search for messages with one word out of each group; a word that ends in `*` is a beginning."""

    async def ready(self) -> bool:
        """Whether it can be read and written now."""


class Broker(Protocol):
    """Carries bytes between nodes: at most once, in order per node. The database is the truth.

    Presence: a person is online while some node says so, and until it has expired after the last said so.
    """

    def publish(self, channel: str, frame: bytes) -> None:
        """Hands a frame to every node's sink but this one's own. Never blocks, may lose it."""

    def wake(self) -> None:
        """Tells every other node that there are new events in the store."""

    async def arrive(self, subject: str, token: str) -> bool:
        """A connection of this subject opened. True where it is its first on any node."""

    async def leave(self, subject: str, token: str) -> bool:
        """The connection ended. True where it was the subject's last on any node."""

    async def online(self, subjects: Sequence[str]) -> set[str]:
        """Which of these have a connection somewhere."""

    async def take(self, key: str, limit: int, window_ms: int) -> int:
        """Counts one use of a limited thing, over all nodes; 0, or the milliseconds to wait."""


class BrokerSink(Protocol):
    """What a broker tells its node. Called on the loop; must not block."""

    def received(self, channel: str, frame: bytes) -> None:
        """A frame of another node."""

    def woken(self) -> None:
        """Another node has committed events."""

    def lost_place(self) -> None:
        """Frames may have been lost: connections to the broker broke and are back."""


class Passwords(Protocol):
    """Keeps passwords as what cannot be turned back."""

    async def hash(self, password: str) -> str:
        """What is kept of a password."""

    async def verify(self, encoded: str | None, password: str) -> bool:
        """Whether it is the one that was kept; None, for nobody, takes as much work and is never right."""

    def is_dated(self, encoded: str) -> bool:
        """Whether it was kept with less work than is done today."""


class Photos(Protocol):
    """Checks, re-encodes and keeps photos."""

    async def take(self, upload: AsyncIterator[bytes]) -> "TakenPhoto":
        """Reads an upload to its end, checks it, re-encodes it and stores both sizes.

        Raises TooLarge, PhotoRefused, StorageFull, Unavailable.
        """

    async def read(self, name: str) -> bytes:
        """The bytes of a stored file, or NotFound."""

    async def copy(self, full: str, thumb: str) -> "CopiedPhoto":
        """Stores both sizes of a photo under names of their own. Raises NotFound, StorageFull, Unavailable."""

    async def drop(self, name: str) -> None:
        """Removes a stored file; one that is not there is fine."""

    def names_before(self, at_ms: int) -> AsyncIterator[str]:
        """Every stored file that was written before an instant, in no order."""


class TakenPhoto(NamedTuple):
    """A photo that was accepted: random names of its two files, and its facts."""

    full: str
    thumb: str
    width: int
    height: int
    size: int
    sha256: bytes


class CopiedPhoto(NamedTuple):
    """A copy: names of its two files, and the SHA-256 of the large one as it is stored."""

    full: str
    thumb: str
    sha256: bytes


class Letter(NamedTuple):
    """A mail as it leaves: to one address, in plain text and as a page."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    """The same at each try, so that who gets a mail twice sees it once."""
    headers: Mapping[str, str] = {}


class MailRefused(Exception):
    """This letter will not be taken, however often it is tried."""


class Mail(Protocol):
    """Sends letters."""

    async def send(self, letter: Letter) -> None:
        """Hands a letter to the mail server.

        Raises MailRefused, or `domain.errors.Unavailable` where it may be tried again.
        """


class Parcel(NamedTuple):
    """A webhook as it leaves."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    trusted: bool
    """The operator wrote the address into the settings: it may be one of his own network."""


class HookFault(Exception):
    """A webhook did not arrive: `forbidden`, `unknown_host`, `unreachable`, `insecure`, `slow` or `garbled`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Reply(NamedTuple):
    """What a webhook was answered with."""

    status: int
    retry_after: str = ""
    """The header of that name as it stands there."""


class Hooks(Protocol):
    """Sends webhooks."""

    async def check(self, url: str) -> None:
        """Raises HookFault where what was typed in the console leads nowhere, or where it must not."""

    async def send(self, parcel: Parcel) -> Reply:
        """What it was answered with. Raises HookFault."""


class Translator(Protocol):
    """Translates texts by a provider outside."""

    @property
    def name(self) -> str:
        """The provider's, as the settings have it."""

    async def translate(self, masked: Masked, source: str, target: str) -> str | NoTranslation:
        """The text in the other language, its marks still in it, each once; or why there is none.

        Answers within a time limit, at once where too many texts wait, and never raises.
        """


class Languages(Protocol):
    """Guesses the language of a text."""

    async def detect(self, text: str, hints: Sequence[str] = ()) -> str:
        """Its code of two letters, one of `hints` where that is as likely; empty where the text does not say."""


class Phones(Protocol):
    """Knows which numbers are telephones'."""

    def knows(self, number: str) -> bool:
        """Whether a number, as somebody wrote it, is one of a country's plan."""


class Clock(Protocol):
    """The only source of time."""

    def now_ms(self) -> int:
        """UTC, milliseconds since 1970."""


class Ids(Protocol):
    """The only source of identities and secrets."""

    def new_id(self) -> int:
        """A fresh id (`domain.ids.make_id`)."""

    def new_secret(self) -> str:
        """At least 128 random bits as URL-safe text."""


class EventSink(Protocol):
    """Where actions put what is pushed but is no event of a thread."""

    def tell(self, fact: Fact) -> None:
        """Passes a fact on to those whom it concerns, on every node. Never blocks; may be lost."""


__all__ = [
    "ANY",
    "Applied",
    "Broker",
    "BrokerSink",
    "Clock",
    "Commit",
    "CommitSink",
    "Conflict",
    "CopiedPhoto",
    "Cursor",
    "Done",
    "Draft",
    "EventSink",
    "HookFault",
    "Hooks",
    "Ids",
    "Languages",
    "Letter",
    "Mail",
    "MailRefused",
    "Outcome",
    "Parcel",
    "Passwords",
    "Phones",
    "Photos",
    "Query",
    "Statement",
    "Store",
    "TakenPhoto",
    "Translator",
    "Value",
]
