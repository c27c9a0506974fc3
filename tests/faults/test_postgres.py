"""PostgreSQL is away: nothing is promised, everybody is told soon, sockets stay, and it heals by itself."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chat_server.client import Refused, new_key
from chat_server.wire.frames import SendMessage
from tests.e2e.check import check_world
from tests.e2e.cluster import open_cluster
from tests.e2e.crew import Crew, Party, open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.e2e.waiting import eventually, until
from tests.faults.scale import length
from tests.services.postgres import Postgres, own_postgres
from tests.services.redis import Redis

TOLD_WITHIN_S = 2.0
HEALED_WITHIN_S = 5.0
SLACK_S = 10.0
"""What a busy machine may add to a bound."""

Fault = Callable[[Postgres], None]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("strike", "heal"),
    [
        pytest.param(lambda p: p.program.kill(), lambda p: p.program.start(), id="killed"),
        pytest.param(lambda p: p.program.freeze(), lambda p: p.program.thaw(), id="frozen"),
    ],
)
async def test_nothing_is_lost_while_the_database_is_away(
    strike: Fault, heal: Fault, tmp_path: Path, redis_server: Redis
) -> None:
    with own_postgres(durable=True) as postgres:
        async with open_cluster(tmp_path, postgres, redis_server) as cluster:
            market = await build_market(cluster.way, buyers=2, shops=1)
            async with open_crew(market, lambda _: cluster.way) as crew:
                async with crew.talking():
                    await _talk(crew, 50)
                    await asyncio.to_thread(strike, postgres)
                    closes = [list(party.witness.closes) for party in crew.parties]
                    await _everybody_is_told(crew, length(3.0, 10.0))
                    assert not any(node.is_ready() for node in cluster.nodes)
                    await asyncio.to_thread(heal, postgres)
                    await _everybody_talks_again(crew, cluster.nodes)
                    assert [party.witness.closes for party in crew.parties] == closes
                    await _talk(crew, 50)

                await check_world(crew, cluster.store)


@pytest.mark.slow
async def test_a_database_that_is_killed_again_and_again(
    tmp_path: Path, redis_server: Redis
) -> None:
    with own_postgres(durable=True) as postgres:
        async with open_cluster(tmp_path, postgres, redis_server) as cluster:
            market = await build_market(cluster.way, buyers=2, shops=1)
            async with open_crew(market, lambda _: cluster.way) as crew:
                async with crew.talking():
                    for _ in range(length(3, 30)):
                        await _talk(crew, 20)
                        await asyncio.to_thread(postgres.program.kill)
                        await asyncio.to_thread(postgres.program.start)

                await check_world(crew, cluster.store)


async def _everybody_is_told(crew: Crew, seconds: float) -> None:
    """As long as it lasts: reads and writes are refused in time, with a hint when to come again."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        for party in crew.parties:
            thread = crew.market.threads_of(party.person)[0]
            for asked in (_post(party, thread), party.client.history(thread)):
                begin = time.monotonic()
                with pytest.raises(Refused) as refused:
                    await asked
                assert time.monotonic() - begin < TOLD_WITHIN_S + SLACK_S
                assert refused.value.code == "unavailable" and refused.value.retryable
                assert refused.value.retry_after_ms


async def _post(party: Party, thread: str) -> None:
    """Once, past the outbox, which would try again."""
    await party.client._session.ask(SendMessage(1, thread, new_key(), "Now or never"))


async def _everybody_talks_again(crew: Crew, nodes: list[ServerNode]) -> None:
    begin = time.monotonic()
    async with asyncio.timeout(HEALED_WITHIN_S + SLACK_S):
        for party in crew.parties:
            await crew.say(party, crew.market.threads_of(party.person)[0], "There you are")
    left = max(0.1, HEALED_WITHIN_S + SLACK_S - (time.monotonic() - begin))

    async def ready() -> bool:
        return all([await asyncio.to_thread(node.is_ready) for node in nodes])

    await eventually(ready, "all nodes are ready again", left)


async def _talk(crew: Crew, messages: int) -> None:
    enough = crew.acked + messages
    await until(lambda: crew.acked >= enough, "people talk")
