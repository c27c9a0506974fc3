"""One decoding process, seen from outside: started, asked, and ended with whatever it has in hand.

What runs inside of it is `image_worker`; who gets which process is decided by `image_decoder`.
"""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Final

import anyio

import chat_server
from chat_server.domain.errors import PhotoRefused, Unavailable
from chat_server.gateways.image_terms import REPLY_BYTES, REQUEST, RETRY_MS, Limits, Refusal

logger = logging.getLogger(__name__)

GRACE_S: Final = 3.0
"""Beyond the wall time of an image: its process ends itself, or else is ended from here."""

KEPT_VARIABLES: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "TMPDIR")
"""What a decoding process inherits of the environment; secrets live there too, and stay here."""


class ImageProcess:
    """A process that decodes one image at a time, each in a fork of its own."""

    def __init__(self, limits: Limits) -> None:
        """Starts it, and does not wait until it is up. Raises Unavailable where that cannot be."""
        self._patience_s = limits.wall_s + GRACE_S
        try:
            self._socket, theirs = socket.socketpair()
            self._socket.settimeout(0)
            with theirs:
                self._process = start(theirs, limits)
        except OSError as error:
            raise Unavailable(retry_after_ms=RETRY_MS) from error

    @property
    def pid(self) -> int:
        """Of the process that waits for images, not of the one that decodes one."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
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


def start(theirs: socket.socket, limits: Limits) -> subprocess.Popen[bytes]:
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
