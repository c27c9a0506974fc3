"""Complaints, response figures and shops' hours as their audiences see them."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from chat_server.actions.complaining import Options
from chat_server.actions.complaints import Facts, Flagged, Shown
from chat_server.actions.response import Explanation, Reported, Talk
from chat_server.domain import holidays as days
from chat_server.domain.complaints import THEN, WAITS_FOR, Fault, Party, acts_of, may_look
from chat_server.domain.ids import show
from chat_server.domain.response import NEEDED, Figure, Opening
from chat_server.domain.shop_hours import ShopHours
from chat_server.wire import complaints as shapes
from chat_server.wire.rooms import HoursWindow
from chat_server.wire.shapes import PersonView, ShopView

REASONS: Final[Mapping[str, str]] = {
    "": "",
    Fault.NOTHING_WAITS: "answered",
    Fault.EARLY: "early",
    Fault.OPEN: "open",
    Fault.ONE_A_WEEK: "week",
}
"""Why nobody may complain now, as screens tell it."""


def hours_view(hours: ShopHours, now: int) -> shapes.ShopHours:
    """When a shop's people are there."""
    zone = hours.hours.zone
    date = days.today(zone, now)
    return shapes.ShopHours(
        zone=zone,
        windows=[
            HoursWindow(weekday=one.weekday, opens=one.opens, minutes=one.minutes)
            for one in hours.hours.windows
        ],
        holidays=[
            shapes.Holiday(first=one.first.isoformat(), last=one.last.isoformat())
            for one in hours.holidays
            if one.ends > now
        ],
        auto_reply=hours.auto_reply,
        revision=hours.revision,
        days_left=days.days_left(hours.holidays, date),
        away_until=days.away(hours.holidays, now).until,
    )


def figure_view(figure: Figure) -> shapes.ResponseFigure:
    """How a shop answers."""
    return shapes.ResponseFigure(
        per_mille=figure.per_mille, median_ms=figure.median_ms, counted=figure.counted
    )


def explained(found: Explanation) -> shapes.ResponseExplained:
    """Where a shop's figure comes from."""
    standing = found.standing
    return shapes.ResponseExplained(
        figure=figure_view(standing.figure),
        basis=standing.basis.value,
        needed=NEEDED,
        openings=list(_openings(standing.openings, found.talks)),
        flagged_until=found.flag.until if found.flag is not None else None,
    )


def _openings(
    found: Iterable[Opening], talks: Mapping[int, Talk]
) -> Iterable[shapes.CountedOpening]:
    for one in found:
        talk = talks[one.thread_id]
        yield shapes.CountedOpening(
            thread_id=show(one.thread_id),
            seq=one.seq,
            at=one.at,
            about=talk.about,
            buyer=PersonView(id=show(talk.buyer_id), name=talk.buyer_name),
            fate=one.fate.value,
            answered_at=one.answered_at,
            took_ms=one.took_ms,
            due_at=one.due_at if one.fate.value == "waiting" else None,
        )


def options_view(found: Options, shop_name: str, now: int) -> shapes.ComplaintOptions:
    """Whether a buyer may complain now."""
    assert found.thread.shop_id is not None
    return msgspec.convert(
        {
            "thread_id": show(found.thread.id),
            "shop": ShopView(id=show(found.thread.shop_id), name=shop_name),
            "allowed": not found.fault,
            "reason": REASONS[found.fault],
            "allowed_from": found.allowed_from,
            "complaint_id": show(found.complaint_id) if found.complaint_id is not None else None,
            "messages": _messages(found.facts),
            "waited_ms": found.facts.waited_ms,
            "response": figure_view(found.facts.figure),
            "hours": hours_view(found.hours, now),
        },
        shapes.ComplaintOptions,
    )


def complaint_view(shown: Shown, by: Party, now: int) -> shapes.ComplaintView:
    """A complaint as one of its parties, or a mediator, sees it."""
    complaint = shown.stored.complaint
    waits_for = WAITS_FOR.get(complaint.state)
    return msgspec.convert(
        {
            "id": show(complaint.id),
            "thread_id": show(complaint.thread_id),
            "state": complaint.state.value,
            "revision": complaint.revision,
            "my_side": by.value,
            "buyer": PersonView(id=show(complaint.buyer_id), name=shown.stored.buyer_name),
            "shop": ShopView(id=show(complaint.shop_id), name=shown.stored.shop_name),
            "about": shown.stored.about,
            "opened_at": complaint.opened_at,
            "text": complaint.text,
            "messages": _messages(shown.facts),
            "waited_ms": shown.facts.waited_ms,
            "response": figure_view(shown.facts.figure),
            "acts": [act.value for act in acts_of(complaint, by, now)],
            "hours": hours_view(shown.hours, now),
            "waits_for": waits_for.value if waits_for is not None else None,
            "due_at": complaint.due_at,
            "then": THEN.get(complaint.state, ""),
            "answer": complaint.answer,
            "answered_at": complaint.answered_at,
            "not_solved": complaint.not_solved,
            "decision": complaint.decision,
            "closed_at": complaint.closed_at,
            "may_look": by is Party.MEDIATOR and may_look(complaint, now),
        },
        shapes.ComplaintView,
    )


def _messages(facts: Facts) -> list[shapes.UnansweredMessage]:
    return [
        shapes.UnansweredMessage(seq=one.seq, at=one.at, text=one.text, photos=one.photos)
        for one in facts.messages
    ]


def flagged_view(flagged: Flagged) -> shapes.FlaggedShop:
    """A shop on which complaints weigh."""
    return shapes.FlaggedShop(
        shop=ShopView(id=show(flagged.shop_id), name=flagged.shop_name),
        upheld=flagged.flag.upheld,
        since=flagged.flag.since,
        until=flagged.flag.until,
        response=figure_view(flagged.figure),
    )


def reported_view(one: Reported) -> shapes.ReportedMessage:
    """A buyer's message that was reported."""
    return shapes.ReportedMessage(
        report_id=show(one.id),
        thread_id=show(one.thread_id),
        seq=one.seq,
        text=one.text,
        at=one.at,
        buyer=PersonView(id=show(one.buyer_id), name=one.buyer_name),
        shop=ShopView(id=show(one.shop_id), name=one.shop_name),
        reporter=PersonView(id=show(one.reporter_id), name=one.reporter_name),
        reason=one.reason,
        words=one.words,
        reported_at=one.reported_at,
        spam=None if one.spam is None else bool(one.spam),
    )
