"""A server program of the tests' own: started, stopped, killed and frozen, never left behind.

Nothing here knows which server it is; see `postgres` and `redis`.
"""

import contextlib
import fcntl
import functools
import itertools
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from psutil import Process

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".cache"

START_LIMIT_S = 60.0
STOP_LIMIT_S = 60.0

PORTS: Final = range(12_000, 32_000)
"""Below those that a system gives to outgoing connections: a server that is down keeps its port."""

MOST_WORKERS: Final = 16
"""Processes that run tests beside each other: each has ports of its own."""

# Waits for the line "done". Where the tests' process dies instead, however hard, its end of the
# pipe closes without that line, and the server that nobody owns any more is ended with its files.
GUARD = """
read -r line && exit 0
for pid in $(cat /proc/$1/task/$1/children 2>/dev/null) $1; do kill -9 $pid 2>/dev/null; done
[ -z "$2" ] || rm -rf "$2"
"""


class ServiceError(RuntimeError):
    """A service of the tests could not be brought; the text says what to install or set."""


class Program:
    """One server process with its folder, which goes away with it.

    `ready` says whether the server answers; `user` is who runs it (None: whoever runs the tests).
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        ready: Callable[[], bool],
        *,
        user: int | None = None,
        environment: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.command = list(command)
        self.folder = folder
        self.log = folder / "log"
        self._ready = ready
        self._user = user
        self._environment = dict(environment) if environment is not None else None
        self._stop_signal = stop_signal
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the program is not running"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the server and returns once it answers."""
        assert not self.is_running, "the program is running already"
        self._dismiss_guard()  # Of one that has ended by itself.
        with self.log.open("ab") as log:
            self._process = self._launched(log)
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", str(self._process.pid), str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        limit = time.monotonic() + START_LIMIT_S
        pause = 0.005
        while not self._ready():
            if self._process.poll() is not None:
                self._dismiss_guard()
                raise ServiceError(f"{self.command[0]} ended at once:\n{self._log_end()}")
            if time.monotonic() > limit:
                self.kill()
                raise ServiceError(f"{self.command[0]} does not answer:\n{self._log_end()}")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.1)

    def _launched(self, log: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
            start_new_session=True,
        )

    def stop(self) -> None:
        """Ends the server in good order; one that does not listen is killed."""
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self._process.send_signal(self._stop_signal)
            try:
                self._process.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                self.kill()
        self._dismiss_guard()

    def kill(self) -> None:
        """Ends the server and its children as a power cut would: nothing is flushed or said.

        Returns when all of them are gone: a server that starts anew finds nobody at its memory and files.
        """
        if self._process is not None:
            family = self._halted_family()
            for process in family:
                _signal(process.pid, signal.SIGKILL)
            self._process.wait(STOP_LIMIT_S)
            _wait_until(lambda: all(map(_is_gone, family)), f"{self.command[0]} does not die")
        self._dismiss_guard()

    def restart(self) -> None:
        """Stops the server if it runs, and starts it on the same files and address."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Halts the server where it stands: connections stay open and nothing answers."""
        family = self._halted_family()
        for process in family:
            _signal(process.pid, signal.SIGSTOP)
        _wait_until(lambda: all(map(_is_halted, family)), f"{self.command[0]} does not halt")

    def thaw(self) -> None:
        """Lets a frozen server go on."""
        for process in self._family():
            _signal(process.pid, signal.SIGCONT)

    def _halted_family(self) -> "list[Process]":
        """The server, halted before anybody looks for its children, so that it starts no more of them."""
        for process in self._family()[:1]:
            _signal(process.pid, signal.SIGSTOP)
            _wait_until(lambda: _is_halted(process), f"{self.command[0]} does not halt")  # noqa: B023  Waited for here.
        return self._family()

    def _family(self) -> "list[Process]":
        """The server and its children, the server first."""
        if not self.is_running:
            return []
        import psutil

        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            return [process, *process.children(recursive=True)]
        return []

    def _dismiss_guard(self) -> None:
        if self._guard is not None:
            assert self._guard.stdin is not None
            with contextlib.suppress(BrokenPipeError):
                self._guard.stdin.write(b"done\n")
                self._guard.stdin.flush()
            with contextlib.suppress(BrokenPipeError):
                self._guard.stdin.close()
            self._guard.wait(STOP_LIMIT_S)
            self._guard = None

    def _log_end(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else "(no log)"


def free_port() -> int:
    """A port that nobody listens on, that nobody is given by chance, and that this process was not given lately."""
    for port in itertools.islice(_ports(), len(PORTS)):
        with socket.socket() as listener:
            # As servers do: what an earlier one left behind on it is no hindrance.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                listener.bind(("127.0.0.1", port))
                return port
    raise ServiceError("there is no free port.")


@functools.cache
def _ports() -> Iterator[int]:
    """Those of this process alone, in any order; each comes again only after all others."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ports = PORTS[worker % MOST_WORKERS :: MOST_WORKERS]
    return itertools.cycle(random.sample(ports, len(ports)))


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _is_halted(process: "Process") -> bool:
    """Whether it stands still; one that is gone does."""
    return _status(process) in ("stopped", "zombie", "dead", "")


def _is_gone(process: "Process") -> bool:
    """Whether nothing of it runs any more, though nobody may have heard of its end."""
    return _status(process) in ("zombie", "dead", "")


def _status(process: "Process") -> str:
    import psutil

    try:
        return str(process.status())
    except psutil.NoSuchProcess:
        return ""


def _wait_until(condition: Callable[[], bool], failed: str) -> None:
    limit = time.monotonic() + STOP_LIMIT_S
    while not condition():
        if time.monotonic() > limit:
            raise ServiceError(failed)
        time.sleep(0.002)


@contextlib.contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Lets one process at a time prepare what they all share in `.cache`."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
