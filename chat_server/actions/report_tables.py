"""The figures of the desk as tables for other programs: what stands in which column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from chat_server.domain.episodes import Duration, Episode, first_kept, resolution_kept, took
from chat_server.domain.ids import show
from chat_server.domain.reports import Calendar, Line, Spread, make_report
from chat_server.domain.spreadsheet import Cell, to_csv
from chat_server.domain.worktime import Worktime

Table = Literal["episodes", "agents", "days", "csat"]


class Names(NamedTuple):
    """What people and teams are called."""

    people: Mapping[int, str]
    teams: Mapping[int, str]


_EPISODE: Final = (
    "thread", "number", "team", "agent", "language", "cause", "asked_at", "assigned_at", "answered_at", "resolved_at",
    "wait_seconds", "wait_worked_seconds", "first_answer_seconds", "first_answer_worked_seconds",
    "resolution_seconds", "resolution_worked_seconds", "first_answer_due", "first_answer_kept", "resolution_due",
    "resolution_kept", "transfers", "csat", "rated_at", "comment",
)  # fmt: skip
_SPREAD: Final = ("median", "p90", "worked_median", "worked_p90")
_LINE: Final = (
    "asked", "answered", "resolved", "transfers",
    *(f"{what}_{part}_seconds" for what in ("wait", "first_answer", "resolution") for part in _SPREAD),
    "rated", "csat_mean",
)  # fmt: skip
_CSAT: Final = (
    "thread", "number", "rated_at", "score", "comment", "agent", "team", "language", "resolved_at",
)  # fmt: skip


def table(
    kind: Table,
    episodes: Sequence[Episode],
    works: Mapping[int, Worktime],
    calendar: Calendar,
    now: int,
    names: Names,
) -> str:
    """One of the tables as CSV."""
    writer = _Writer(works, calendar, now, names)
    if kind == "episodes":
        return to_csv(_EPISODE, map(writer.episode, episodes))
    if kind == "csat":
        rated = sorted((e for e in episodes if e.csat is not None), key=lambda e: e.rated_at or 0)
        return to_csv(_CSAT, map(writer.rating, rated))
    report = make_report(episodes, works, calendar, now)
    if kind == "days":
        rows = ((date.isoformat(), *_figures(line)) for date, line in report.days)
        return to_csv(("date", *_LINE), rows)
    people = ((names.people.get(agent, ""), *_figures(line)) for agent, line in report.agents)
    return to_csv(("agent", *_LINE), people)


class _Writer(NamedTuple):
    works: Mapping[int, Worktime]
    calendar: Calendar
    now: int
    names: Names

    def episode(self, e: Episode) -> list[Cell]:
        """A row of an episode."""
        times = took(e, self.works[e.team_id])
        return [
            show(e.thread_id),
            e.number,
            self.names.teams.get(e.team_id, ""),
            self._agent(e),
            e.language,
            e.cause,
            *map(self._when, (e.asked_at, e.assigned_at, e.answered_at, e.resolved_at)),
            *_durations((times.wait, times.first, times.resolution)),
            self._when(e.first_due),
            _yes(first_kept(e, self.now)),
            self._when(e.resolve_due),
            _yes(resolution_kept(e, self.now)),
            e.transfers,
            e.csat,
            self._when(e.rated_at),
            e.comment,
        ]

    def rating(self, e: Episode) -> list[Cell]:
        """A row of what a customer said."""
        return [
            show(e.thread_id),
            e.number,
            self._when(e.rated_at),
            e.csat,
            e.comment,
            self._agent(e),
            self.names.teams.get(e.team_id, ""),
            e.language,
            self._when(e.resolved_at),
        ]

    def _agent(self, e: Episode) -> str:
        return "" if e.agent_id is None else self.names.people.get(e.agent_id, "")

    def _when(self, at: int | None) -> str:
        return "" if at is None else self.calendar.local(at).isoformat(timespec="seconds")


def _seconds(ms: int | None) -> int | None:
    return None if ms is None else ms // 1000


def _durations(parts: Iterable[Duration | None]) -> Iterator[int | None]:
    for part in parts:
        yield from map(_seconds, part or (None, None))


def _yes(kept: bool | None) -> str:  # noqa: FBT001
    return "" if kept is None else ("yes" if kept else "no")


_PARTS: Final[Sequence[Callable[[Spread], int | None]]] = (
    lambda s: s.median,
    lambda s: s.p90,
    lambda s: s.worked_median,
    lambda s: s.worked_p90,
)


def _figures(line: Line) -> list[Cell]:
    return [
        line.asked,
        line.answered,
        line.resolved,
        line.transfers,
        *(_seconds(part(s)) for s in (line.wait, line.first, line.resolution) for part in _PARTS),
        line.score.rated,
        line.score.mean,
    ]
