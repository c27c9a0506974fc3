"""How fast a shop answers: what an opening is, what became of it, and the figure."""

import pytest

from chat_server.domain.holidays import Holiday
from chat_server.domain.orders import DAY_MS
from chat_server.domain.response import (
    FALLBACK_MS,
    WINDOW_MS,
    Basis,
    Fate,
    Figure,
    Opening,
    Said,
    answers,
    figure_of,
    openings,
    standing,
    unanswered,
    warning,
)
from tests.unit.domain.test_holidays import day

HOUR = 3_600_000
NOW = 100 * DAY_MS


def asks(seq: int, at: int, thread: int = 1, **fields: int) -> Said:
    """A buyer writes."""
    return Said(thread, seq, at, True, withdrawn_at=fields.get("withdrawn"))


def says(seq: int, at: int, thread: int = 1, **fields: int) -> Said:
    """Somebody of the shop writes."""
    automatic = bool(fields.get("automatic"))
    return Said(thread, seq, at, False, automatic, fields.get("withdrawn"))


def fates(*said: Said, now: int = NOW) -> list[tuple[int, str]]:
    """What became of which messages."""
    return [(one.seq, one.fate.value) for one in openings(said, [], now)]


def test_an_opening_is_answered_within_a_day_or_late() -> None:
    assert fates(asks(1, 0), says(2, DAY_MS)) == [(1, "in_time")]
    assert fates(asks(1, 0), says(2, DAY_MS + 1)) == [(1, "late")]


def test_what_is_said_before_an_answer_is_one_opening() -> None:
    said = [asks(1, 0), asks(2, HOUR), says(3, 2 * HOUR), says(4, 3 * HOUR), asks(5, 4 * HOUR)]

    assert fates(*said, now=5 * HOUR) == [(1, "in_time"), (5, "waiting")]


def test_what_nobody_answers_waits_and_then_counts() -> None:
    assert fates(asks(1, 0), now=DAY_MS) == [(1, "waiting")]
    assert fates(asks(1, 0), now=DAY_MS + 1) == [(1, "unanswered")]


def test_neither_machines_nor_what_was_taken_back_answers() -> None:
    said = [asks(1, 0), says(2, 1, automatic=1), says(3, 2, withdrawn=5), says(4, 2 * DAY_MS)]

    assert fates(*said) == [(1, "late")]
    assert [answers(one) for one in said] == [False, False, False, True]


def test_what_is_taken_back_before_the_answer_does_not_count() -> None:
    before = [asks(1, 0, withdrawn=HOUR), says(2, 2 * HOUR)]
    after = [asks(1, 0, withdrawn=3 * HOUR), says(2, 2 * HOUR)]
    next_one = [asks(1, 0, withdrawn=HOUR), asks(2, HOUR), says(3, DAY_MS + HOUR)]

    assert fates(*before) == [(1, "withdrawn")]
    assert fates(*after) == [(1, "in_time")]
    assert fates(*next_one) == [(1, "withdrawn"), (2, "in_time")]


def test_spam_does_not_count() -> None:
    spam = asks(1, 0)._replace(spam=True)

    assert fates(spam) == [(1, "spam")]
    assert unanswered([spam]) == []


def test_conversations_are_apart() -> None:
    assert fates(asks(1, 0, 1), says(1, HOUR, 2), asks(2, HOUR, 2)) == [
        (1, "unanswered"),
        (2, "unanswered"),
    ]


def test_holidays_do_not_count() -> None:
    away = [Holiday(day(0), day(1), HOUR, 2 * DAY_MS + HOUR)]

    (late,) = openings([asks(1, 0), says(2, 3 * DAY_MS + 1)], away, NOW)
    (waits,) = openings([asks(1, 0)], away, 2 * DAY_MS)

    assert (late.fate, late.took_ms) == (Fate.LATE, DAY_MS + 1)
    assert (waits.fate, waits.took_ms, waits.due_at) == (Fate.WAITING, HOUR, 3 * DAY_MS)


def test_what_waits_in_a_conversation() -> None:
    said = [asks(1, 0), says(2, 1), asks(3, 2), asks(4, 3, withdrawn=4), says(5, 4, automatic=1)]

    assert [one.seq for one in unanswered(said)] == [3]


def opening(at: int, fate: Fate = Fate.IN_TIME, took: int = HOUR) -> Opening:
    """One, answered where that is its fate."""
    answered = at + took if fate in (Fate.IN_TIME, Fate.LATE) else None
    return Opening(1, at, at, fate, answered, took)


def test_a_figure_needs_five() -> None:
    assert figure_of([opening(1)] * 4) == Figure(None, None, 4)
    assert figure_of([opening(1)] * 5) == Figure(1000, HOUR, 5)
    assert figure_of([opening(1, Fate.UNANSWERED)] * 5) == Figure(0, None, 5)


def test_the_share_and_the_median() -> None:
    given = [opening(1, took=HOUR * n) for n in (1, 2, 9)]
    given += [opening(1, Fate.LATE, 30 * HOUR), opening(1, Fate.UNANSWERED)]

    assert figure_of(given) == Figure(600, 5 * HOUR + HOUR // 2, 5)


def test_thirty_days_count_where_enough_happened() -> None:
    lately = [opening(NOW - n) for n in range(5)]
    before = [opening(NOW - WINDOW_MS, Fate.LATE)]

    found = standing([*lately, *before, opening(NOW - 9, Fate.SPAM)], NOW)

    assert (found.basis, found.figure.per_mille) == (Basis.WINDOW, 1000)
    assert [one.fate for one in found.openings].count(Fate.SPAM) == 1
    assert before[0] not in found.openings


def test_else_the_last_ten_of_ninety() -> None:
    older = [opening(NOW - WINDOW_MS - n, Fate.LATE) for n in range(12)]
    gone = [opening(NOW - FALLBACK_MS, Fate.LATE)]

    found = standing([opening(NOW), *older, *gone], NOW)
    few = standing([opening(NOW), *gone], NOW)

    assert (found.basis, found.figure.counted) == (Basis.LAST, 10)
    assert found.figure.per_mille == 100
    assert len(found.openings) == 10
    assert (few.figure.per_mille, len(few.openings)) == (None, 1)


@pytest.mark.parametrize(
    ("passed", "percent"), [(0, 0), (49, 0), (50, 50), (89, 50), (90, 90), (99, 90), (100, 100)]
)
def test_a_shop_is_warned_at_a_half_and_at_nine_tenths(passed: int, percent: int) -> None:
    assert warning(0, [], DAY_MS * passed // 100) == percent
