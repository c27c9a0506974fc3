"""Complaints that a seller does not answer, how fast shops answer, and their hours, over HTTP."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chat_server.actions import complaining, complaints, response, shop_hours
from chat_server.actions.complaints import Shown
from chat_server.actions.shop_hours import Wanted
from chat_server.actions.threads import Place
from chat_server.domain.complaints import Act, Party
from chat_server.domain.errors import WrongState
from chat_server.domain.hours import Hours, Window
from chat_server.domain.ids import ShopId, ThreadId
from chat_server.web import complaint_views
from chat_server.web.errors import Overtaken
from chat_server.web.operations import Call, place_of
from chat_server.wire import bodies, views
from chat_server.wire import complaints as shapes
from chat_server.wire.places import show_place


class PageQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a page begins: `next` of the page before."""

    before: Annotated[str, Meta(max_length=64)] = ""


class QueueQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which complaints, and where the page begins."""

    show: Literal["review", "open", "decided"] = "review"
    before: Annotated[str, Meta(max_length=64)] = ""


class EventsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Events of a conversation, from a place on."""

    after: Annotated[int, Meta(ge=0, le=2**53 - 1)] = 0
    limit: Annotated[int, Meta(ge=1, le=200)] = 100


async def options(call: Call) -> shapes.ComplaintOptions:
    """Whether I may complain that nobody answers here."""
    thread_id = ThreadId(call.id("thread"))
    found = await complaining.options(call.ctx, call.caller, thread_id)
    shop_name, _ = await complaining.names_of(call.ctx, thread_id)
    return complaint_views.options_view(found, shop_name, call.ctx.clock.now_ms())


async def open_complaint(call: Call) -> shapes.ComplaintView:
    """Complains that nobody answers here."""
    body: shapes.OpenComplaint = call.body
    complaint_id = await complaining.open_complaint(
        call.ctx, call.caller, ThreadId(call.id("thread")), body.client_key, body.text
    )
    return await _one(call, complaint_id)


async def mine(call: Call) -> shapes.ComplaintPage:
    """What I complained about: open ones first."""
    found, after = await complaints.of_buyer(call.ctx, call.caller, place_of(call.query.before))
    return _page(call, found, Party.BUYER, after)


async def of_shop(call: Call) -> shapes.ComplaintPage:
    """Complaints about my shop: what is due first."""
    shop_id = ShopId(call.id("shop"))
    place = place_of(call.query.before)
    found, after = await complaints.of_shop(call.ctx, call.caller, shop_id, place)
    return _page(call, found, Party.SELLER, after)


async def get_complaint(call: Call) -> shapes.ComplaintView:
    """One complaint."""
    return await _one(call, call.id("complaint"))


async def move(call: Call) -> shapes.ComplaintView:
    """One step of mine in it."""
    body: shapes.MoveComplaint = call.body
    complaint_id, act = call.id("complaint"), Act(body.act)
    try:
        await complaining.move(
            call.ctx, call.caller, complaint_id, body.client_key, act, body.revision, body.text
        )
    except WrongState as refusal:
        raise Overtaken(refusal, complaint=await _one(call, complaint_id)) from None
    return await _one(call, complaint_id)


async def explain(call: Call) -> shapes.ResponseExplained:
    """Where my shop's figure comes from."""
    shop_id = ShopId(call.id("shop"))
    return complaint_views.explained(await response.explained(call.ctx, call.caller, shop_id))


async def get_hours(call: Call) -> shapes.ShopHours:
    """When my shop's people are there."""
    found = await shop_hours.own_hours(call.ctx, call.caller, ShopId(call.id("shop")))
    return complaint_views.hours_view(found, call.ctx.clock.now_ms())


async def put_hours(call: Call) -> shapes.ShopHours:
    """When they are to be."""
    body: shapes.PutShopHours = call.body
    windows = sorted(Window(one.weekday, one.opens, one.minutes) for one in body.windows)
    wanted = Wanted(
        Hours(body.zone, tuple(windows)),
        shop_hours.wishes((one.first, one.last) for one in body.holidays),
        body.auto_reply,
        body.revision,
    )
    shop_id = ShopId(call.id("shop"))
    found = await shop_hours.put_hours(call.ctx, call.caller, shop_id, wanted)
    return complaint_views.hours_view(found, call.ctx.clock.now_ms())


# Mediators.


async def queue(call: Call) -> shapes.ComplaintQueue:
    """Complaints that wait for a decision, are with the parties, or were decided."""
    query: QueueQuery = call.query
    found, counts, after = await complaints.queue(
        call.ctx, call.caller, query.show, place_of(query.before)
    )
    page = _page(call, found, Party.MEDIATOR, after)
    return shapes.ComplaintQueue(
        complaints=page.complaints,
        counts=counts._asdict(),
        now=call.ctx.clock.now_ms(),
        next=page.next,
    )


async def thread_events(call: Call) -> bodies.EventPage:
    """The conversation that is complained about."""
    query: EventsQuery = call.query
    found = await complaints.read_thread(
        call.ctx, call.caller, call.id("complaint"), query.after, query.limit + 1
    )
    return bodies.EventPage(
        events=[views.event_view(event) for event in found[: query.limit]],
        marks=[],
        more_before=query.after > 0,
        more_after=len(found) > query.limit,
    )


async def flagged(call: Call) -> shapes.FlaggedShops:
    """Shops on which complaints weigh."""
    found = await complaints.flagged_shops(call.ctx, call.caller)
    return shapes.FlaggedShops(shops=[complaint_views.flagged_view(one) for one in found])


async def reported(call: Call) -> shapes.ReportedMessages:
    """Buyers' messages that were reported."""
    found = await response.reported(call.ctx, call.caller)
    return shapes.ReportedMessages(reports=[complaint_views.reported_view(one) for one in found])


async def settle_report(call: Call) -> None:
    """Whether one is spam."""
    report_id = call.id("report")
    await response.settle_report(call.ctx, call.caller, report_id, spam=call.body.spam)


async def _one(call: Call, complaint_id: int) -> shapes.ComplaintView:
    shown, by = await complaints.one(call.ctx, call.caller, complaint_id)
    return complaint_views.complaint_view(shown, by, call.ctx.clock.now_ms())


def _page(call: Call, found: list[Shown], by: Party, after: Place | None) -> shapes.ComplaintPage:
    now = call.ctx.clock.now_ms()
    return shapes.ComplaintPage(
        complaints=[complaint_views.complaint_view(shown, by, now) for shown in found],
        next=show_place(after),
    )
