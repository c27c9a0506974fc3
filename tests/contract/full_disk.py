"""A process whose disk for photos runs full, for tests of what happens then.

    python -m tests.contract.full_disk FOLDER tmpfs|limit

With `tmpfs` the folder is a small file system of this process's own (the caller gave it a mount
namespace); with `limit` the kernel refuses files beyond a size. Prints what was seen as JSON.
"""

import asyncio
import contextlib
import json
import os
import resource
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path

from chat_server.domain.errors import ParleyError
from chat_server.gateways.image_decoder import ImageDecoder
from chat_server.gateways.photo_store import open_photo_store
from chat_server.gateways.photos import PhotoKeeper
from tests.hostile.images import grainy, jpeg

ROOM = 4 << 20
SMALL, LARGE = bytes(1 << 20), bytes(6 << 20)


@contextlib.contextmanager
def little_room(folder: Path, way: str) -> Iterator[None]:
    """While it lasts, the folder takes SMALL and not LARGE."""
    if way == "tmpfs":
        options = ["-t", "tmpfs", "-o", f"size={ROOM}", "none", str(folder)]
        subprocess.run(["mount", *options], check=True)
        yield
        subprocess.run(["mount", "-o", f"remount,size={ROOM * 8}", str(folder)], check=True)
    else:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def files_in(folder: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))


async def upload(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def run_full(folder: Path, way: str) -> dict[str, object]:
    decoder = ImageDecoder(processes=1, scratch=folder)
    attempts: list[Coroutine[None, None, object]]
    with little_room(folder, way):
        store = open_photo_store(str(folder))
        keeper = PhotoKeeper(decoder, store, secrets.token_urlsafe, scratch=folder)
        early, late = secrets.token_hex(16), secrets.token_hex(16)
        await store.put(early, SMALL)
        refused = []
        attempts = [store.put(late, LARGE), keeper.take(upload(jpeg() + LARGE))]
        if way == "tmpfs":
            # The upload lies elsewhere; it is the result that finds no room.
            elsewhere = PhotoKeeper(decoder, store, secrets.token_urlsafe)
            attempts.append(elsewhere.take(upload(grainy())))
        for attempt in attempts:
            try:
                await attempt
            except ParleyError as error:
                refused.append(error.code)
        seen = {
            "refused": refused,
            "files": files_in(folder),
            "readable": await store.get(early) == SMALL,
        }
    await store.put(late, LARGE)
    taken = await keeper.take(upload(jpeg() + LARGE))
    await decoder.close()
    return {**seen, "later": [len(await store.get(late)), taken.width]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run_full(Path(sys.argv[1]), sys.argv[2]))))
