"""Figures of the support desk, made from its episodes: how many, how quick, how good, and what promises were kept.

An episode counts on the day on which it was asked, also for what became of it later. Times are milliseconds;
`wall` is what passed on the clock, `worked` what of it was the team's working time.
"""

import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from chat_server.domain.episodes import Episode, Took, first_kept, resolution_kept, took
from chat_server.domain.worktime import Worktime

MOST_DAYS: Final = 400
"""How many days one report may span."""

MOST_LISTED: Final = 50
"""Comments, and broken promises, that a report names one by one."""

QUARTER_MS: Final = 15 * 60 * 1000
"""The clocks of all zones show a quarter of an hour when those of UTC do."""

SCORES: Final = 5


class Spread(NamedTuple):
    """How long something took: the median and what nine of ten stayed below, by nearest rank."""

    measured: int
    median: int | None
    p90: int | None
    worked_median: int | None
    worked_p90: int | None


class Level(NamedTuple):
    """How often a promise was kept and broken; what is still running or was never promised is in neither."""

    kept: int
    broken: int


class Breach(NamedTuple):
    """A promise that was broken."""

    episode: Episode
    what: str
    """`first` for the first answer, `resolution` for the end."""
    due: int
    done_at: int | None
    late: int
    """Working time since it was due, until it was done or until now."""


class Score(NamedTuple):
    """What customers said of it."""

    counts: tuple[int, ...]
    """Of the scores 1 to 5."""

    @property
    def rated(self) -> int:
        """How many said anything."""
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """The mean, to two places; None where nobody said anything."""
        if not self.rated:
            return None
        return round(sum(n * score for score, n in enumerate(self.counts, 1)) / self.rated, 2)


class Line(NamedTuple):
    """The figures of some episodes: of a day, of an agent, or of all."""

    asked: int
    answered: int
    resolved: int
    transfers: int
    first: Spread
    resolution: Spread
    wait: Spread
    score: Score


class Report(NamedTuple):
    """All figures of some days."""

    total: Line
    days: tuple[tuple[datetime.date, Line], ...]
    """Every day, also those on which nobody asked."""
    hours: tuple[tuple[int, ...], ...]
    """How many asked: seven weekdays from Monday, of 24 hours each."""
    agents: tuple[tuple[int, Line], ...]
    """Those who had an episode last, the busiest first."""
    first_level: Level
    resolution_level: Level
    breaches: tuple[Breach, ...]
    """The newest."""
    comments: tuple[Episode, ...]
    """The newest with words."""


class Calendar:
    """The days of a report in its zone, and where an instant falls on them."""

    def __init__(self, zone: str, first: datetime.date, last: datetime.date) -> None:
        self._zone = zoneinfo.ZoneInfo(zone)
        self.dates = tuple(
            first + datetime.timedelta(days=n) for n in range((last - first).days + 1)
        )
        self.since = self._midnight(first)
        self.until = self._midnight(last + datetime.timedelta(days=1))
        self._places: dict[int, tuple[datetime.date, int, int]] = {}

    def place(self, at_ms: int) -> tuple[datetime.date, int, int]:
        """Date, weekday from Monday, and hour."""
        quarter = at_ms // QUARTER_MS
        known = self._places.get(quarter)
        if known is None:
            local = self.local(at_ms)
            known = self._places[quarter] = (local.date(), local.weekday(), local.hour)
        return known

    def local(self, at_ms: int) -> datetime.datetime:
        """An instant as the zone's clocks show it."""
        return datetime.datetime.fromtimestamp(at_ms / 1000, self._zone)

    def _midnight(self, date: datetime.date) -> int:
        local = datetime.datetime.combine(date, datetime.time(), self._zone)
        return int(local.timestamp()) * 1000


def rank(ordered: Sequence[int], percent: int) -> int | None:
    """The nearest rank: the smallest value that so many of a hundred do not exceed; None of nothing."""
    if not ordered:
        return None
    return ordered[max(-(-len(ordered) * percent // 100), 1) - 1]


class _Times:
    """Durations as they come in."""

    __slots__ = ("_wall", "_worked")

    def __init__(self) -> None:
        self._wall: list[int] = []
        self._worked: list[int] = []

    def add(self, wall: int, worked: int) -> None:
        """One more."""
        self._wall.append(wall)
        self._worked.append(worked)

    def spread(self) -> Spread:
        """What they come to."""
        wall, worked = sorted(self._wall), sorted(self._worked)
        return Spread(len(wall), rank(wall, 50), rank(wall, 90), rank(worked, 50), rank(worked, 90))


class _Tally:
    """Some episodes as they come in."""

    __slots__ = ("_asked", "_counts", "_first", "_resolution", "_transfers", "_wait")

    def __init__(self) -> None:
        self._asked = self._transfers = 0
        self._counts = [0] * SCORES
        self._first, self._resolution, self._wait = _Times(), _Times(), _Times()

    def add(self, e: Episode, took: Took) -> None:
        """One more."""
        self._asked += 1
        self._transfers += e.transfers
        if took.first is not None:
            self._first.add(*took.first)
        if took.resolution is not None:
            self._resolution.add(*took.resolution)
        if took.wait is not None:
            self._wait.add(*took.wait)
        if e.csat is not None:
            self._counts[e.csat - 1] += 1

    def line(self) -> Line:
        """What they come to."""
        first, resolution = self._first.spread(), self._resolution.spread()
        return Line(
            self._asked,
            first.measured,
            resolution.measured,
            self._transfers,
            first,
            resolution,
            self._wait.spread(),
            Score(tuple(self._counts)),
        )


def make_report(
    episodes: Iterable[Episode], works: Mapping[int, Worktime], calendar: Calendar, now: int
) -> Report:
    """All figures of episodes that were asked on the days of the calendar; `works` is by team."""
    total = _Tally()
    days = {date: _Tally() for date in calendar.dates}
    agents: defaultdict[int, _Tally] = defaultdict(_Tally)
    hours = [[0] * 24 for _ in range(7)]
    first, resolution = [0, 0], [0, 0]
    breaches: list[Breach] = []
    commented: list[Episode] = []
    for e in episodes:
        work = works[e.team_id]
        times = took(e, work)
        date, weekday, hour = calendar.place(e.asked_at)
        hours[weekday][hour] += 1
        for tally in (total, days[date]):
            tally.add(e, times)
        if e.agent_id is not None:
            agents[e.agent_id].add(e, times)
        for what, kept, level in (
            ("first", first_kept(e, now), first),
            ("resolution", resolution_kept(e, now), resolution),
        ):
            if kept is not None:
                level[not kept] += 1
            if kept is False:
                breaches.append(_breach(e, what, work, now))
        if e.comment:
            commented.append(e)
    lines = [(agent, tally.line()) for agent, tally in agents.items()]
    return Report(
        total.line(),
        tuple((date, tally.line()) for date, tally in days.items()),
        tuple(map(tuple, hours)),
        tuple(sorted(lines, key=lambda of: (-of[1].asked, of[0]))),
        Level(*first),
        Level(*resolution),
        tuple(sorted(breaches, key=lambda b: b.due, reverse=True)[:MOST_LISTED]),
        tuple(sorted(commented, key=lambda e: e.rated_at or 0, reverse=True)[:MOST_LISTED]),
    )


def _breach(e: Episode, what: str, work: Worktime, now: int) -> Breach:
    due, done = (e.first_due, e.answered_at) if what == "first" else (e.resolve_due, e.resolved_at)
    assert due is not None, "What was not promised cannot be broken."
    ended = done if done is not None else e.resolved_at
    return Breach(e, what, due, done, work.between(due, now if ended is None else ended))
