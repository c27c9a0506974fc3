"""Reports, their tables and the log of deeds over HTTP, and what customers say of an episode."""

import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta
from starlette.responses import Response

from chat_server.actions import reports, trail
from chat_server.actions.report_tables import Names
from chat_server.domain import reports as figures
from chat_server.domain.audit import Action
from chat_server.domain.episodes import Episode
from chat_server.domain.ids import ThreadId, show
from chat_server.web.operations import Call, read_id
from chat_server.wire import bodies
from chat_server.wire import reports as wire
from chat_server.wire.desk import Team
from chat_server.wire.shapes import PersonView

ACTIONS: Final = [action.value for action in Action]


class ReportQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which days, both included, of which team and language; empty takes all."""

    first: datetime.date = msgspec.field(name="from")
    last: datetime.date = msgspec.field(name="to")
    team: Annotated[str, Meta(max_length=16)] = ""
    language: Annotated[str, Meta(max_length=20)] = ""


class ExportQuery(ReportQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The same, and which table."""

    kind: wire.ReportTable


class AuditQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which deeds: of a thread, a person, a kind, and older than one; empty takes all."""

    thread: Annotated[str, Meta(max_length=16)] = ""
    actor: Annotated[str, Meta(max_length=16)] = ""
    action: Annotated[str, Meta(max_length=40)] = ""
    before: Annotated[str, Meta(max_length=16)] = ""


async def put_csat(call: Call) -> None:
    """What the customer says of an episode that is over."""
    body: bodies.RateSupport = call.body
    thread_id = ThreadId(call.id("thread"))
    await reports.rate(call.ctx, call.caller, thread_id, body.score, body.comment)


async def get_report(call: Call) -> wire.DeskReport:
    """All figures of some days."""
    told = await reports.tell(call.ctx, _wish(call.query))
    report, people = told.report, told.names.people
    return wire.DeskReport(
        zone=told.zone,
        teams=[Team(id=show(t.id), name=t.name, zone=t.hours.zone) for t in told.teams],
        languages=told.languages,
        total=_line(report.total),
        days=[
            wire.ReportDay(date=date.isoformat(), line=_line(line)) for date, line in report.days
        ],
        hours=[list(row) for row in report.hours],
        agents=[
            wire.ReportAgent(
                agent=PersonView(id=show(id), name=people.get(id, "")), line=_line(line)
            )
            for id, line in report.agents
        ],
        talks=told.talks.talks,
        reached=told.talks.reached,
        first_level=wire.KeptLevel(kept=report.first_level.kept, broken=report.first_level.broken),
        resolution_level=wire.KeptLevel(
            kept=report.resolution_level.kept, broken=report.resolution_level.broken
        ),
        breaches=[_breach(breach, told.names) for breach in report.breaches],
        comments=[_comment(e, told.names) for e in report.comments],
    )


async def export_report(call: Call) -> Response:
    """One table of the figures as CSV."""
    query: ExportQuery = call.query
    text = await reports.export(call.ctx, call.caller, _wish(query), query.kind)
    name = f"{query.kind}_{query.first.isoformat()}_{query.last.isoformat()}.csv"
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{name}"',
    }
    return Response(text.encode(), 200, headers, "text/csv; charset=utf-8")


async def list_deeds(call: Call) -> wire.AuditPage:
    """What people who work here did and looked at, newest first."""
    query: AuditQuery = call.query
    search = trail.Search(_id(query.thread), _id(query.actor), query.action, _id(query.before))
    found = await trail.deeds(call.ctx, search)
    return wire.AuditPage(
        entries=[
            wire.AuditEntry(
                id=show(deed.id),
                at=deed.at,
                action=deed.action,
                details=found.facts(deed),
                actor=_person(deed.actor_id, deed.actor_name or ""),
                thread_id=show(deed.thread_id) if deed.thread_id is not None else None,
            )
            for deed in found.deeds
        ],
        actions=ACTIONS,
        people=[PersonView(id=show(id), name=name) for id, name in found.people.items()],
        next=show(found.deeds[-1].id) if found.more else "",
    )


def _wish(query: ReportQuery) -> reports.Wish:
    return reports.Wish(query.first, query.last, _id(query.team), query.language)


def _id(text: str) -> int | None:
    return read_id(text) if text else None


def _person(id: int | None, name: str) -> PersonView | None:
    return PersonView(id=show(id), name=name) if id is not None else None


def _agent(e: Episode, names: Names) -> PersonView | None:
    return _person(e.agent_id, names.people.get(e.agent_id or 0, ""))


def _spread(spread: figures.Spread) -> wire.Spread:
    return wire.Spread(
        count=spread.measured,
        median=spread.median,
        p90=spread.p90,
        worked_median=spread.worked_median,
        worked_p90=spread.worked_p90,
    )


def _line(line: figures.Line) -> wire.ReportLine:
    score = line.score
    return wire.ReportLine(
        asked=line.asked,
        answered=line.answered,
        resolved=line.resolved,
        transfers=line.transfers,
        first=_spread(line.first),
        resolution=_spread(line.resolution),
        wait=_spread(line.wait),
        score=wire.ScoreFigures(counts=list(score.counts), rated=score.rated, mean=score.mean),
    )


def _breach(breach: figures.Breach, names: Names) -> wire.BrokenPromise:
    return msgspec.convert(
        {
            "thread_id": show(breach.episode.thread_id),
            "number": breach.episode.number,
            "what": breach.what,
            "team_id": show(breach.episode.team_id),
            "due": breach.due,
            "late": breach.late,
            "agent": _agent(breach.episode, names),
            "done_at": breach.done_at,
        },
        wire.BrokenPromise,
    )


def _comment(e: Episode, names: Names) -> wire.ReportComment:
    return wire.ReportComment(
        thread_id=show(e.thread_id),
        number=e.number,
        at=e.rated_at or 0,
        score=e.csat or 0,
        text=e.comment,
        language=e.language,
        agent=_agent(e, names),
    )
