"""A process that takes uploads as the web process does, and tells how much memory that cost it.

    python -m tests.hostile.uploading FOLDER_OF_FILES STORE_FOLDER

All files at once, from disk in pieces. Prints one JSON object. A process of its own, because that
of the tests holds images and has pages to spare: growth could hide in them.
"""

import asyncio
import json
import re
import secrets
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from chat_server.gateways.image_decoder import ImageDecoder
from chat_server.gateways.image_terms import Limits
from chat_server.gateways.photo_store import open_photo_store
from chat_server.gateways.photos import PhotoKeeper

STATUS, PEAK_RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
DECODERS = ("PIL", "pillow_heif")


def memory_kib(field: str) -> int:
    found = re.search(rf"{field}:\s+(\d+)", STATUS.read_text())
    assert found is not None
    return int(found.group(1))


def forget_peak() -> None:
    """From here on VmHWM is the peak since now."""
    PEAK_RESET.write_text("5")


async def pieces_of(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as source:
        while piece := source.read(64 * 1024):
            yield piece
            await asyncio.sleep(0)


async def take_all(files: list[Path], folder: str) -> dict[str, object]:
    # However busy the machine is: it is memory that is measured.
    decoder = ImageDecoder(processes=2, limits=Limits(wall_s=300))
    keeper = PhotoKeeper(decoder, open_photo_store(folder), secrets.token_urlsafe)
    before = memory_kib("VmRSS")
    forget_peak()
    taken = await asyncio.gather(*(keeper.take(pieces_of(path)) for path in files))
    report = {
        "taken": len(taken),
        "grown_kib": memory_kib("VmHWM") - before,
        "decoding_kib": decoder.peak_kib,
        "decoders_here": [name for name in DECODERS if name in sys.modules],
    }
    await keeper.close()
    return report


if __name__ == "__main__":
    print(json.dumps(asyncio.run(take_all(sorted(Path(sys.argv[1]).iterdir()), sys.argv[2]))))
