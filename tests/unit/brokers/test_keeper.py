"""A connection is watched and made anew, also when what answers is no Redis."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from chat_server.brokers import open_broker
from chat_server.brokers.pace import Pace
from chat_server.brokers.redis import RedisBroker

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
QUICK = Pace(connect_s=0.2, longest_pause_s=0.05, start_s=0.5)
TRIES = 3


class Silence:
    """A sink that nobody should call but after a reconnection."""

    def received(self, channel: str, frame: bytes) -> None:
        raise AssertionError("nothing was published")

    def woken(self) -> None:
        raise AssertionError("nobody woke us")

    def lost_place(self) -> None:
        raise AssertionError("nothing was ever connected")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def junk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()


async def too_old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"-ERR unknown command `HELLO`\r\n" * 4)
    await writer.drain()


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def says_too_much(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"%0\r\n+OK\r\n>0\r\n-ERR no\r\n+more\r\n>1\r\n+still\r\n")
    await writer.drain()


@pytest.mark.parametrize("serve", [junk, too_old, hangs_up, says_nothing, says_too_much])
async def test_what_is_no_redis_is_tried_again_and_raises_nothing(serve: Serve) -> None:
    tries = 0
    enough = asyncio.Event()

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal tries
        tries += 1
        if tries >= TRIES:
            enough.set()
        try:
            await serve(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(counted, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    broker = RedisBroker(f"redis://{host}:{port}/0", "parley:test", QUICK)

    async with server:
        await broker.start(Silence())
        broker.publish("t", b"frame")
        assert await broker.take("key", 1, 60_000) == 0
        async with asyncio.timeout(30):
            await enough.wait()
        assert not broker.healthy
        await broker.stop()

    assert broker.counts.connections == 0
    assert broker.counts.frames_dropped == 1


async def test_a_broker_may_be_stopped_that_was_never_started() -> None:
    broker = RedisBroker("redis://127.0.0.1/0", "parley:test", QUICK)

    await broker.stop()

    assert not broker.healthy


@pytest.mark.parametrize(
    "url", ["http://h", "h:6379", "redis://:s3cret@h:s3cret", "redis://:s3cret@h?s3cret=1", ""]
)
def test_what_is_no_address_of_a_redis_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ValueError) as refusal:
        open_broker(url, "test")

    assert "s3cret" not in str(refusal.value)
    assert refusal.value.__cause__ is None
