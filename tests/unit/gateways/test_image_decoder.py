"""The decoding processes: started late, ended early, and never in anybody's way."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO

import anyio
import psutil
import pytest

from chat_server.domain.errors import PhotoRefused, Unavailable
from chat_server.gateways import image_process
from chat_server.gateways.image_decoder import WAITING, ImageDecoder
from chat_server.gateways.image_terms import Limits, Refusal
from chat_server.gateways.image_worker import outcome
from tests.api.harness import until
from tests.hostile.images import endless_scans, jpeg

ENDLESS = endless_scans()

PATIENT = Limits(wall_s=600, cpu_s=600)
"""No image of these tests runs into them, however little of the processor it gets."""


@contextlib.asynccontextmanager
async def limited(limits: Limits) -> AsyncIterator[ImageDecoder]:
    """One process for the length of an `async with`."""
    decoder = ImageDecoder(processes=1, limits=limits)
    try:
        yield decoder
    finally:
        await decoder.close(grace_s=0)


@pytest.fixture
async def decoder() -> AsyncIterator[ImageDecoder]:
    async with limited(PATIENT) as decoder:
        yield decoder


@contextlib.contextmanager
def opened(content: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        yield file


async def decode(decoder: ImageDecoder, content: bytes) -> int:
    """The width of the photo that comes out."""
    with opened(content) as file:
        async with decoder.decoded(file) as photo:
            return photo.width


def images_in_hand(decoder: ImageDecoder) -> list[psutil.Process]:
    return [child for pid in decoder.pids for child in psutil.Process(pid).children()]


def is_gone(pid: int) -> bool:
    """Ended; where nobody has asked how, the kernel still keeps its name (a zombie)."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


class Asked:
    """A decoding that goes on in a task, and how it ended."""

    def __init__(self) -> None:
        self.ended: object = None

    async def __call__(self, decoder: ImageDecoder, content: bytes) -> None:
        try:
            self.ended = await decode(decoder, content)
        except (PhotoRefused, Unavailable) as refused:
            self.ended = refused


async def test_no_process_runs_before_the_first_image(decoder: ImageDecoder) -> None:
    before = decoder.pids

    await decode(decoder, jpeg())

    assert before == []
    assert len(decoder.pids) == 1


async def test_one_process_serves_one_image_after_another(decoder: ImageDecoder) -> None:
    await decode(decoder, jpeg())
    first = decoder.pids
    await decode(decoder, jpeg())

    assert decoder.pids == first
    assert images_in_hand(decoder) == []


async def test_an_image_whose_process_is_killed_is_unreadable_and_the_next_is_served(
    decoder: ImageDecoder,
) -> None:
    asked = Asked()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(asked, decoder, ENDLESS)
        await until(lambda: images_in_hand(decoder))
        images_in_hand(decoder)[0].send_signal(signal.SIGSEGV)

    assert isinstance(asked.ended, PhotoRefused)
    assert asked.ended.reason == Refusal.UNREADABLE
    assert await decode(decoder, jpeg()) == 64


async def test_a_killed_decoding_process_is_replaced(decoder: ImageDecoder) -> None:
    asked = Asked()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(asked, decoder, ENDLESS)
        await until(lambda: images_in_hand(decoder))
        (killed,), (image,) = decoder.pids, images_in_hand(decoder)
        os.kill(killed, signal.SIGKILL)

    await until(lambda: is_gone(image.pid))
    assert isinstance(asked.ended, Unavailable)
    assert asked.ended.retryable
    assert await decode(decoder, jpeg()) == 64
    assert decoder.pids != [killed]


async def test_a_decoding_process_that_died_idle_is_not_missed(decoder: ImageDecoder) -> None:
    await decode(decoder, jpeg())
    (killed,) = decoder.pids
    os.kill(killed, signal.SIGKILL)
    await until(lambda: is_gone(killed))

    assert await decode(decoder, jpeg()) == 64


@pytest.mark.slow
async def test_a_frozen_image_is_given_up_after_its_time() -> None:
    asked = Asked()
    frozen = []

    async with limited(Limits(wall_s=4, cpu_s=600)) as decoder:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(asked, decoder, ENDLESS)
            await until(lambda: images_in_hand(decoder))
            frozen = images_in_hand(decoder)
            frozen[0].suspend()

        assert isinstance(asked.ended, PhotoRefused)
        assert asked.ended.reason == Refusal.TOO_SLOW
        await until(lambda: is_gone(frozen[0].pid))
        assert await decode(decoder, jpeg()) == 64


@pytest.mark.slow
async def test_an_image_that_got_no_processor_may_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = Asked()
    # Whatever keeps this process from letting it go on: it is not given up from here.
    monkeypatch.setattr(image_process, "GRACE_S", 600.0)

    async with (
        limited(Limits(wall_s=6, cpu_s=600)) as decoder,
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(asked, decoder, ENDLESS)
        await until(lambda: images_in_hand(decoder))
        (image,) = images_in_hand(decoder)
        image.suspend()
        await until(lambda: signal.SIGALRM in signals_for(image.pid))
        image.resume()

    assert isinstance(asked.ended, Unavailable)
    assert asked.ended.retryable


def signals_for(pid: int) -> set[int]:
    """The signals that wait for a halted process to go on."""
    status = Path(f"/proc/{pid}/status").read_text()
    waiting = int(status.split("ShdPnd:")[1].split()[0], 16)
    return {number for number in range(1, 65) if waiting >> (number - 1) & 1}


async def test_a_decoding_that_nobody_waits_for_any_more_is_ended(decoder: ImageDecoder) -> None:
    in_hand = []

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(Asked(), decoder, ENDLESS)
        await until(lambda: images_in_hand(decoder))
        in_hand = [*decoder.pids, images_in_hand(decoder)[0].pid]
        tasks.cancel_scope.cancel()

    await until(lambda: all(is_gone(pid) for pid in in_hand))
    assert await decode(decoder, jpeg()) == 64


async def test_closing_lets_an_image_under_way_be_finished(decoder: ImageDecoder) -> None:
    asked = Asked()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(asked, decoder, jpeg())
        await until(lambda: decoder.pids)
        (pid,) = decoder.pids
        await decoder.close(grace_s=60)

    assert asked.ended == 64
    assert is_gone(pid)


async def test_closing_ends_what_takes_longer_than_its_grace(decoder: ImageDecoder) -> None:
    asked, late = Asked(), Asked()
    in_hand = []

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(asked, decoder, ENDLESS)
        await until(lambda: images_in_hand(decoder))
        in_hand = [*decoder.pids, images_in_hand(decoder)[0].pid]
        tasks.start_soon(late, decoder, jpeg())
        # The image by itself would take ten minutes.
        with anyio.fail_after(60):
            await decoder.close(grace_s=0.1)

    assert isinstance(asked.ended, Unavailable)
    assert isinstance(late.ended, Unavailable)
    await until(lambda: all(is_gone(pid) for pid in in_hand))
    with pytest.raises(Unavailable):
        await decode(decoder, jpeg())


async def test_closing_twice_or_unused_is_fine() -> None:
    decoder = ImageDecoder()

    await decoder.close()
    await decoder.close()

    assert decoder.pids == []


async def test_more_images_than_may_wait_are_sent_away(decoder: ImageDecoder) -> None:
    asked = [Asked() for _ in range(WAITING + 1)]

    async with anyio.create_task_group() as tasks:
        for each in asked:
            tasks.start_soon(each, decoder, ENDLESS)
        await until(lambda: decoder.waiting == WAITING)
        with pytest.raises(Unavailable) as refused:
            await decode(decoder, jpeg())
        tasks.cancel_scope.cancel()

    assert refused.value.retry_after_ms


async def test_the_turn_lasts_until_the_photo_is_let_go(decoder: ImageDecoder) -> None:
    second = Asked()

    async with anyio.create_task_group() as tasks:
        with opened(jpeg()) as file:
            async with decoder.decoded(file):
                tasks.start_soon(second, decoder, jpeg())
                await until(lambda: decoder.waiting == 1)
                early = second.ended

    assert early is None
    assert second.ended == 64


async def test_the_decoding_process_knows_no_secret_of_the_server(
    decoder: ImageDecoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_JWT_KEYS", "k=something-secret")
    await decode(decoder, jpeg())

    (pid,) = decoder.pids

    assert not [key for key in psutil.Process(pid).environ() if key.startswith("PARLEY")]


async def test_the_decoding_process_holds_no_file_of_the_server(
    decoder: ImageDecoder, tmp_path: Path
) -> None:
    with (tmp_path / "private").open("w"):
        await decode(decoder, jpeg())
        (pid,) = decoder.pids
        held = psutil.Process(pid).open_files()

    assert held == []


LIES = [
    "{}",
    "[]",
    "nonsense",
    "[" * 4000,
    '{"refused": "because"}',
    '{"sizes": [1, 2]}',
    '{"sizes": "abcdef"}',
    '{"sizes": [4, 4, 1, 1, 1, 1]}',
    '{"sizes": [99999999999, 4, 1, 1, 1, 1]}',
    '{"sizes": [-1, -1, 1, 1, 1, 1]}',
]


@pytest.mark.parametrize("lie", LIES)
async def test_words_of_a_process_that_was_taken_over_are_not_believed(
    lie: str, decoder: ImageDecoder
) -> None:
    said = outcome(0, lie.encode(), 0.1, Limits())

    with pytest.raises(PhotoRefused) as refused, opened(b"<script>") as result:
        await decoder._understood({**said, "peak_kib": 1}, result)

    assert refused.value.reason == Refusal.UNREADABLE


async def test_a_missing_place_for_the_result_is_unavailable(tmp_path: Path) -> None:
    decoder = ImageDecoder(scratch=tmp_path / "missing")

    with pytest.raises(Unavailable):
        await decode(decoder, jpeg())
    await decoder.close()


def test_a_server_that_is_killed_leaves_no_process_behind() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.gateways.decoding"], stdout=subprocess.PIPE
    ) as server:
        assert isinstance(server.stdout, io.BufferedReader)
        pids = json.loads(server.stdout.readline())
        alive = [not is_gone(pid) for pid in pids]
        server.kill()

    assert alive == [True, True]
    anyio.run(until, lambda: all(is_gone(pid) for pid in pids))
