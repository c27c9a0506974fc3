"""Private notes: what agents tell each other about a thread, in a sequence of their own. No customer learns of them."""

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from chat_server.actions.access import access_desk
from chat_server.actions.audit import audited, looked
from chat_server.actions.context import Context
from chat_server.actions.moves import serves
from chat_server.domain.audit import Action
from chat_server.domain.desk import Note
from chat_server.domain.errors import Invalid, KeyReused, NotFound
from chat_server.domain.events import NoteWritten
from chat_server.domain.ids import ThreadId, show
from chat_server.domain.messages import fingerprint
from chat_server.domain.people import Actor
from chat_server.ports import Commit, Conflict, Query, Statement, Value


class _Earlier(NamedTuple):
    body_hash: bytes
    answer: str


_NOTES: Final = Query("notes_after", Note)
_NEWEST: Final = Query("newest_note_of", Note)
_EARLIER: Final = Query("note_of_key", _Earlier, light=True)


async def read(ctx: Context, actor: Actor, thread_id: ThreadId, after: int) -> list[Note]:
    """Notes of a thread after a place, oldest first. Raises NotFound."""
    await access_desk(ctx, actor, thread_id)
    await looked(ctx, actor, thread_id)
    return await ctx.store.all(_NOTES, thread_id=thread_id, after=after)


async def write(
    ctx: Context,
    actor: Actor,
    thread_id: ThreadId,
    client_key: str,
    text: str,
    mentions: Sequence[int],
) -> Note:
    """Writes a note, or gives the one that was written under this key. Raises NotFound, KeyReused, Invalid."""
    desk = await access_desk(ctx, actor, thread_id)
    if not text.strip():
        raise Invalid("empty")
    for mention in mentions:
        if not await serves(ctx, mention, desk.team_id):
            raise Invalid("mention")
    named = ",".join(show(m) for m in mentions)
    body_hash = fingerprint("note", show(thread_id), text, named)
    key: dict[str, Value] = {
        "client_key": client_key,
        "me": actor.person_id,
        "body_hash": body_hash,
        "at": ctx.clock.now_ms(),
    }
    try:
        await ctx.store.commit(
            Commit(
                [
                    *_note(ctx, actor, thread_id, text, mentions),
                    Statement("keep_note_key", key),
                    audited(ctx, actor.person_id, Action.NOTED, thread_id),
                ]
            )
        )
    except Conflict:
        pass  # The key was used: for this note, or for something else.
    earlier = await ctx.store.one(_EARLIER, client_key=client_key, me=actor.person_id)
    if earlier is None or earlier.body_hash != body_hash:
        raise KeyReused
    note = await _one(ctx, thread_id, int(earlier.answer))
    _tell(ctx, thread_id, note)
    return note


def beside(ctx: Context, actor: Actor, thread_id: ThreadId, text: str) -> list[Statement]:
    """The note that goes with a move, in the same Commit; none where nothing is said."""
    if not text.strip():
        return []
    noted = audited(ctx, actor.person_id, Action.NOTED, thread_id)
    return [*_note(ctx, actor, thread_id, text, ()), noted]


async def announce(
    ctx: Context, actor: Actor, thread_id: ThreadId, written: list[Statement]
) -> None:
    """Lets the desk see the note that went with a move."""
    if not written:
        return
    note = await ctx.store.one(_NEWEST, thread_id=thread_id, me=actor.person_id)
    if note is not None:
        _tell(ctx, thread_id, note)


def _note(
    ctx: Context, actor: Actor, thread_id: ThreadId, text: str, mentions: Sequence[int]
) -> list[Statement]:
    values: dict[str, Value] = {
        "thread_id": thread_id,
        "me": actor.person_id,
        "at": ctx.clock.now_ms(),
        "text": text,
        "mentions": json.dumps(list(mentions)),
    }
    return [Statement("write_note", values), Statement("add_note", values)]


async def _one(ctx: Context, thread_id: ThreadId, note_seq: int) -> Note:
    found = await ctx.store.all(_NOTES, thread_id=thread_id, after=note_seq - 1)
    if not found:
        raise NotFound
    return found[0]


def _tell(ctx: Context, thread_id: ThreadId, note: Note) -> None:
    ctx.sink.tell(
        NoteWritten(
            thread_id,
            note.note_seq,
            note.after_seq,
            note.at,
            note.author_id,
            note.author_name,
            note.text,
            note.mentioned,
        )
    )
