"""Working hours in every zone, around every change of its clocks, against a model that only looks at the wall."""

import datetime
import functools
import itertools
import random
import zoneinfo
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chat_server.domain.hours import (
    AHEAD_MS,
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

MINUTE = 60 * 1000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

ZONES = sorted(filter(is_zone, zoneinfo.available_timezones()))
START = -124 * 365 * DAY
END = 60 * 365 * DAY
STEP = 10 * DAY
MODERN = 5 * 365 * DAY
"""From here on nearly all offsets are whole minutes, which the model needs."""


def offset(zone: str, at_ms: int) -> int:
    """How far the wall is from UTC."""
    return wall_offset(zoneinfo.ZoneInfo(zone), at_ms)


def wall_offset(zone: datetime.tzinfo, at_ms: int) -> int:
    local = datetime.datetime.fromtimestamp(at_ms / 1000, zone)
    return round((local.utcoffset() or datetime.timedelta()).total_seconds() * 1000)


@functools.cache
def changes(name: str, start: int = START) -> tuple[int, ...]:
    """The first instant of each offset, looked for in steps of ten days."""
    zone, found = zoneinfo.ZoneInfo(name), []
    before = wall_offset(zone, start)
    for low in range(start, END, STEP):
        after = wall_offset(zone, low + STEP)
        if after != before:
            found.append(change_between(zone, low, low + STEP))
        before = after
    return tuple(found)


def change_between(zone: datetime.tzinfo, low: int, high: int) -> int:
    """To the second."""
    before = wall_offset(zone, low)
    while high - low > 1000:
        middle = (low + high) // 2000 * 1000
        if wall_offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def wall(zone: str, at_ms: int) -> datetime.datetime:
    """What the wall shows."""
    return datetime.datetime.fromtimestamp(at_ms / 1000, zoneinfo.ZoneInfo(zone)).replace(
        tzinfo=None, fold=0
    )


# What is drawn.

spans = st.builds(Span, st.integers(0, 1439), st.integers(1, 1440))
windows = st.builds(Window, st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440))


def moments(zone: str, start: int) -> st.SearchStrategy[int]:
    """Instants around the changes of a zone, to the second; any instant where there are none."""
    known = changes(zone, start)
    if not known:
        return st.integers(start // 1000, END // 1000).map(lambda second: second * 1000)
    nearby = st.one_of(
        st.integers(-90 * 60, 90 * 60), st.integers(-3 * 86400, 3 * 86400), st.just(0)
    )
    return st.builds(
        lambda change, seconds: change + seconds * 1000, st.sampled_from(known), nearby
    )


@st.composite
def occasions(draw: st.DrawFn, start: int = START) -> tuple[Hours, int]:
    """Hours of any zone and an instant, with windows and exceptions that lie around it."""
    zone = draw(st.sampled_from(ZONES))
    at_ms = draw(moments(zone, start))
    shown = wall(zone, at_ms)
    minute = shown.hour * 60 + shown.minute
    close_by = st.builds(
        lambda day, early, lasts: Window(
            (shown.weekday() + day) % 7, (minute - early) % 1440, lasts
        ),
        st.integers(-1, 1),
        st.integers(-90, 90),
        st.integers(1, 180),
    )
    dates = st.integers(-2, 2).map(lambda days: shown.date() + datetime.timedelta(days=days))
    exceptions = draw(st.dictionaries(dates, st.lists(spans, max_size=2), max_size=2))
    return (
        Hours(
            zone,
            tuple(draw(st.lists(st.one_of(windows, close_by), max_size=6))),
            tuple((date, tuple(given)) for date, given in exceptions.items()),
        ),
        at_ms,
    )


# What is promised.


def promises_hold(hours: Hours, at_ms: int) -> None:
    """Openings and closings are what `is_open` says of the instants beside them, and in between."""
    works = is_open(hours, at_ms)
    opens, closes = next_opening(hours, at_ms), next_closing(hours, at_ms)
    if opens is not None:
        assert at_ms < opens <= at_ms + AHEAD_MS
        assert is_open(hours, opens)
        assert not is_open(hours, opens - 1)
    if closes is not None:
        assert at_ms < closes <= at_ms + AHEAD_MS
        assert not is_open(hours, closes)
        assert is_open(hours, closes - 1)
    if works:
        assert closes is None or opens is None or closes < opens
        until = closes if closes is not None else at_ms + AHEAD_MS
        assert worked(hours, at_ms, until) == until - at_ms
    elif opens is None:
        assert worked(hours, at_ms, at_ms + AHEAD_MS) == 0
    else:
        assert closes is None or closes > opens
        assert worked(hours, at_ms, opens) == 0


@settings(max_examples=400, deadline=None)
@given(occasions())
def test_it_is_closed_until_the_next_opening_and_open_until_the_next_closing(
    occasion: tuple[Hours, int],
) -> None:
    promises_hold(*occasion)


@pytest.mark.slow
def test_so_it_is_around_every_change_of_every_zone() -> None:
    chance = random.Random(7)
    seen = set()
    for zone in ZONES:
        clock = tuple((change, offset(zone, change)) for change in changes(zone, MODERN))
        if clock in seen:
            continue  # another name of the same
        seen.add(clock)
        hours = busy(zone, chance)
        for change, _ in clock:
            promises_hold(hours, change + chance.randrange(-26 * 3600, 26 * 3600) * 1000)

    assert len(seen) > 100


def busy(zone: str, chance: random.Random) -> Hours:
    """Short windows in the small hours, where the clocks change, on every day."""
    night = [
        Window(weekday, chance.randrange(4 * 60), chance.randrange(1, 90))
        for weekday in range(7)
        for _ in range(3)
    ]
    return Hours(zone, tuple(night))


@settings(max_examples=300, deadline=None)
@given(occasions(), st.integers(0, 40 * HOUR))
def test_after_so_much_work_so_much_was_worked(occasion: tuple[Hours, int], work: int) -> None:
    hours, at_ms = occasion

    done = after_working(hours, at_ms, work)

    if done is None:
        assert worked(hours, at_ms, at_ms + AHEAD_MS) < work
    else:
        assert worked(hours, at_ms, done) == work
        assert done == at_ms or worked(hours, at_ms, done - 1) == work - 1


@settings(max_examples=200, deadline=None)
@given(occasions(), st.integers(0, 20 * DAY), st.integers(0, 20 * DAY))
def test_work_adds_up(occasion: tuple[Hours, int], first: int, second: int) -> None:
    hours, start = occasion
    middle, end = start + first, start + first + second

    assert worked(hours, start, end) == worked(hours, start, middle) + worked(hours, middle, end)


@settings(max_examples=200, deadline=None)
@given(occasions())
def test_what_may_be_kept_is_read_as_it_was(occasion: tuple[Hours, int]) -> None:
    hours, _ = occasion

    assert check(hours) == ""
    assert read_hours(hours.zone, dump_hours(hours)) == hours


# The model: every minute of the days around, and what the wall shows in it.


class Wall:
    """The minutes around an instant by what the wall shows, and nothing of offsets or folds."""

    def __init__(self, zone: str, middle: int) -> None:
        """Five days before the instant and four after it."""
        self.minutes = range(middle - 5 * DAY, middle + 4 * DAY, MINUTE)
        self.shown: dict[datetime.datetime, list[int]] = {}
        shows = [wall(zone, minute) for minute in self.minutes]
        for minute, show in zip(self.minutes, shows, strict=True):
            self.shown.setdefault(show, []).append(minute)
        self.skips = [
            (before, show)
            for before, show in itertools.pairwise(shows)
            if show - before > datetime.timedelta(minutes=1)
        ]

    def opening(self, wished: datetime.datetime) -> int | None:
        return min(self.instants(wished), default=None)

    def closing(self, wished: datetime.datetime) -> int | None:
        return max(self.instants(wished), default=None)

    def instants(self, wished: datetime.datetime) -> list[int]:
        """When the wall shows it; where it skips it, as much later as it skips."""
        for before, after in self.skips:
            if before < wished < after:
                gap = after - before - datetime.timedelta(minutes=1)
                return [self.shown[after][0] + round((wished + gap - after).total_seconds() * 1000)]
        return self.shown.get(wished, [])


def opened(hours: Hours, around: datetime.date) -> Iterator[tuple[datetime.datetime, int]]:
    """Each opening of the dates around: wall time and length."""
    exceptions: dict[datetime.date, tuple[Span, ...]] = dict(hours.exceptions)
    for days in range(-3, 3):
        date = around + datetime.timedelta(days=days)
        midnight = datetime.datetime.combine(date, datetime.time())
        usual = [Span(w.opens, w.minutes) for w in hours.windows if w.weekday == date.weekday()]
        for span in exceptions.get(date, tuple(usual)):
            yield midnight + datetime.timedelta(minutes=span.opens), span.minutes


@settings(max_examples=80, deadline=None)
@given(occasions(MODERN))
def test_it_is_open_in_the_minutes_in_which_a_person_looking_at_the_wall_would_say_so(
    occasion: tuple[Hours, int],
) -> None:
    hours, at_ms = occasion
    middle = at_ms // MINUTE * MINUTE
    assume(all(offset(hours.zone, middle + days * DAY) % MINUTE == 0 for days in range(-5, 5)))
    model = Wall(hours.zone, middle)
    stretches = []
    for opens, lasts in opened(hours, wall(hours.zone, middle).date()):
        start = model.opening(opens)
        end = model.closing(opens + datetime.timedelta(minutes=lasts))
        if start is not None and end is not None:
            stretches.append((start, end))

    near = range(middle - 6 * HOUR, middle + 6 * HOUR, MINUTE)
    by_wall = [any(start <= minute < end for start, end in stretches) for minute in near]

    assert [is_open(hours, minute) for minute in near] == by_wall
    assert worked(hours, near[0], near[-1] + MINUTE) == sum(by_wall) * MINUTE
