"""Whatever people, customers and the clock do to support threads: nobody is forgotten, nothing contradicts itself."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from typing_extensions import override

from chat_server.actions import desk as deeds
from chat_server.actions import routing
from chat_server.domain.errors import NotFound, ParleyError, Stale, WrongState
from chat_server.domain.ids import ThreadId
from chat_server.domain.people import Actor
from chat_server.domain.support import HEARTBEAT_MS, Move, Priority, State, allowed, can_take
from tests.property.desk_checks import check_lists, check_order, check_rows, check_settled
from tests.property.desk_model import CAPACITY, OTHER_TEAM, QUESTION, SECOND, WISH, Desk, Row
from tests.property.world import try_machine

MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

PASSES = (SECOND, 30 * SECOND, 61 * SECOND, 3 * MINUTE, 16 * MINUTE, HOUR, 9 * HOUR, 23 * HOUR, 8 * DAY)  # fmt: skip

numbers = st.integers(0, 7)
people = st.integers(0, 3)


class SupportDesk(RuleBasedStateMachine):
    """Four customers, three agents in two teams, a supervisor, and a clock."""

    desk: Desk

    @initialize(bot=st.booleans())
    def opens(self, bot: bool) -> None:
        """Nobody has asked anything, and nobody is there."""
        self.desk = Desk(bot=bot)
        self.threads: list[int] = []
        self.before: dict[int, Row] = {}

    @override
    def teardown(self) -> None:
        """All who were forgotten are found, and nothing of it stays."""
        desk = getattr(self, "desk", None)
        if desk is None:
            return
        try:
            self._settle()
        finally:
            desk.close()

    # Customers.

    @rule(
        who=people,
        topic=st.sampled_from(["help", "complaint"]),
        text=st.sampled_from([QUESTION, WISH]),
        heard=st.booleans(),
    )
    def a_customer_writes(self, who: int, topic: str, text: str, heard: bool) -> None:
        """And the node that took it looks, or dies before it does."""
        desk = self.desk
        customer = desk.customers[who]
        thread = desk.open(customer, topic)
        if thread not in self.threads:
            self.threads.append(thread)
        desk.say(customer, thread, text)
        if heard:
            desk.attend(thread)

    # Those who work here.

    @rule(who=people, goodbye=st.booleans())
    def somebody_comes_or_goes(self, who: int, goodbye: bool) -> None:
        """With a word, or without one."""
        agent = self._staff(who)
        if agent.person_id in self.desk.connected:
            self.desk.leaves(agent, goodbye=goodbye)
        else:
            self.desk.arrives(agent)

    @rule(who=st.integers(0, 2), teams=st.sampled_from([{1}, {OTHER_TEAM}, {1, OTHER_TEAM}]))
    def somebody_works_elsewhere_from_now_on(self, who: int, teams: set[int]) -> None:
        """What he has and does not see any more is given to others."""
        self.desk.seat(who, teams)

    @rule(who=people, availability=st.sampled_from(["online", "online", "away"]))
    def somebody_says_whether_he_is_there(self, who: int, availability: str) -> None:
        """Here, or at lunch."""
        work = deeds.set_availability(self.desk.ctx, self._staff(who), availability)
        self.desk.run(work)

    @rule(who=people, which=numbers, text=st.just("Let me look."))
    def somebody_answers(self, who: int, which: int, text: str) -> None:
        """Which only he may whose it is."""
        row, agent = self._row(which), self._staff(who)
        if row is None:
            return
        his = row.state == State.ASSIGNED and row.agent_id == agent.person_id
        try:
            self.desk.say(agent, row.id, text)
        except (WrongState, NotFound):
            assert not his, row
        else:
            assert his, row
            assert self.desk.row(row.id).waiting_since is None

    @rule(who=people, which=numbers, late=st.booleans())
    def somebody_claims(self, who: int, which: int, late: bool) -> None:
        """What is nobody's."""
        self._move(
            Move.CLAIM,
            who,
            which,
            lambda agent, row: deeds.claim(
                self.desk.ctx, agent, ThreadId(row.id), row.revision - late
            ),
            late,
        )

    @rule(who=people, which=numbers, to=people)
    def somebody_assigns(self, who: int, which: int, to: int) -> None:
        """To a colleague, who may be of another team."""
        colleague = self._staff(to)
        self._move(
            Move.ASSIGN,
            who,
            which,
            lambda agent, row: deeds.assign(
                self.desk.ctx,
                agent,
                ThreadId(row.id),
                row.revision,
                colleague.person_id,
                None,
                "",
            ),
        )

    @rule(who=people, which=numbers, team=st.sampled_from([1, OTHER_TEAM]))
    def somebody_transfers(self, who: int, which: int, team: int) -> None:
        """To the queue of a team."""
        self._move(
            Move.TRANSFER,
            who,
            which,
            lambda agent, row: deeds.transfer(
                self.desk.ctx, agent, ThreadId(row.id), row.revision, team, "Yours"
            ),
        )

    @rule(who=people, which=numbers)
    def somebody_gives_back(self, who: int, which: int) -> None:
        """To the bot."""
        self._move(
            Move.GIVE_BACK,
            who,
            which,
            lambda agent, row: deeds.give_back(
                self.desk.ctx, agent, ThreadId(row.id), row.revision, ""
            ),
        )

    @rule(who=people, which=numbers, ms=st.sampled_from([MINUTE, HOUR, 3 * DAY]))
    def somebody_snoozes(self, who: int, which: int, ms: int) -> None:
        """Until then, or until its customer writes."""
        until = self.desk.clock.now_ms() + ms
        self._move(
            Move.SNOOZE,
            who,
            which,
            lambda agent, row: deeds.snooze(
                self.desk.ctx, agent, ThreadId(row.id), row.revision, until
            ),
        )
        row = self._row(which)
        if row is not None and row.wake_at == until and row.waiting_since is not None:
            self.desk.clock.advance(2 * SECOND)
            self.desk.round()
            woken = self.desk.row(row.id)
            assert woken.state == State.SNOOZED, "what was put aside comes back by itself"

    @rule(who=people, which=numbers)
    def somebody_wakes(self, who: int, which: int) -> None:
        """What was put aside."""
        self._move(
            Move.WAKE,
            who,
            which,
            lambda agent, row: deeds.wake(self.desk.ctx, agent, ThreadId(row.id), row.revision),
        )

    @rule(who=people, which=numbers, looks=st.sampled_from(["all", "all but the last"]))
    def somebody_resolves(self, who: int, which: int, looks: str) -> None:
        """Having seen all, or not what was said last: that matters where the customer said it."""
        row = self._row(which)
        late = looks != "all" and row is not None and self.desk.asks_last(row)

        def resolve(agent: Actor, row: Row) -> Coroutine[Any, Any, None]:
            seen = row.last_posted if looks == "all" else row.last_posted - 1
            return deeds.resolve(self.desk.ctx, agent, ThreadId(row.id), row.revision, seen)

        self._move(Move.RESOLVE, who, which, resolve, late)

    @rule(who=people, which=numbers)
    def somebody_reopens(self, who: int, which: int) -> None:
        """And has it then, for longer than a round."""
        self._move(
            Move.REOPEN,
            who,
            which,
            lambda agent, row: deeds.reopen(self.desk.ctx, agent, ThreadId(row.id), row.revision),
        )
        self._is_kept(which)

    @rule(which=numbers, priority=st.sampled_from(Priority))
    def somebody_gives_a_priority(self, which: int, priority: Priority) -> None:
        """Who was at the front stays at the front."""
        row, desk = self._row(which), self.desk
        if row is None:
            return
        was_first = row.queue_key is not None and row.queue_key < -(5 * 10**14)
        work = deeds.mark(
            desk.ctx, desk.supervisor, ThreadId(row.id), row.revision, int(priority), None
        )
        desk.run(work)
        now = desk.row(row.id)
        assert now.priority == priority
        if was_first:
            assert now.queue_key is not None and now.queue_key < -(5 * 10**14), (row, now)

    # The clock.

    @rule(ms=st.sampled_from(PASSES))
    def time_passes(self, ms: int) -> None:
        """And brings what it brings: no agent is given more than he can take."""
        desk = self.desk
        desk.clock.advance(ms)
        desk.run(routing.seen(desk.ctx, sorted(desk.connected)))
        given = desk.offers()
        desk.round()
        for agent in desk.agents_now().values():
            if desk.offers().get(agent.id, 0) > given.get(agent.id, 0):
                assert agent.load <= CAPACITY, agent
                assert can_take(agent._replace(load=0), desk.clock.now_ms()), agent

    @precondition(lambda self: self.threads)
    @rule(who=people, which=numbers, to=people, ms=st.sampled_from(PASSES))
    def two_nodes_and_two_colleagues_do_something_at_once(
        self, who: int, which: int, to: int, ms: int
    ) -> None:
        """Of all that, whatever is too late comes to nothing."""
        desk, row = self.desk, self._row(which)
        assert row is not None
        desk.clock.advance(ms)
        thread, ctx = ThreadId(row.id), desk.ctx
        desk.at_once(
            desk.rounds.make(),
            desk.other_rounds.make(),
            routing.route_all(ctx),
            deeds.claim(ctx, self._staff(who), thread, row.revision),
            deeds.resolve(ctx, self._staff(to), thread, row.revision, row.last_posted),
        )

    @precondition(lambda self: self.threads)
    @rule()
    def everything_that_is_due_is_done(self) -> None:
        """Nobody is left alone by nodes that died."""
        self._settle()

    # What holds.

    @invariant()
    def nothing_contradicts_itself(self) -> None:
        """In no thread, at no time; and a thread that moved says so by its revision."""
        if not hasattr(self, "desk"):
            return
        check_rows(self.desk)
        rows = {row.id: row for row in self.desk.rows()}
        for thread, old in self.before.items():
            new = rows[thread]
            moved = (new.state, new.agent_id, new.team_id) != (old.state, old.agent_id, old.team_id)
            assert new.revision > old.revision or (not moved and new.revision == old.revision)
            assert new.last_seq >= old.last_seq
        self.before = rows
        check_order(self.desk)
        check_lists(self.desk)

    def _settle(self) -> None:
        desk = self.desk
        for _ in range(3):
            desk.clock.advance(HEARTBEAT_MS + SECOND)
            desk.run(routing.seen(desk.ctx, sorted(desk.connected)))
            desk.round()
        check_settled(desk)

    def _is_kept(self, which: int) -> None:
        """What somebody has just taken is not taken from him by what was before."""
        row = self._row(which)
        if row is None or row.state != State.ASSIGNED or row.agent_id is None:
            return
        serves = row.team_id in self.desk.teams_of(row.agent_id)
        if not serves and row.agent_id != self.desk.supervisor.person_id:
            return
        if row.assigned_at == self.desk.clock.now_ms():
            self.desk.round()
            assert self.desk.row(row.id).state == State.ASSIGNED, row

    def _staff(self, who: int) -> Actor:
        return [*self.desk.agents, self.desk.supervisor][who]

    def _row(self, which: int) -> Row | None:
        if not self.threads:
            return None
        return self.desk.row(self.threads[which % len(self.threads)])

    def _move(
        self,
        move: Move,
        who: int,
        which: int,
        work: Callable[[Actor, Row], Coroutine[Any, Any, None]],
        late: bool = False,
    ) -> None:
        """Succeeds exactly where it may: in his teams, from there, with nothing missed."""
        row, agent = self._row(which), self._staff(who)
        if row is None:
            return
        his = agent == self.desk.supervisor or row.team_id in agent.teams
        may = his and not late and allowed(move, State(row.state))
        if move is Move.GIVE_BACK:
            may = may and self.desk.ctx.settings.bot
        error = self._tried(work(agent, row))
        after = self.desk.row(row.id)
        if error is None:
            assert may, (move, row)
            assert after.revision > row.revision
            if move in (Move.CLAIM, Move.REOPEN, Move.ASSIGN, Move.WAKE):
                self._is_kept(which)
            return
        assert after == row, "what was refused has changed something"
        if move is Move.ASSIGN and may:
            assert error.reason == "agent", error
            return
        assert not may, (move, row, error)
        if move is Move.CLAIM and his and row.agent_id not in (None, agent.person_id):
            assert error.reason == "taken", error
        elif late and his and allowed(move, State(row.state)):
            assert isinstance(error, Stale), error

    def _tried(self, work: Coroutine[Any, Any, None]) -> ParleyError | None:
        try:
            self.desk.run(work)
        except ParleyError as error:
            return error
        return None


@pytest.mark.slow
def test_nobody_is_forgotten_and_nothing_contradicts_itself_whatever_happens() -> None:
    try_machine(SupportDesk, examples=(12, 400), steps=(30, 60))
