"""The support desk over HTTP: lists, one thread with all that belongs to it, and what is done with it."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from chat_server.actions import desk as deeds
from chat_server.actions import desk_lists, notes, search, threads
from chat_server.actions.desk_lists import Wanted
from chat_server.actions.threads import Place
from chat_server.domain.desk import DeskCard
from chat_server.domain.errors import NotFound
from chat_server.domain.ids import PersonId, ThreadId, read, show
from chat_server.domain.people import Role
from chat_server.web import rooms
from chat_server.web.operations import Call
from chat_server.web.threads import PageSize
from chat_server.wire import desk as shapes
from chat_server.wire import desk_views as shown
from chat_server.wire.places import read_place, show_place
from chat_server.wire.present import thread_views
from chat_server.wire.shapes import Id, Seq, ThreadView
from chat_server.wire.views import order_view, posted_view


class DeskQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which list, what of it, and where its page begins (`next` of the page before)."""

    list: shapes.DeskList = "mine"
    team: Id | Literal[""] = ""
    agent: Id | Literal[""] = ""
    label: shapes.Slug | Literal[""] = ""
    priority: shapes.Priority | None = None
    before: Annotated[str, Meta(max_length=64)] = ""
    limit: PageSize = 50


class NotesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest note that is known."""

    after: Seq = 0


async def start(call: Call) -> shapes.DeskStart:
    """All that the console needs before its first list."""
    found = await desk_lists.numbers(call.ctx)
    counts = shown.desk_counts(*found)
    me = next((agent for agent in counts.agents if agent.id == show(call.caller.person_id)), None)
    if me is None:
        raise NotFound
    teams = [
        shapes.Team(id=show(team.id), name=team.name, zone=team.hours.zone)
        for team in found.teams.values()
    ]
    mine = {show(team_id) for team_id in call.caller.teams}
    supervises = call.caller.role is Role.SUPERVISOR
    return shapes.DeskStart(
        me=me,
        teams=teams if supervises else [team for team in teams if team.id in mine],
        all_teams=teams,
        counts=_mine(call, counts),
        labels=(await rooms.list_labels(call)).labels,
        canned=(await rooms.list_canned(call)).canned,
        macros=(await rooms.list_macros(call)).macros,
        now=found.now,
    )


async def get_counts(call: Call) -> shapes.DeskCounts:
    """The numbers beside the lists."""
    return _mine(call, shown.desk_counts(*await desk_lists.numbers(call.ctx)))


def _mine(call: Call, counts: shapes.DeskCounts) -> shapes.DeskCounts:
    supervises = call.caller.role is Role.SUPERVISOR
    return shown.of_teams(counts, None if supervises else call.caller.teams)


async def put_availability(call: Call) -> shapes.AgentLoad:
    """Whether I wish to be given threads."""
    await deeds.set_availability(call.ctx, call.caller, call.body.availability)
    counts = shown.desk_counts(*await desk_lists.numbers(call.ctx))
    return next(agent for agent in counts.agents if agent.id == show(call.caller.person_id))


async def list_threads(call: Call) -> shapes.DeskPage:
    """A page of a list."""
    query: DeskQuery = call.query
    wanted = Wanted(
        query.list,
        read(query.team) if query.team else None,
        read(query.agent) if query.agent else None,
        query.label,
        query.priority,
    )
    place = read_place(query.before, below_zero=True)
    before = Place(*place) if place is not None else None
    page = await desk_lists.page(call.ctx, call.caller, wanted, before, query.limit)
    return shapes.DeskPage(
        threads=[shown.desk_thread(card) for card in page.cards], next=show_place(page.next)
    )


async def get_thread(call: Call) -> shapes.DeskThread:
    """One thread; that I looked at it is kept."""
    return shown.desk_thread(await desk_lists.look_at(call.ctx, call.caller, _thread(call)))


async def get_view(call: Call) -> ThreadView:
    """One thread as its parties hold it."""
    shelf = await threads.one_thread(call.ctx, call.caller, _thread(call))
    now = call.ctx.clock.now_ms()
    return thread_views(shelf.cards, shelf.orders, call.caller.person_id, now)[0]


async def get_context(call: Call) -> shapes.DeskContext:
    """What I want to know beside a thread."""
    found = await desk_lists.background(call.ctx, call.caller, _thread(call))
    return shapes.DeskContext(
        customer=shown.customer_view(found.customer),
        email=found.email,
        orders=[order_view(*order, call.caller.person_id) for order in found.orders],
        threads=[shown.desk_thread(card) for card in found.threads],
        attempts=[shown.attempt_view(a, found.questions) for a in found.attempts],
        episodes=[shown.episode_view(episode) for episode in found.episodes],
    )


async def list_notes(call: Call) -> shapes.DeskNotes:
    """Private notes of a thread."""
    found = await notes.read(call.ctx, call.caller, _thread(call), call.query.after)
    return shapes.DeskNotes(notes=[shown.note_view(note) for note in found])


async def post_note(call: Call) -> shapes.Note:
    """A private note."""
    body: shapes.PostNote = call.body
    mentions = [read(mention) for mention in body.mentions]
    note = await notes.write(
        call.ctx, call.caller, _thread(call), body.client_key, body.text, mentions
    )
    return shown.note_view(note)


Deed = Callable[[Call, ThreadId, Any], Awaitable[None]]

_MOVES: Final[dict[type, Deed]] = {
    shapes.Claim: lambda c, t, b: deeds.claim(c.ctx, c.caller, t, b.revision),
    shapes.Assign: lambda c, t, b: deeds.assign(
        c.ctx, c.caller, t, b.revision, PersonId(read(b.agent)), b.team and read(b.team), b.note
    ),
    shapes.Transfer: lambda c, t, b: deeds.transfer(
        c.ctx, c.caller, t, b.revision, read(b.team), b.note
    ),
    shapes.GiveBack: lambda c, t, b: deeds.give_back(c.ctx, c.caller, t, b.revision, b.note),
    shapes.Snooze: lambda c, t, b: deeds.snooze(c.ctx, c.caller, t, b.revision, b.until),
    shapes.Wake: lambda c, t, b: deeds.wake(c.ctx, c.caller, t, b.revision),
    shapes.Resolve: lambda c, t, b: deeds.resolve(c.ctx, c.caller, t, b.revision, b.seen),
    shapes.Reopen: lambda c, t, b: deeds.reopen(c.ctx, c.caller, t, b.revision),
}


async def move(call: Call) -> shapes.DeskThread:
    """Takes, gives, puts aside or ends a thread, as it stood when I looked."""
    thread_id = _thread(call)
    await _MOVES[type(call.body)](call, thread_id, call.body)
    return await _row(call, thread_id)


async def patch_thread(call: Call) -> shapes.DeskThread:
    """Priority and labels."""
    body: shapes.PatchThread = call.body
    thread_id = _thread(call)
    await deeds.mark(call.ctx, call.caller, thread_id, body.revision, body.priority, body.labels)
    return await _row(call, thread_id)


async def search_desk(call: Call) -> shapes.DeskHits:
    """Messages of my teams' threads."""
    query = call.query
    found = await search.search_messages(call.ctx, call.caller, query.q, query.before, query.limit)
    ids = list(dict.fromkeys(event.thread_id for event in found.events))
    await deeds.searched(call.ctx, call.caller, len(found.events))
    cards = await desk_lists.cards_of(call.ctx, call.caller.person_id, ids)
    by_id: dict[int, DeskCard] = {card.id: card for card in cards}
    return shapes.DeskHits(
        hits=[
            shapes.DeskHit(
                thread=shown.desk_thread(by_id[event.thread_id]), message=posted_view(event)
            )
            for event in found.events
        ],
        next=found.next,
    )


async def _row(call: Call, thread_id: ThreadId) -> shapes.DeskThread:
    """A thread after what was done to it; it may have left my teams, and is shown all the same."""
    cards = await desk_lists.cards_of(call.ctx, call.caller.person_id, [thread_id])
    return shown.desk_thread(cards[0])


def _thread(call: Call) -> ThreadId:
    return ThreadId(call.id("thread"))
