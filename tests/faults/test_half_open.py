"""Connections that never say who they are: closed in time, and nobody else is the worse for them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.e2e.check import check_world
from tests.e2e.crew import open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.e2e.waiting import until
from tests.faults.scale import SOAK, length

NO_HELLO = 4503
HELLO_S = 10.0 if SOAK else 2.0
HEADERS_S = 15.0
SLACK_S = 30.0
"""What a busy machine may add to a bound."""


@pytest.mark.slow
async def test_connections_without_a_hello_are_closed(tmp_path: Path) -> None:
    node = ServerNode(
        tmp_path / "node", f"sqlite:///{tmp_path / 'parley.sqlite3'}", hello_seconds=HELLO_S
    )
    await node.start()
    market = await build_market(node.url, buyers=2, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        async with _half_open(node.port, length(200, 500)) as silent, crew.talking():
            enough = crew.acked + 50
            await until(lambda: crew.acked >= enough, "the others talk")
            codes = await asyncio.wait_for(
                asyncio.gather(*(_close_code(socket) for socket in silent)), HELLO_S + SLACK_S
            )

        assert set(codes) == {NO_HELLO}
        assert [party.witness.closes for party in crew.parties] == [[] for _ in crew.parties]
        await check_world(crew, node.store)
    await node.stop()


@pytest.mark.slow
async def test_connections_without_a_word_are_cut(node: ServerNode) -> None:
    """Plain TCP: the server's patience for a first request is fixed, so that this takes its time in the soak only."""
    market = await build_market(node.url, buyers=1, shops=1)
    lines = [await asyncio.open_connection("127.0.0.1", node.port) for _ in range(length(100, 500))]
    async with open_crew(market, lambda _: node.url) as crew:
        async with crew.talking():
            enough = crew.acked + 50
            await until(lambda: crew.acked >= enough, "the others talk")
        if SOAK:
            ends = asyncio.gather(*(reader.read() for reader, _ in lines))
            assert set(await asyncio.wait_for(ends, HEADERS_S + SLACK_S)) == {b""}
        for _, writer in lines:
            writer.close()

        await check_world(crew, node.store)
    process = psutil.Process(node.program.pid)
    await until(lambda: process.num_fds() < 50, "nothing of them is left")


@contextlib.asynccontextmanager
async def _half_open(port: int, count: int) -> AsyncIterator[list[ClientConnection]]:
    """Sockets that were upgraded, and say nothing."""
    async with contextlib.AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                connect(
                    f"ws://127.0.0.1:{port}/socket",
                    subprotocols=[Subprotocol("parley.v1")],
                    compression=None,
                    proxy=None,
                    ping_interval=None,
                    open_timeout=60,
                )
            )
            for _ in range(count)
        ]


async def _close_code(socket: ClientConnection) -> int | None:
    try:
        await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd is not None else None
    raise AssertionError("The server spoke to whoever had said nothing.")
