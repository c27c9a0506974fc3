"""Evidence: copies of words, photos and messages, each with the SHA-256 of the bytes as they are stored."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.dispute_records import photo_ids
from chat_server.domain.errors import Invalid
from chat_server.domain.people import Actor
from chat_server.ports import Query, Statement, Value

MOST_PIECES: Final = 60
"""So much may one party put in altogether."""


class Given(NamedTuple):
    """What somebody puts in with a step: words are said in the thread and count as evidence by themselves."""

    text: str = ""
    photos: tuple[int, ...] = ()
    """That he uploaded for it."""
    messages: tuple[int, ...] = ()
    """Of the order's thread, by their `seq`."""

    @property
    def pieces(self) -> int:
        """How much there is beside the words."""
        return len(self.photos) + len(self.messages)


class _File(NamedTuple):
    id: int
    full_name: str
    thumb_name: str
    width: int
    height: int
    sha256: bytes


class _Said(NamedTuple):
    thread_id: int
    seq: int
    at: int
    side: int
    text: str
    body: str


class Copies(NamedTuple):
    """The statements that keep what was put in, and the files that were made for them."""

    statements: list[Statement]
    files: list[str]


_UPLOADS: Final = Query("uploads_of", _File)
_MESSAGES: Final = Query("messages_to_copy", _Said)
_PHOTOS: Final = Query("photos_by_ids", _File)
_NO_SOURCE: Final[dict[str, Value]] = {
    "from_thread": None,
    "from_seq": None,
    "said_at": None,
    "said_side": None,
}
_NO_FILE: Final[dict[str, Value]] = {"full_name": None, "thumb_name": None, "width": 0, "height": 0}


async def copies(
    ctx: Context, actor: Actor, order_id: int, about: dict[str, Value], given: Given
) -> Copies:
    """Copies what somebody puts in; `about` says of which dispute and party. Raises Invalid (`photos`, `messages`).

    Who does not commit the statements drops the files (`forget`).
    """
    made = Copies([], [])
    try:
        await _copy_uploads(ctx, actor, about, given.photos, made)
        await _copy_messages(ctx, order_id, about, given.messages, made)
    except BaseException:
        await forget(ctx, made)
        raise
    return made


async def forget(ctx: Context, made: Copies) -> None:
    """Drops the files of copies that nobody will see."""
    for name in made.files:
        await ctx.photos.drop(name)


async def _copy_uploads(
    ctx: Context,
    actor: Actor,
    about: dict[str, Value],
    photos: Sequence[int],
    made: Copies,
) -> None:
    ids = json.dumps(list(photos))
    found = {f.id: f for f in await ctx.store.all(_UPLOADS, ids=ids, me=actor.person_id)}
    if len(found) != len(set(photos)) or len(found) != len(photos):
        raise Invalid("photos")
    for photo in photos:
        await _copy_file(ctx, about, found[photo], _NO_SOURCE, made)


async def _copy_messages(
    ctx: Context, order_id: int, about: dict[str, Value], seqs: Sequence[int], made: Copies
) -> None:
    if not seqs:
        return
    found = await ctx.store.all(_MESSAGES, order_id=order_id, seqs=json.dumps(sorted(set(seqs))))
    if len(found) != len(set(seqs)):
        raise Invalid("messages")
    for said in found:
        source: dict[str, Value] = {
            "from_thread": said.thread_id,
            "from_seq": said.seq,
            "said_at": said.at,
            "said_side": said.side,
        }
        if said.text:
            made.statements.append(_words(ctx, about, "message", said.text, source))
        ids = json.dumps(photo_ids(said.body))
        for file in await ctx.store.all(_PHOTOS, ids=ids):
            await _copy_file(ctx, about, file, source, made)


async def _copy_file(
    ctx: Context, about: dict[str, Value], file: _File, source: dict[str, Value], made: Copies
) -> None:
    copy = await ctx.photos.copy(file.full_name, file.thumb_name)
    made.files.extend((copy.full, copy.thumb))
    row: dict[str, Value] = {
        **about,
        **source,
        "evidence_id": ctx.ids.new_id(),
        "kind": "photo",
        "text": "",
        "full_name": copy.full,
        "thumb_name": copy.thumb,
        "width": file.width,
        "height": file.height,
        "sha256": copy.sha256,
        "at": ctx.clock.now_ms(),
    }
    made.statements.append(Statement("add_evidence", row))


def _words(
    ctx: Context, about: dict[str, Value], kind: str, text: str, source: dict[str, Value]
) -> Statement:
    row: dict[str, Value] = {
        **about,
        **source,
        **_NO_FILE,
        "evidence_id": ctx.ids.new_id(),
        "kind": kind,
        "text": text,
        "sha256": hashlib.sha256(text.encode()).digest(),
        "at": ctx.clock.now_ms(),
    }
    return Statement("add_evidence", row)


def written(ctx: Context, about: dict[str, Value], text: str) -> list[Statement]:
    """What a party writes as evidence; nothing where it writes nothing."""
    return [_words(ctx, about, "text", text, _NO_SOURCE)] if text.strip() else []
