"""A support desk in process, over the real actions on a real store with a clock that is set: for those who
do things to it at random, and what must hold of it whatever they did.
"""

import asyncio
import contextlib
import dataclasses
import functools
from collections.abc import Coroutine
from typing import Any, Final, NamedTuple

from bot import Bot, load_corpus
from chat_server.actions import desk_lists, messages, routing, staff, support, visitors
from chat_server.actions.deadlines import fire_due
from chat_server.actions.desk_lists import Wanted
from chat_server.actions.live_faq import LiveFaq
from chat_server.actions.messages import Message
from chat_server.domain.errors import ParleyError
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.people import Actor, Role
from chat_server.domain.support import BUSY_MS, State
from chat_server.jobs.desk import Rounds
from tests.api.harness import fresh_key
from tests.factories_sql import add_person
from tests.property.world import World

SECOND: Final = 1000
QUESTION: Final = "how long do refunds take"
WISH: Final = "operator!"

CAPACITY: Final = 2
OTHER_TEAM: Final = 2

QUEUES: Final = (State.QUEUED, State.QUEUED_OFFLINE)
HELD: Final = (State.ASSIGNED, State.SNOOZED)


@functools.cache
def shipped_bot() -> Bot:
    """Built once in a process; nobody changes it here."""
    return Bot(load_corpus())


class Row(NamedTuple):
    """A support thread as it is stored."""

    id: int
    state: str
    team_id: int
    agent_id: int | None
    revision: int
    episode: int
    queue_key: int | None
    queued_at: int | None
    wake_at: int | None
    resolved_at: int | None
    waiting_since: int | None
    assigned_at: int | None
    priority: int
    last_seq: int
    last_posted: int
    visitor: int


ROWS: Final = """SELECT t.id, t.state, t.team_id, t.agent_id, t.revision, t.episode, t.queue_key, t.queued_at,
    t.wake_at, t.resolved_at, t.waiting_since, t.assigned_at, t.priority, t.last_seq, t.last_posted, p.kind = 'visitor'
    FROM threads AS t JOIN people AS p ON p.id = t.customer_id WHERE t.kind = 'support' ORDER BY t.id"""


class Desk(World):
    """The store, who works here, and who asks."""

    def __init__(self, *, bot: bool) -> None:
        super().__init__(bot=bot, message_rate=1e6, message_burst=1_000_000)
        self.ctx = dataclasses.replace(self.ctx, faq=LiveFaq(shipped_bot))
        self._found_complaints_team()
        self.connected: set[PersonId] = set()
        self.rounds = Rounds(self.ctx, lambda: sorted(self.connected))
        self.other_rounds = Rounds(self.ctx, list)
        self.agents = [self.run(self._agent(n)) for n in range(3)]
        self.supervisor = self.run(self._agent(3, "supervisor"))
        self.customers = self.run(self._customers())

    def _found_complaints_team(self) -> None:
        """A second team that is for complaints and works around the clock."""
        always = ",".join(f"[{day},0,1440]" for day in range(7))
        self.db.execute(
            "INSERT INTO teams VALUES (?, 'Complaints', '', 'complaint', 'UTC', ?, 15, 1440, 1, 0)",
            (OTHER_TEAM, f'{{"windows":[{always}],"exceptions":{{}}}}'),
        )

    async def _agent(self, number: int, role: str = "agent") -> Actor:
        email, ctx = f"agent-{number}@staff.example", self.ctx
        await staff.put_staff(ctx.store, ctx.clock, ctx.ids, email, f"Agent {number}", role, "")
        [(person,)] = self.sql("SELECT id FROM people WHERE email = ?", email)
        self.sql("UPDATE agents SET capacity = ? WHERE person_id = ?", CAPACITY, person)
        teams = (1, OTHER_TEAM) if number == 1 else (OTHER_TEAM,) if number == 2 else (1,)
        self.sql("DELETE FROM team_members WHERE person_id = ?", person)
        for team in teams:
            self.sql("INSERT INTO team_members VALUES (?, ?)", team, person)
        return Actor(PersonId(person), Role(role), teams=frozenset(teams))

    async def _customers(self) -> list[Actor]:
        made = []
        for number in range(2):
            person = await add_person(self.ctx.store, f"Buyer {number}")
            made.append(Actor(PersonId(person), Role.BUYER))
        for _ in range(2):
            new = await visitors.welcome_visitor(self.ctx, "192.0.2.1", "en", "UTC")
            made.append(Actor(new.id, Role.VISITOR))
        return made

    # What is done to it.

    def seat(self, number: int, teams: set[int]) -> None:
        """One of the agents works in these teams."""
        person = self.agents[number].person_id
        self.sql("DELETE FROM team_members WHERE person_id = ?", person)
        for team in sorted(teams):
            self.sql("INSERT INTO team_members VALUES (?, ?)", team, person)
        self.agents[number] = Actor(person, Role.AGENT, teams=frozenset(teams))

    def say(self, who: Actor, thread: int, text: str) -> None:
        """A message."""
        message = Message(ThreadId(thread), fresh_key(), text)
        self.run(messages.post(self.ctx, who, message))

    def open(self, who: Actor, topic: str) -> int:
        """The thread of somebody about a topic."""
        return self.run(support.open_support_thread(self.ctx, who, topic)).id

    def attend(self, thread: int) -> None:
        """The node that took a customer's message looks at it."""
        self.run(support.attend(self.ctx, ThreadId(thread)))

    def arrives(self, who: Actor) -> None:
        """He opens the console."""
        self.connected.add(who.person_id)
        self.run(routing.seen(self.ctx, [who.person_id]))

    def leaves(self, who: Actor, *, goodbye: bool) -> None:
        """He closes it, or his node dies and says nothing."""
        self.connected.discard(who.person_id)
        if goodbye:
            self.run(routing.gone(self.ctx, who.person_id))

    def round(self) -> None:
        """What is due now is done."""
        self.run(self.rounds.make())
        while self.run(fire_due(self.ctx)):
            pass

    def at_once(self, *works: Coroutine[Any, Any, Any]) -> None:
        """All of them together; who is refused is refused."""

        async def try_(work: Coroutine[Any, Any, Any]) -> None:
            with contextlib.suppress(ParleyError):
                await work

        async def try_all() -> None:
            await asyncio.gather(*map(try_, works))

        self.run(try_all())

    # What it looks like.

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Past the server."""
        return self.db.execute(statement, values).fetchall()

    def rows(self) -> list[Row]:
        """All support threads."""
        return [Row(*row) for row in self.sql(ROWS)]

    def row(self, thread: int) -> Row:
        """One of them."""
        return next(row for row in self.rows() if row.id == thread)

    def asks_last(self, row: Row) -> bool:
        """Whether the newest message of a thread is its customer's."""
        where = "thread_id = ? AND seq = ? AND side = 1"
        return bool(self.sql(f"SELECT 1 FROM events WHERE {where}", row.id, row.last_posted))

    def listed(self, name: str) -> list[int]:
        """The threads of one of the supervisor's lists, page by page."""
        found: list[int] = []
        before = None
        while True:
            page = self.run(
                desk_lists.page(self.ctx, self.supervisor, Wanted(name), before, limit=2)
            )
            found += [card.id for card in page.cards]
            before = page.next
            if before is None:
                return found

    def offers(self) -> dict[int, int]:
        """How often routing gave each agent a thread."""
        return dict(
            self.sql(
                "SELECT json_extract(details, '$.agent'), COUNT(*) FROM audit "
                "WHERE action = 'assigned' AND actor_id IS NULL GROUP BY 1"
            )
        )

    def agents_now(self) -> dict[int, Any]:
        """What routing knows of everybody in any team, by person."""
        busy_since = self.clock.now_ms() - BUSY_MS
        return {
            agent.id: agent
            for team in (1, OTHER_TEAM)
            for agent in self.run(
                self.ctx.store.all(routing._AGENTS, team_id=team, busy_since=busy_since)
            )
        }

    def teams_of(self, agent: int) -> set[int]:
        """Where somebody works."""
        return {
            team for (team,) in self.sql("SELECT team_id FROM team_members WHERE person_id = ?", agent)
        }  # fmt: skip

    def barred(self, thread: int) -> set[int]:
        """Who let it wait a short while ago."""
        now = self.clock.now_ms()
        return {
            agent
            for (agent,) in self.sql(
                "SELECT person_id FROM passed_over WHERE thread_id = ? AND until > ?", thread, now
            )
        }
