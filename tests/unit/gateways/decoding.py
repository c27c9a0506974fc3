"""A process in the middle of decoding an image, for tests that kill it.

    python -m tests.unit.gateways.decoding

Prints the ids of its decoding processes once an image is in hand, and goes on decoding it.
"""

import asyncio
import json
import tempfile

import psutil

from chat_server.gateways.image_decoder import ImageDecoder
from chat_server.gateways.image_terms import Limits
from tests.hostile.images import endless_scans


async def decode_for_ever() -> None:
    decoder = ImageDecoder(processes=1, limits=Limits(wall_s=600, cpu_s=600))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(decode(decoder))
        while not (busy := in_hand(decoder)):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)
        print(json.dumps([*decoder.pids, *busy]), flush=True)


def in_hand(decoder: ImageDecoder) -> list[int]:
    """The processes that decode an image at this moment."""
    return [image.pid for pid in decoder.pids for image in psutil.Process(pid).children()]


async def decode(decoder: ImageDecoder) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(endless_scans())
        file.flush()
        async with decoder.decoded(file):
            raise AssertionError("there was time enough to end this process")


if __name__ == "__main__":
    asyncio.run(decode_for_ever())
