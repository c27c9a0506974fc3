"""SIGTERM under load: everybody is told to come back, what was begun is finished, and the exit is clean."""

from pathlib import Path

import pytest

from tests.e2e.check import check_world
from tests.e2e.crew import Crew, open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.e2e.waiting import until
from tests.faults.scale import length

RESTART = 1012
DRAIN_S = 6.0
"""Longer than the tests' own process may stand still."""


@pytest.mark.slow
async def test_a_server_that_is_told_to_go_loses_nothing(node: ServerNode) -> None:
    market = await build_market(node.url, sellers=2)
    node.program.cold = True  # Its exit status is that of a process of its own.
    async with open_crew(market, lambda _: node.url) as crew:
        async with crew.talking(0.01):
            for _ in range(length(3, 30)):
                enough = crew.acked + 20
                await until(lambda enough=enough: crew.acked >= enough, "people talk")  # type: ignore[misc]
                await crew.all_are_there()
                before = [len(party.witness.closes) for party in crew.parties]
                assert await node.drain() == 0
                await _all_have_noticed(crew, before)
                assert [party.witness.closes[-1] for party in crew.parties] == [
                    RESTART for _ in crew.parties
                ]
                await node.start()

        await check_world(crew, node.store)


@pytest.mark.slow
async def test_the_last_words_are_spread_over_the_drain(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'parley.sqlite3'}"
    node = ServerNode(tmp_path / "node", store, drain_seconds=DRAIN_S)
    await node.start()
    market = await build_market(node.url, buyers=1, shops=1)
    async with open_crew(market, lambda _: node.url, devices=10) as crew:
        node.program.terminate()

        await until(lambda: _told(crew) >= 1, "the first is told")
        assert _told(crew) < len(crew.parties), "not all at once"
        await until(lambda: _told(crew) == len(crew.parties), "all are told")

        assert {party.witness.closes[0] for party in crew.parties} == {RESTART}
    await node.stop()


def _told(crew: Crew) -> int:
    return sum(bool(party.witness.closes) for party in crew.parties)


async def _all_have_noticed(crew: Crew, before: list[int]) -> None:
    """A server that has ended has told everybody, which does not mean that everybody has heard it."""
    told = list(zip(crew.parties, before, strict=True))
    await until(
        lambda: all(len(party.witness.closes) > count for party, count in told), "all have noticed"
    )
