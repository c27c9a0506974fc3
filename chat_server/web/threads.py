"""Conversations over HTTP: what the socket offers, for those who have none, and what needs no push."""

from typing import Annotated

import msgspec
from msgspec import Meta

from chat_server.actions import messages, search, support, threads
from chat_server.actions.access import access_thread
from chat_server.actions.messages import Message, Receipt
from chat_server.actions.threads import Shelf
from chat_server.domain.errors import Invalid, NotFound
from chat_server.domain.ids import OrderId, ProductId, ThreadId, read, show
from chat_server.web.operations import Call, place_of, read_id
from chat_server.wire import bodies, views
from chat_server.wire.places import show_place
from chat_server.wire.present import thread_views
from chat_server.wire.shapes import SearchHit, Seq, ThreadView

PageSize = Annotated[int, Meta(ge=1, le=100)]


class ListQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a page begins (`next` of the page before), how long it is, and of which list."""

    before: Annotated[str, Meta(max_length=64)] = ""
    limit: PageSize = 50
    archived: bool = False


class PageQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a page begins and how long it is."""

    before: Annotated[str, Meta(max_length=64)] = ""
    limit: PageSize = 50


class HistoryQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most one of `before`, `after` and `around`; none of them is the end."""

    before: Seq | None = None
    after: Seq | None = None
    around: Seq | None = None
    limit: PageSize = 50


class SearchQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that a message must have; the last may be the beginning of one."""

    q: Annotated[str, Meta(min_length=1, max_length=200)]
    before: Annotated[str, Meta(max_length=64)] = ""
    limit: PageSize = 30


async def list_threads(call: Call) -> bodies.ThreadPage:
    """My threads, newest activity first."""
    query: ListQuery = call.query
    before = place_of(query.before)
    shelf = await threads.list_threads(
        call.ctx, call.caller, before, query.limit, archived=query.archived
    )
    return bodies.ThreadPage(threads=_views(call, shelf), next=show_place(shelf.next))


async def open_thread(call: Call) -> ThreadView:
    """The thread about a product or an order, or with support; made where there is none."""
    body: bodies.OpenThread = call.body
    if [body.product, body.order, body.support].count(None) != 2:
        raise Invalid("product_or_order")
    if body.support is not None:
        thread = await support.open_support_thread(call.ctx, call.caller, body.support)
    elif body.product is not None:
        number = _number(body.product)
        product_id = ProductId(number) if number is not None else None
        thread = await threads.open_product_thread(call.ctx, call.caller, product_id, body.product)
    else:
        order_number = _number(body.order or "")
        if order_number is None:
            order_number = await threads.order_number(call.ctx, body.order or "")
        thread = await threads.open_order_thread(call.ctx, call.caller, OrderId(order_number))
    return await _one(call, thread.id)


async def get_thread(call: Call) -> ThreadView:
    """One thread."""
    return await _one(call, ThreadId(call.id("thread")))


async def read_history(call: Call) -> bodies.EventPage:
    """A page of events, in rising order."""
    query: HistoryQuery = call.query
    if [query.before, query.after, query.around].count(None) < 2:
        raise Invalid("query")
    history = await threads.read_history(
        call.ctx,
        call.caller,
        ThreadId(call.id("thread")),
        before=query.before,
        after=query.after,
        around=query.around,
        limit=query.limit,
    )
    return bodies.EventPage(
        events=[views.event_view(event) for event in history.events],
        marks=[views.mark_view(*mark) for mark in history.marks],
        more_before=history.more_before,
        more_after=history.more_after,
    )


async def post_message(call: Call) -> bodies.Posted201:
    """Text, photos or both."""
    body: bodies.PostMessage = call.body
    photos = tuple(map(read, body.photos))
    thread_id = ThreadId(call.id("thread"))
    message = Message(thread_id, body.client_key, body.text, photos, body.reply_to, body.pick or "")
    await messages.spend(call.ctx, call.caller)
    return _receipt(await messages.post(call.ctx, call.caller, message))


async def edit_message(call: Call) -> bodies.Posted201:
    """The author's new words, within 15 minutes."""
    body: bodies.ChangeMessage = call.body
    thread_id, seq = ThreadId(call.id("thread")), call.seq
    await messages.spend(call.ctx, call.caller)
    return _receipt(
        await messages.edit(call.ctx, call.caller, thread_id, seq, body.client_key, body.text)
    )


async def withdraw_message(call: Call) -> bodies.Posted201:
    """The author takes a message back, within 24 hours."""
    thread_id, seq = ThreadId(call.id("thread")), call.seq
    return _receipt(
        await messages.withdraw(call.ctx, call.caller, thread_id, seq, call.body.client_key)
    )


async def report_message(call: Call) -> None:
    """Puts a message of another before a moderator."""
    body: bodies.ReportBody = call.body
    thread_id = ThreadId(call.id("thread"))
    await messages.report(
        call.ctx, call.caller, thread_id, call.seq, body.client_key, body.reason, body.text
    )


async def put_marks(call: Call) -> None:
    """How far I have come."""
    body: bodies.PutMarks = call.body
    thread, _ = await access_thread(call.ctx, call.caller, ThreadId(call.id("thread")))
    await threads.put_marks(call.ctx, call.caller, [(thread.id, body.delivered, body.read)])


async def put_settings(call: Call) -> ThreadView:
    """Mute and archive, for me alone."""
    body: bodies.PutThreadSettings = call.body
    shelf = await threads.change_settings(
        call.ctx, call.caller, ThreadId(call.id("thread")), muted=body.muted, archived=body.archived
    )
    return _views(call, shelf)[0]


async def put_block(call: Call) -> ThreadView:
    """Whether my side wishes to hear from the other."""
    shelf = await threads.change_block(
        call.ctx, call.caller, ThreadId(call.id("thread")), blocked=call.body.blocked
    )
    return _views(call, shelf)[0]


async def get_unread(call: Call) -> bodies.Unread:
    """Unread in what is neither muted nor archived."""
    count, in_threads = await threads.unread_total(call.ctx, call.caller)
    return bodies.Unread(messages=count, threads=in_threads)


async def search_messages(call: Call) -> bodies.SearchPage:
    """Messages of my threads that have all of these words, newest first."""
    query: SearchQuery = call.query
    found = await search.search_messages(call.ctx, call.caller, query.q, query.before, query.limit)
    shown = {view.id: view for view in _views(call, found.shelf)}
    hits = [
        SearchHit(thread=shown[show(event.thread_id)], message=views.posted_view(event))
        for event in found.events
        if show(event.thread_id) in shown
    ]
    return bodies.SearchPage(hits=hits, next=found.next)


async def _one(call: Call, thread_id: ThreadId) -> ThreadView:
    return _views(call, await threads.one_thread(call.ctx, call.caller, thread_id))[0]


def _views(call: Call, shelf: Shelf) -> list[ThreadView]:
    return thread_views(shelf.cards, shelf.orders, call.caller.person_id, call.ctx.clock.now_ms())


def _receipt(receipt: Receipt) -> bodies.Posted201:
    return bodies.Posted201(
        thread_id=show(receipt.thread_id),
        seq=receipt.seq,
        at=receipt.at,
        contacts=bool(receipt.contacts),
        text=receipt.text,
    )


def _number(text: str) -> int | None:
    try:
        return read_id(text)
    except NotFound:
        return None
