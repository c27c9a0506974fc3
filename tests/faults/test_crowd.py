"""Everybody loses the same server and comes back at once: all are let in, and hold everything soon."""

import resource
import time
from pathlib import Path

import pytest

from tests.e2e.check import check_world
from tests.e2e.crew import Crew, open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.faults.scale import length

AT_ONCE = (0.001, 0.05)
"""No client of ours comes back like this: it is the crowd that has no manners."""


@pytest.mark.slow
async def test_a_crowd_that_comes_back_at_once_is_let_in(tmp_path: Path) -> None:
    _enough_files()
    node = ServerNode(tmp_path / "node", f"sqlite:///{tmp_path / 'parley.sqlite3'}")
    await node.start()
    market = await build_market(node.url, buyers=length(180, 1900), shops=20, each=1)
    async with open_crew(market, lambda _: node.url, backoff=AT_ONCE) as crew:
        await _one_word_each(crew)
        await node.restart()
        begin = time.monotonic()
        await crew.all_are_there(120)
        print(f"{len(crew.parties)} clients were back after {time.monotonic() - begin:.2f} s")
        await _one_word_each(crew)

        await check_world(crew, node.store, sample=20)
    await node.stop()


async def _one_word_each(crew: Crew) -> None:
    for party in crew.parties:
        if party.person.role == "buyer":
            await crew.say(party, crew.market.threads_of(party.person)[0], "Here")


def _enough_files() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))
