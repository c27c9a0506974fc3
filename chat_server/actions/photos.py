"""Taking photos in, showing them to those who may see them, and removing those that nobody posted."""

import json
from collections.abc import AsyncIterator
from typing import Final, Literal, NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.errors import NotFound, QuotaReached
from chat_server.domain.ids import PhotoId
from chat_server.domain.people import Actor
from chat_server.domain.threads import desk_reach
from chat_server.ports import Commit, Conflict, Query, Statement, Value

DAY_MS: Final = 24 * 3600 * 1000
ORPHAN_MS: Final = DAY_MS
"""A photo that was uploaded and not posted is kept this long."""


class PhotoRecord(NamedTuple):
    """A photo that may be seen."""

    id: int
    full_name: str
    thumb_name: str
    width: int
    height: int


class _Used(NamedTuple):
    photos: int
    bytes: int


class _Orphan(NamedTuple):
    id: int
    full_name: str
    thumb_name: str
    created_at: int


FILES_AT_ONCE: Final = 500
_KNOWN: Final = Query("known_files", lambda name: str(name))
_FOR: Final = Query("photo_for", PhotoRecord, light=True)
_USED: Final = Query("photos_today", _Used)
_ORPHANS: Final = Query("orphaned_photos", _Orphan)


async def take_photo(ctx: Context, actor: Actor, upload: AsyncIterator[bytes]) -> PhotoRecord:
    """Checks, re-encodes and keeps an upload, which waits 24 h to be posted.

    Raises QuotaReached, TooLarge, PhotoRefused, StorageFull.
    """
    now = ctx.clock.now_ms()
    used = await ctx.store.one(_USED, me=actor.person_id, since=now - DAY_MS)
    settings = ctx.settings
    if used is not None and (
        used.photos >= settings.photos_per_day or used.bytes >= settings.photo_bytes_per_day
    ):
        raise QuotaReached("photos", retry_after_ms=DAY_MS)
    taken = await ctx.photos.take(upload)
    photo_id = ctx.ids.new_id()
    values: dict[str, Value] = {
        "id": photo_id,
        "owner_id": actor.person_id,
        "full_name": taken.full,
        "thumb_name": taken.thumb,
        "width": taken.width,
        "height": taken.height,
        "size": taken.size,
        "sha256": taken.sha256,
        "created_at": now,
    }
    try:
        await ctx.store.commit(Commit([Statement("add_photo", values)]))
    except BaseException:
        await ctx.photos.drop(taken.full)
        await ctx.photos.drop(taken.thumb)
        raise
    return PhotoRecord(photo_id, taken.full, taken.thumb, taken.width, taken.height)


async def show_photo(
    ctx: Context, actor: Actor, photo_id: PhotoId, variant: Literal["full", "thumb"]
) -> bytes:
    """The JPEG, for who may read the thread that it stands in, or uploaded it. Raises NotFound."""
    found = await ctx.store.one(_FOR, photo_id=photo_id, me=actor.person_id, desk=desk_reach(actor))
    if found is None:
        raise NotFound
    return await ctx.photos.read(found.full_name if variant == "full" else found.thumb_name)


async def sweep_photos(ctx: Context) -> int:
    """Removes photos that nobody posted within a day, and the files of those that were withdrawn; how many.

    The row goes first: a file without a row is only waste, a row without its file a broken promise.
    """
    before = ctx.clock.now_ms() - ORPHAN_MS
    removed = 0
    for orphan in await ctx.store.all(_ORPHANS, before=before):
        release = "drop_photo" if orphan.created_at < before else "empty_photo"
        try:
            await ctx.store.commit(Commit([Statement(release, {"photo_id": orphan.id})]))
        except Conflict:
            continue  # It was posted meanwhile, or another node was faster.
        await ctx.photos.drop(orphan.full_name)
        await ctx.photos.drop(orphan.thumb_name)
        removed += 1
    return removed


async def sweep_files(ctx: Context) -> int:
    """Removes files that no row knows of, left by a crash between the file and its row; how many.

    Only those older than a day: a younger one may be on its way into a row.
    """
    removed, names = 0, list[str]()
    async for name in ctx.photos.names_before(ctx.clock.now_ms() - ORPHAN_MS):
        names.append(name)
        if len(names) == FILES_AT_ONCE:
            removed += await _drop_unknown(ctx, names)
            names.clear()
    return removed + await _drop_unknown(ctx, names)


async def _drop_unknown(ctx: Context, names: list[str]) -> int:
    known = set(await ctx.store.all(_KNOWN, names=json.dumps(names))) if names else set()
    unknown = [name for name in names if name not in known]
    for name in unknown:
        await ctx.photos.drop(name)
    return len(unknown)
