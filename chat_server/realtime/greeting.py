"""What a client is told when it comes (back): its threads, and all that it missed, in one frame."""

from typing import Final

import msgspec

from chat_server.actions import threads
from chat_server.actions.context import Context
from chat_server.actions.notices import unread_of
from chat_server.actions.sessions import shops_of
from chat_server.actions.threads import Shelf
from chat_server.domain.events import Event as StoredEvent
from chat_server.domain.ids import read, show
from chat_server.domain.messages import (
    EDIT_WINDOW_MS,
    MAX_PHOTO_BYTES,
    MAX_PHOTOS,
    MAX_TEXT,
    WITHDRAW_WINDOW_MS,
)
from chat_server.domain.people import Actor, Person
from chat_server.domain.threads import ThreadCard
from chat_server.wire import views
from chat_server.wire.frames import Hello, Limits, Welcome
from chat_server.wire.places import show_place
from chat_server.wire.present import thread_views
from chat_server.wire.shapes import Event, PersonView, ShopView, ThreadSync

FIRST_PAGE: Final = 50

LIMITS: Final = Limits(MAX_TEXT, MAX_PHOTOS, MAX_PHOTO_BYTES, EDIT_WINDOW_MS, WITHDRAW_WINDOW_MS)


async def welcome(ctx: Context, actor: Actor, person: Person, hello: Hello) -> Welcome:
    """The first page of threads, and what was missed in those that the client holds."""
    same = hello.epoch == ctx.store.epoch
    known = [(read(k.thread_id), k.seq) for k in hello.known] if same else []
    shelf = await threads.list_threads(ctx, actor, None, FIRST_PAGE)
    listed = {card.id for card in shelf.cards}
    rest = await threads.shelf_of(ctx, actor, [t for t, _ in known if t not in listed])
    cards: dict[int, ThreadCard] = {card.id: card for card in (*shelf.cards, *rest.cards)}
    behind = [(t, seq) for t, seq in known if t in cards and seq < cards[t].last_seq]
    missed = await threads.missed_events(ctx, actor, behind, set(cards))
    now = ctx.clock.now_ms()
    shown = thread_views(
        list(cards.values()), {**shelf.orders, **rest.orders}, actor.person_id, now
    )
    by_id = {view.id: view for view in shown}
    notices = await unread_of(ctx, actor.person_id)
    return Welcome(
        id=hello.id,
        epoch=ctx.store.epoch,
        now=now,
        me=PersonView(id=show(person.id), name=person.name),
        limits=LIMITS,
        threads=[by_id[show(card.id)] for card in shelf.cards],
        sync=[
            ThreadSync(
                thread=by_id[show(thread)],
                events=_until(cards[thread].last_seq, missed.events.get(thread, [])),
                reset=thread in missed.reset,
            )
            for thread, _ in known
            if thread in cards and (thread in missed.events or thread not in listed)
        ],
        gone=[show(thread) for thread, _ in known if thread not in cards],
        reload=bool(hello.epoch) and not same,
        next=show_place(shelf.next),
        shops=[ShopView(id=show(s.id), name=s.name) for s in await shops_of(ctx, actor.person_id)],
        unread=await _unread(ctx, actor, shelf),
        notices=notices.mine,
        shop_notices=notices.shops,
        expires_at=actor.expires_at_ms,
    )


def _until(last_seq: int, events: list[StoredEvent]) -> list[Event]:
    """Events up to where the thread's counts stand; newer ones, read a moment later, come as pushes."""
    older = [event for event in events if event.seq <= last_seq]
    return [views.event_view(event) for event in older or events]


async def _unread(ctx: Context, actor: Actor, shelf: Shelf) -> int:
    """Of a list that is complete, the sum of what it shows; else it is counted."""
    if shelf.next is None:
        return sum(card.unread for card in shelf.cards if not card.muted)
    unread, _ = await threads.unread_total(ctx, actor)
    return unread


def covered(frame: Welcome) -> dict[str, int]:
    """How far the welcome itself has told each thread."""
    told = {view.id: view.last_seq for view in frame.threads}
    for sync in frame.sync:
        # The events were read after the thread: there may be newer ones among them.
        newest = sync.events[-1].seq if sync.events else 0
        told[sync.thread.id] = max(sync.thread.last_seq, newest)
    return told


class _Seq(msgspec.Struct):
    seq: int


class _Push(msgspec.Struct):
    t: str
    thread_id: str = ""
    event: _Seq | None = None


_peek: Final = msgspec.json.Decoder(_Push).decode


def is_covered(frame: bytes, told: dict[str, int]) -> bool:
    """Whether a held push of an event was told by the welcome already."""
    push = _peek(frame[frame.index(b"{") :])
    return push.event is not None and push.event.seq <= told.get(push.thread_id, 0)
