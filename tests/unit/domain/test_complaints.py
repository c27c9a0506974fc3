"""The table of complaints, walked row by row, and what is worked out beside it."""

import dataclasses
import itertools

import pytest

from chat_server.domain.complaints import (
    COMPLAIN_AFTER_MS,
    FINAL,
    FLAGGED_MS,
    LOOKS_UNTIL_MS,
    MOVES,
    NOT_SOLVED_MS,
    ONE_IN_MS,
    REFUSALS,
    SELLER_ANSWERS_MS,
    THEN,
    WAITS_FOR,
    WORDS_NEEDED,
    Act,
    Complaint,
    Fault,
    Flag,
    Party,
    State,
    acts_of,
    due_at,
    flag,
    may_look,
    move_fault,
    moved,
    open_fault,
    put_off,
    reminders,
)
from chat_server.domain.holidays import Holiday
from chat_server.domain.orders import DAY_MS
from tests.unit.domain.test_holidays import day

NOW = 1_000 * DAY_MS


def complaint(state: State, due: int | None = None) -> Complaint:
    """One that has just come to a state."""
    closed = NOW if state in FINAL else None
    due = due_at(state, NOW, ()) if due is None else due
    return Complaint(1, 2, 3, 4, state, 5, NOW, "Why?", "{}", due, NOW, closed_at=closed)


def test_every_state_has_its_row_and_every_final_one_is_closed() -> None:
    assert set(MOVES) == set(State)
    assert {state for state, row in MOVES.items() if not row} == FINAL
    assert set(WAITS_FOR) == set(State) - FINAL


def test_every_state_is_reached() -> None:
    reached = {row.to for moves in MOVES.values() for row in moves.values()}
    assert reached | {State.SELLER_NOTIFIED} == set(State)


def test_every_state_that_time_ends_has_a_deadline_and_no_other() -> None:
    timed = {state for state, moves in MOVES.items() if Act.EXPIRE in moves}
    assert {state for state in State if due_at(state, NOW, ()) is not None} == timed == set(THEN)


def test_who_is_waited_for_may_move() -> None:
    for state, party in WAITS_FOR.items():
        assert any(row.by is party for row in MOVES[state].values())


@pytest.mark.parametrize(
    ("state", "act", "party"), list(itertools.product(State, Act, Party)), ids=lambda one: one.value
)
def test_the_table_and_nothing_else(state: State, act: Act, party: Party) -> None:
    one, row = complaint(state), MOVES[state].get(act)
    now = one.due_at if party is Party.TIMER and one.due_at is not None else NOW

    fault = move_fault(one, act, party, "Words.", now)

    if row is None:
        assert fault == (Fault.CLOSED if state in FINAL else Fault.NOT_NOW)
    elif row.by is not party:
        assert fault == Fault.NOT_YOURS
    else:
        assert fault == ""
        after = moved(one, act, "Words.", now, mediator_id=9)
        assert (after.state, after.revision) == (row.to, one.revision + 1)
        assert (after.closed_at is not None) is (row.to in FINAL)
        assert after.due_at == due_at(row.to, now, ())
        assert (after.mediator_id == 9) is (party is Party.MEDIATOR)


def test_late_is_late_and_early_is_early() -> None:
    one = complaint(State.SELLER_NOTIFIED)
    due = NOW + SELLER_ANSWERS_MS

    assert move_fault(one, Act.ANSWER, Party.SELLER, "Here.", due - 1) == ""
    assert move_fault(one, Act.ANSWER, Party.SELLER, "Here.", due) == Fault.DEADLINE_PASSED
    assert move_fault(one, Act.EXPIRE, Party.TIMER, "", due - 1) == Fault.NOT_DUE
    assert move_fault(one, Act.EXPIRE, Party.TIMER, "", due) == ""


@pytest.mark.parametrize("act", sorted(WORDS_NEEDED))
def test_words_where_somebody_has_to_read_them(act: Act) -> None:
    for state, moves in MOVES.items():
        if act in moves:
            by = moves[act].by
            assert move_fault(complaint(state), act, by, "  ", NOW) == Fault.TEXT_NEEDED


def test_what_is_said_stays() -> None:
    answered = moved(complaint(State.SELLER_NOTIFIED), Act.ANSWER, "Sorry.", NOW + 1)
    insisted = moved(answered, Act.NOT_SOLVED, "No.", NOW + 2)
    decided = moved(insisted, Act.UPHOLD, "So it is.", NOW + 3, mediator_id=7)

    said = (decided.answer, decided.answered_at, decided.not_solved, decided.decision)
    assert said == ("Sorry.", NOW + 1, "No.", "So it is.")
    assert moved(answered, Act.WITHDRAW, "", NOW + 2).answer == "Sorry."


def test_who_spoke_in_the_conversation_was_not_silent() -> None:
    one = complaint(State.SELLER_NOTIFIED)

    assert moved(one, Act.EXPIRE, "", NOW, spoken=True).state is State.ANSWERED
    assert moved(one, Act.EXPIRE, "", NOW, spoken=True).answered_at == NOW
    assert moved(one, Act.EXPIRE, "", NOW).state is State.UNDER_REVIEW


def test_when_one_may_complain() -> None:
    over = COMPLAIN_AFTER_MS + 1

    assert open_fault(None, None, NOW) == Fault.NOTHING_WAITS
    assert open_fault(COMPLAIN_AFTER_MS, None, NOW) == Fault.EARLY
    assert open_fault(over, NOW - ONE_IN_MS + 1, NOW) == Fault.ONE_A_WEEK
    assert open_fault(over, NOW - ONE_IN_MS, NOW) == open_fault(over, None, NOW) == ""


def test_acts_are_those_that_may_be_made() -> None:
    one = complaint(State.ANSWERED)

    assert acts_of(one, Party.BUYER, NOW) == [Act.NOT_SOLVED, Act.WITHDRAW]
    assert acts_of(one, Party.SELLER, NOW) == []
    assert acts_of(one, Party.BUYER, NOW + NOT_SOLVED_MS) == []


def test_reminders_come_at_a_half_and_nine_tenths() -> None:
    buyers, sellers = complaint(State.ANSWERED), complaint(State.SELLER_NOTIFIED)
    away = [Holiday(day(0), day(0), NOW + 1, NOW + DAY_MS + 1)]
    wound = dataclasses.replace(sellers, due_at=NOW + 2 * DAY_MS)

    assert reminders(buyers, away) == [NOW + DAY_MS, NOW + DAY_MS * 9 // 5]
    assert reminders(sellers, []) == [NOW + DAY_MS // 2, NOW + DAY_MS * 9 // 10]
    assert reminders(wound, away) == [NOW + DAY_MS * 3 // 2, NOW + DAY_MS * 19 // 10]
    assert reminders(complaint(State.UNDER_REVIEW), []) == []


def test_a_deadline_that_is_put_off_takes_its_reminders_along() -> None:
    later = put_off(complaint(State.SELLER_NOTIFIED), NOW + DAY_MS + 500)

    assert (later.due_at, later.revision) == (NOW + DAY_MS + 500, 6)
    assert reminders(later, []) == [NOW + DAY_MS // 2 + 500, NOW + DAY_MS * 9 // 10 + 500]


def test_three_upheld_in_ninety_days_flag_for_ninety() -> None:
    third = [NOW, NOW + 40 * DAY_MS, NOW + 89 * DAY_MS]
    until = third[-1] + FLAGGED_MS

    assert flag(third[:2], third[1]) is None
    assert flag(third, third[2]) == Flag(third[2], until, 3)
    assert flag(third, until - 1) == Flag(third[2], until, 3)
    assert flag(third, until) is None
    assert flag([NOW, NOW + 40 * DAY_MS, NOW + 90 * DAY_MS], NOW + 90 * DAY_MS) is None
    assert flag([*third, third[2] + 1], third[2] + 1) == Flag(third[2] + 1, until + 1, 4)
    assert flag(third, third[1]) is None


def test_mediators_look_from_when_it_is_theirs_until_thirty_days_after() -> None:
    looks = {state for state in State if may_look(complaint(state), NOW)}

    assert looks == {State.UNDER_REVIEW, State.UPHELD, State.REJECTED}
    assert may_look(complaint(State.UPHELD), NOW + LOOKS_UNTIL_MS - 1)
    assert not may_look(complaint(State.UPHELD), NOW + LOOKS_UNTIL_MS)


def test_every_fault_is_some_mistake() -> None:
    assert set(REFUSALS) == set(Fault)
