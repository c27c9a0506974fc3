"""Redis is a wake-up and no more: killed, emptied or frozen, everything is still said and heard."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from chat_server.jobs.follower import POLL_S
from tests.e2e.check import check_world
from tests.e2e.cluster import Cluster, open_cluster
from tests.e2e.crew import Crew, Party, open_crew
from tests.e2e.market import build_market
from tests.e2e.waiting import until
from tests.faults.scale import length
from tests.services.postgres import Postgres
from tests.services.redis import Redis, own_redis

ACKNOWLEDGED_WITHIN_S = 2.0
HEARD_WITHIN_S = 5.0
SLACK_S = 10.0
"""What a busy machine may add to a bound."""

HEALED_WITHIN_S = 60.0

Fault = Callable[[Redis], None]


@asynccontextmanager
async def _town(
    folder: Path, postgres: Postgres, redis: Redis
) -> AsyncIterator[tuple[Cluster, Crew]]:
    """Buyers talk to one node, sellers to the other."""
    async with open_cluster(folder, postgres, redis) as cluster:
        one, other = cluster.nodes
        market = await build_market(one.url, buyers=2, shops=1)
        async with open_crew(market, lambda p: one.url if p.role == "buyer" else other.url) as crew:
            yield cluster, crew


@pytest.mark.slow
@pytest.mark.parametrize(
    ("strike", "heal"),
    [
        pytest.param(lambda r: r.program.kill(), lambda r: r.program.start(), id="killed"),
        pytest.param(lambda r: r.program.freeze(), lambda r: r.program.thaw(), id="frozen"),
        pytest.param(lambda r: r.flush(), lambda r: None, id="emptied"),
    ],
)
async def test_without_redis_everything_is_said_and_heard(
    strike: Fault, heal: Fault, tmp_path: Path, postgres_server: Postgres
) -> None:
    with own_redis() as redis:
        async with _town(tmp_path, postgres_server, redis) as (cluster, crew):
            async with crew.talking(0.05):
                await _talk(crew, 20)
                await asyncio.to_thread(strike, redis)
                for _ in range(length(2, 10)):
                    await _one_word(crew)
                await asyncio.to_thread(heal, redis)
                await _talk(crew, 20)
                await _quick_again(crew)

            await check_world(crew, cluster.store)


@pytest.mark.slow
async def test_redis_may_come_and_go(tmp_path: Path, postgres_server: Postgres) -> None:
    with own_redis() as redis:
        async with _town(tmp_path, postgres_server, redis) as (cluster, crew):
            async with crew.talking(0.02):
                for _ in range(length(3, 30)):
                    await asyncio.to_thread(redis.program.restart)
                    await _talk(crew, 20)

            await check_world(crew, cluster.store)


async def test_a_cluster_starts_without_redis(tmp_path: Path, postgres_server: Postgres) -> None:
    with own_redis() as redis:
        redis.program.kill()
        async with _town(tmp_path, postgres_server, redis) as (cluster, crew):
            await _one_word(crew)
            await asyncio.to_thread(redis.program.start)
            await _quick_again(crew)

            await check_world(crew, cluster.store)


async def _one_word(crew: Crew) -> float:
    """From one node to the other; both waits are within their bounds. Seconds until it was heard."""
    buyer, seller = crew.party("buyer-0"), crew.party("seller-0-0")
    thread = crew.market.threads_of(buyer.person)[0]
    begin = time.monotonic()
    said = await crew.say(buyer, thread, "Do you hear me?")
    assert time.monotonic() - begin < ACKNOWLEDGED_WITHIN_S + SLACK_S
    await until(lambda: _holds(seller, thread, said.seq), "it is heard", HEARD_WITHIN_S + SLACK_S)
    return time.monotonic() - begin


async def _quick_again(crew: Crew) -> None:
    """Once Redis is back, nobody waits for the poll any more.

    A word that is said as soon as the one before was heard would wait for all of it: it was heard with a poll.
    """
    limit = time.monotonic() + HEALED_WITHIN_S
    waits = [await _one_word(crew) for _ in range(3)]
    while max(waits[-3:]) > POLL_S / 2:
        assert time.monotonic() < limit, f"it does not heal: {waits}"
        waits.append(await _one_word(crew))


def _holds(party: Party, thread: str, seq: int) -> bool:
    return thread in party.client.views() and party.client.log(thread).upto >= seq


async def _talk(crew: Crew, messages: int) -> None:
    enough = crew.acked + messages
    await until(lambda: crew.acked >= enough, "people talk")
