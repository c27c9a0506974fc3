"""Hostile images through the door for photos: taken clean, or refused for the reason listed."""

import contextlib
import io
import itertools
import json
import random
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import anyio
import psutil
import pytest
from PIL import Image

from chat_server.domain.errors import PhotoRefused, TooLarge, Unavailable
from chat_server.gateways.image_decoder import ImageDecoder
from chat_server.gateways.image_terms import FULL_BYTES, Limits, Refusal
from chat_server.gateways.images import FULL_EDGE, THUMB_EDGE
from chat_server.gateways.photo_store import PhotoStore, open_photo_store
from chat_server.gateways.photos import UPLOAD_BYTES, PhotoKeeper
from chat_server.ports import TakenPhoto
from tests.hostile.images import (
    CORPUS,
    Entry,
    endless_scans,
    exif_gps,
    file,
    grainy,
    heic,
    jpeg,
    picture,
    pieces,
    turned,
)

UNHURRIED = Limits(wall_s=300)
"""What an image costs is bounded as ever; what else the machine does at the time is not its fault."""
DECODING_KIB = 512 * 1024
WEB_GROWTH_KIB = 32 * 1024
CLEAN_MARKERS = {0xD8, 0xE0, 0xDB, 0xC2, 0xC4, 0xDA, 0xD9}
"""Start, JFIF, tables, progressive frame, scans, end: no EXIF, profile, comment or XMP."""


@pytest.fixture(scope="module")
async def decoder() -> AsyncIterator[ImageDecoder]:
    decoder = ImageDecoder(processes=2, limits=UNHURRIED)
    yield decoder
    await decoder.close()


@pytest.fixture
def store() -> PhotoStore:
    return open_photo_store("memory://")


@pytest.fixture
def keeper(decoder: ImageDecoder, store: PhotoStore) -> PhotoKeeper:
    return PhotoKeeper(decoder, store, secrets.token_urlsafe)


@contextlib.asynccontextmanager
async def own_keeper(
    processes: int, limits: Limits
) -> AsyncIterator[tuple[PhotoKeeper, ImageDecoder]]:
    """A door with limits of its own."""
    decoder = ImageDecoder(processes=processes, limits=limits)
    try:
        yield PhotoKeeper(decoder, open_photo_store("memory://"), secrets.token_urlsafe), decoder
    finally:
        await decoder.close()


async def upload(content: bytes) -> AsyncIterator[bytes]:
    for piece in pieces(content):
        yield piece


async def names_in(store: PhotoStore) -> set[str]:
    return {kept.name async for kept in store.list()}


def markers(content: bytes) -> list[int]:
    """The markers of a JPEG's segments, in order, those inside of scans left out."""
    found, place = [], 0
    while place < len(content):
        assert content[place] == 0xFF, "not where a segment begins"
        marker = content[place + 1]
        found.append(marker)
        place += 2
        if marker not in (0xD8, 0xD9):
            place += int.from_bytes(content[place : place + 2])
        if marker == 0xDA:
            while content[place] != 0xFF or content[place + 1] in (0, *range(0xD0, 0xD8)):
                place += 1
    return found


async def assert_clean(store: PhotoStore, taken: TakenPhoto) -> None:
    """Both files are plain JPEGs of the size told, with nothing in them but pixels."""
    full, thumb = await store.get(taken.full), await store.get(taken.thumb)
    for content in (full, thumb):
        assert set(markers(content)) <= CLEAN_MARKERS
    shown, small = Image.open(io.BytesIO(full)), Image.open(io.BytesIO(thumb))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (taken.width, taken.height))
    assert len(full) == taken.size <= FULL_BYTES
    assert max(shown.size) <= FULL_EDGE
    assert small.format == "JPEG"
    assert max(small.size) <= THUMB_EDGE


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry.name)
async def test_item_58_each_file_is_taken_clean_or_refused_for_its_reason(
    entry: Entry, keeper: PhotoKeeper, store: PhotoStore, decoder: ImageDecoder
) -> None:
    content = entry.make()

    if isinstance(entry.outcome, Refusal):
        with pytest.raises(PhotoRefused) as refused:
            await keeper.take(upload(content))
        assert refused.value.reason == entry.outcome
        assert await names_in(store) == set()
    else:
        taken = await keeper.take(upload(content))
        assert (taken.width, taken.height) == entry.outcome
        await assert_clean(store, taken)
    assert 0 < decoder.peak_kib < DECODING_KIB


async def test_item_58_more_bytes_than_are_taken_are_refused_before_they_are_read(
    keeper: PhotoKeeper, store: PhotoStore
) -> None:
    asked_for = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked_for
        while True:
            asked_for += 64 * 1024
            yield bytes(64 * 1024)

    with pytest.raises(TooLarge):
        await keeper.take(endless())

    assert asked_for <= UPLOAD_BYTES + 64 * 1024
    assert await names_in(store) == set()


async def test_item_58_the_largest_upload_is_taken(keeper: PhotoKeeper) -> None:
    padded = jpeg() + bytes(UPLOAD_BYTES - len(jpeg()))

    taken = await keeper.take(upload(padded))

    assert (taken.width, taken.height) == (64, 48)


async def test_item_58_an_endless_image_is_cut_off_and_the_next_is_served() -> None:
    async with own_keeper(1, UNHURRIED._replace(cpu_s=1)) as (keeper, _):
        began = time.monotonic()
        with pytest.raises(PhotoRefused) as refused:
            await keeper.take(upload(endless_scans()))
        took_s = time.monotonic() - began
        taken = await keeper.take(upload(jpeg()))

    assert refused.value.reason == Refusal.TOO_SLOW
    assert took_s < 60, "its processor time ended, and not its five minutes"
    assert taken.width == 64


async def test_item_58_an_image_that_wants_more_memory_than_allowed_is_refused() -> None:
    async with own_keeper(1, UNHURRIED._replace(memory_bytes=64 * 1024 * 1024)) as (keeper, poor):
        with pytest.raises(PhotoRefused) as refused:
            await keeper.take(upload(file(Image.new("RGB", (5_000, 5_000)), "JPEG", quality=10)))

    assert refused.value.reason == Refusal.UNREADABLE
    assert poor.peak_kib < 128 * 1024


@pytest.mark.slow
async def test_item_58_four_in_parallel_go_one_at_a_time_through_each_process() -> None:
    slow, most, refused = endless_scans(), 0, 0

    async def one(keeper: PhotoKeeper) -> None:
        nonlocal refused
        # Too slow for the image's own fault, or for the machine's that runs other tests as well.
        with pytest.raises((PhotoRefused, Unavailable)):
            await keeper.take(upload(slow))
        refused += 1

    async with (
        own_keeper(2, Limits(cpu_s=2)) as (keeper, decoder),
        anyio.create_task_group() as tasks,
    ):
        for _ in range(4):
            tasks.start_soon(one, keeper)
        while refused < 4:
            await anyio.sleep(0.02)
            for pid in decoder.pids:
                most = max(most, len(psutil.Process(pid).children()))
            assert len(decoder.pids) <= 2

    assert most == 1


@pytest.mark.slow
def test_item_58_four_in_parallel_leave_the_web_process_small(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    large = file(Image.new("RGBA", (5_000, 5_000), (9, 99, 9, 9)), "WEBP", method=0)
    for number, content in enumerate((grainy(), grainy(), large, exif_gps())):
        padding = bytes(UPLOAD_BYTES - len(content))
        (uploads / str(number)).write_bytes(content + padding)

    told = subprocess.run(
        [sys.executable, "-m", "tests.hostile.uploading", str(uploads), str(tmp_path / "photos")],
        stdout=subprocess.PIPE,
        check=True,
        timeout=600,
    )

    report = json.loads(told.stdout)
    assert report["taken"] == 4
    assert report["decoders_here"] == []
    assert 0 < report["grown_kib"] < WEB_GROWTH_KIB, report
    assert 0 < report["decoding_kib"] < DECODING_KIB, report


@pytest.mark.parametrize(
    "make",
    [jpeg, heic, lambda: file(picture(), "PNG"), lambda: file(picture(), "WEBP")],
    ids=["jpeg", "heic", "png", "webp"],
)
async def test_item_58_damaged_files_are_taken_or_refused_and_nothing_else(
    make: Callable[[], bytes], keeper: PhotoKeeper
) -> None:
    chance, good = random.Random(58), make()
    outcomes = []

    for _ in range(30):
        damaged = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
        try:
            await keeper.take(upload(bytes(damaged)))
            outcomes.append("taken")
        except PhotoRefused as refused:
            outcomes.append(refused.reason)

    assert len(outcomes) == 30
    assert set(outcomes) <= {"taken", Refusal.UNREADABLE, Refusal.TOO_MANY_PIXELS}


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_item_59_the_photo_stands_upright(
    orientation: int, keeper: PhotoKeeper, store: PhotoStore
) -> None:
    stored = Image.open(io.BytesIO(turned(orientation)))

    taken = await keeper.take(upload(turned(orientation)))

    shown = Image.open(io.BytesIO(await store.get(taken.full)))
    for left, top in itertools.product((True, False), repeat=2):
        there = corner(shown, left=left, top=top)
        assert near(there, expected_corner(stored, orientation, left=left, top=top))


def corner(image: Image.Image, *, left: bool, top: bool) -> object:
    """The colour near a corner."""
    return image.getpixel((8 if left else image.width - 9, 8 if top else image.height - 9))


def expected_corner(stored: Image.Image, orientation: int, *, left: bool, top: bool) -> object:
    """The colour that belongs into a corner, looked up in the picture as it was stored.

    EXIF tells where its first row and first column are to be seen; from 5 on a row is a column.
    """
    if orientation >= 5:
        first_row = left if orientation in (5, 8) else not left
        first_column = top if orientation in (5, 6) else not top
    else:
        first_row = top if orientation in (1, 2) else not top
        first_column = left if orientation in (1, 4) else not left
    return corner(stored, left=first_column, top=first_row)


def near(one: object, other: object) -> bool:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


async def test_item_59_nothing_that_the_camera_wrote_is_stored(
    keeper: PhotoKeeper, store: PhotoStore
) -> None:
    taken = await keeper.take(upload(exif_gps()))

    for name in (taken.full, taken.thumb):
        content = await store.get(name)
        assert b"Secret" not in content
        assert b"Exif" not in content
        assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize("see_through", [(9, 99, 9, 0), (9, 99, 9, 255)], ids=["clear", "solid"])
async def test_item_59_what_shines_through_is_white(
    see_through: tuple[int, int, int, int], keeper: PhotoKeeper, store: PhotoStore
) -> None:
    taken = await keeper.take(upload(file(Image.new("RGBA", (9, 9), see_through), "PNG")))

    shown = Image.open(io.BytesIO(await store.get(taken.full)))
    assert near(shown.getpixel((4, 4)), (255, 255, 255) if see_through[3] == 0 else (9, 99, 9))
