"""The bot answers each question exactly once, whoever dies meanwhile and however many nodes there are."""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest

from chat_server.client import new_key
from chat_server.client.http import new_http
from tests.e2e.cluster import open_cluster
from tests.e2e.market import build_market
from tests.e2e.node import WIDE, ServerNode
from tests.faults.scale import length
from tests.services.postgres import Postgres
from tests.services.redis import Redis

QUESTIONS = ("how long do refunds take", "where is my parcel", "how do I return something")


@pytest.mark.slow
async def test_each_question_is_answered_once_through_the_death_of_either_node(
    tmp_path: Path, postgres_server: Postgres, redis_server: Redis
) -> None:
    many = length(6, 100)
    async with open_cluster(
        tmp_path, postgres_server, redis_server, bot="1", visitors_per_hour=WIDE
    ) as cluster:
        await build_market(cluster.way, buyers=1, shops=1)
        threads, _ = await asyncio.gather(
            _ask(cluster.way, many), _trouble(cluster.nodes, length(2, 30))
        )

        db = await asyncpg.connect(cluster.store)
        try:
            await until_answered(db)
            for thread in threads:
                sides = await db.fetch(
                    "SELECT seq, side FROM events WHERE thread_id = $1 ORDER BY seq",
                    int(thread, 16),
                )
                assert [row["seq"] for row in sides] == list(range(1, len(sides) + 1))
                said = [row["side"] for row in sides]
                assert said.count(1) == len(QUESTIONS)
                assert said.count(4) == len(QUESTIONS), "one answer a question, no more and no less"
        finally:
            await db.close()


async def until_answered(db: asyncpg.Connection) -> None:
    """Until no customer waits for the bot any more."""
    waiting = "SELECT COUNT(*) FROM threads WHERE kind = 'support' AND waiting_since IS NOT NULL"
    async with asyncio.timeout(60):
        while await db.fetchval(waiting):  # noqa: ASYNC110  The store has no event of its own.
            await asyncio.sleep(0.05)


async def _trouble(nodes: Sequence[ServerNode], times: int) -> None:
    """Now this node dies, now the other."""
    for _ in range(times):
        await asyncio.sleep(random.uniform(0.1, 0.5))  # Wherever everybody may be by then.
        node = random.choice(nodes)
        await node.kill()
        await node.start()


async def _ask(url: str, many: int) -> list[str]:
    """Visitors with a thread of questions each, said until they are taken."""
    return list(await asyncio.gather(*[_visitor(url) for _ in range(many)]))


async def _visitor(url: str) -> str:
    async with new_http(url) as http:

        async def insist(path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
            """The same request until somebody has answered it: a client key makes that harmless."""
            async with asyncio.timeout(60):
                while True:
                    with contextlib.suppress(httpx2.RequestError):
                        answer = await http.post(f"{url}/api/v1{path}", json=body, headers=headers)
                        if answer.is_success:
                            said: dict[str, Any] = answer.json()
                            return said
                        assert answer.status_code in (502, 503), answer.text
                    await asyncio.sleep(0.05)

        visitor = await insist("/visitors", {})
        proof = f"Visitor {visitor['token']}"
        thread = await insist("/threads", {"support": "help"}, authorization=proof)
        for question in QUESTIONS:
            body = {"client_key": new_key(), "text": question}
            await insist(f"/threads/{thread['id']}/messages", body, authorization=proof)
    return str(thread["id"])
