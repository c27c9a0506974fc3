"""Records of the support desk, as queries give them: threads, teams, agents, notes, what the bot tried."""

import json
from typing import NamedTuple

from chat_server.domain import hours as working
from chat_server.domain.hours import Hours
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.support import TeamScope, gone_since


class Desk(NamedTuple):
    """A support thread as moves see it. Columns of `desk_thread`."""

    id: ThreadId
    customer_id: PersonId
    customer_kind: str
    locale: str
    zone: str
    origin: str
    topic: str
    team_id: int
    state: str
    agent_id: int | None
    last_agent_id: int | None
    revision: int
    episode: int
    last_seq: int
    last_at: int
    waiting_since: int | None
    queued_at: int | None
    queue_key: int | None
    assigned_at: int | None
    staff_at: int | None
    wake_at: int | None
    resolved_at: int | None
    priority: int
    labels: str

    @property
    def is_visitors(self) -> bool:
        """Whether its customer is not signed in."""
        return self.customer_kind == "visitor"


class Team(NamedTuple):
    """What routing knows of a team."""

    id: int
    name: str
    scope: TeamScope
    hours: Hours
    first_answer_ms: int
    resolution_ms: int

    def is_open(self, now: int) -> bool:
        """Whether its people work now."""
        return working.is_open(self.hours, now)

    def opening(self, now: int) -> tuple[bool, int | None, int | None]:
        """Whether it works now, when it next begins where it does not, and when it next ends."""
        is_open = self.is_open(now)
        opens = None if is_open else working.next_opening(self.hours, now)
        return is_open, opens, working.next_closing(self.hours, now)


class DeskCard(NamedTuple):
    """A support thread with all that lists show. Columns of `desk_cards`."""

    id: ThreadId
    revision: int
    state: str
    customer_id: PersonId
    customer_name: str
    customer_kind: str
    locale: str
    zone: str
    country: str
    shops: int
    topic: str
    team_id: int
    agent_id: int | None
    agent_name: str | None
    last_agent_id: int | None
    last_agent_name: str | None
    priority: int
    labels: str
    waiting_since: int | None
    queued_at: int | None
    queue_key: int | None
    assigned_at: int | None
    wake_at: int | None
    resolved_at: int | None
    last_seq: int
    last_posted: int
    last_at: int
    created_at: int
    note_seq: int
    first_due: int | None
    resolve_due: int | None
    csat: int | None
    message_at: int | None
    message_side: int | None
    message_author: int | None
    message_text: str | None
    message_body: str | None
    message_target: int | None
    message_edited: int | None
    message_withdrawn: int | None
    message_key: str | None
    read: int
    unread: int


class Count(NamedTuple):
    """How many threads of a team are in a state, with an agent."""

    team_id: int
    state: str
    agent_id: int | None
    waiting: int
    """Those whose customers wait."""
    threads: int


class AgentRow(NamedTuple):
    """Somebody who works here."""

    id: PersonId
    name: str
    role: str
    capacity: int
    availability: str
    seen_at: int
    gone_at: int | None
    load: int

    def connected(self, now: int) -> bool:
        """Whether he has a socket on a node that lives."""
        return gone_since(self.seen_at, self.gone_at, now) is None


class Attempt(NamedTuple):
    """What the bot made of a question."""

    seq: int
    at: int
    question: str | None
    outcome: str
    entry: str
    runner_up: str
    probability: int
    helpful: int | None


class Episode(NamedTuple):
    """One run of a thread with people."""

    number: int
    asked_at: int
    cause: str
    answered_at: int | None
    resolved_at: int | None
    agent_id: int | None
    agent_name: str | None
    csat: int | None
    comment: str


class Customer(NamedTuple):
    """Who asks."""

    id: PersonId
    name: str
    kind: str
    locale: str
    zone: str
    country: str
    shops: int


class Note(NamedTuple):
    """A note as it is stored. Columns of `notes_after`."""

    note_seq: int
    after_seq: int
    at: int
    author_id: PersonId
    author_name: str
    text: str
    mentions: str

    @property
    def mentioned(self) -> tuple[int, ...]:
        """Who is named in it."""
        return tuple(json.loads(self.mentions))
