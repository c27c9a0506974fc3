"""A server under test as a process: started on its own core, metered, ended by its id."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

_CORES = sorted(os.sched_getaffinity(0))
_PAGE = os.sysconf("SC_PAGE_SIZE")

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
"""What a processor's time is counted in."""


class DidNotStart(Exception):
    """The server ended, or was not ready in time."""


def cores() -> list[int]:
    """The cores that this process was given before it pinned itself."""
    return _CORES


def server_core() -> int:
    """The core that belongs to the server under test."""
    return _CORES[0]


def generator_core() -> int:
    """The core for everything else: generator, database, Redis."""
    return _CORES[-1]


def core_busy(core: int) -> float:
    """Seconds that a core has worked, for whomever, since the machine started."""
    cores = [line.split() for line in Path("/proc/stat").read_text().splitlines()]
    user, nice, system, _idle, _waiting, *rest = next(
        map(int, fields[1:9]) for fields in cores if fields[0] == f"cpu{core}"
    )
    return (user + nice + system + sum(rest)) * TICK_S


def take_generator_core() -> None:
    """Moves this process, and what it starts from now on, to the generator's core."""
    os.sched_setaffinity(0, {generator_core()})


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


class Server:
    """`with Server([...argv], port) as server:` - ready when `ready_path` answers 200."""

    def __init__(
        self,
        argv: list[str],
        port: int,
        *,
        ready_path: str = "/readyz",
        env: dict[str, str] | None = None,
        log: Path | None = None,
        core: int = _CORES[0],
    ) -> None:
        self.port = port
        self._log = log or Path(os.devnull)
        begin = time.perf_counter()
        self._process = self._start(argv, env, core)
        try:
            self._wait(ready_path, begin + 30)
        except BaseException:
            self.stop()
            raise
        self.ready_after = time.perf_counter() - begin

    @property
    def pid(self) -> int:
        """The process that was started; its children belong to it."""
        return self._process.pid

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def cpu(self) -> float:
        """Processor seconds used so far by the process, its threads and its children."""
        return sum(_cpu_of(pid) for pid in _family(self.pid))

    def uss(self) -> int:
        """Bytes that would be free if the server ended: private memory of all its processes."""
        return sum(_uss_of(pid) for pid in _family(self.pid))

    def rss(self) -> int:
        """Resident bytes, shared pages among them."""
        return sum(_rss_of(pid) for pid in _family(self.pid))

    def stop(self) -> None:
        """SIGTERM, and SIGKILL after ten seconds."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()

    def _start(
        self, argv: list[str], env: dict[str, str] | None, core: int
    ) -> subprocess.Popen[bytes]:
        mine = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {core})
        try:
            with self._log.open("wb") as log:
                return subprocess.Popen(
                    argv, env={**os.environ, **(env or {})}, stdout=log, stderr=log
                )
        finally:
            os.sched_setaffinity(0, mine)

    def _wait(self, path: str, until: float) -> None:
        while time.perf_counter() < until:
            if self._process.poll() is not None:
                raise DidNotStart(f"ended with {self._process.returncode}: {self._last_words()}")
            if _answers(self.port, path):
                return
            time.sleep(0.01)
        raise DidNotStart(f"not ready: {self._last_words()}")

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:] if self._log.is_file() else ""


def python(*arguments: str) -> list[str]:
    """An argv that runs this very interpreter."""
    return [sys.executable, *arguments]


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _family(pid: int) -> list[int]:
    members = [pid]
    for member in members:
        for task in Path(f"/proc/{member}/task").iterdir():
            members += map(int, (task / "children").read_text().split())
    return members


def _cpu_of(pid: int) -> float:
    # utime, stime and those of children that have ended; the name may contain spaces.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) * TICK_S


def _uss_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024


def _rss_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
