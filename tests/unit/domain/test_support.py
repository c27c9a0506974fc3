"""Who answers a support thread, and in which order those who wait are served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.desk import AgentRow, Desk, Note, Team
from chat_server.domain.hours import Hours, Window
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.support import (
    FROM,
    GONE_UNANSWERED_MS,
    HELP,
    MERGED,
    MINUTE_MS,
    UNSEEN_MS,
    VISITOR_WAITS_MS,
    WAITING_CUSTOMER,
    Agent,
    Available,
    Move,
    Priority,
    State,
    TeamScope,
    allowed,
    can_take,
    choose_agent,
    choose_team,
    entry_of,
    gone_since,
    is_connected,
    queue_key,
    requeued,
    shown_state,
    target,
)

NOW = 1_800_000_000_000
YEAR = 365 * 24 * 60 * MINUTE_MS

instants = st.integers(NOW - YEAR, NOW + YEAR)
priorities = st.sampled_from(Priority)


def an_agent(
    person: int = 1,
    *,
    capacity: int = 4,
    load: int = 0,
    assigned_at: int = 0,
    availability: str = Available.ONLINE,
    seen_at: int = NOW,
    gone_at: int | None = None,
) -> Agent:
    """Somebody who is there and idle, unless told otherwise."""
    return Agent(
        PersonId(person), capacity, availability, seen_at, gone_at, assigned_at, 1, load
    )  # fmt: skip


class TestMoves:
    """From where to where."""

    def test_each_move_leads_from_somewhere_and_is_allowed_only_there(self) -> None:
        assert set(FROM) == set(Move)
        for move, states in FROM.items():
            assert states
            assert {state for state in State if allowed(move, state)} == states

    @pytest.mark.parametrize("state", State)
    def test_no_state_is_a_dead_end(self, state: State) -> None:
        assert any(allowed(move, state) for move in Move)

    def test_every_state_is_reached_from_the_bot(self) -> None:
        reached = {State.BOT}
        while True:
            more = {
                target(move, is_open=is_open, to_agent=to_agent)
                for move in Move
                for is_open in (True, False)
                for to_agent in (True, False)
                if FROM[move] & reached
            }
            if more <= reached:
                break
            reached |= more

        assert reached == set(State)

    @pytest.mark.parametrize("move", Move)
    def test_a_move_never_leads_to_nowhere_and_to_an_agent_only_where_one_is_there(
        self, move: Move
    ) -> None:
        for is_open in (True, False):
            with_agent = target(move, is_open=is_open, to_agent=True)
            without = target(move, is_open=is_open, to_agent=False)
            given_to_somebody = {Move.CLAIM, Move.OFFER, Move.ASSIGN}
            if without is State.ASSIGNED:
                assert move in given_to_somebody
            assert with_agent in (State.ASSIGNED, without)

    @pytest.mark.parametrize("move", [Move.ASK, Move.TRANSFER, Move.WAKE, Move.RETURN, Move.REOPEN])
    def test_who_waits_while_nobody_works_waits_for_the_opening(self, move: Move) -> None:
        assert target(move, is_open=True, to_agent=False) is State.QUEUED
        assert target(move, is_open=False, to_agent=False) is State.QUEUED_OFFLINE

    @pytest.mark.parametrize("state", State)
    def test_only_an_assigned_thread_whose_customer_was_answered_waits_for_him(
        self, state: State
    ) -> None:
        assert shown_state(state, NOW) == state
        answered = shown_state(state, None)
        assert answered == (WAITING_CUSTOMER if state is State.ASSIGNED else state)


class TestQueue:
    """Who is next: the lowest key."""

    @given(earlier=instants, later=instants, priority=priorities, visitor=st.booleans())
    def test_of_equals_who_came_first_is_first(
        self, earlier: int, later: int, priority: Priority, visitor: bool
    ) -> None:
        keys = [
            queue_key(at, priority, visitor=visitor, front=False) for at in sorted((earlier, later))
        ]
        assert keys == sorted(keys)

    @given(first=instants, second=instants, visitors=st.tuples(st.booleans(), st.booleans()))
    def test_priority_goes_before_time_and_before_who_it_is(
        self, first: int, second: int, visitors: tuple[bool, bool]
    ) -> None:
        for low, high in zip(list(Priority), list(Priority)[1:], strict=False):
            before = queue_key(second, high, visitor=visitors[1], front=False)
            assert before < queue_key(first, low, visitor=visitors[0], front=False)

    @given(first=instants, second=instants, priority=priorities, other=priorities)
    def test_what_an_agent_let_wait_goes_before_all_others(
        self, first: int, second: int, priority: Priority, other: Priority
    ) -> None:
        front = queue_key(second, priority, visitor=True, front=True)
        assert front < queue_key(first, other, visitor=False, front=False)

    @given(at=instants, passed=st.integers(0, YEAR), priority=priorities)
    def test_the_signed_in_go_before_visitors_who_have_waited_less_than_a_quarter_of_an_hour(
        self, at: int, passed: int, priority: Priority
    ) -> None:
        visitor = queue_key(at, priority, visitor=True, front=False)
        buyer = queue_key(at + passed, priority, visitor=False, front=False)
        assert (buyer < visitor) == (passed < VISITOR_WAITS_MS)

    @given(
        at=instants,
        priority=priorities,
        wanted=priorities,
        visitor=st.booleans(),
        front=st.booleans(),
    )
    def test_another_priority_changes_nothing_else_of_a_place(
        self, at: int, priority: Priority, wanted: Priority, visitor: bool, front: bool
    ) -> None:
        key = queue_key(at, priority, visitor=visitor, front=front)
        expected = queue_key(at, wanted, visitor=visitor, front=front)
        assert requeued(key, priority, wanted) == expected


class TestAgents:
    """Who is there, and who gets the next one."""

    def test_who_has_a_socket_on_a_living_node_is_connected(self) -> None:
        assert is_connected(NOW, None, NOW)
        assert is_connected(NOW - UNSEEN_MS + 1, None, NOW)
        assert gone_since(NOW, None, NOW) is None

    def test_whose_socket_closed_is_gone_since_then(self) -> None:
        closed = NOW - GONE_UNANSWERED_MS
        assert not is_connected(NOW, closed, NOW)
        assert gone_since(NOW, closed, NOW) == closed

    def test_whose_node_says_nothing_any_more_is_gone_since_it_was_heard(self) -> None:
        heard = NOW - UNSEEN_MS
        assert not is_connected(heard, None, NOW)
        assert gone_since(heard, None, NOW) == heard

    @pytest.mark.parametrize(
        "agent",
        [
            an_agent(availability=Available.AWAY),
            an_agent(availability=Available.HOLIDAY),
            an_agent(gone_at=NOW - 1),
            an_agent(seen_at=NOW - UNSEEN_MS),
            an_agent(load=4),
            an_agent(load=5),
            an_agent(capacity=0),
        ],
    )
    def test_who_is_away_gone_or_full_takes_nothing(self, agent: Agent) -> None:
        assert not can_take(agent, NOW)
        assert choose_agent([agent], agent.id, frozenset(), NOW) is None

    def test_who_has_a_place_left_takes_one(self) -> None:
        assert can_take(an_agent(load=3), NOW)

    def test_who_has_been_without_a_new_one_longest_is_next(self) -> None:
        agents = [an_agent(1, assigned_at=NOW - 5), an_agent(2, assigned_at=NOW - 9, load=3)]
        chosen = choose_agent(agents, None, frozenset(), NOW)
        assert chosen is not None and chosen.id == 2

    def test_of_two_that_have_been_so_equally_long_both_nodes_take_the_same(self) -> None:
        agents = [an_agent(2), an_agent(1)]
        assert choose_agent(agents, None, frozenset(), NOW) == agents[1]
        assert choose_agent(agents[::-1], None, frozenset(), NOW) == agents[1]

    def test_who_had_it_before_is_preferred_while_he_can_take_it(self) -> None:
        idle, known = an_agent(1), an_agent(2, assigned_at=NOW)
        assert choose_agent([idle, known], 2, frozenset(), NOW) == known
        full = known._replace(load=4)
        assert choose_agent([idle, full], 2, frozenset(), NOW) == idle

    def test_who_let_it_wait_does_not_get_it_even_where_he_had_it_before(self) -> None:
        slow, other = an_agent(1), an_agent(2)
        assert choose_agent([slow, other], 1, frozenset({1}), NOW) == other
        assert choose_agent([slow], 1, frozenset({1}), NOW) is None

    def test_where_nobody_works_nobody_is_chosen(self) -> None:
        assert choose_agent([], None, frozenset(), NOW) is None


def scope(number: int, languages: str = "", topics: str = "") -> TeamScope:
    """A team; without languages or topics it takes all."""
    return TeamScope(number, frozenset(languages.split()), frozenset(topics.split()))


class TestTeams:
    """Whose a thread is."""

    @pytest.mark.parametrize(
        ("topic", "language", "expected"),
        [
            ("help", "en", 1),
            ("help", "ru", 2),
            ("selling", "en", 3),
            ("selling", "ru", 3),
            ("selling", "ar", 4),
            ("complaint", "ro", 1),
        ],
    )
    def test_topic_weighs_more_than_language_and_both_more_than_taking_all(
        self, topic: str, language: str, expected: int
    ) -> None:
        teams = [scope(1), scope(2, "ru"), scope(3, "", "selling"), scope(4, "ar", "selling")]
        assert choose_team(teams, topic, language) == expected
        assert choose_team(teams[::-1], topic, language) == expected

    def test_the_topic_that_a_visitor_began_is_help(self) -> None:
        teams = [scope(1), scope(2, "", HELP)]
        assert choose_team(teams, f"{MERGED}0123456789abcdef", "en") == 2

    def test_where_no_team_speaks_the_language_the_topic_decides(self) -> None:
        teams = [scope(1, "en"), scope(2, "ru", "complaint")]
        assert choose_team(teams, "complaint", "ro") == 2

    def test_where_nothing_fits_there_is_still_one(self) -> None:
        teams = [scope(2, "ru", "selling"), scope(1, "en", "selling")]
        assert choose_team(teams, "complaint", "ro") == 1

    @given(
        st.lists(
            st.builds(
                TeamScope,
                st.integers(1, 99),
                st.frozensets(st.sampled_from(["en", "ru"])),
                st.frozensets(st.sampled_from(["help", "selling"])),
            ),
            min_size=1,
            unique_by=lambda team: team.id,
        ),
        st.sampled_from(["help", "selling", "complaint"]),
        st.sampled_from(["en", "ru", "ro"]),
    )
    def test_who_takes_all_is_never_passed_over_for_one_who_takes_it_not(
        self, teams: list[TeamScope], topic: str, language: str
    ) -> None:
        chosen = {team.id: team for team in teams}[choose_team(teams, topic, language)]
        takes = [
            team
            for team in teams
            if (not team.topics or topic in team.topics)
            and (not team.languages or language in team.languages)
        ]
        assert not takes or chosen in takes


class TestRecords:
    """What records say of themselves."""

    @pytest.mark.parametrize(("kind", "expected"), [("visitor", True), ("customer", False)])
    def test_a_thread_knows_whether_its_customer_is_signed_in(
        self, kind: str, expected: bool
    ) -> None:
        desk = Desk(
            ThreadId(1), PersonId(2), kind, "en", "UTC", "", HELP, 1, State.BOT, None, None, 0, 0,
            0, 0, None, None, None, None, None, None, None, 0, "",
        )  # fmt: skip
        assert desk.is_visitors is expected

    def test_a_team_tells_when_it_is_back_only_while_it_is_away(self) -> None:
        monday = 1_800_230_400_000  # 2027-01-18T00:00Z
        hour = 60 * MINUTE_MS
        team = Team(1, "Day", scope(1), Hours("UTC", (Window(0, 9 * 60, 60),)), 1, 1)
        assert team.opening(monday) == (False, monday + 9 * hour, monday + 10 * hour)
        assert team.opening(monday + 9 * hour) == (True, None, monday + 10 * hour)
        never = team._replace(hours=Hours("UTC", ()))
        assert never.opening(monday) == (False, None, None)

    @pytest.mark.parametrize(("gone_at", "expected"), [(None, True), (NOW - 1, False)])
    def test_a_colleague_is_there_while_he_has_a_socket(
        self, gone_at: int | None, expected: bool
    ) -> None:
        row = AgentRow(PersonId(1), "Vera", "agent", 4, Available.ONLINE, NOW, gone_at, 0)
        assert row.connected(NOW) is expected

    def test_a_note_knows_whom_it_names(self) -> None:
        note = Note(1, 2, NOW, PersonId(3), "Vera", "Look, @Amir", "[4, 5]")
        assert note.mentioned == (4, 5)

    @pytest.mark.parametrize(
        ("pick", "entry"), [("entry:refund_time", "refund_time"), ("human", ""), ("", "")]
    )
    def test_a_button_stands_for_an_entry_or_for_something_else(
        self, pick: str, entry: str
    ) -> None:
        assert entry_of(pick) == entry
