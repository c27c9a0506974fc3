"""The door for photos: whatever happens at it, a photo is stored whole or not at all."""

import itertools
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest

from chat_server.domain.errors import NotFound, PhotoRefused, Unavailable
from chat_server.gateways.image_decoder import ImageDecoder
from chat_server.gateways.photo_store import PhotoStore, open_photo_store
from chat_server.gateways.photos import PhotoKeeper
from chat_server.ports import Photos
from tests.hostile.images import endless_scans, jpeg, pieces


@pytest.fixture
async def decoder(tmp_path: Path) -> AsyncIterator[ImageDecoder]:
    decoder = ImageDecoder(processes=1)
    yield decoder
    await decoder.close(grace_s=0)


@pytest.fixture
def store() -> PhotoStore:
    return open_photo_store("memory://")


@pytest.fixture
def keeper(decoder: ImageDecoder, store: PhotoStore, tmp_path: Path) -> PhotoKeeper:
    return PhotoKeeper(decoder, store, secrets.token_urlsafe, scratch=tmp_path)


async def upload(content: bytes) -> AsyncIterator[bytes]:
    for piece in pieces(content, 100):
        yield piece


async def names_in(store: PhotoStore) -> list[str]:
    return [kept.name async for kept in store.list()]


async def test_a_taken_photo_can_be_read_and_dropped(keeper: PhotoKeeper) -> None:
    photos: Photos = keeper

    taken = await photos.take(upload(jpeg()))
    full, thumb = await photos.read(taken.full), await photos.read(taken.thumb)
    await photos.drop(taken.full)
    await photos.drop(taken.full)

    assert len(full) == taken.size
    assert thumb.startswith(b"\xff\xd8\xff")
    with pytest.raises(NotFound):
        await photos.read(taken.full)
    assert await photos.read(taken.thumb) == thumb


async def test_the_same_upload_twice_gets_other_names(keeper: PhotoKeeper) -> None:
    first = await keeper.take(upload(jpeg()))
    second = await keeper.take(upload(jpeg()))

    assert len({first.full, first.thumb, second.full, second.thumb}) == 4
    assert first.sha256 == second.sha256


async def test_a_photo_comes_in_pieces_when_it_is_opened(keeper: PhotoKeeper) -> None:
    taken = await keeper.take(upload(jpeg()))

    opened = await keeper.open(taken.full)
    content = b"".join([piece async for piece in opened])

    assert opened.size == len(content) == taken.size
    assert content == await keeper.read(taken.full)


async def test_a_refused_upload_leaves_nothing(
    keeper: PhotoKeeper, store: PhotoStore, tmp_path: Path
) -> None:
    with pytest.raises(PhotoRefused):
        await keeper.take(upload(b"no photo"))

    assert await names_in(store) == []
    assert os.listdir(tmp_path) == []


async def test_an_upload_that_breaks_off_leaves_nothing(
    keeper: PhotoKeeper, store: PhotoStore, decoder: ImageDecoder, tmp_path: Path
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield jpeg()[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await keeper.take(broken())

    assert await names_in(store) == []
    assert os.listdir(tmp_path) == []
    assert decoder.pids == []


async def test_an_upload_that_nobody_waits_for_any_more_leaves_nothing(
    keeper: PhotoKeeper, store: PhotoStore, decoder: ImageDecoder, tmp_path: Path
) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(keeper.take, upload(endless_scans(count=200)))
        with anyio.fail_after(30):
            while not decoder.pids:
                await anyio.lowlevel.checkpoint()
        tasks.cancel_scope.cancel()

    assert await names_in(store) == []
    assert os.listdir(tmp_path) == []
    assert (await keeper.take(upload(jpeg()))).width == 64


async def test_a_photo_of_which_one_size_cannot_be_stored_is_not_stored_at_all(
    decoder: ImageDecoder, store: PhotoStore
) -> None:
    # The second file meets the first one under the same name, which is taken.
    keeper = PhotoKeeper(decoder, store, itertools.repeat("n" * 22).__next__)

    with pytest.raises(ValueError, match="twice"):
        await keeper.take(upload(jpeg()))

    assert await names_in(store) == []


async def test_a_missing_place_for_uploads_is_said_to_be_unavailable(
    decoder: ImageDecoder, store: PhotoStore, tmp_path: Path
) -> None:
    keeper = PhotoKeeper(decoder, store, secrets.token_urlsafe, scratch=tmp_path / "missing")

    with pytest.raises(Unavailable) as refused:
        await keeper.take(upload(jpeg()))

    assert type(refused.value) is Unavailable


async def test_a_closed_door_takes_nothing_and_still_gives_out(keeper: PhotoKeeper) -> None:
    taken = await keeper.take(upload(jpeg()))
    await keeper.close()

    with pytest.raises(Unavailable):
        await keeper.take(upload(jpeg()))

    assert len(await keeper.read(taken.full)) == taken.size
