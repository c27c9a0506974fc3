"""Notices over HTTP: what I was told, and that I have seen it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chat_server.actions import notices
from chat_server.domain.ids import read, show
from chat_server.domain.notices import Side
from chat_server.web.operations import Call
from chat_server.wire.notice_views import notice_view
from chat_server.wire.notices import NoticePage, ReadNotices
from chat_server.wire.shapes import Id


class NoticesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """My own affairs or those of my shops, and where the page begins."""

    side: Literal["mine", "shops"] = "mine"
    before: Annotated[Id | None, Meta(description="`next` of the page before.")] = None


async def list_notices(call: Call) -> NoticePage:
    """What I was told, newest first."""
    query: NoticesQuery = call.query
    before = read(query.before) if query.before is not None else None
    page = await notices.notices_of(call.ctx, call.caller, Side(query.side), before)
    return NoticePage(
        notices=[notice_view(row) for row in page.notices],
        unread=page.unread,
        next=show(page.next) if page.next is not None else "",
    )


async def read_notices(call: Call) -> None:
    """I have seen all of one side up to a notice."""
    body: ReadNotices = call.body
    await notices.read(call.ctx, call.caller, Side(body.side), read(body.until))
