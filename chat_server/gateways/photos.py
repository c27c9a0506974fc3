"""Takes uploads as photos and gives photos back: `ports.Photos`.

An upload goes to disk as it comes, is re-encoded in another process, and both results are stored.
What may be shown to whom is decided upstairs; pixels are known to `images` alone.
"""

import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import IO, Final

import anyio
import anyio.to_thread

from chat_server.domain.errors import ParleyError, TooLarge
from chat_server.domain.messages import MAX_PHOTO_BYTES
from chat_server.gateways.image_decoder import ImageDecoder, Photo
from chat_server.gateways.photo_store import PhotoStore, StoredFile
from chat_server.gateways.scratch import unnamed_file, write
from chat_server.ports import CopiedPhoto, TakenPhoto

__all__ = ["UPLOAD_BYTES", "PhotoKeeper"]

UPLOAD_BYTES: Final = MAX_PHOTO_BYTES
"""The largest file that is taken (PRODUCT: messages)."""

WRITE_BYTES: Final = 256 * 1024
"""An upload under way holds about this much of the web process's memory."""

TIDY_S: Final = 5.0


class PhotoKeeper:
    """The one door for photos: in as whatever a camera wrote, out as clean JPEG."""

    def __init__(
        self,
        decoder: ImageDecoder,
        store: PhotoStore,
        new_name: Callable[[], str],
        scratch: Path | None = None,
    ) -> None:
        """`new_name` gives at least 128 random bits (`ports.Ids.new_secret`). `scratch` is where
        uploads lie until they are decoded, without a name; None for the system's place."""
        self._decoder = decoder
        self._store = store
        self._new_name = new_name
        self._scratch = scratch

    async def take(self, upload: AsyncIterator[bytes]) -> TakenPhoto:
        """Reads an upload to its end, checks it, re-encodes it and stores both sizes.

        Raises TooLarge, PhotoRefused, StorageFull, Unavailable; whatever it raises, nothing stays.
        """
        with await anyio.to_thread.run_sync(unnamed_file, self._scratch) as file:
            await receive(upload, file)
            # The turn lasts until the photo is stored: so few are in this process's memory at once.
            async with self._decoder.decoded(file) as photo:
                return await self._keep(photo)

    async def read(self, name: str) -> bytes:
        """The bytes of a stored file. Raises NotFound, Unavailable."""
        return await self._store.get(name)

    async def open(self, name: str) -> StoredFile:
        """A stored file, to be read piece by piece. Raises NotFound, Unavailable."""
        return await self._store.open(name)

    async def copy(self, full: str, thumb: str) -> CopiedPhoto:
        """Stores both sizes of a photo under names of their own. Raises NotFound, StorageFull, Unavailable."""
        content, small = await self._store.get(full), await self._store.get(thumb)
        names = self._new_name(), self._new_name()
        try:
            await self._store.put(names[1], small)
            await self._store.put(names[0], content)
        except BaseException:
            with anyio.move_on_after(TIDY_S, shield=True):
                await self._forget(*names)
            raise
        return CopiedPhoto(*names, hashlib.sha256(content).digest())

    async def drop(self, name: str) -> None:
        """Removes a stored file; one that is not there is fine. Raises Unavailable."""
        await self._store.delete(name)

    async def names_before(self, at_ms: int) -> AsyncIterator[str]:
        """Every stored file that was written before an instant. Raises Unavailable."""
        async for kept in self._store.list():
            if kept.changed_at_ms < at_ms:
                yield kept.name

    async def close(self, grace_s: float = 2.0) -> None:
        """Lets photos under way be finished within `grace_s` seconds, then ends their processes."""
        await self._decoder.close(grace_s)

    async def _keep(self, photo: Photo) -> TakenPhoto:
        full, thumb = self._new_name(), self._new_name()
        try:
            await self._store.put(thumb, photo.thumb)
            await self._store.put(full, photo.full)
        except BaseException:
            with anyio.move_on_after(TIDY_S, shield=True):
                await self._forget(full, thumb)
            raise
        return TakenPhoto(
            full=full,
            thumb=thumb,
            width=photo.width,
            height=photo.height,
            size=len(photo.full),
            sha256=photo.sha256,
        )

    async def _forget(self, *names: str) -> None:
        for name in names:
            try:
                await self.drop(name)
            except ParleyError:
                # The store is away: the file has no row and goes with the other forgotten ones.
                pass


async def receive(upload: AsyncIterator[bytes], file: IO[bytes]) -> None:
    """Writes the upload to the file as it comes. Raises TooLarge, StorageFull, Unavailable."""
    pending, total = bytearray(), 0
    async for chunk in upload:
        total += len(chunk)
        if total > UPLOAD_BYTES:
            raise TooLarge
        pending += chunk
        if len(pending) >= WRITE_BYTES:
            await anyio.to_thread.run_sync(write, file, bytes(pending))
            pending.clear()
    await anyio.to_thread.run_sync(write, file, bytes(pending))
