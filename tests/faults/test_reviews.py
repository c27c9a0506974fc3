"""A server that dies again and again while a market rates: every rating counts once, and every sum is right."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest

from chat_server.domain.ids import show
from chat_server.domain.orders import DAY_MS
from chat_server.domain.ratings import Fates, Tally
from chat_server.storage import migrate_url
from tests.e2e.node import ServerNode
from tests.e2e.waiting import until
from tests.faults.review_crew import LINES, ReviewCrew, hire, review_crew
from tests.faults.review_truth import Ledger, told_by_rules
from tests.faults.scale import length
from tests.services.postgres import Postgres

ORDERS: Final = length(134, 6_667)
SHOPS: Final = length(8, 50)
BUYERS: Final = length(12, 100)
KILLS: Final = length(3, 30)
AT_ONCE: Final = 8
"""Purchases that are going on."""

AGES: Final = (4 * DAY_MS, 7 * DAY_MS, 31 * DAY_MS)
"""What passes while a server is down: some ratings of a pair merge then, and some do not."""


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty store of either engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'parley.sqlite3'}"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    with server.database() as url:
        yield url


@pytest.fixture
async def node(tmp_path: Path, store: str) -> AsyncIterator[ServerNode]:
    """A server with a supervisor."""
    await migrate_url(store)
    await hire(store)
    node = ServerNode(tmp_path / "node", store)
    await node.start()
    yield node
    await node.stop()


@pytest.mark.slow
async def test_every_rating_counts_once_and_every_sum_is_right_whenever_the_server_dies(
    node: ServerNode,
) -> None:
    ledger, begin = Ledger(node.store), time.monotonic()
    async with review_crew(node.url, BUYERS, SHOPS) as crew:
        async with asyncio.TaskGroup() as group:
            numbers = iter(range(ORDERS))
            for _ in range(AT_ONCE):
                group.create_task(_buy(crew, numbers))
            group.create_task(_die(node, crew, ledger))

        await ledger.check_sums()
        await ledger.check_given(crew.given)
        assert len(crew.given) == ORDERS * LINES
        await _check_explained(crew, ledger)
        minutes = (time.monotonic() - begin) / 60
        print(
            f"{len(crew.given)} ratings, {KILLS} deaths, {crew.repeated} repeats, {minutes:.1f} min"
        )


async def _buy(crew: ReviewCrew, numbers: Iterator[int]) -> None:
    for number in numbers:
        await crew.buy(number)


async def _die(node: ServerNode, crew: ReviewCrew, ledger: Ledger) -> None:
    """The server dies at any moment, and what it leaves is right as it is; then time has passed."""
    ages = itertools.cycle(AGES)
    each = ORDERS * LINES // (KILLS + 1)
    for number in range(1, KILLS + 1):
        enough = number * each + random.randrange(each // 4 + 1)
        await until(lambda enough=enough: len(crew.given) >= enough, "people rate", 600)  # type: ignore[misc]
        await node.kill()
        await ledger.check_sums()
        await ledger.grow_older(next(ages))
        await node.start()


async def _check_explained(crew: ReviewCrew, ledger: Ledger) -> None:
    """What a seller is told, what everybody is told, and what the rules say is one."""
    known = await ledger.ratings()
    for number, shop in enumerate(crew.shop_ids):
        told, card = await crew.explained(number), await crew.card(number)
        anew = told_by_rules(known, shop, int(time.time() * 1000))  # noqa: TID251  The server's clock is that of the machine.
        window = anew.standing.window
        assert told["card"] == card
        assert Tally(card["positive"], card["neutral"], card["negative"]) == window
        assert (card["per_mille"], card["score"]) == (window.per_mille, anew.standing.score)
        assert card["is_new"] == anew.standing.is_new
        counts = told["counts"]
        assert counts["window"] + counts["earlier"] == anew.counted
        assert Fates(counts["merged"], counts["refunded"], counts["annulled"]) == anew.fates
        fates = [(one["review_id"], one["fate"]) for one in told["ratings"]]
        assert len(fates) == len(anew.told)
        assert dict(fates) == {show(each.rating.id): each.fate for each in anew.told}
