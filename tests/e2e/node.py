"""One `parley serve` process of the tests' own: started, killed, frozen, drained."""

import asyncio
import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Final, cast

from typing_extensions import override

from tests.e2e.warm import ForkedProcess
from tests.services.program import Program, free_port

JWT_KEY: Final = "e2e-jwt-key-0123456789-abcdefghij"
API_KEY: Final = "e2e-api-key-0123456789-abcdefghij"
KEY_ID: Final = "e2e"

WIDE: Final = 1_000_000
DEFAULTS: Final[Mapping[str, object]] = {
    "jwt_keys": f"{KEY_ID}={JWT_KEY}",
    "api_keys": f"backend={API_KEY}",
    "cookie_secure": "0",
    # One person of a test says in a minute what others say in a year.
    "message_rate": WIDE,
    "message_burst": WIDE,
    "frame_rate": WIDE,
    "frame_burst": WIDE,
    "request_rate": WIDE,
    "request_burst": WIDE,
    "sockets_per_address": WIDE,
    "threads_per_hour": WIDE,
    "drain_seconds": 1,
    "bot": "0",
    "log_level": "info",
}


class ServerProgram(Program):
    """A program that is also asked to go, and whose exit status matters.

    It is forked from a process that has imported everything, unless `cold` or run under another command.
    """

    cold = False

    @override
    def _launched(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        parley, arguments = self.command[: len(command())], self.command[len(command()) :]
        if self.cold or parley != command():
            return super()._launched(log)
        assert self._environment is not None
        forked = ForkedProcess(arguments, self.folder, self._environment, log)
        return cast("subprocess.Popen[bytes]", forked)

    def terminate(self) -> None:
        """SIGTERM, and no waiting."""
        os.kill(self.pid, signal.SIGTERM)

    def exit_status(self, seconds: float) -> int:
        """Waits for its end. Raises subprocess.TimeoutExpired."""
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        finally:
            self._dismiss_guard()


class ServerNode:
    """A node with a port of its own that it keeps over restarts. Starting and stopping do not stop the loop."""

    def __init__(self, folder: Path, store: str, **settings: object) -> None:
        """`settings` are those of the server, in its spelling without the prefix."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.store = store
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._values = {**DEFAULTS, "store": store, "photo_store": folder / "photos", **settings}
        self.program = self._new_program()

    async def start(self, wrap: Callable[[list[str]], list[str]] | None = None) -> None:
        """Starts it, and returns once it may be used. `wrap` may put a command in front of its own."""
        if wrap is not None:
            self.program.command = wrap(command("serve"))
        await asyncio.to_thread(self.program.start)

    async def kill(self) -> None:
        """As a power cut would."""
        await asyncio.to_thread(self.program.kill)

    async def restart(self) -> None:
        """Kills it, and starts it again."""
        await self.kill()
        await self.start()

    async def drain(self, seconds: float = 60.0) -> int:
        """SIGTERM; its exit status once it has ended."""
        self.program.terminate()
        return await asyncio.to_thread(self.program.exit_status, seconds)

    async def stop(self) -> None:
        """The end of the test: nothing of it stays."""
        await asyncio.to_thread(self.program.thaw)
        await asyncio.to_thread(self.program.kill)

    def run(self, *arguments: str) -> str:
        """Another command of the program on the same settings, to its end; what it printed."""
        done = subprocess.run(
            command(*arguments),
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def log(self) -> str:
        """All that it has said so far, over all its starts."""
        return self.program.log.read_text(errors="replace")

    def is_ready(self) -> bool:
        """Whether it says of itself that it may be used."""
        return self.readiness() == 200

    def readiness(self) -> int:
        """The status of its probe; 0 where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def _environment(self) -> dict[str, str]:
        values = {f"PARLEY_{name.upper()}": str(value) for name, value in self._values.items()}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PARLEY_", "PG"))}
        return {**kept, **values, "PARLEY_PORT": str(self.port)}

    def _new_program(self) -> ServerProgram:
        return ServerProgram(
            command("serve"), self.folder, self.is_ready, environment=self._environment()
        )


def command(*arguments: str) -> list[str]:
    """The `parley` command of this interpreter."""
    return [sys.executable, "-m", "chat_server", *arguments]
