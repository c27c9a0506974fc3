"""Working hours: when a team's people are there, in wall time of its zone (PRODUCT: hours).

A window is a weekday, an opening wall time and a length in wall time, so midnight is no special case. A wall
time that the clocks skip moves forward by as much as they skip; of one that they show twice, an opening takes
the first and a closing the second. Stretches hold their opening instant and not their closing one.
"""

import datetime
import functools
import json
import zoneinfo
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

MINUTES_A_DAY: Final = 24 * 60
DAY_MS: Final = MINUTES_A_DAY * 60 * 1000

AHEAD_MS: Final = 400 * DAY_MS
"""How far an opening, a closing or the end of some work is looked for."""

MAX_WINDOWS: Final = 50
MAX_EXCEPTIONS: Final = 400

_EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MILLISECOND: Final = datetime.timedelta(milliseconds=1)

_BACK: Final = 3
"""What opens on a day ends two days later at most, or three where the clocks skip a whole one."""

_SLACK_MS: Final = 2 * DAY_MS
"""So long before the first day that was not looked at nothing of that day can begin, whatever the clocks do."""

_NEAR: Final = 16
_FAR: Final = 410
"""How many days are looked at: those around nearly always tell, else all as far as `AHEAD_MS` goes."""

_NO_ZONES: Final = frozenset({"localtime", "Factory"})
"""Names in the zone files that mean another thing on each machine, or nothing."""


class Window(NamedTuple):
    """Opens on every such weekday."""

    weekday: int
    """0 is Monday."""
    opens: int
    """Minutes after midnight on the wall, 0 to 1439."""
    minutes: int
    """Its length on the wall, 1 to 1440."""


class Span(NamedTuple):
    """Opens on the one date of an exception; otherwise a window."""

    opens: int
    minutes: int


Exceptions = tuple[tuple[datetime.date, tuple[Span, ...]], ...]


class Hours(NamedTuple):
    """The hours of a team. Hashable, so that what was found for a day is kept."""

    zone: str
    windows: tuple[Window, ...]
    exceptions: Exceptions = ()
    """What opens on a date in place of the windows; nothing where its spans are empty."""


class Stretch(NamedTuple):
    """An unbroken time of being open, in instants."""

    opens: int
    closes: int


def is_open(hours: Hours, at_ms: int) -> bool:
    """Whether somebody works at the instant."""
    near = _stretches(hours, _first_day(hours, at_ms), _NEAR)
    return any(stretch.opens <= at_ms < stretch.closes for stretch in near)


def next_opening(hours: Hours, at_ms: int) -> int | None:
    """The first later instant at which work begins; None where that is not within 400 days.

    While it is open, that is the opening after the one that lasts.
    """
    for stretch in _ahead(hours, at_ms):
        if stretch.opens > at_ms:
            return _within(at_ms, stretch.opens)
    return None


def next_closing(hours: Hours, at_ms: int) -> int | None:
    """The end of the stretch that lasts or else of the next one; None where that is not within 400 days."""
    for stretch in _ahead(hours, at_ms):
        return _within(at_ms, stretch.closes)
    return None


def after_working(hours: Hours, at_ms: int, working_ms: int) -> int | None:
    """The first instant at which so much working time has passed; None where that is not within 400 days."""
    left = working_ms
    if left <= 0:
        return at_ms
    for stretch in _ahead(hours, at_ms):
        begins = max(stretch.opens, at_ms)
        if stretch.closes - begins >= left:
            return _within(at_ms, begins + left)
        left -= stretch.closes - begins
    return None


def worked(hours: Hours, start_ms: int, end_ms: int) -> int:
    """The working time between two instants, in milliseconds; none where the end is not after the start."""
    first = _first_day(hours, start_ms)
    days = max(_first_day(hours, end_ms) - first, 0) + 2 * _BACK
    return sum(
        max(min(stretch.closes, end_ms) - max(stretch.opens, start_ms), 0)
        for stretch in _stretches(hours, first, days)
    )


def read_hours(zone: str, text: str) -> Hours:
    """The hours that `dump_hours` wrote, for the zone that stands beside them."""
    kept = json.loads(text)
    exceptions = (
        (datetime.date.fromisoformat(date), tuple(Span(*span) for span in spans))
        for date, spans in kept["exceptions"].items()
    )
    return Hours(zone, tuple(Window(*window) for window in kept["windows"]), tuple(exceptions))


def dump_hours(hours: Hours) -> str:
    """Windows and exceptions as JSON; the zone is kept beside it."""
    exceptions = {date.isoformat(): spans for date, spans in hours.exceptions}
    kept = {"windows": hours.windows, "exceptions": exceptions}
    return json.dumps(kept, separators=(",", ":"))


def check(hours: Hours) -> str:
    """Why these hours may not be kept, as the reason of a refusal; empty where they may."""
    if not is_zone(hours.zone):
        return "hours_zone"
    spans = [spans for _, spans in hours.exceptions]
    if len(spans) > MAX_EXCEPTIONS or any(
        len(opening) > MAX_WINDOWS for opening in (hours.windows, *spans)
    ):
        return "hours_many"
    if len({date for date, _ in hours.exceptions}) < len(spans) or not all(
        0 <= window.weekday <= 6 for window in hours.windows
    ):
        return "hours_window"
    lengths = [Span(window.opens, window.minutes) for window in hours.windows]
    lengths += [span for opening in spans for span in opening]
    return "" if all(map(_fits, lengths)) else "hours_window"


def is_zone(zone: str) -> bool:
    """Whether this is the name of an IANA zone that is known here."""
    return zone in _zones()


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) - _NO_ZONES


def _fits(span: Span) -> bool:
    return 0 <= span.opens < MINUTES_A_DAY and 1 <= span.minutes <= MINUTES_A_DAY


def _within(at_ms: int, found_ms: int) -> int | None:
    return found_ms if found_ms <= at_ms + AHEAD_MS else None


def _first_day(hours: Hours, at_ms: int) -> int:
    """The first date, as an ordinal, of which anything may last at the instant."""
    local = (_EPOCH + at_ms * _MILLISECOND).astimezone(zoneinfo.ZoneInfo(hours.zone))
    return local.toordinal() - _BACK


def _ahead(hours: Hours, at_ms: int) -> Iterator[Stretch]:
    """The stretches that end after the instant, in order; far ones are looked for only when asked for.

    The last one may end later than is told here, but that is more than 400 days ahead.
    """
    first, passed = _first_day(hours, at_ms), at_ms
    for days in (_NEAR, _FAR):
        known = _instant(hours.zone, first + days, 0) - _SLACK_MS
        for stretch in _stretches(hours, first, days):
            if days == _NEAR and stretch.closes > known:
                break
            if stretch.closes > passed:
                passed = stretch.closes
                yield stretch


@functools.lru_cache(maxsize=512)
def _stretches(hours: Hours, first: int, days: int) -> tuple[Stretch, ...]:
    """What opens on so many dates from the first on, joined where it touches or overlaps."""
    exceptions = dict(hours.exceptions)
    found: list[Stretch] = []
    for day in range(first, first + days):
        for opens, minutes in _openings(hours.windows, exceptions, day):
            found.append(
                Stretch(
                    _instant(hours.zone, day, opens),
                    _instant(hours.zone, day, opens + minutes, closing=True),
                )
            )
    return tuple(_joined(sorted(found)))


def _openings(
    windows: Iterable[Window], exceptions: dict[datetime.date, tuple[Span, ...]], day: int
) -> Iterable[Span]:
    date = datetime.date.fromordinal(day)
    if date in exceptions:
        return exceptions[date]
    return (
        Span(window.opens, window.minutes) for window in windows if window.weekday == date.weekday()
    )


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, by opening, as few as they can be; one that the clocks left no time for is dropped."""
    opens, closes = 0, None
    for stretch in stretches:
        if closes is not None and stretch.opens <= closes:
            closes = max(closes, stretch.closes)
        elif stretch.opens < stretch.closes:
            if closes is not None:
                yield Stretch(opens, closes)
            opens, closes = stretch
    if closes is not None:
        yield Stretch(opens, closes)


def _instant(zone: str, day: int, minutes: int, *, closing: bool = False) -> int:
    """When the wall shows so many minutes after midnight of a day.

    The first `fold` is the earlier of two such instants, and where there is none the one past the gap.
    The later of both folds is therefore the second of two, and again the one past the gap.
    """
    wall = datetime.datetime.fromordinal(day) + datetime.timedelta(minutes=minutes)
    local = wall.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    instant = (local - _EPOCH) // _MILLISECOND
    return max(instant, (local.replace(fold=1) - _EPOCH) // _MILLISECOND) if closing else instant
