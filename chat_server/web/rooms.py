"""The rooms of supervisors over HTTP: teams, canned replies, macros, labels, and the marketplace's look."""

import datetime

import msgspec

from chat_server.actions import brand as looks
from chat_server.actions import teams, tools
from chat_server.actions.brand import Brand
from chat_server.actions.teams import Team
from chat_server.actions.tools import Canned, Label, LabelList, Macro
from chat_server.domain import hours as working
from chat_server.domain.errors import Invalid
from chat_server.domain.hours import Hours, Span, Window
from chat_server.domain.ids import read, show
from chat_server.domain.support import TOPICS
from chat_server.domain.tools import Step
from chat_server.web.operations import Call
from chat_server.wire import desk
from chat_server.wire import rooms as bodies
from chat_server.wire.shapes import PersonView


class RevisionQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The revision that its writer has seen."""

    revision: desk.Revision


async def list_teams(call: Call) -> bodies.TeamList:
    """Every team, the default one first."""
    now = call.ctx.clock.now_ms()
    found = [_team(team, now) for team in await teams.teams(call.ctx)]
    return bodies.TeamList(teams=found, topics=list(TOPICS))


async def add_team(call: Call) -> bodies.TeamDetails:
    """A new team."""
    wished = _wished(call.body, 0)
    return _team(await teams.add_team(call.ctx, call.caller, wished), call.ctx.clock.now_ms())


async def put_team(call: Call) -> bodies.TeamDetails:
    """A team as it is to be."""
    wished = _wished(call.body, call.id("team"))
    return _team(await teams.change_team(call.ctx, call.caller, wished), call.ctx.clock.now_ms())


async def put_members(call: Call) -> bodies.TeamDetails:
    """Who is in a team."""
    body: bodies.PutTeamMembers = call.body
    members = [read(member) for member in body.members]
    team = await teams.seat(call.ctx, call.caller, call.id("team"), members, body.revision)
    return _team(team, call.ctx.clock.now_ms())


async def remove_team(call: Call) -> None:
    """Ends a team."""
    query: RevisionQuery = call.query
    await teams.remove_team(call.ctx, call.caller, call.id("team"), query.revision)


async def list_canned(call: Call) -> bodies.CannedReplies:
    """Every canned reply."""
    return bodies.CannedReplies(canned=[_canned(one) for one in await tools.canned(call.ctx)])


async def add_canned(call: Call) -> desk.CannedReply:
    """A new canned reply."""
    return await _put_canned(call, None)


async def put_canned(call: Call) -> desk.CannedReply:
    """A canned reply as it is to be."""
    return await _put_canned(call, call.id("canned"))


async def remove_canned(call: Call) -> None:
    """It is said no more."""
    query: RevisionQuery = call.query
    await tools.remove_canned(call.ctx, call.caller, call.id("canned"), query.revision)


async def list_macros(call: Call) -> bodies.Macros:
    """Every macro."""
    return bodies.Macros(macros=[_macro(macro) for macro in await tools.macros(call.ctx)])


async def add_macro(call: Call) -> desk.Macro:
    """A new macro."""
    return await _put_macro(call, None)


async def put_macro(call: Call) -> desk.Macro:
    """A macro as it is to be."""
    return await _put_macro(call, call.id("macro"))


async def remove_macro(call: Call) -> None:
    """It is done no more."""
    query: RevisionQuery = call.query
    await tools.remove_macro(call.ctx, call.caller, call.id("macro"), query.revision)


async def list_labels(call: Call) -> bodies.Labels:
    """All labels."""
    return _labels(await tools.labels(call.ctx))


async def put_labels(call: Call) -> bodies.Labels:
    """All labels, as they are to be."""
    body: bodies.Labels = call.body
    wished = [Label(label.slug, label.name, label.color) for label in body.labels]
    return _labels(await tools.put_labels(call.ctx, call.caller, LabelList(wished, body.revision)))


async def get_brand(call: Call) -> bodies.BrandLook:
    """The marketplace's name and colour."""
    return _look(await looks.brand(call.ctx))


async def put_brand(call: Call) -> bodies.BrandLook:
    """The marketplace's name and colour, as they are to be."""
    body: bodies.BrandLook = call.body
    wished = Brand(body.name, body.color, body.revision)
    return _look(await looks.put_brand(call.ctx, call.caller, wished))


def _team(team: Team, now: int) -> bodies.TeamDetails:
    hours = team.hours
    return bodies.TeamDetails(
        id=show(team.id),
        name=team.name,
        languages=list(team.languages),
        topics=list(team.topics),
        zone=hours.zone,
        windows=[
            bodies.HoursWindow(weekday=w.weekday, opens=w.opens, minutes=w.minutes)
            for w in hours.windows
        ],
        exceptions=[
            bodies.HoursException(
                date=date.isoformat(),
                spans=[bodies.HoursSpan(opens=s.opens, minutes=s.minutes) for s in spans],
            )
            for date, spans in hours.exceptions
        ],
        first_answer_minutes=team.first_answer_minutes,
        resolution_minutes=team.resolution_minutes,
        members=[PersonView(id=show(m.id), name=m.name) for m in team.members],
        revision=team.revision,
        is_open=working.is_open(hours, now),
        next_opening=working.next_opening(hours, now),
        next_closing=working.next_closing(hours, now),
    )


def _wished(body: bodies.PutTeam, team_id: int) -> Team:
    windows = sorted(Window(w.weekday, w.opens, w.minutes) for w in body.windows)
    exceptions = sorted(
        (_date(e.date), tuple(sorted(Span(s.opens, s.minutes) for s in e.spans)))
        for e in body.exceptions
    )
    return Team(
        team_id,
        body.name,
        tuple(body.languages),
        tuple(body.topics),
        Hours(body.zone, tuple(windows), tuple(exceptions)),
        body.first_answer_minutes,
        body.resolution_minutes,
        body.revision,
    )


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Invalid("hours_date") from None


async def _put_canned(call: Call, canned_id: int | None) -> desk.CannedReply:
    body: bodies.PutCanned = call.body
    team = read(body.team_id) if body.team_id is not None else None
    is_new = canned_id is None
    wished = Canned(canned_id or 0, body.shortcut, body.title, body.texts, team, body.revision)
    return _canned(await tools.put_canned(call.ctx, call.caller, wished, is_new=is_new))


def _canned(reply: Canned) -> desk.CannedReply:
    return desk.CannedReply(
        id=show(reply.id),
        shortcut=reply.shortcut,
        title=reply.title,
        texts=dict(reply.texts),
        team_id=show(reply.team_id) if reply.team_id is not None else None,
        revision=reply.revision,
    )


async def _put_macro(call: Call, macro_id: int | None) -> desk.Macro:
    body: bodies.PutMacro = call.body
    team = read(body.team_id) if body.team_id is not None else None
    steps = tuple(Step(step.kind, step.value) for step in body.steps)
    is_new = macro_id is None
    wished = Macro(macro_id or 0, body.name, steps, team, body.revision)
    return _macro(await tools.put_macro(call.ctx, call.caller, wished, is_new=is_new))


def _macro(macro: Macro) -> desk.Macro:
    steps = [msgspec.convert(step._asdict(), desk.MacroStep) for step in macro.steps]
    return desk.Macro(
        id=show(macro.id),
        name=macro.name,
        steps=steps,
        team_id=show(macro.team_id) if macro.team_id is not None else None,
        revision=macro.revision,
    )


def _labels(found: LabelList) -> bodies.Labels:
    return bodies.Labels(
        labels=[desk.Label(slug=one.slug, name=one.name, color=one.color) for one in found.labels],
        revision=found.revision,
    )


def _look(found: Brand) -> bodies.BrandLook:
    return bodies.BrandLook(name=found.name, color=found.color, revision=found.revision)
