"""Teams in the hands of supervisors: their hours, what they promise, and who is in them.

How threads reach a team is not known here: routing reads the teams for itself.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from chat_server.actions import staff
from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.staff import FIRST_TEAM
from chat_server.domain import hours as working
from chat_server.domain.audit import Action
from chat_server.domain.errors import Invalid, NotFound, Stale, WrongState
from chat_server.domain.hours import Hours
from chat_server.domain.ids import PersonId, show
from chat_server.domain.people import Actor, clean_name
from chat_server.domain.support import TOPICS
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value


class Member(NamedTuple):
    """Somebody of a team."""

    id: PersonId
    name: str


class Team(NamedTuple):
    """A team as it stands, or as it is to be."""

    id: int
    name: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    hours: Hours
    first_answer_minutes: int
    resolution_minutes: int
    revision: int
    members: tuple[Member, ...] = ()


class _Seat(NamedTuple):
    team_id: int
    id: PersonId
    name: str


def _read(
    team_id: int,
    name: str,
    languages: str,
    topics: str,
    zone: str,
    hours: str,
    first_answer_minutes: int,
    resolution_minutes: int,
    revision: int,
) -> Team:
    return Team(
        team_id,
        name,
        tuple(languages.split()),
        tuple(topics.split()),
        working.read_hours(zone, hours),
        first_answer_minutes,
        resolution_minutes,
        revision,
    )


_ALL: Final = Query("teams_in_full", _read)
_ONE: Final = Query("team_in_full", _read, light=True)
_SEATS: Final = Query("people_of_teams", _Seat)


async def teams(ctx: Context) -> list[Team]:
    """Every team with its people, the default one first."""
    seats = await ctx.store.all(_SEATS)
    return [team._replace(members=_of(seats, team.id)) for team in await ctx.store.all(_ALL)]


async def team_of(ctx: Context, team_id: int) -> Team:
    """A team with its people. Raises NotFound."""
    found = await ctx.store.one(_ONE, team_id=team_id)
    if found is None:
        raise NotFound
    return found._replace(members=_of(await ctx.store.all(_SEATS), team_id))


async def add_team(ctx: Context, actor: Actor, wished: Team) -> Team:
    """A new team, without people. Raises Invalid, WrongState (`team_name`)."""
    team = _checked(wished)._replace(id=ctx.ids.new_id())
    values = {**_values(team), "at": ctx.clock.now_ms()}
    deed = audited(ctx, actor.person_id, Action.TEAM_CHANGED, team=show(team.id), what="added")
    try:
        await ctx.store.commit(Commit([Statement("add_team", values), deed]))
    except Conflict:
        raise WrongState("team_name") from None
    return await team_of(ctx, team.id)


async def change_team(ctx: Context, actor: Actor, wished: Team) -> Team:
    """A team as it is to be, in the place of its revision; its people stay.

    Raises Invalid, NotFound, Stale, WrongState (`team_name`).
    """
    team = _checked(wished)
    values = {**_values(team), "revision": team.revision}
    deed = audited(ctx, actor.person_id, Action.TEAM_CHANGED, team=show(team.id), what="changed")
    try:
        await ctx.store.commit(Commit([Statement("change_team", values), deed]))
    except Conflict:
        await _is_fresh(ctx, team.id, team.revision)
        raise WrongState("team_name") from None
    return await team_of(ctx, team.id)


async def seat(
    ctx: Context, actor: Actor, team_id: int, members: Sequence[int], revision: int
) -> Team:
    """These are the team's people now. Raises NotFound, Stale, Invalid (`member`) for who does not work here."""
    people = list(dict.fromkeys(members))
    seats = [
        Statement("seat_in_team", {"team_id": team_id, "person_id": person}) for person in people
    ]
    deed = audited(
        ctx,
        actor.person_id,
        Action.TEAM_CHANGED,
        team=show(team_id),
        what="members",
        members=[show(person) for person in people],
    )
    touched = Statement("touch_team", {"team_id": team_id, "revision": revision})
    emptied = Statement("empty_team", {"team_id": team_id}, ANY)
    before = {member.id for member in (await team_of(ctx, team_id)).members}
    moved = sorted(before.symmetric_difference(people))
    changed = [
        *staff.resuming(moved, ctx.clock.now_ms()),
        *[Statement("touch_agent", {"person_id": person}, ANY) for person in moved],
    ]
    try:
        await ctx.store.commit(Commit([touched, emptied, *seats, deed, *changed]))
    except Conflict:
        await _is_fresh(ctx, team_id, revision)
        raise Invalid("member") from None
    staff.cut_for_resuming(ctx, moved)
    return await team_of(ctx, team_id)


async def remove_team(ctx: Context, actor: Actor, team_id: int, revision: int) -> None:
    """Ends a team; what it has done is the default team's from then on.

    Raises NotFound, Stale, WrongState (`team_default`; `team_in_use` while people or unresolved threads point to it).
    """
    if team_id == FIRST_TEAM:
        raise WrongState("team_default")
    which: dict[str, Value] = {"team_id": team_id}
    inherited = ("inherit_threads", "inherit_episodes", "inherit_canned", "inherit_macros")
    deed = audited(ctx, actor.person_id, Action.TEAM_CHANGED, team=show(team_id), what="removed")
    try:
        await ctx.store.commit(
            Commit(
                [
                    Statement("give_up_team", {**which, "revision": revision}),
                    *[Statement(name, which, ANY) for name in inherited],
                    Statement("drop_team", which),
                    deed,
                ]
            )
        )
    except Conflict:
        await _is_fresh(ctx, team_id, revision)
        raise WrongState("team_in_use") from None


async def _is_fresh(ctx: Context, team_id: int, revision: int) -> None:
    """Returns where the revision is the team's, so that something else was wrong. Raises NotFound, Stale."""
    team = await team_of(ctx, team_id)
    if team.revision != revision:
        raise Stale


def _checked(team: Team) -> Team:
    """With its name as it may stand beside others. Raises Invalid."""
    name = clean_name(team.name)
    if not name:
        raise Invalid("team_name")
    if set(team.topics) - set(TOPICS):
        raise Invalid("team_topic")
    if reason := working.check(team.hours):
        raise Invalid(reason)
    return team._replace(name=name)


def _values(team: Team) -> dict[str, Value]:
    return {
        "id": team.id,
        "name": team.name,
        "languages": " ".join(dict.fromkeys(team.languages)),
        "topics": " ".join(dict.fromkeys(team.topics)),
        "zone": team.hours.zone,
        "hours": working.dump_hours(team.hours),
        "first_answer_minutes": team.first_answer_minutes,
        "resolution_minutes": team.resolution_minutes,
    }


def _of(seats: Iterable[_Seat], team_id: int) -> tuple[Member, ...]:
    return tuple(Member(seat.id, seat.name) for seat in seats if seat.team_id == team_id)
