"""A support desk of any size: agents who have as much as they can take, and open threads in all states.

The agents of the one team that works are full, so that its queue stays; of the others' threads most wait for
their customers. All times lie just before `now`, so that no clock has anything to do with them.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import seed
from benchmarks.seed import Row, Rows
from chat_server.domain.support import DEFAULT_CAPACITY, MINUTE_MS, State, queue_key

MINUTE = MINUTE_MS
HOUR = 60 * MINUTE

_CUSTOMER, _AGENT, _THREAD = 1 << 40, 2 << 40, 3 << 40
TEAM, CLOSED_TEAM = 1, 2

_ALWAYS = ",".join(f"[{day},0,1440]" for day in range(7))
HOURS = f'{{"windows":[{_ALWAYS}],"exceptions":{{}}}}'
"""Of the team that works: what the first one's hours are set to."""

_NEVER = '{"windows":[],"exceptions":{}}'
_LONG = 24 * HOUR
_OLD_TRANSACTION = 3

_AGENTS = (
    "person_id", "capacity", "availability", "permissions", "active", "seen_at", "gone_at",
    "assigned_at", "missed", "revision",
)  # fmt: skip
_THREADS = (
    "id", "kind", "customer_id", "state", "last_seq", "last_posted", "last_at", "waiting_since",
    "created_at", "topic", "answered", "team_id", "agent_id", "revision", "episode", "queued_at",
    "queue_key", "assigned_at", "staff_at", "wake_at", "aside_seq", "resolved_at",
)  # fmt: skip
_EVENTS = (
    "position", "thread_id", "seq", "kind", "at", "side", "author_id", "text", "body",
)  # fmt: skip
_EPISODES = (
    "thread_id", "number", "team_id", "agent_id", "language", "asked_at", "cause", "first_due",
    "resolve_due", "assigned_at", "answered_at", "resolved_at", "transfers", "comment",
)  # fmt: skip
_TICKETS = ("hash", "person_id", "role", "key_id", "proof_at", "proof_until", "expires_at")


@dataclass(frozen=True)
class Desk:
    """`threads` open ones, twice as many that are over, and `agents` who work."""

    threads: int
    agents: int
    now: int

    @property
    def queued(self) -> int:
        """How many wait."""
        return max(self.threads // 20, 2)

    @property
    def busy(self) -> int:
        """How many take a place of their agent's capacity."""
        return self.agents * DEFAULT_CAPACITY

    def agent(self, number: int) -> int:
        """One of those who work here."""
        return _AGENT + number % self.agents

    def customer(self, number: int) -> int:
        """Whose thread this is."""
        return _CUSTOMER + number

    def thread(self, number: int) -> int:
        """The ids of the busy ones come first."""
        return _THREAD + number

    def state(self, number: int) -> State:
        """Busy ones first, then those that wait, then a mixture, then those that are over."""
        if number >= self.threads:
            return State.BOT if number % 3 == 0 else State.RESOLVED
        if number < self.busy:
            return State.ASSIGNED
        if number < self.busy + self.queued:
            return State.QUEUED
        if number < self.busy + 2 * self.queued:
            return State.QUEUED_OFFLINE
        return State.SNOOZED if number % 8 == 0 else State.ASSIGNED

    def rows(self, *, postgres: bool = False) -> Iterator[Rows]:
        """Everything, in an order that foreign keys allow."""
        everything = range(3 * self.threads)
        yield seed.people(self.customer(n) for n in everything)
        yield self._staff()
        team = (CLOSED_TEAM, "Night", "", "", "UTC", _NEVER, 15, 1440, 1, 0)
        columns = (
            "id", "name", "languages", "topics", "zone", "hours", "first_answer_minutes",
            "resolution_minutes", "revision", "created_at",
        )  # fmt: skip
        yield Rows("teams", columns, [team])
        agents = range(self.agents)
        yield Rows(
            "team_members", ("team_id", "person_id"), [(TEAM, self.agent(n)) for n in agents]
        )
        yield Rows("agents", _AGENTS, (self._agent(n) for n in agents))
        yield Rows("threads", _THREADS, (self._thread(n) for n in everything))
        # COPY knows no default for the transaction that an event belongs to: any old one will do.
        of_events = (*_EVENTS, "tx") if postgres else _EVENTS
        old = (_OLD_TRANSACTION,) if postgres else ()
        yield Rows("events", of_events, ((*event, *old) for event in self._events()))
        yield Rows("episodes", _EPISODES, (self._episode(n) for n in range(self.threads)))
        yield Rows("tickets", _TICKETS, self._tickets())

    def _staff(self) -> Rows:
        columns = (
            "id", "kind", "role", "name", "locale", "zone", "country", "email", "version",
            "not_before", "created_at",
        )  # fmt: skip
        rows = (
            (self.agent(n), "staff", "agent", f"Agent {n}", "en", "UTC", "", f"a{n}@staff.example", 1, 0, 0)
            for n in range(self.agents)
        )  # fmt: skip
        return Rows("people", columns, rows)

    def _agent(self, number: int) -> Row:
        agent, at = self.agent(number), self.now - HOUR + number
        return (agent, DEFAULT_CAPACITY, "online", "", 1, self.now, None, at, 0, 1)

    def _last_at(self, number: int) -> int:
        """Who is waited for has said something in the last seconds; the others some time in these hours."""
        if number < self.busy + self.queued:
            return self.now - 30_000 + number % 20_000
        return self.now - HOUR - (number * 7919) % (20 * HOUR)

    def _thread(self, number: int) -> Row:
        state, at = self.state(number), self._last_at(number)
        waits = number < self.busy + 2 * self.queued
        held = state in (State.ASSIGNED, State.SNOOZED)
        queued = at if state in (State.QUEUED, State.QUEUED_OFFLINE) else None
        key = queue_key(at, 0, visitor=False, front=False) if state is State.QUEUED else None
        team = CLOSED_TEAM if state is State.QUEUED_OFFLINE else TEAM
        return (
            self.thread(number), "support", self.customer(number), state, 2, 2, at,
            at if waits else None, at - HOUR, "help", 1, team,
            self.agent(number) if held else None, 1, int(number < self.threads), queued,
            key, at if held else None, None if waits or not held else at,
            self.now + _LONG if state is State.SNOOZED else None,
            2 if state is State.SNOOZED else None,
            at if state is State.RESOLVED else None,
        )  # fmt: skip

    def _events(self) -> Iterator[Row]:
        """Two messages a thread: of the customer, then of whoever it was last."""
        for number in range(3 * self.threads):
            at, thread = self._last_at(number), self.thread(number)
            waits = number < self.busy + 2 * self.queued
            side = 1 if waits else 3
            author = self.customer(number) if waits else self.agent(number)
            yield (
                2 * number + 1, thread, 1, 1, at - MINUTE, 1, self.customer(number),
                "Where is my parcel? It was to be here on Monday.", "",
            )  # fmt: skip
            yield 2 * number + 2, thread, 2, 1, at, side, author, "Let us see.", ""

    def _episode(self, number: int) -> Row:
        state, at = self.state(number), self._last_at(number)
        agent = self.agent(number) if state in (State.ASSIGNED, State.SNOOZED) else None
        due = self.now + 8 * HOUR
        team = CLOSED_TEAM if state is State.QUEUED_OFFLINE else TEAM
        return (
            self.thread(number), 1, team, agent, "en", at, "wish", due, due,
            at if agent else None, None, None, 0, "",
        )  # fmt: skip

    def _tickets(self) -> Iterator[Row]:
        """One for each agent, and for the customer of each busy thread."""
        until = self.now + _LONG
        for number in range(self.agents):
            yield (
                _hash(secret_of("agent", number)),
                self.agent(number),
                "agent",
                "",
                self.now,
                None,
                until,
            )
        for number in range(self.busy):
            yield (
                _hash(secret_of("customer", number)), self.customer(number), "buyer", "", self.now, None,
                until,
            )  # fmt: skip


def secret_of(who: str, number: int) -> str:
    """The ticket of an agent, or of the customer of a busy thread."""
    return f"a-ticket-of-the-benchmark-{who}-{number:06d}"


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
