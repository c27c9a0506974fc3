"""Hands uploads to the decoding processes and takes photos back, or a refusal.

The web process never looks into a picture: it passes an open file and gets two JPEGs. Nothing is
decoded here; the limits of the decoding processes are set in `image_worker`.
"""

import contextlib
import dataclasses
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any, Final

import anyio
import anyio.to_thread

from chat_server.domain.errors import PhotoRefused, StorageFull, Unavailable
from chat_server.gateways.image_process import GRACE_S, ImageProcess
from chat_server.gateways.image_terms import FULL_BYTES, RETRY_MS, Limits, Refusal
from chat_server.gateways.scratch import unnamed_file

__all__ = ["ImageDecoder", "Limits", "Photo"]

WAITING: Final = 32
"""Images that may wait for their turn; each is an open file, and a minute of patience at worst."""

LIMITS: Final = Limits()
JPEG_EDGE: Final = 65_535
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


@dataclasses.dataclass(frozen=True, slots=True)
class Photo:
    """Two JPEGs without metadata, upright, in sRGB, and their sizes in pixels."""

    full: bytes
    thumb: bytes
    width: int
    height: int
    thumb_width: int
    thumb_height: int
    sha256: bytes
    """Of `full`."""


class ImageDecoder:
    """A few processes, started when first needed, each with one image at a time.

    `peak_kib` is the most memory that any image has taken so far.
    """

    def __init__(
        self, *, processes: int = 2, limits: Limits = LIMITS, scratch: Path | None = None
    ) -> None:
        """`scratch` is where results lie while they are passed on; None for the system's place."""
        self._processes = processes
        self._limits = limits
        self._scratch = scratch
        self._turns = anyio.Semaphore(processes)
        self._idle: list[ImageProcess] = []
        self._busy: set[ImageProcess] = set()
        self._held = 0
        self._closing = False
        self.peak_kib = 0

    @property
    def pids(self) -> list[int]:
        """The decoding processes that run now."""
        return [worker.pid for worker in (*self._idle, *self._busy)]

    @property
    def waiting(self) -> int:
        """Images whose turn has not come yet."""
        return self._turns.statistics().tasks_waiting

    @contextlib.asynccontextmanager
    async def decoded(self, upload: IO[bytes]) -> AsyncIterator[Photo]:
        """The file re-encoded, from its beginning. The turn lasts as long as the `async with`.

        Raises PhotoRefused; StorageFull; Unavailable while closing, when too many wait, or when no
        decoding process can run.
        """
        if self._closing or self.waiting >= WAITING:
            raise Unavailable(retry_after_ms=RETRY_MS)
        async with self._turns:
            yield await self._decode(upload)

    async def _decode(self, upload: IO[bytes]) -> Photo:
        if self._closing:
            raise Unavailable(retry_after_ms=RETRY_MS)
        worker = self._worker()
        finished = False
        try:
            with await anyio.to_thread.run_sync(unnamed_file, self._scratch) as result:
                reply = await worker.ask(upload, result)
                finished = True
                return await self._understood(reply, result)
        finally:
            self._put_back(worker, usable=finished)

    async def close(self, grace_s: float = 2.0) -> None:
        """Lets images under way end within `grace_s` seconds, then ends the processes."""
        self._closing = True
        with anyio.move_on_after(grace_s):
            await self._hold_all_turns()
        for worker in self._busy:
            worker.kill()
        # Whoever waits for one of them notices at once, and puts it back.
        with anyio.move_on_after(GRACE_S):
            await self._hold_all_turns()
        while self._idle:
            self._idle.pop().end()

    async def _hold_all_turns(self) -> None:
        while self._held < self._processes:
            await self._turns.acquire()
            self._held += 1

    def _worker(self) -> ImageProcess:
        worker = self._idle.pop() if self._idle else None
        if worker is not None and not worker.alive:
            worker.end()
            worker = None
        worker = worker or ImageProcess(self._limits)
        self._busy.add(worker)
        return worker

    def _put_back(self, worker: ImageProcess, *, usable: bool) -> None:
        self._busy.discard(worker)
        if usable and not self._closing:
            self._idle.append(worker)
        else:
            worker.end()

    async def _understood(self, reply: dict[str, Any], result: IO[bytes]) -> Photo:
        try:
            return await self._photo(reply, result)
        except (KeyError, TypeError, ValueError) as error:
            # Words that only a process says which an image has taken over.
            raise PhotoRefused(Refusal.UNREADABLE) from error

    async def _photo(self, reply: dict[str, Any], result: IO[bytes]) -> Photo:
        self.peak_kib = max(self.peak_kib, reply["peak_kib"])
        if "storage_full" in reply:
            raise StorageFull(retry_after_ms=RETRY_MS)
        if "starved" in reply:
            # Its time ran out while other work had the processors: not the image's fault.
            raise Unavailable(retry_after_ms=RETRY_MS)
        if "refused" in reply:
            raise PhotoRefused(Refusal(reply["refused"]))
        return await anyio.to_thread.run_sync(_read_photo, result, reply["sizes"])


def _read_photo(result: IO[bytes], sizes: list[int]) -> Photo:
    """Takes the result over without trust: what decoded it may have been taken over itself."""
    full_bytes, thumb_bytes, width, height, thumb_width, thumb_height = sizes
    result.seek(0)
    full = result.read(min(full_bytes, FULL_BYTES))
    thumb = result.read(min(thumb_bytes, FULL_BYTES))
    if not all(part.startswith(JPEG_START) and part.endswith(JPEG_END) for part in (full, thumb)):
        raise ValueError("not a JPEG")
    if not all(type(pixels) is int and 0 < pixels <= JPEG_EDGE for pixels in sizes[2:]):
        raise ValueError("not a size")
    digest = hashlib.sha256(full).digest()
    return Photo(full, thumb, width, height, thumb_width, thumb_height, digest)
