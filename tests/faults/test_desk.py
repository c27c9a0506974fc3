"""The support desk on two nodes: one agent for each thread, and no customer left alone, whoever dies meanwhile."""

import asyncio
import contextlib
import itertools
import random
from collections.abc import AsyncIterator, Coroutine, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest

from chat_server.client.http import new_http
from chat_server.domain.ids import show
from tests.e2e.cluster import Cluster, open_cluster
from tests.e2e.node import WIDE, ServerNode
from tests.e2e.waiting import eventually
from tests.faults.desk_crew import (
    Agent,
    Customer,
    agents_at,
    episodes,
    loads,
    states,
    story,
    watching,
)
from tests.faults.scale import length
from tests.services.postgres import Postgres
from tests.services.redis import Redis

CAPACITY = 2


@pytest.fixture
async def cluster(
    tmp_path: Path, postgres_server: Postgres, redis_server: Redis
) -> AsyncIterator[Cluster]:
    """Two nodes without a bot, so that each question goes to people at once."""
    async with open_cluster(
        tmp_path, postgres_server, redis_server, bot="0", visitors_per_hour=WIDE
    ) as made:
        yield made


@pytest.mark.slow
async def test_of_two_agents_on_two_nodes_who_take_the_same_thread_one_has_it(
    cluster: Cluster,
) -> None:
    times = length(40, 1000)
    one, other = cluster.nodes
    async with (
        agents_at(cluster.store, [one.url, other.url], CAPACITY) as agents,
        new_http(one.url) as http,
        watching(cluster.store) as db,
    ):
        customer = Customer(one.url, http)
        await customer.arrive()
        await customer.write()
        await _comes_to(db, ["queued"])
        revision = (await agents[0].row(customer.thread))["revision"]
        won = {agent.id: 0 for agent in agents}
        for _ in range(times):
            winner = await _race(db, agents, customer.thread, revision)
            won[winner.id] += 1
            revision = await _put_back(winner, customer.thread)

        seqs, codes = await story(db, customer.thread)
        claims = "SELECT actor_id, COUNT(*) FROM audit WHERE action = 'claimed' GROUP BY actor_id"
        kept = {row[0]: row[1] for row in await db.fetch(claims)}
        assert kept == {agent: count for agent, count in won.items() if count}
        assert codes.count("support.joined") == times
        assert seqs == list(range(1, len(seqs) + 1))
        assert [number for number, *_ in await episodes(db, customer.thread)] == [1]


async def _race(
    db: asyncpg.Connection, agents: Sequence[Agent], thread: str, revision: int
) -> Agent:
    """Both at once; who lost is told why. Returns who won."""
    order, before = random.sample(agents, len(agents)), sum(agent.sent_away for agent in agents)
    answers = await asyncio.gather(
        *[agent.move_until_told(thread, "claim", revision) for agent in order]
    )
    holder = await db.fetchval("SELECT agent_id FROM threads WHERE state = 'assigned'")
    winner = next(agent for agent in agents if agent.id == holder)
    for agent, answer in zip(order, answers, strict=True):
        if answer.is_success:
            assert (agent, answer.json()["agent"]["id"]) == (winner, show(holder))
        else:
            assert _why(answer) in {"taken", "stale"}, answer.text
    were_slow = sum(agent.sent_away for agent in agents) > before
    assert were_slow or sum(answer.is_success for answer in answers) == 1, answers
    return winner


def _why(answer: httpx2.Response) -> str:
    """The reason of a refusal, where it has one beside its code."""
    refused = answer.json()
    return str(refused.get("reason") or refused["code"])


async def _put_back(agent: Agent, thread: str) -> int:
    """To the queue again; its revision there."""
    row = await agent.row(thread)
    await agent.move_until_told(thread, "transfer", row["revision"], team=row["team_id"])
    row = await agent.row(thread)
    assert row["state"] == "queued", row
    revision: int = row["revision"]
    return revision


@pytest.mark.slow
async def test_every_customer_gets_one_agent_through_the_death_of_either_node(
    cluster: Cluster,
) -> None:
    many = length(12, 120)
    async with (
        agents_at(cluster.store, [cluster.way] * 3, CAPACITY) as agents,
        new_http(cluster.way) as http,
        watching(cluster.store) as db,
        _going(*[agent.stay() for agent in agents]),
        _going(_count(cluster.store)),
    ):
        customers = [Customer(cluster.way, http) for _ in range(many)]
        await asyncio.gather(*[customer.arrive() for customer in customers])
        await asyncio.gather(
            *[_ask_sometime(customer) for customer in customers],
            _trouble(cluster.nodes, length(3, 40)),
        )
        full = CAPACITY * len(agents)
        await _comes_to(db, ["assigned"] * full + ["queued"] * (many - full))

        async with _going(*[agent.work(length(0.1, 0.3)) for agent in agents]):
            await _trouble(cluster.nodes, length(3, 40))
            await _comes_to(db, ["resolved"] * many)

        for customer in customers:
            seqs, codes = await story(db, customer.thread)
            assert seqs == list(range(1, len(seqs) + 1))
            assert codes == ["support.queued", "support.joined", "support.resolved"]
            ((number, agent, over),) = await episodes(db, customer.thread)
            assert (number, agent in {a.id for a in agents}, over) == (1, True, True)


async def _ask_sometime(customer: Customer) -> None:
    await asyncio.sleep(random.uniform(0, 1.0))  # Wherever the nodes may be by then.
    await customer.write()


async def _trouble(nodes: Sequence[ServerNode], times: int) -> None:
    """Now this node dies, now the other."""
    for node in itertools.islice(itertools.cycle(nodes), times):
        await asyncio.sleep(random.uniform(0.1, 0.5))  # Wherever everybody may be by then.
        await node.kill()
        await node.start()


async def _count(store: str) -> None:
    """Looks all the time whether somebody has more than he can take; ends when it is cancelled."""
    async with watching(store) as db:
        while True:
            found = await loads(db)
            assert max(found.values(), default=0) <= CAPACITY, found
            await asyncio.sleep(0.01)


async def _comes_to(db: asyncpg.Connection, wanted: list[str]) -> None:
    found: list[str] = []

    async def come() -> bool:
        nonlocal found
        found = await states(db)
        return found == wanted

    try:
        await eventually(come, f"{wanted}", 60)
    except AssertionError:
        raise AssertionError(f"{found} is not {wanted}") from None


@contextlib.asynccontextmanager
async def _going(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """These go on as long as the block lasts; what they find ends the test."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work) for work in works]
        yield
        for task in tasks:
            task.cancel()
