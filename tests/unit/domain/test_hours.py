"""Working hours by example: midnight, holidays, and the days on which the clocks change."""

import datetime
import zoneinfo

import pytest

from chat_server.domain.hours import (
    AHEAD_MS,
    DAY_MS,
    Exceptions,
    Hours,
    Span,
    Window,
    after_working,
    check,
    dump_hours,
    is_open,
    is_zone,
    next_closing,
    next_opening,
    read_hours,
    worked,
)

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


def at(zone: str, wall: str, *, fold: int = 0) -> int:
    """The instant at which a zone's wall shows `2026-11-30 07:00`; `fold=1` is the second time."""
    local = datetime.datetime.fromisoformat(wall).replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=fold)
    return round(local.timestamp() * 1000)


def utc(wall: str) -> int:
    return at("UTC", wall)


def minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def daily(zone: str, *spans: tuple[str, int], exceptions: Exceptions = ()) -> Hours:
    """The same openings, each with a length in minutes, on every day."""
    windows = [
        Window(weekday, minutes(opens), lasts) for weekday in range(7) for opens, lasts in spans
    ]
    return Hours(zone, tuple(windows), exceptions)


def weekly(zone: str, weekdays: str, opens: str, lasts: int, exceptions: Exceptions = ()) -> Hours:
    """One opening on each of the weekdays, `01234` for Monday to Friday."""
    windows = [Window(int(weekday), minutes(opens), lasts) for weekday in weekdays]
    return Hours(zone, tuple(windows), exceptions)


def on(date: str, *spans: tuple[str, int]) -> tuple[datetime.date, tuple[Span, ...]]:
    found = tuple(Span(minutes(opens), lasts) for opens, lasts in spans)
    return datetime.date.fromisoformat(date), found


MOSCOW = "Europe/Moscow"
DEFAULT = daily(MOSCOW, ("07:00", 18 * 60))
ALWAYS = daily("Europe/Berlin", ("00:00", 1440))
NEVER = Hours("Europe/Berlin", ())


# The default team: 07:00 to 01:00 in Moscow.


@pytest.mark.parametrize(
    ("wall", "works"),
    [
        ("2026-11-30 00:59:59", True),
        ("2026-11-30 01:00:00", False),
        ("2026-11-30 06:59:59", False),
        ("2026-11-30 07:00:00", True),
        ("2026-11-30 23:59:59", True),
        ("2026-12-01 00:00:00", True),
    ],
)
def test_the_closing_instant_is_closed_and_the_opening_one_open(wall: str, works: bool) -> None:
    assert is_open(DEFAULT, at(MOSCOW, wall)) is works


def test_the_last_millisecond_counts() -> None:
    assert is_open(DEFAULT, at(MOSCOW, "2026-11-30 01:00") - 1)
    assert not is_open(DEFAULT, at(MOSCOW, "2026-11-30 07:00") - 1)


def test_at_night_it_opens_in_the_morning_and_closes_the_night_after() -> None:
    night = at(MOSCOW, "2026-11-30 03:00")

    assert next_opening(DEFAULT, night) == at(MOSCOW, "2026-11-30 07:00")
    assert next_closing(DEFAULT, night) == at(MOSCOW, "2026-12-01 01:00")


def test_while_it_is_open_the_next_opening_is_that_of_the_next_day() -> None:
    evening = at(MOSCOW, "2026-11-30 22:00")

    assert next_opening(DEFAULT, evening) == at(MOSCOW, "2026-12-01 07:00")
    assert next_closing(DEFAULT, evening) == at(MOSCOW, "2026-12-01 01:00")


def test_the_opening_and_closing_instants_belong_to_what_follows() -> None:
    opens, closes = at(MOSCOW, "2026-11-30 07:00"), at(MOSCOW, "2026-12-01 01:00")

    assert next_opening(DEFAULT, opens) == opens + DAY_MS
    assert next_closing(DEFAULT, opens) == closes
    assert next_closing(DEFAULT, closes) == closes + DAY_MS


# Windows.


def test_a_weekend_is_closed_from_friday_night_to_monday_morning() -> None:
    hours = weekly("UTC", "01234", "22:00", 6 * 60)

    assert is_open(hours, utc("2026-11-28 03:59:59"))
    assert not is_open(hours, utc("2026-11-28 04:00"))
    assert next_opening(hours, utc("2026-11-28 04:00")) == utc("2026-11-30 22:00")
    assert next_closing(hours, utc("2026-11-28 04:00")) == utc("2026-12-01 04:00")


def test_several_windows_a_day_leave_a_break_between_them() -> None:
    hours = daily("UTC", ("13:00", 300), ("08:00", 240))

    assert not is_open(hours, utc("2026-11-30 12:30"))
    assert next_closing(hours, utc("2026-11-30 09:00")) == utc("2026-11-30 12:00")
    assert next_opening(hours, utc("2026-11-30 09:00")) == utc("2026-11-30 13:00")


@pytest.mark.parametrize(
    "spans",
    [
        [("08:00", 240), ("12:00", 240)],
        [("08:00", 300), ("12:00", 240)],
        [("08:00", 480), ("09:00", 60)],
        [("08:00", 480), ("08:00", 480)],
    ],
    ids=["touching", "overlapping", "one in the other", "twice the same"],
)
def test_windows_are_joined_where_they_touch_or_overlap(spans: list[tuple[str, int]]) -> None:
    hours = daily("UTC", *spans)

    assert is_open(hours, utc("2026-11-30 12:00"))
    assert next_closing(hours, utc("2026-11-30 08:00")) == utc("2026-11-30 16:00")
    assert next_opening(hours, utc("2026-11-30 08:00")) == utc("2026-12-01 08:00")


def test_a_window_joins_that_of_the_next_day() -> None:
    hours = weekly("UTC", "01", "09:00", 1440)

    assert next_closing(hours, utc("2026-11-30 09:00")) == utc("2026-12-02 09:00")
    assert next_opening(hours, utc("2026-12-01 09:00")) == utc("2026-12-07 09:00")


def test_round_the_clock_neither_opens_nor_closes() -> None:
    now = utc("2026-11-30 12:00")

    assert is_open(ALWAYS, now)
    assert next_opening(ALWAYS, now) is None
    assert next_closing(ALWAYS, now) is None


def test_without_windows_it_is_never_open() -> None:
    now = utc("2026-11-30 12:00")

    assert not is_open(NEVER, now)
    assert next_opening(NEVER, now) is None
    assert next_closing(NEVER, now) is None


# Exceptions.


def test_what_opened_the_night_before_a_holiday_runs_to_its_end() -> None:
    hours = daily(MOSCOW, ("07:00", 18 * 60), exceptions=(on("2026-12-31"),))

    assert is_open(hours, at(MOSCOW, "2026-12-31 00:59:59"))
    assert next_closing(hours, at(MOSCOW, "2026-12-30 12:00")) == at(MOSCOW, "2026-12-31 01:00")
    assert not is_open(hours, at(MOSCOW, "2026-12-31 12:00"))
    assert not is_open(hours, at(MOSCOW, "2027-01-01 00:30"))
    assert next_opening(hours, at(MOSCOW, "2026-12-31 12:00")) == at(MOSCOW, "2027-01-01 07:00")


def test_an_exception_may_open_a_day_otherwise() -> None:
    short = on("2026-12-24", ("10:00", 120), ("15:00", 60))
    hours = weekly("UTC", "01234", "09:00", 480, exceptions=(short,))

    assert next_opening(hours, utc("2026-12-24 08:00")) == utc("2026-12-24 10:00")
    assert next_closing(hours, utc("2026-12-24 10:00")) == utc("2026-12-24 12:00")
    assert next_opening(hours, utc("2026-12-24 10:00")) == utc("2026-12-24 15:00")


def test_an_exception_may_open_a_day_that_is_closed_otherwise_past_midnight() -> None:
    hours = weekly("UTC", "01234", "09:00", 480, exceptions=(on("2026-11-29", ("20:00", 720)),))

    assert is_open(hours, utc("2026-11-30 07:59:59"))
    assert next_opening(hours, utc("2026-11-28 12:00")) == utc("2026-11-29 20:00")
    assert next_closing(hours, utc("2026-11-29 21:00")) == utc("2026-11-30 08:00")


def test_a_long_absence_is_looked_over() -> None:
    first = datetime.date(2026, 12, 1)
    away = tuple((first + datetime.timedelta(days=days), ()) for days in range(90))
    hours = daily("UTC", ("09:00", 480), exceptions=away)

    assert next_opening(hours, utc("2026-12-01 12:00")) == utc("2027-03-01 09:00")
    assert next_closing(hours, utc("2026-12-01 12:00")) == utc("2027-03-01 17:00")
    assert next_opening(hours, utc("2026-11-29 12:00")) == utc("2026-11-30 09:00")
    assert next_opening(hours, utc("2026-11-30 09:00")) == utc("2027-03-01 09:00")


def test_an_opening_is_looked_for_400_days_ahead_and_not_a_moment_more() -> None:
    hours = Hours("UTC", (), (on("2028-01-05", ("12:00", 60)),))
    opens = utc("2028-01-05 12:00")

    assert next_opening(hours, opens - AHEAD_MS) == opens
    assert next_opening(hours, opens - AHEAD_MS - 1) is None
    assert next_closing(hours, opens + HOUR - AHEAD_MS) == opens + HOUR
    assert next_closing(hours, opens - AHEAD_MS) is None


def test_a_single_day_of_closing_after_a_year_of_none_is_found() -> None:
    hours = daily("UTC", ("00:00", 1440), exceptions=(on("2027-11-30"),))
    now = utc("2026-11-30 12:00")

    assert next_closing(hours, now) == utc("2027-11-30 00:00")
    assert next_opening(hours, now) == utc("2027-12-01 00:00")


# The clocks go forward: in Berlin 02:00 to 03:00 are missing on 29 March 2026.


def test_in_spring_a_night_is_an_hour_shorter() -> None:
    hours = daily("Europe/Berlin", ("22:00", 8 * 60))

    assert next_closing(hours, utc("2026-03-28 21:00")) == utc("2026-03-29 04:00")
    assert worked(hours, utc("2026-03-28 12:00"), utc("2026-03-29 12:00")) == 7 * HOUR


@pytest.mark.parametrize(
    ("zone", "opens", "found", "shown"),
    [
        ("Europe/Berlin", "02:30", "2026-03-29 01:30", "2026-03-29 03:30"),
        ("America/New_York", "02:15", "2026-03-08 07:15", "2026-03-08 03:15"),
        ("Australia/Lord_Howe", "02:10", "2026-10-03 15:40", "2026-10-04 02:40"),
    ],
)
def test_an_opening_that_the_wall_skips_moves_forward_by_the_gap(
    zone: str, opens: str, found: str, shown: str
) -> None:
    hours = daily(zone, (opens, 6 * 60))

    assert next_opening(hours, utc(found) - 10 * HOUR) == utc(found) == at(zone, shown)


@pytest.mark.parametrize(
    ("zone", "opens", "lasts", "inside", "found"),
    [
        ("Europe/Berlin", "22:00", 270, "2026-03-28 22:00", "2026-03-29 01:30"),  # 02:30 is 03:30
        ("America/New_York", "20:00", 375, "2026-03-08 02:00", "2026-03-08 07:15"),
        ("Australia/Lord_Howe", "20:00", 370, "2026-10-03 12:00", "2026-10-03 15:40"),
    ],
)
def test_a_closing_that_the_wall_skips_moves_forward_by_the_gap(
    zone: str, opens: str, lasts: int, inside: str, found: str
) -> None:
    assert next_closing(daily(zone, (opens, lasts)), utc(inside)) == utc(found)


def test_a_window_within_the_gap_keeps_its_length() -> None:
    hours = daily("Europe/Berlin", ("02:10", 20))

    assert is_open(hours, utc("2026-03-29 01:10"))
    assert next_closing(hours, utc("2026-03-29 01:10")) == utc("2026-03-29 01:30")


def test_a_window_that_ends_before_its_moved_opening_is_left_out() -> None:
    hours = daily("Europe/Berlin", ("02:30", 45))

    assert not is_open(hours, utc("2026-03-29 01:20"))
    assert not is_open(hours, utc("2026-03-29 01:30"))
    assert next_opening(hours, utc("2026-03-28 12:00")) == utc("2026-03-30 00:30")


# The clocks go back: in Berlin 02:00 to 03:00 come twice on 25 October 2026.


def test_in_autumn_a_night_is_an_hour_longer() -> None:
    hours = daily("Europe/Berlin", ("22:00", 8 * 60))

    assert next_closing(hours, utc("2026-10-24 21:00")) == utc("2026-10-25 05:00")
    assert worked(hours, utc("2026-10-24 12:00"), utc("2026-10-25 12:00")) == 9 * HOUR


@pytest.mark.parametrize(
    ("zone", "date", "opens"),
    [
        ("Europe/Berlin", "2026-10-25", "02:30"),
        ("America/New_York", "2026-11-01", "01:15"),
        ("Australia/Lord_Howe", "2026-04-05", "01:40"),
    ],
)
def test_of_a_doubled_wall_time_the_opening_takes_the_first_and_the_closing_the_second(
    zone: str, date: str, opens: str
) -> None:
    first, second = at(zone, f"{date} {opens}"), at(zone, f"{date} {opens}", fold=1)
    opening, closing = daily(zone, (opens, 180)), daily(zone, ("20:00", minutes(opens) + 240))

    assert second - first == (HOUR if zone != "Australia/Lord_Howe" else 30 * MINUTE)
    assert next_opening(opening, first - HOUR) == first
    assert next_closing(closing, first - HOUR) == second
    assert is_open(closing, first)
    assert not is_open(closing, second)


def test_windows_that_meet_at_a_doubled_wall_time_are_joined() -> None:
    hours = daily("Europe/Berlin", ("01:00", 90), ("02:30", 90))

    assert next_closing(hours, utc("2026-10-24 23:30")) == utc("2026-10-25 03:00")


def test_a_day_that_was_skipped_opens_on_the_one_after_it() -> None:
    """Samoa had no 30 December 2011: Friday's time came 24 hours later by the wall, with Saturday's."""
    friday = weekly("Pacific/Apia", "4", "07:00", 120)
    after = at("Pacific/Apia", "2011-12-31 07:00")

    assert next_opening(friday, at("Pacific/Apia", "2011-12-29 12:00")) == after
    assert next_closing(friday, after) == after + 2 * HOUR


def test_a_skipped_day_adds_nothing_to_a_round_of_the_clock() -> None:
    hours = daily("Pacific/Apia", ("00:00", 1440))
    start, end = at("Pacific/Apia", "2011-12-29 00:00"), at("Pacific/Apia", "2012-01-01 00:00")

    assert worked(hours, start, end) == end - start == 2 * DAY_MS


def test_an_exception_of_a_skipped_day_replaces_its_windows() -> None:
    hours = weekly("Pacific/Apia", "4", "07:00", 120, exceptions=(on("2011-12-30"),))

    assert next_opening(hours, at("Pacific/Apia", "2011-12-29 12:00")) == at(
        "Pacific/Apia", "2012-01-06 07:00"
    )


# Service levels.


def test_work_goes_on_after_the_night() -> None:
    late = at(MOSCOW, "2026-11-30 00:50")

    assert after_working(DEFAULT, late, 10 * MINUTE) == at(MOSCOW, "2026-11-30 01:00")
    assert after_working(DEFAULT, late, 15 * MINUTE) == at(MOSCOW, "2026-11-30 07:05")
    assert worked(DEFAULT, late, at(MOSCOW, "2026-11-30 07:05")) == 15 * MINUTE


def test_work_that_begins_at_night_begins_at_the_opening() -> None:
    night = at(MOSCOW, "2026-11-30 03:00")

    assert after_working(DEFAULT, night, 15 * MINUTE) == at(MOSCOW, "2026-11-30 07:15")
    assert after_working(DEFAULT, night, 0) == night


def test_a_level_longer_than_some_weeks_is_found_and_one_beyond_400_days_is_not() -> None:
    now = at(MOSCOW, "2026-11-30 07:00")

    assert after_working(DEFAULT, now, 18 * HOUR * 30) == at(MOSCOW, "2026-12-30 01:00")
    assert after_working(DEFAULT, now, 18 * HOUR * 401) is None
    assert after_working(ALWAYS, now, AHEAD_MS) == now + AHEAD_MS
    assert after_working(ALWAYS, now, AHEAD_MS + 1) is None
    assert after_working(NEVER, now, 1) is None


def test_between_an_instant_and_an_earlier_one_nobody_works() -> None:
    now = utc("2026-11-30 12:00")

    assert worked(ALWAYS, now, now) == 0
    assert worked(ALWAYS, now, now - 30 * DAY_MS) == 0
    assert worked(ALWAYS, now, now + 500 * DAY_MS) == 500 * DAY_MS


# How they are kept.


def test_the_default_team_reads_as_it_is_kept() -> None:
    kept = (
        '{"windows":[[0,420,1080],[1,420,1080],[2,420,1080],[3,420,1080],[4,420,1080],'
        '[5,420,1080],[6,420,1080]],"exceptions":{}}'
    )

    assert read_hours(MOSCOW, kept) == DEFAULT
    assert dump_hours(DEFAULT) == kept


def test_exceptions_are_kept_by_date() -> None:
    hours = daily("UTC", exceptions=(on("2026-12-31"), on("2026-12-24", ("10:00", 120))))

    kept = dump_hours(hours)

    assert kept == '{"windows":[],"exceptions":{"2026-12-31":[],"2026-12-24":[[600,120]]}}'
    assert read_hours("UTC", kept) == hours


# What may be kept.


def exceptions(count: int) -> Exceptions:
    first = datetime.date(2026, 1, 1)
    return tuple((first + datetime.timedelta(days=days), ()) for days in range(count))


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        (DEFAULT, ""),
        (NEVER, ""),
        (Hours("UTC", (Window(6, 1439, 1440), Window(0, 0, 1))), ""),
        (Hours("UTC", (Window(0, 0, 1),) * 50, exceptions(400)), ""),
        (Hours("Europe/Atlantis", ()), "hours_zone"),
        (Hours("europe/moscow", ()), "hours_zone"),
        (Hours("../UTC", ()), "hours_zone"),
        (Hours("localtime", ()), "hours_zone"),
        (Hours("", ()), "hours_zone"),
        (Hours("UTC", (Window(7, 0, 60),)), "hours_window"),
        (Hours("UTC", (Window(-1, 0, 60),)), "hours_window"),
        (Hours("UTC", (Window(0, 1440, 60),)), "hours_window"),
        (Hours("UTC", (Window(0, -1, 60),)), "hours_window"),
        (Hours("UTC", (Window(0, 0, 0),)), "hours_window"),
        (Hours("UTC", (Window(0, 0, 1441),)), "hours_window"),
        (Hours("UTC", (), (on("2026-12-31", ("10:00", 0)),)), "hours_window"),
        (Hours("UTC", (), (on("2026-12-31"), on("2026-12-31"))), "hours_window"),
        (Hours("UTC", (Window(0, 0, 1),) * 51), "hours_many"),
        (Hours("UTC", (), exceptions(401)), "hours_many"),
        (Hours("UTC", (), (on("2026-12-31", *[("10:00", 60)] * 51),)), "hours_many"),
    ],
)
def test_hours_that_may_not_be_kept_are_refused_with_a_reason(hours: Hours, reason: str) -> None:
    assert check(hours) == reason


def test_names_that_mean_another_zone_on_each_machine_are_no_zones() -> None:
    assert is_zone("Europe/Moscow")
    assert not is_zone("localtime")
    assert not is_zone("Factory")
