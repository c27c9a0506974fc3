"""Hours of ordinary talk, as far as there is time: nothing grows but the store."""

import time
from pathlib import Path

import psutil
import pytest

from tests.e2e.check import check_world
from tests.e2e.crew import Crew, open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.e2e.waiting import eventually, until
from tests.faults.scale import length

SECONDS = length(6.0, 900.0)
WARM_S = SECONDS / 3
GROWTH_BYTES = 16 * 1024 * 1024
LOG_BYTES = 64 * 1024 * 1024
"""The write-ahead log is folded back while people talk."""


@pytest.mark.slow
async def test_nothing_grows_but_the_store(tmp_path: Path) -> None:
    path = tmp_path / "parley.sqlite3"
    node = ServerNode(tmp_path / "node", f"sqlite:///{path}", log_level="warning")
    await node.start()
    process = psutil.Process(node.program.pid)
    market = await build_market(node.url, buyers=6, shops=3, sellers=2)
    async with open_crew(market, lambda _: node.url) as crew:
        async with crew.talking(0.1):
            await _seconds(WARM_S)
            before, files = process.memory_info().rss, process.num_fds()
            for _ in range(length(2, 100)):
                await _come_and_go(crew)
            await _seconds(SECONDS - WARM_S)
            after = process.memory_info().rss
            log = path.with_name(path.name + "-wal").stat().st_size

        await until(lambda: process.num_fds() <= files + 5, "what was opened is closed")
        await check_world(crew, node.store)
    print(f"{crew.acked} messages; memory {before} -> {after}, log {log} bytes")
    assert after - before < GROWTH_BYTES and log < LOG_BYTES
    assert node.log().count('"level": "error"') == 0, "nothing is logged as an error"
    await node.stop()


async def _come_and_go(crew: Crew) -> None:
    """Every connection is lost once."""
    await crew.all_are_there()
    before = [party.witness.welcomes for party in crew.parties]
    for party in crew.parties:
        connection = party.client._session.connection
        assert connection is not None
        connection.cut()
    came = list(zip(crew.parties, before, strict=True))
    await until(
        lambda: all(p.witness.welcomes > count and p.client.connected for p, count in came),
        "all are back",
    )


async def _seconds(seconds: float) -> None:
    """How long people talk is what is tried."""
    limit = time.monotonic() + seconds

    async def over() -> bool:
        return time.monotonic() >= limit

    await eventually(over, "time passes", seconds + 30)
