"""Server processes that start at once: forked from one that has imported the program already.

What runs is `parley serve` or `parley demo` from its first line; only the imports, a second or two on a busy machine,
are done once and not at each of a hundred restarts. Run as a program, this module is that process.
"""

import atexit
import contextlib
import functools
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from tests.services.program import ROOT

POLL_S: Final = 0.005


class Warm:
    """The process that forks, and a line to it. Ends with whoever holds it, and its children with it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._lock = threading.Lock()
        atexit.register(self.end)

    def end(self) -> None:
        """No more requests: it ends its children, and itself."""
        self._process.communicate()

    def ask(self, **request: object) -> Any:
        """One request and its answer."""
        wire_in, wire_out = self._process.stdin, self._process.stdout
        assert wire_in is not None and wire_out is not None
        with self._lock:
            wire_in.write(json.dumps(request).encode() + b"\n")
            wire_in.flush()
            return json.loads(wire_out.readline())


@functools.cache
def warm() -> Warm:
    """The one of this test process, started when first asked for."""
    return Warm()


class ForkedProcess:
    """As much of `subprocess.Popen` as `Program` uses."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], log: IO[bytes]
    ) -> None:
        """Runs the `parley` command with these arguments."""
        self.pid: int = warm().ask(
            run=list(arguments), folder=str(folder), environment=dict(environment), log=log.name
        )
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit status, as subprocess counts it; None while it runs."""
        if self.returncode is None:
            self.returncode = warm().ask(poll=self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Waits for its end. Raises subprocess.TimeoutExpired."""
        limit = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > limit:
                raise subprocess.TimeoutExpired("parley", timeout)
            time.sleep(POLL_S)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        """To the process, if it still is there."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _serve_requests() -> None:
    """Forks until its owner is gone."""
    import asyncpg  # noqa: F401
    import redis.asyncio  # noqa: F401

    from chat_server import app, i18n, storage  # noqa: F401
    from chat_server.storage import postgres, sqlite  # noqa: F401

    i18n.shipped()
    gc.freeze()
    children: set[int] = set()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        answer = _fork(request) if "run" in request else _status(request["poll"])
        if "run" in request:
            children.add(answer or 0)
        elif answer is not None:
            children.discard(request["poll"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _status(pid: int) -> int | None:
    done, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None


def _fork(request: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    os.chdir(request["folder"])
    log = os.open(request["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(request["environment"])
    _become_parley(request["run"])
    raise AssertionError("The command returned.")


def _become_parley(arguments: list[str]) -> None:
    from chat_server.__main__ import cli

    status = 1
    try:
        cli.main(arguments, prog_name="parley", standalone_mode=True)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve_requests()
