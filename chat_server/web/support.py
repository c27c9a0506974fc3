"""Visitors, what they and buyers say of the bot's answers, and the FAQ while somebody types."""

from typing import Annotated

import msgspec
from msgspec import Meta

from chat_server.actions import mails, support, threads, visitors
from chat_server.actions.faq import Link
from chat_server.domain.ids import ThreadId, show
from chat_server.i18n import nearest
from chat_server.web import auth
from chat_server.web.operations import Call
from chat_server.wire import bodies
from chat_server.wire.present import thread_views
from chat_server.wire.shapes import PersonView, ThreadView


class LocaleQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which language."""

    locale: Annotated[str, Meta(max_length=20)] = ""


class StatusQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of which support, and who reads it where."""

    topic: bodies.Topic = "help"
    locale: Annotated[str, Meta(max_length=20)] = ""
    zone: Annotated[str, Meta(max_length=64)] = ""


class TypedQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has been typed so far, and in which language the questions are wanted."""

    q: Annotated[str, Meta(min_length=1, max_length=200)]
    locale: Annotated[str, Meta(max_length=20)] = ""


async def welcome_visitor(call: Call) -> bodies.Visitor:
    """Somebody who is not signed in."""
    address = auth.address_of(call.request)
    newcomer = await visitors.welcome_visitor(call.ctx, address, call.body.locale, call.body.zone)
    person = PersonView(id=show(newcomer.id), name="")
    return bodies.Visitor(token=newcomer.token, person=person)


async def merge_visitor(call: Call) -> ThreadView:
    """A visitor's conversation becomes the buyer's."""
    thread_id = await visitors.merge(call.ctx, call.caller, call.body.token, call.merge)
    shelf = await threads.one_thread(call.ctx, call.caller, thread_id)
    person, now = call.caller.person_id, call.ctx.clock.now_ms()
    return thread_views(shelf.cards, shelf.orders, person, now)[0]


async def put_feedback(call: Call) -> None:
    """Whether an answer helped."""
    thread_id = ThreadId(call.id("thread"))
    await support.rate(call.ctx, call.caller, thread_id, call.seq, helpful=call.body.helpful)


async def suggest(call: Call) -> bodies.FaqLinks:
    """Questions for who has not asked anything yet."""
    return _links(await support.suggested(call.ctx, _language(call)))


async def type_ahead(call: Call) -> bodies.FaqLinks:
    """Questions that begin to be typed."""
    return _links(await support.typed(call.ctx, call.query.q, _language(call)))


async def get_status(call: Call) -> bodies.SupportStatus:
    """Whether people answer now; said for who reads it, in his language and zone."""
    query: StatusQuery = call.query
    found = await support.status(call.ctx, query.topic, _language(call), query.zone)
    return bodies.SupportStatus(
        open=found.open,
        text=found.text,
        bot=call.ctx.settings.bot,
        mail=mails.can_mail(call.ctx),
        next_opening=found.next_opening,
        next_closing=found.next_closing,
    )


def _language(call: Call) -> str:
    return nearest((call.query.locale or call.ctx.settings.default_locale,))


def _links(links: list[Link]) -> bodies.FaqLinks:
    return bodies.FaqLinks(
        links=[bodies.FaqLink(entry=link.id, question=link.question) for link in links]
    )
