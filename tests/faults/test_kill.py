"""The only server is killed as by a power cut, again and again, while everybody talks."""

import random

import pytest

from tests.e2e.check import check_world
from tests.e2e.crew import open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.e2e.waiting import until
from tests.faults.scale import length


@pytest.mark.slow
async def test_nothing_is_lost_when_the_only_server_is_killed(node: ServerNode) -> None:
    market = await build_market(node.url, sellers=2)
    async with open_crew(market, lambda _: node.url) as crew:
        async with crew.talking(0.02):
            for number in range(length(20, 100)):
                if number % 5 == 0:
                    # Else whoever comes back later than others might never be there.
                    await crew.all_are_there()
                enough = crew.acked + random.randrange(1, 20)
                await until(lambda enough=enough: crew.acked >= enough, "people talk")  # type: ignore[misc]
                await node.restart()

        truth = await check_world(crew, node.store)

    assert sum(talk.last_seq for talk in truth.talks.values()) >= crew.acked
    assert min(party.witness.welcomes for party in crew.parties) >= 3, "all of them came back"
