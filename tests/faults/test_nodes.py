"""One of two nodes dies, or stands still, while everybody talks through both."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.e2e.check import check_world
from tests.e2e.cluster import open_cluster
from tests.e2e.crew import Crew, open_crew
from tests.e2e.market import build_market
from tests.e2e.waiting import until
from tests.faults.scale import SOAK, length
from tests.services.postgres import Postgres
from tests.services.redis import Redis


@pytest.mark.slow
async def test_nothing_is_lost_when_one_of_two_nodes_is_killed(
    tmp_path: Path, postgres_server: Postgres, redis_server: Redis
) -> None:
    async with open_cluster(tmp_path, postgres_server, redis_server) as cluster:
        market = await build_market(cluster.way, sellers=2)
        async with open_crew(market, lambda _: cluster.way) as crew:
            async with crew.talking():
                for _ in range(length(3, 50)):
                    await _talk(crew, 30)
                    node = random.choice(cluster.nodes)
                    await node.kill()
                    await _talk(crew, 30)
                    await node.start()

            await check_world(crew, cluster.store)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.5, 3.0] if not SOAK else [0.5, 2.0, 5.0, 12.0, 30.0])
async def test_nothing_is_lost_when_one_of_two_nodes_stands_still(
    seconds: float, tmp_path: Path, postgres_server: Postgres, redis_server: Redis
) -> None:
    async with open_cluster(tmp_path, postgres_server, redis_server) as cluster:
        market = await build_market(cluster.way, sellers=2)
        still, going = cluster.nodes
        # The two of the first thread talk through the node that goes on, the others through either.
        thread = next(iter(market.threads))
        going_people = market.threads[thread]
        async with open_crew(
            market, lambda p: going.url if p.key in going_people else cluster.way
        ) as crew:
            async with crew.talking():
                await _talk(crew, 30)
                still.program.freeze()
                before = _said_in(crew, thread)
                await asyncio.sleep(seconds)  # How long it stands still is what is tried.
                await until(
                    lambda: _said_in(crew, thread) > before, "those on the other node go on talking"
                )
                still.program.thaw()
                await _talk(crew, 30)

            await check_world(crew, cluster.store)


def _said_in(crew: Crew, thread: str) -> int:
    return sum(said.thread_id == thread for said in crew.ledger.said.values())


async def _talk(crew: Crew, messages: int) -> None:
    enough = crew.acked + messages
    await until(lambda: crew.acked >= enough, "people talk")
