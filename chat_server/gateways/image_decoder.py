"""Hands uploads to the decoding processes and takes photos back, or a refusal.

The web process never looks into a picture: it passes an open file and gets two JPEGs. Nothing is
decoded here; the limits of the decoding processes are set in `image_worker`.
"""

import contextlib
import dataclasses
import hashlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any, Final

import anyio
import anyio.to_thread

import chat_server
from chat_server.domain.errors import PhotoRefused, StorageFull, Unavailable
from chat_server.gateways.image_terms import FULL_BYTES, REPLY_BYTES, REQUEST, Limits, Refusal

__all__ = ["ImageDecoder", "Limits", "Photo"]

logger = logging.getLogger(__name__)

GRACE_S: Final = 3.0
"""Beyond the wall time of an image: its process ends itself, or else is ended from here."""

RETRY_MS: Final = 5_000
WAITING: Final = 32
"""Images that may wait for their turn; each is an open file, and a minute of patience at worst."""

LIMITS: Final = Limits()
JPEG_EDGE: Final = 65_535
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
KEPT_VARIABLES: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "TMPDIR")
"""What a decoding process inherits of the environment; secrets live there too, and stay here."""


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
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
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
            with await anyio.to_thread.run_sync(_unnamed_file, self._scratch) as result:
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

    def _worker(self) -> "_Worker":
        worker = self._idle.pop() if self._idle else None
        if worker is not None and not worker.alive:
            worker.end()
            worker = None
        worker = worker or _Worker(self._limits)
        self._busy.add(worker)
        return worker

    def _put_back(self, worker: "_Worker", *, usable: bool) -> None:
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


class _Worker:
    """One decoding process, seen from outside."""

    def __init__(self, limits: Limits) -> None:
        """Starts it. Called on the event loop; the start itself is not waited for."""
        self._patience_s = limits.wall_s + GRACE_S
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(0)
        with theirs:
            self._process = _start(theirs, limits)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        # Looks without burying it: while its name is taken, that name cannot mean another group.
        looked = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return looked is None

    async def ask(self, upload: IO[bytes], result: IO[bytes]) -> dict[str, Any]:
        """What became of the image. PhotoRefused where it hangs, Unavailable where it died."""
        try:
            socket.send_fds(self._socket, [REQUEST], [upload.fileno(), result.fileno()])
            with anyio.fail_after(self._patience_s):
                return await self._reply()
        except TimeoutError:
            raise PhotoRefused(Refusal.TOO_SLOW) from None
        except (OSError, ValueError) as error:
            logger.warning("photos.worker_died", extra={"worker": self.pid})
            raise Unavailable(retry_after_ms=RETRY_MS) from error

    async def _reply(self) -> dict[str, Any]:
        heard = b""
        while not heard.endswith(b"\n"):
            await anyio.wait_readable(self._socket)
            piece = self._socket.recv(REPLY_BYTES)
            if not piece:
                raise ConnectionResetError
            heard += piece
        reply: dict[str, Any] = json.loads(heard)
        return reply

    def kill(self) -> None:
        """Ends the process and the image that it may have in hand, at once."""
        try:
            # It leads a group of its own; the process of an image belongs to it and may outlive it.
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass

    def end(self) -> None:
        """Ends it and forgets it. Nobody may be waiting for its answer any more."""
        self.kill()
        self._process.wait()
        self._socket.close()


def _unnamed_file(scratch: Path | None) -> IO[bytes]:
    try:
        return tempfile.TemporaryFile(dir=scratch)
    except OSError as error:
        raise StorageFull(retry_after_ms=RETRY_MS) from error


def _start(theirs: socket.socket, limits: Limits) -> subprocess.Popen[bytes]:
    """A fresh interpreter that holds nothing of this process: no memory, no secrets, no files."""
    environment = {key: os.environ[key] for key in KEPT_VARIABLES if key in os.environ}
    environment["PYTHONPATH"] = str(Path(chat_server.__file__).parents[1])
    module = "chat_server.gateways.image_worker"
    return subprocess.Popen(  # noqa: S603 - every argument is ours
        [sys.executable, "-P", "-s", "-m", module, str(theirs.fileno()), json.dumps(limits)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(theirs.fileno(),),
        env=environment,
        cwd="/",
        start_new_session=True,
    )


def _read_photo(result: IO[bytes], sizes: list[int]) -> Photo:
    """Takes the result over without trust: what decoded it may have been taken over itself."""
    full_bytes, thumb_bytes, width, height, thumb_width, thumb_height = sizes
    result.seek(0)
    full, thumb = (
        result.read(min(full_bytes, FULL_BYTES)),
        result.read(min(thumb_bytes, FULL_BYTES)),
    )
    if not all(part.startswith(JPEG_START) and part.endswith(JPEG_END) for part in (full, thumb)):
        raise ValueError("not a JPEG")
    if not all(type(pixels) is int and 0 < pixels <= JPEG_EDGE for pixels in sizes[2:]):
        raise ValueError("not a size")
    digest = hashlib.sha256(full).digest()
    return Photo(full, thumb, width, height, thumb_width, thumb_height, digest)
