"""What happens, as it is stored and as it is handed on; views of it are the wire's business."""

import json
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from chat_server.domain.threads import EventKind


class Event(NamedTuple):
    """One event of a thread with what is needed to show it and to know who may see it.

    A tuple and not a dataclass: it is made once a message on the busiest path, straight from a row.
    """

    thread_id: int
    seq: int
    kind: int
    at: int
    side: int
    author_id: int | None
    text: str
    body: str
    """JSON of what only some events have: photos, card, state code; empty for plain text."""
    target: int | None
    """Of an edit or withdrawal: the message it changes. Of a message: the one it replies to."""
    edited_at: int | None
    withdrawn_at: int | None
    client_key: str | None
    customer_id: int
    shop_id: int | None
    team_id: int | None = None
    """Of a support thread: whose business it is."""


class Draft(NamedTuple):
    """An event before the store has given it a place: all but seq, side and the thread's parties."""

    thread_id: int
    kind: EventKind
    at: int
    author_id: int | None
    text: str = ""
    body: str = ""
    target: int | None = None
    client_key: str | None = None

    def placed(
        self, seq: int, side: int, customer_id: int, shop_id: int | None, team_id: int | None = None
    ) -> Event:
        """The event as it was committed."""
        return Event(
            self.thread_id,
            seq,
            self.kind,
            self.at,
            side,
            self.author_id,
            self.text,
            self.body,
            self.target,
            None,
            None,
            self.client_key,
            customer_id,
            shop_id,
            team_id,
        )


class PhotoRef(NamedTuple):
    """A posted photo and its size in pixels."""

    id: int
    width: int
    height: int


class Choice(NamedTuple):
    """A button of the bot: what it stands for (`human`, `entry:ID`) and what it says."""

    pick: str
    label: str


class Action(NamedTuple):
    """A button that opens a screen; the order that it is about, as it is shown, or empty."""

    kind: str
    order: str = ""


class Card(NamedTuple):
    """What stands below a message of the bot."""

    kind: str
    entry: str = ""
    choices: tuple[Choice, ...] = ()
    actions: tuple[Action, ...] = ()
    rates: bool = False
    helpful: bool | None = None


class Body(NamedTuple):
    """What only some events have; kept as JSON beside the text."""

    photos: tuple[PhotoRef, ...] = ()
    code: str = ""
    """Of a state event: what happened, such as `order.shipped`."""
    params: Mapping[str, str] = {}
    """What fills the sentence of the code."""
    pick: str = ""
    """Of a customer's message: the button of the bot that said it."""
    name: str = ""
    """Of an agent's message: the name under which he said it."""
    card: Card | None = None
    contacts: str = ""
    """Of a message or an edit with contact data in it: what was done, `warn` or `mask`."""


NO_BODY: Final = Body()


def pack(body: Body) -> str:
    """Empty for plain text, so that most rows hold nothing."""
    if body == NO_BODY:
        return ""
    fields = {
        "photos": body.photos,
        "code": body.code,
        "params": dict(body.params),
        "pick": body.pick,
        "name": body.name,
        "card": body.card,
        "contacts": body.contacts,
    }
    return json.dumps(
        {k: v for k, v in fields.items() if v}, ensure_ascii=False, separators=(",", ":")
    )


def unpack(text: str) -> Body:
    """The inverse of `pack`."""
    if not text:
        return NO_BODY
    fields = json.loads(text)
    photos = tuple(PhotoRef(*photo) for photo in fields.get("photos", ()))
    card = _card(*fields["card"]) if "card" in fields else None
    return Body(
        photos,
        fields.get("code", ""),
        fields.get("params", {}),
        fields.get("pick", ""),
        fields.get("name", ""),
        card,
        fields.get("contacts", ""),
    )


def _card(
    kind: str,
    entry: str,
    choices: list[list[str]],
    actions: list[list[str]],
    rates: bool,  # noqa: FBT001  The fields of a list in JSON, in order.
    helpful: bool | None,  # noqa: FBT001
) -> Card:
    return Card(
        kind,
        entry,
        tuple(Choice(*choice) for choice in choices),
        tuple(Action(*action) for action in actions),
        rates,
        helpful,
    )


class MarkMoved(NamedTuple):
    """Somebody has received or read more of a thread."""

    thread_id: int
    person_id: int
    side: int
    delivered: int
    """Of the whole side: the farthest of its people. So is `read`."""
    read: int
    own_read: int
    own_unread: int
    customer_id: int
    shop_id: int | None
    team_id: int | None = None


class ThreadChanged(NamedTuple):
    """What these see of a thread has changed, beside its events."""

    thread_id: int
    person_id: int
    shop_id: int | None = None
    """All people of a shop see it too."""


class DeskMoved(NamedTuple):
    """A support thread has moved at the desk."""

    thread_id: int
    team_id: int
    left_team: int | None = None
    """Whose it was before."""


class AgentsChanged(NamedTuple):
    """Who is there, and how busy, is another than before."""


class NoteWritten(NamedTuple):
    """A private note stands in a thread."""

    thread_id: int
    note_seq: int
    after_seq: int
    at: int
    author_id: int
    author_name: str
    text: str
    mentioned: tuple[int, ...]


class TakenAway(NamedTuple):
    """An agent has lost a thread, because he let it wait or was gone."""

    thread_id: int
    agent_id: int
    away: bool


class OrderChanged(NamedTuple):
    """An order has a new version."""

    order_id: int
    buyer_id: int
    shop_id: int


class NoticesRead(NamedTuple):
    """Somebody has seen what he was told."""

    person_id: int
    side: Literal["mine", "shops"]
    unread: int


class Cut(NamedTuple):
    """The connections of this person end now."""

    person_id: int
    signed_out: bool
    """False: what he may see has changed, and he may come back at once."""


class PairBlocked(NamedTuple):
    """One side of a pair blocked the other: neither learns of the other's typing or presence any more."""

    customer_id: int
    shop_id: int


Fact = (
    MarkMoved
    | ThreadChanged
    | OrderChanged
    | Cut
    | PairBlocked
    | DeskMoved
    | AgentsChanged
    | NoteWritten
    | TakenAway
    | NoticesRead
)
