"""A disk that runs full under a running server, and has room again, without being root."""

import asyncio
import contextlib
import os
import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Protocol

from tests.e2e.node import ServerNode
from tests.e2e.truth import Truth, read_truth

DISK_BYTES = 24 * 1024 * 1024

MOUNT = 'mount -t tmpfs -o "size=$0" none "$1" && shift && exec "$@"'


COPY = """
import sqlite3, sys
source, target = map(sqlite3.connect, sys.argv[1:])
source.backup(target)
"""


class Disk(Protocol):
    """Where a server's store lives."""

    node: ServerNode
    refusal: str
    """The code that a write gets while it is full."""

    async def read(self) -> Truth:
        """What the store holds."""

    def fill(self) -> None:
        """From now on nothing can be written."""

    def free(self) -> None:
        """There is room again."""


class SmallDisk:
    """A file system in memory that only the server sees, in a name space of its own."""

    refusal = "storage_full"

    def __init__(self, folder: Path, **settings: object) -> None:
        self._folder = folder / "disk"
        self._folder.mkdir()
        self.node = ServerNode(
            folder / "node", f"sqlite:///{self._folder / 'parley.sqlite3'}", **settings
        )

    async def start(self) -> None:
        """The server's command is run behind the mount."""
        mount = ["sh", "-c", MOUNT, str(DISK_BYTES), str(self._folder)]
        await self.node.start(lambda command: [*_own_mounts(), *mount, *command])

    async def read(self) -> Truth:
        """`Disk`: a copy that is made where the disk can be seen."""
        copy = self._folder.with_name("copy.sqlite3")
        enter = ["nsenter", "--target", str(self.node.program.pid), *_name_spaces(), "--"]
        copying = [sys.executable, "-c", COPY, str(self._folder / "parley.sqlite3"), str(copy)]
        await asyncio.to_thread(subprocess.run, [*enter, *copying], check=True)
        return await read_truth(f"sqlite:///{copy}")

    def fill(self) -> None:
        """`Disk`."""
        with contextlib.suppress(OSError), (self._inside() / "ballast").open("wb", 0) as ballast:
            while True:
                ballast.write(bytes(4096))

    def free(self) -> None:
        """`Disk`."""
        (self._inside() / "ballast").unlink()

    def _inside(self) -> Path:
        return Path(f"/proc/{self.node.program.pid}/root/{self._folder}")


class BoundFiles:
    """Where mounts are not allowed: the kernel lets the server's files grow no further.

    The error is another one (a file too large, and not a disk too full), so that the code is too.
    """

    refusal = "unavailable"

    def __init__(self, folder: Path, **settings: object) -> None:
        self._file = folder / "parley.sqlite3"
        self.node = ServerNode(folder / "node", f"sqlite:///{self._file}", **settings)

    async def start(self) -> None:
        """As always."""
        await self.node.start()

    async def read(self) -> Truth:
        """`Disk`."""
        return await read_truth(self.node.store)

    def fill(self) -> None:
        """`Disk`."""
        self._bound(1)

    def free(self) -> None:
        """`Disk`."""
        self._bound(resource.RLIM_INFINITY)

    def _bound(self, size: int) -> None:
        resource.prlimit(
            self.node.program.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)
        )


def _own_mounts() -> list[str]:
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *user, "--mount", "--"]


def _name_spaces() -> list[str]:
    return ["--mount"] if os.geteuid() == 0 else ["--user", "--preserve-credentials", "--mount"]


def _mounts_are_allowed(folder: Path) -> bool:
    try_it = [*_own_mounts(), "sh", "-c", MOUNT, str(DISK_BYTES), str(folder), "true"]
    with contextlib.suppress(OSError):
        return subprocess.run(try_it, capture_output=True, check=False).returncode == 0
    return False


Make = Callable[..., SmallDisk | BoundFiles]


@contextlib.asynccontextmanager
async def small_disk(folder: Path, **settings: object) -> AsyncIterator[Disk]:
    """A started server on a disk that can be filled: a real one where that can be had."""
    make: Make = SmallDisk if _mounts_are_allowed(folder) else BoundFiles
    disk = make(folder, **settings)
    await disk.start()
    try:
        yield disk
    finally:
        await disk.node.stop()
