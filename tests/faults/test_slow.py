"""Clients that stop reading: they are cut as slow and come back to all they missed; nobody waits for them."""

import asyncio
import re
import time
from pathlib import Path

import httpx2
import psutil
import pytest

from chat_server.client import connection
from tests.e2e.check import check_world
from tests.e2e.crew import Crew, Party, open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.e2e.waiting import eventually, until
from tests.faults.scale import length

SLOW = 4000
PATIENCE_S = 120.0
PINGS_S = 120.0
"""Between pings, which those who do not read do not answer either: what is tried is that they are cut before."""

LONG = "Длинное сообщение. " * 200
SOON_S = 10.0
"""Whoever waited for those who do not read would wait for ever: nothing else would be said that cuts them."""

MORE_BYTES = 64 * 1024 * 1024
"""What the server may need beside itself: a hundred full outboxes share their frames."""


@pytest.mark.slow
async def test_readers_that_stop_are_cut_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PING_S", PINGS_S)
    store = f"sqlite:///{tmp_path / 'parley.sqlite3'}"
    node = ServerNode(tmp_path / "node", store, ping_seconds=PINGS_S)
    await node.start()
    market = await build_market(node.url, buyers=2, shops=1, sellers=10)
    sellers = [person for person in market.people.values() if person.role == "seller"]
    async with (
        open_crew(market, lambda _: node.url, deliver=False) as crew,
        open_crew(
            market,
            lambda _: node.url,
            devices=length(10, 19),  # And one of the crew: twenty are the most.
            deliver=False,
            people=sellers,
        ) as readers,
    ):
        before = psutil.Process(node.program.pid).memory_info().rss
        for party in readers.parties:
            _socket(party).pause_reading()
        peak, slowest = await _talk_until_cut(crew, node, len(readers.parties))
        assert peak - before < MORE_BYTES
        assert slowest < SOON_S, "nobody waits for those who do not read"
        for party in readers.parties:
            _socket(party).resume_reading()
        await until(lambda: all(p.witness.welcomes == 2 for p in readers.parties), "all are back")

        assert {code for p in readers.parties for code in p.witness.closes} <= {SLOW, None}
        assert [party.witness.closes for party in crew.parties] == [[] for _ in crew.parties]
        crew.parties += readers.parties
        await check_world(crew, node.store)
    await node.stop()


async def _talk_until_cut(crew: Crew, node: ServerNode, readers: int) -> tuple[int, float]:
    """Long messages until every slow reader is cut; the server's peak of memory, and the slowest ack."""
    process = psutil.Process(node.program.pid)
    peak, slowest, number = 0, 0.0, 0
    buyers = [party for party in crew.parties if party.person.role == "buyer"]

    async def one_more() -> bool:
        nonlocal peak, slowest, number
        for buyer in buyers:
            begin, number = time.monotonic(), number + 1
            await crew.say(buyer, crew.market.threads_of(buyer.person)[0], f"{number} {LONG}")
            slowest = max(slowest, time.monotonic() - begin)
        peak = max(peak, process.memory_info().rss)
        return number % 20 == 0 and await _slow_ones(node) == readers

    await eventually(one_more, "all of them are cut", PATIENCE_S)
    return peak, slowest


async def _slow_ones(node: ServerNode) -> int:
    """How many the server itself says that it has cut as slow."""
    async with httpx2.AsyncClient(trust_env=False, timeout=60.0) as http:
        page = (await http.get(f"{node.url}/metrics")).text
    found = re.search(r'^parley_sockets_closed\S*\{[^}]*"slow"[^}]*\} (\S+)$', page, re.MULTILINE)
    return int(float(found[1])) if found else 0


def _socket(party: Party) -> asyncio.Transport:
    there = party.client._session.connection
    assert there is not None
    return there._socket.transport
