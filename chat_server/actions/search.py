"""Searching one's own threads, and keeping the index behind the events; how words are cut is `domain.search`.

The index follows the events in quiet moments. A search looks through it and through what it has not
taken in yet, so that what it finds never depends on how far the index has come.
"""

from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.actions.threads import Shelf, shelf_of
from chat_server.domain import search
from chat_server.domain.errors import Invalid
from chat_server.domain.events import Event
from chat_server.domain.people import STAFF, Actor
from chat_server.domain.threads import EventKind, desk_reach
from chat_server.ports import ANY, Commit, Conflict, Cursor, Query, Statement, Value

RELAY: Final = "search"
BATCH: Final = 500


class Found(NamedTuple):
    """Messages, newest first, and the threads that they stand in."""

    events: list[Event]
    shelf: Shelf
    next: str


class _Hit(NamedTuple):
    position: int
    event: Event


_SEARCH: Final = Query("search_messages", lambda position, *event: _Hit(position, Event(*event)))
_UNINDEXED: Final = Query(
    "unindexed_messages", lambda position, *event: _Hit(position, Event(*event))
)
_CURSOR: Final = Query("cursor_of", lambda major, minor: (int(major), int(minor)), light=True)


async def search_messages(ctx: Context, actor: Actor, text: str, before: str, limit: int) -> Found:
    """Messages of this person's threads that have all of these words. Raises Invalid (`before`, `no_words`)."""
    words = search.query_of(text)
    if not words:
        raise Invalid("no_words")
    if before and not (before.isascii() and before.isdigit() and len(before) < 19):
        raise Invalid("before")
    bound = int(before) if before else 2**62
    fresh = await _unindexed(ctx, actor, bound)
    owners = _owners(actor)
    indexed = await ctx.store.all(
        _SEARCH,
        match=ctx.store.match_expression([owners, *words]),
        me=actor.person_id,
        desk=desk_reach(actor),
        before=bound,
        limit=limit + 1,
    )
    found = {
        hit.position: hit for hit in (*indexed, *fresh) if search.has_words(hit.event.text, words)
    }
    hits = sorted(found.values(), reverse=True)
    more = len(hits) > limit or len(indexed) > limit
    last = (hits[:limit] or indexed)[-1].position if more else 0
    events = [hit.event for hit in hits[:limit]]
    shelf = await shelf_of(ctx, actor, dict.fromkeys(event.thread_id for event in events))
    return Found(events, shelf, str(last) if more else "")


async def _unindexed(ctx: Context, actor: Actor, before: int) -> list[_Hit]:
    cursor = await ctx.store.one(_CURSOR, name=RELAY) or (0, 0)
    place = {"major": cursor[0], "minor": cursor[1]}
    reach = {"me": actor.person_id, "desk": desk_reach(actor)}
    return await ctx.store.all(_UNINDEXED, before=before, **reach, **place)


def _owners(actor: Actor) -> list[str]:
    if actor.role in STAFF:
        return [search.DESK_WORD]
    return [search.customer_token(actor.person_id), *map(search.shop_token, sorted(actor.shops))]


async def index_messages(ctx: Context) -> int:
    """Brings the index up to the newest event, one batch; how many events were looked at.

    The words and the cursor are one write: of two nodes that do the same, one loses and reads on.
    """
    await ctx.store.commit(Commit([Statement("add_cursor", {"name": RELAY}, ANY)]))
    cursor = await ctx.store.one(_CURSOR, name=RELAY)
    assert cursor is not None
    events, end = await ctx.store.events_after(cursor, BATCH)
    if not events:
        return 0
    try:
        await ctx.store.commit(Commit([_move(cursor, end), *_indexing(events)]))
    except Conflict:
        return 0
    return len(events)


def _move(cursor: Cursor, end: Cursor) -> Statement:
    places: dict[str, Value] = {
        "name": RELAY,
        "from_major": cursor[0],
        "from_minor": cursor[1],
        "major": end[0],
        "minor": end[1],
    }
    return Statement("move_cursor", places)


def _indexing(events: list[Event]) -> list[Statement]:
    statements = []
    for event in events:
        changed = event.kind in (EventKind.EDITED, EventKind.WITHDRAWN)
        seq = event.target if changed else event.seq
        where: dict[str, Value] = {"thread_id": event.thread_id, "seq": seq}
        if changed:
            statements.append(Statement("unindex_message", where, ANY))
        if event.kind in (EventKind.POSTED, EventKind.EDITED) and event.text:
            owners = [search.customer_token(event.customer_id)]
            if event.shop_id is not None:
                owners.append(search.shop_token(event.shop_id))
            if event.team_id is not None:
                owners.append(search.DESK_WORD)
            words = " ".join([*owners, *search.words_of(event.text)])
            statements.append(Statement("index_message", {**where, "words": words}, ANY))
    return statements
