"""Support: who answers a thread, how it moves from one to the next, and what that means for the queue.

Clocks and stores are not known here: `now` is handed in, and what comes out is a value that an action writes.
"""

import enum
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.domain.ids import PersonId

HELP: Final = "help"
"""The topic of Help in the widget."""

COMPLAINT: Final = "complaint"
"""General complaints to the administration."""

TOPICS: Final = (HELP, "selling", COMPLAINT)
"""What people may turn to support about, each in a thread of its own."""

MERGE_WINDOW_MS: Final = 24 * 3600 * 1000
"""How old a visitor's newest message may be when he turns out to be a buyer (PRODUCT: people and identity)."""

MERGED: Final = "visitor_"
"""How the topic of a conversation that a visitor began is called once it is a buyer's: with the visitor's id."""

OFFER_AFTER_UNHELPFUL: Final = 2
"""So many "not helpful" in an episode, and the bot offers a person (PRODUCT: support)."""

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS

ANSWER_WITHIN_MS: Final = 3 * MINUTE_MS
"""An agent who does not write within this while the customer waits loses the thread (PRODUCT: routing)."""

NOT_AGAIN_MS: Final = 30 * MINUTE_MS
"""For so long a thread that he let wait is not offered to him again."""

MISSES_TO_AWAY: Final = 2
"""So many in a row, and he is set to away."""

GONE_UNANSWERED_MS: Final = MINUTE_MS
"""How long after an agent's last socket closed his unanswered threads return to the queue."""

GONE_ANSWERED_MS: Final = 5 * MINUTE_MS
"""The same for those that wait for their customer."""

SILENCE_MS: Final = 24 * HOUR_MS
"""A thread whose customer says nothing for so long is resolved."""

WARNING_MS: Final = HOUR_MS
"""So long before, he is told."""

REOPENS_MS: Final = 7 * 24 * HOUR_MS
"""A customer who writes within this after the end goes back to people, later to the bot."""

BUSY_MS: Final = 15 * MINUTE_MS
"""For so long a thread that waits for its customer still takes a place of its agent's capacity."""

VISITOR_WAITS_MS: Final = 15 * MINUTE_MS
"""Nobody who is not signed in waits longer than this for those who are."""

VISITORS_PER_ADDRESS: Final = 3
"""Queued threads of visitors from one address."""

DEFAULT_CAPACITY: Final = 4
"""Threads that an agent has at a time."""

HEARTBEAT_MS: Final = 10_000
"""How often a node says which agents have a socket on it."""

UNSEEN_MS: Final = 3 * HEARTBEAT_MS
"""Of whom nothing was heard for so long, his node is dead, and he is not connected."""


class State(enum.StrEnum):
    """Who answers, as it is stored."""

    BOT = "bot"
    QUEUED = "queued"
    QUEUED_OFFLINE = "queued_offline"
    ASSIGNED = "assigned"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


WAITING_CUSTOMER: Final = "waiting_customer"
"""An assigned thread whose customer has been answered. It is not stored: `waiting_since` says it."""


def shown_state(state: str, waiting_since: int | None) -> str:
    """The state as agents see it."""
    if state == State.ASSIGNED and waiting_since is None:
        return WAITING_CUSTOMER
    return state


class Move(enum.StrEnum):
    """What makes a thread go from one state to another."""

    ASK = "ask"
    """The customer wishes for a person."""
    CLAIM = "claim"
    """An agent takes it."""
    OFFER = "offer"
    """Routing gives it to an agent."""
    ASSIGN = "assign"
    """Somebody gives it to an agent."""
    TRANSFER = "transfer"
    """Somebody gives it to a team."""
    GIVE_BACK = "give_back"
    """The bot answers again."""
    SNOOZE = "snooze"
    WAKE = "wake"
    """Its time has come, or its customer wrote."""
    RETURN = "return"
    """Its agent did not answer, or is gone: to the front of the queue."""
    CLOSE = "close"
    """The team's day is over while it waits."""
    OPEN = "open"
    """The team is back."""
    RESOLVE = "resolve"
    REOPEN = "reopen"


_QUEUES: Final = frozenset({State.QUEUED, State.QUEUED_OFFLINE})
_HELD: Final = frozenset({State.ASSIGNED, State.SNOOZED})
_PENDING: Final = _QUEUES | _HELD

FROM: Final[Mapping[Move, frozenset[State]]] = {
    Move.ASK: frozenset({State.BOT}),
    Move.CLAIM: frozenset({State.BOT, State.RESOLVED}) | _QUEUES,
    Move.OFFER: frozenset({State.QUEUED}),
    Move.ASSIGN: frozenset({State.BOT}) | _PENDING,
    Move.TRANSFER: frozenset({State.BOT}) | _PENDING,
    Move.GIVE_BACK: _PENDING,
    Move.SNOOZE: frozenset({State.ASSIGNED}),
    Move.WAKE: frozenset({State.SNOOZED}),
    Move.RETURN: _HELD,
    Move.CLOSE: frozenset({State.QUEUED}),
    Move.OPEN: frozenset({State.QUEUED_OFFLINE}),
    Move.RESOLVE: frozenset({State.BOT}) | _PENDING,
    Move.REOPEN: frozenset({State.RESOLVED}),
}
"""From which states each move leads away; where it leads is `target`'s to say."""

_TARGETS: Final[Mapping[Move, State]] = {
    Move.CLAIM: State.ASSIGNED,
    Move.OFFER: State.ASSIGNED,
    Move.ASSIGN: State.ASSIGNED,
    Move.GIVE_BACK: State.BOT,
    Move.SNOOZE: State.SNOOZED,
    Move.CLOSE: State.QUEUED_OFFLINE,
    Move.OPEN: State.QUEUED,
    Move.RESOLVE: State.RESOLVED,
}


def allowed(move: Move, state: str) -> bool:
    """Whether a move leads away from this state."""
    return state in FROM[move]


def target(move: Move, *, is_open: bool, to_agent: bool) -> State:
    """Where a move leads: to an agent where one is there for it, else to the queue, as the hours have it."""
    if move in _TARGETS:
        return _TARGETS[move]
    if to_agent:
        return State.ASSIGNED
    return State.QUEUED if is_open else State.QUEUED_OFFLINE


class Cause(enum.StrEnum):
    """How an episode came to people."""

    WISH = "wish"
    """The customer, or the bot for him, asked."""
    TAKEN = "taken"
    """An agent stepped in."""
    AGAIN = "again"
    """The customer wrote after the end."""
    DIRECT = "direct"
    """There is no bot."""


class Priority(enum.IntEnum):
    """Which of two that wait goes first."""

    LOW = -1
    NORMAL = 0
    HIGH = 1
    URGENT = 2


_STEP: Final = 10**14
"""More than any time in milliseconds, so that priority outweighs it; front outweighs priority."""


def queue_key(queued_at: int, priority: int, *, visitor: bool, front: bool) -> int:
    """Where a thread stands in its queue: the lowest is next.

    The signed-in go before visitors, as if those had come 15 minutes later; what an agent let wait goes first.
    """
    key = queued_at + (VISITOR_WAITS_MS if visitor else 0) - priority * _STEP
    return key - 10 * _STEP if front else key


def requeued(key: int, priority: int, wanted: int) -> int:
    """Where a thread stands once its priority is another one: who was at the front stays there."""
    return key + (priority - wanted) * _STEP


class Available(enum.StrEnum):
    """Whether an agent wishes to be given threads."""

    ONLINE = "online"
    AWAY = "away"
    HOLIDAY = "holiday"


class Agent(NamedTuple):
    """What routing knows of an agent of a team."""

    id: PersonId
    capacity: int
    availability: str
    seen_at: int
    gone_at: int | None
    assigned_at: int
    revision: int
    load: int
    """Threads that take a place of his capacity."""


def is_connected(seen_at: int, gone_at: int | None, now: int) -> bool:
    """Whether an agent has a socket on a node that lives."""
    return gone_at is None and seen_at > now - UNSEEN_MS


def gone_since(seen_at: int, gone_at: int | None, now: int) -> int | None:
    """Since when an agent has no socket; None where he has one."""
    if is_connected(seen_at, gone_at, now):
        return None
    return gone_at if gone_at is not None else seen_at


def can_take(agent: Agent, now: int) -> bool:
    """Whether routing may give him a thread now."""
    return (
        agent.availability == Available.ONLINE
        and is_connected(agent.seen_at, agent.gone_at, now)
        and agent.load < agent.capacity
    )


def choose_agent(
    agents: list[Agent], previous: int | None, barred: frozenset[int], now: int
) -> Agent | None:
    """Who gets the next thread: who had it before, else who has been without a new one longest."""
    able = [a for a in agents if can_take(a, now) and a.id not in barred]
    known = [a for a in able if a.id == previous]
    return min(known or able, key=lambda a: (a.assigned_at, a.id), default=None)


class TeamScope(NamedTuple):
    """Which threads are a team's; empty takes all."""

    id: int
    languages: frozenset[str]
    topics: frozenset[str]


def choose_team(teams: list[TeamScope], topic: str, language: str) -> int:
    """The team of a thread: a match by topic weighs more than one by language, both more than "takes all".

    There is always one: where none fits, the oldest.
    """
    if topic.startswith(MERGED):
        topic = HELP

    def fit(team: TeamScope) -> tuple[int, int]:
        by_topic = (2 if topic in team.topics else -1) if team.topics else 1
        by_language = (2 if language in team.languages else -1) if team.languages else 1
        return by_topic, by_language

    fitting = [t for t in teams if min(fit(t)) > 0] or [t for t in teams if fit(t)[0] > 0] or teams
    return min(fitting, key=lambda t: (*(-n for n in fit(t)), t.id)).id


class Outcome(enum.StrEnum):
    """What a turn of the bot came to, as it is counted."""

    ANSWER = "answer"
    OPTIONS = "options"
    MISS = "miss"
    SMALLTALK = "smalltalk"
    HANDOFF = "handoff"


WISH: Final = "human"
"""The button that wishes for a person."""

ENTRY: Final = "entry:"
"""How the button of an entry begins; its id follows."""


def entry_of(pick: str) -> str:
    """The entry that a button stands for, or empty."""
    return pick.removeprefix(ENTRY) if pick.startswith(ENTRY) else ""
