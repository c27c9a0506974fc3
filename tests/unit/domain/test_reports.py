"""Figures of the desk on a few episodes whose figures one can see."""

import csv
import datetime
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.episodes import Episode, first_kept, resolution_kept, took
from chat_server.domain.hours import Hours, Window, worked
from chat_server.domain.reports import (
    MOST_LISTED,
    Calendar,
    Level,
    Report,
    Score,
    make_report,
    rank,
)
from chat_server.domain.spreadsheet import BOM, FORMULA, guarded, to_csv
from chat_server.domain.worktime import Worktime, stretches

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MOSCOW = Hours("Europe/Moscow", tuple(Window(day, 7 * 60, 18 * 60) for day in range(7)))
ALWAYS = Hours("UTC", tuple(Window(day, 0, 24 * 60) for day in range(7)))
NEVER = Hours("UTC", ())
MONDAY = datetime.date(2026, 11, 30)


def at(text: str) -> int:
    """An instant in milliseconds."""
    return int(datetime.datetime.fromisoformat(text).timestamp()) * 1000


NOON = at("2026-11-30T12:00+03:00")
NOW = NOON + 2 * DAY


def episode(asked_at: int = NOON, **known: Any) -> Episode:
    """One of which only what is said is known."""
    blank = Episode(
        1, 1, 1, None, "en", asked_at, "wish", None, None, None, None, None, 0, None, "", None
    )
    return blank._replace(**known)


def report(*episodes: Episode, hours: Hours = MOSCOW, days: int = 3) -> Report:
    """The report of three days from Monday."""
    calendar = Calendar(hours.zone, MONDAY, MONDAY + datetime.timedelta(days=days - 1))
    return make_report(episodes, {1: Worktime(hours, calendar.since, NOW)}, calendar, NOW)


def test_nothing_asked_is_all_days_with_nothing() -> None:
    found = report()

    assert [(date.isoformat(), line.asked) for date, line in found.days] == [
        ("2026-11-30", 0),
        ("2026-12-01", 0),
        ("2026-12-02", 0),
    ]
    assert found.total.first == (0, None, None, None, None)
    assert found.total.score.mean is None
    assert (found.agents, found.breaches, found.comments) == ((), (), ())
    assert sum(map(sum, found.hours)) == 0


def test_an_episode_counts_where_it_was_asked_in_the_zone_of_the_report() -> None:
    late = at("2026-11-30T23:59:59+03:00")
    found = report(episode(late), episode(late + 1000), episode(late + 2000))

    assert [line.asked for _, line in found.days] == [1, 2, 0]
    assert (found.hours[0][23], found.hours[1][0]) == (1, 2)


def test_the_night_is_no_working_time() -> None:
    evening = at("2026-12-01T00:50+03:00")  # Ten minutes before closing.
    asked = episode(evening, assigned_at=evening + 5 * MINUTE, answered_at=evening + 7 * HOUR)
    work = Worktime(MOSCOW, evening - DAY, NOW)

    times = took(asked, work)

    assert times.wait == (5 * MINUTE, 5 * MINUTE)
    assert times.first == (7 * HOUR, 10 * MINUTE + 50 * MINUTE)
    assert times.resolution is None


def test_medians_and_ninetieths_are_values_that_occurred() -> None:
    minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]
    found = report(*(episode(answered_at=NOON + n * MINUTE) for n in minutes), hours=ALWAYS)

    spread = found.total.first
    assert (spread.measured, spread.median, spread.p90) == (10, 5 * MINUTE, 9 * MINUTE)
    assert (spread.worked_median, spread.worked_p90) == (5 * MINUTE, 9 * MINUTE)
    assert found.total.answered == 10
    assert found.total.resolved == 0


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 100))
def test_a_rank_is_the_smallest_that_so_many_do_not_exceed(values: list[int], percent: int) -> None:
    values.sort()

    found = rank(values, percent)

    assert found in values
    assert sum(v <= found for v in values) * 100 >= percent * len(values)
    assert sum(v < found for v in values) * 100 < percent * len(values)


def test_there_is_no_rank_of_nothing() -> None:
    assert rank([], 50) is None


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, None),
        ({"first_due": NOON + HOUR, "answered_at": NOON + HOUR}, True),
        ({"first_due": NOON + HOUR, "answered_at": NOON + HOUR + 1}, False),
        ({"first_due": NOON + HOUR}, False),
        ({"first_due": NOW}, None),
        ({"first_due": NOON + HOUR, "resolved_at": NOON + HOUR}, None),
        ({"first_due": NOON + HOUR, "resolved_at": NOON + HOUR + 1}, False),
    ],
)
def test_a_first_answer_is_in_time_or_not_or_may_still_be(
    known: dict[str, int], expected: bool | None
) -> None:
    assert first_kept(episode(**known), NOW) is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, None),
        ({"resolve_due": NOON + HOUR, "resolved_at": NOON + HOUR}, True),
        ({"resolve_due": NOON + HOUR, "resolved_at": NOON + HOUR + 1}, False),
        ({"resolve_due": NOON + HOUR}, False),
        ({"resolve_due": NOW}, None),
    ],
)
def test_an_end_is_in_time_or_not_or_may_still_be(
    known: dict[str, int], expected: bool | None
) -> None:
    assert resolution_kept(episode(**known), NOW) is expected


def test_broken_promises_are_named_with_how_late_they_are_in_working_time() -> None:
    closing = at("2026-12-01T01:00+03:00")
    slow = episode(
        closing - HOUR,
        first_due=closing - 45 * MINUTE,
        answered_at=closing + 7 * HOUR,
        resolve_due=NOW,
    )
    still = episode(thread_id=2, resolve_due=NOW - HOUR)
    gone = episode(thread_id=3, first_due=NOON + HOUR, resolved_at=NOON + 2 * HOUR)
    kept = episode(thread_id=4, first_due=NOON + HOUR, answered_at=NOON)

    found = report(slow, still, gone, kept)

    assert (found.first_level, found.resolution_level) == (Level(1, 2), Level(0, 1))
    assert [(b.episode.thread_id, b.what, b.done_at, b.late) for b in found.breaches] == [
        (2, "resolution", None, HOUR),
        (1, "first", closing + 7 * HOUR, 45 * MINUTE + HOUR),
        (3, "first", None, HOUR),
    ]


def test_only_the_newest_broken_promises_and_comments_are_named_and_all_are_counted() -> None:
    many = [
        episode(thread_id=n, resolve_due=NOON + n, csat=1, comment="No", rated_at=NOON + n)
        for n in range(MOST_LISTED + 5)
    ]

    found = report(*many)

    assert found.resolution_level.broken == MOST_LISTED + 5
    newest = list(range(MOST_LISTED + 4, 4, -1))
    assert [b.episode.thread_id for b in found.breaches] == newest
    assert [e.thread_id for e in found.comments] == newest


def test_agents_come_with_their_own_figures_and_the_busiest_first() -> None:
    found = report(
        episode(agent_id=7, assigned_at=NOON, answered_at=NOON + MINUTE, csat=5, transfers=1),
        episode(agent_id=8, answered_at=NOON + 2 * MINUTE),
        episode(agent_id=8, csat=2, resolved_at=NOON + HOUR),
        episode(agent_id=6),
        episode(),
    )

    assert [(agent, line.asked, line.answered) for agent, line in found.agents] == [
        (8, 2, 1),
        (6, 1, 0),
        (7, 1, 1),
    ]
    assert found.agents[0][1].first.median == 2 * MINUTE
    assert found.agents[0][1].score == Score((0, 1, 0, 0, 0))
    assert (found.total.transfers, found.total.resolved) == (1, 1)
    assert found.total.wait == (1, 0, 0, 0, 0)


def test_a_mean_has_two_places() -> None:
    assert Score((1, 0, 0, 0, 2)).mean == 3.67
    assert Score((1, 0, 0, 0, 2)).rated == 3


def test_a_calendar_knows_days_on_which_the_clocks_change() -> None:
    calendar = Calendar("Europe/Berlin", datetime.date(2026, 3, 29), datetime.date(2026, 3, 29))

    assert calendar.until - calendar.since == 23 * HOUR
    assert calendar.place(calendar.since + 2 * HOUR)[2] == 3
    assert calendar.place(calendar.until - 1) == (datetime.date(2026, 3, 29), 6, 23)


def test_a_team_that_never_works_has_no_working_time_and_one_that_always_does_has_all() -> None:
    assert list(stretches(NEVER, NOON, NOW)) == []
    assert Worktime(NEVER, NOON, NOW).between(NOON, NOW) == 0
    assert list(stretches(ALWAYS, NOON, NOW)) == [(NOON, NOW)]
    assert Worktime(ALWAYS, NOON, NOW).between(NOON + 1, NOW - 1) == NOW - NOON - 2
    assert Worktime(ALWAYS, NOON, NOON + 500 * DAY).until(NOON + 500 * DAY) == 500 * DAY


@given(
    st.lists(
        st.builds(Window, st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)), max_size=6
    ),
    st.sampled_from(["Europe/Moscow", "America/New_York", "Australia/Lord_Howe"]),
    st.integers(0, 3 * DAY),
    st.integers(0, 20 * DAY),
)
def test_working_time_is_what_the_hours_say(
    windows: list[Window], zone: str, start: int, length: int
) -> None:
    base = at("2026-03-20T00:00+00:00")
    hours = Hours(zone, tuple(windows))
    work = Worktime(hours, base, base + 23 * DAY)

    assert work.between(base + start, base + start + length) == worked(
        hours, base + start, base + start + length
    )
    assert work.between(base + 1, base) == 0


@pytest.mark.parametrize("sign", FORMULA)
def test_a_cell_that_a_spreadsheet_would_carry_out_is_text(sign: str) -> None:
    told = to_csv(["comment"], [[f'{sign}HYPERLINK("https://evil.example")']])

    assert told.startswith(BOM)
    assert f"\"'{sign}HYPERLINK(" in told
    (_, (cell,)) = csv.reader(io.StringIO(told.removeprefix(BOM), newline=""))
    assert cell == f'\'{sign}HYPERLINK("https://evil.example")'


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    told = to_csv(["a", "b", "c", "d"], [[1, -2.5, None, 'say "so", twice\n']])

    assert told == BOM + '"a","b","c","d"\r\n1,-2.5,"","say ""so"", twice\n"\r\n'
    assert guarded("plain - text") == "plain - text"
