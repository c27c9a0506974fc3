"""Figures of the support desk for supervisors, as a report and as tables, and what customers say of an episode."""

import asyncio
import datetime
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.actions.access import access_thread
from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.report_tables import Names, Table, table
from chat_server.actions.staff import STAFF_NAMES
from chat_server.domain.audit import Action
from chat_server.domain.episodes import Episode
from chat_server.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from chat_server.domain.events import DeskMoved, ThreadChanged
from chat_server.domain.hours import Hours, read_hours
from chat_server.domain.ids import ThreadId, show
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor, Side
from chat_server.domain.reports import MOST_DAYS, Calendar, Report, make_report
from chat_server.domain.support import State
from chat_server.domain.worktime import Worktime
from chat_server.ports import Commit, Conflict, Query, Statement, Value

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2199
"""Days outside of these years are nobody's."""

RATED_ANEW_MS: Final = DAY_MS
"""How long a customer may change what he said of an episode."""


class Wish(NamedTuple):
    """What a report is asked of: days, both included, and the team and language, or all of them."""

    first: datetime.date
    last: datetime.date
    team_id: int | None = None
    language: str = ""


class TeamHours(NamedTuple):
    """A team, and when its people are there."""

    id: int
    name: str
    hours: Hours


class Talks(NamedTuple):
    """In how many talks the bot was asked, and in how many of them a person was reached."""

    talks: int
    reached: int


class Told(NamedTuple):
    """A report with what is needed to read it."""

    report: Report
    calendar: Calendar
    zone: str
    talks: Talks
    languages: list[str]
    teams: list[TeamHours]
    names: Names


class _Newest(NamedTuple):
    state: str
    team_id: int
    resolved_at: int | None
    rated_at: int | None


class _Scene(NamedTuple):
    """All that the figures are made of."""

    teams: list[TeamHours]
    zone: str
    calendar: Calendar
    episodes: list[Episode]
    people: dict[int, str]
    now: int


_EPISODES: Final = Query("episodes_between", Episode)
_TEAMS: Final = Query(
    "report_teams",
    lambda id, name, zone, hours: TeamHours(int(id), str(name), read_hours(zone, hours)),
)
_TALKS: Final = Query("talks_between", Talks)
_NEWEST: Final = Query("episode_to_rate", _Newest, light=True)


async def tell(ctx: Context, wish: Wish) -> Told:
    """All figures of some days. Raises Invalid (`days`), NotFound for a team that is none."""
    scene = await _scene(ctx, wish)
    talks = await ctx.store.one(
        _TALKS,
        since=scene.calendar.since,
        until=scene.calendar.until,
        team_id=wish.team_id,
        language=wish.language,
    )
    report, languages = await asyncio.to_thread(_report, scene, wish.language)
    talks = talks or Talks(0, 0)
    return Told(report, scene.calendar, scene.zone, talks, languages, scene.teams, _names(scene))


async def export(ctx: Context, actor: Actor, wish: Wish, kind: Table) -> str:
    """One table of the figures as CSV; that it was taken is kept. Raises as `tell` does."""
    scene = await _scene(ctx, wish)
    text = await asyncio.to_thread(_table, scene, wish.language, kind)
    taken = audited(
        ctx,
        actor.person_id,
        Action.EXPORTED,
        table=kind,
        first=wish.first.isoformat(),
        last=wish.last.isoformat(),
        team=show(wish.team_id) if wish.team_id is not None else None,
        language=wish.language or None,
    )
    await ctx.store.commit(Commit([taken]))
    return text


async def rate(ctx: Context, actor: Actor, thread_id: ThreadId, score: int, comment: str) -> None:
    """What the customer says of the newest episode, which is over; within a day he may say it anew.

    Raises NotFound, NotAllowed (`not_customer`), WrongState (`not_resolved`, `rated`).
    """
    _, side = await access_thread(ctx, actor, thread_id)
    if side is not Side.CUSTOMER:
        raise NotAllowed("not_customer")
    now = ctx.clock.now_ms()
    newest = await ctx.store.one(_NEWEST, thread_id=thread_id)
    if newest is None or newest.state != State.RESOLVED or newest.resolved_at is None:
        raise WrongState("not_resolved")
    if newest.rated_at is not None and newest.rated_at <= now - RATED_ANEW_MS:
        raise WrongState("rated")
    rating: dict[str, Value] = {
        "thread_id": thread_id,
        "me": actor.person_id,
        "score": score,
        "comment": comment.strip(),
        "at": now,
        "since": now - RATED_ANEW_MS,
    }
    try:
        await ctx.store.commit(Commit([Statement("rate_episode", rating)]))
    except Conflict:
        raise WrongState("not_resolved") from None
    ctx.sink.tell(ThreadChanged(thread_id, actor.person_id))
    ctx.sink.tell(DeskMoved(thread_id, newest.team_id))


async def _scene(ctx: Context, wish: Wish) -> _Scene:
    if not (
        FIRST_YEAR <= wish.first.year <= wish.last.year <= LAST_YEAR
        and 0 <= (wish.last - wish.first).days < MOST_DAYS
    ):
        raise Invalid("days")
    teams = await ctx.store.all(_TEAMS)
    chosen = next((t for t in teams if wish.team_id in (None, t.id)), None)
    if chosen is None:
        raise NotFound
    calendar = Calendar(chosen.hours.zone, wish.first, wish.last)
    episodes = await ctx.store.all(
        _EPISODES, since=calendar.since, until=calendar.until, team_id=wish.team_id
    )
    people = dict(await ctx.store.all(STAFF_NAMES))
    now = ctx.clock.now_ms()
    return _Scene(teams, chosen.hours.zone, calendar, episodes, people, now)


def _spoken(scene: _Scene, language: str) -> list[Episode]:
    return [e for e in scene.episodes if language in ("", e.language)]


def _works(scene: _Scene, episodes: list[Episode]) -> Mapping[int, Worktime]:
    """The working time of each team, for as long as anything of these episodes lasted."""
    ends: dict[int, int] = {}
    for e in episodes:
        end = scene.now if e.resolved_at is None else e.resolved_at
        ends[e.team_id] = max(ends.get(e.team_id, 0), end)
    since = scene.calendar.since
    return {t.id: Worktime(t.hours, since, ends[t.id]) for t in scene.teams if t.id in ends}


def _report(scene: _Scene, language: str) -> tuple[Report, list[str]]:
    """The figures, and which languages were spoken at all."""
    episodes = _spoken(scene, language)
    works = _works(scene, episodes)
    languages = sorted({e.language for e in scene.episodes if e.language})
    return make_report(episodes, works, scene.calendar, scene.now), languages


def _table(scene: _Scene, language: str, kind: Table) -> str:
    episodes = _spoken(scene, language)
    works = _works(scene, episodes)
    return table(kind, episodes, works, scene.calendar, scene.now, _names(scene))


def _names(scene: _Scene) -> Names:
    return Names(scene.people, {team.id: team.name for team in scene.teams})
