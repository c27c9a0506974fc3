"""A backup is put back under clients that know more: they reload, and say again what was never acknowledged."""

import asyncio
import copy
from pathlib import Path

import pytest

from tests.e2e.check import check_world
from tests.e2e.crew import Crew, Ledger, open_crew
from tests.e2e.market import Person, build_market
from tests.e2e.node import ServerNode
from tests.e2e.proxy import cutter_to
from tests.e2e.waiting import until


@pytest.mark.slow
async def test_a_backup_is_put_back_under_clients_that_are_ahead(
    node: ServerNode, tmp_path: Path
) -> None:
    market = await build_market(node.url, buyers=2, shops=1)
    backup = tmp_path / "backup"
    async with open_crew(market, lambda _: node.url) as crew:
        before = await _talk_and_back_up(crew, node, backup)
        await _talk(crew, 60)
        await node.kill()
        crew.ledger = before
        async with asyncio.TaskGroup() as group:
            for number, party in enumerate(crew.parties):
                thread = market.threads_of(party.person)[0]
                group.create_task(crew.say(party, thread, f"Never acknowledged {number}"))
            await asyncio.to_thread(node.run, "restore", str(backup), "--yes")
            await node.start()

        assert [party.witness.reloads for party in crew.parties] == [1 for _ in crew.parties]
        await _talk(crew, 30)
        await check_world(crew, node.store)


@pytest.mark.slow
async def test_a_client_returns_when_the_restored_server_has_caught_up(
    node: ServerNode, tmp_path: Path
) -> None:
    market = await build_market(node.url, buyers=2, shops=1)
    backup = tmp_path / "backup"
    async with cutter_to(node.port) as (cutter, way):

        def url_of(person: Person) -> str:
            return way if person.key == "buyer-0" else node.url

        async with open_crew(market, url_of) as crew:
            before = await _talk_and_back_up(crew, node, backup)
            await _talk(crew, 30)
            away, seller = crew.party("buyer-0"), crew.party("seller-0-0")
            (thread,) = market.threads_of(away.person)
            known = away.client.log(thread).upto
            cutter.is_open = False
            cutter.cut()
            await node.kill()
            await asyncio.to_thread(node.run, "restore", str(backup), "--yes")
            await node.start()
            crew.ledger = before
            while (await crew.say(seller, thread, "What else happened")).seq <= known:
                pass
            cutter.is_open = True

            await until(lambda: away.witness.reloads == 1, "he learns that he must reload")
            await check_world(crew, node.store)


async def _talk_and_back_up(crew: Crew, node: ServerNode, target: Path) -> Ledger:
    """What was promised when the backup was made; what is promised later goes with the restore."""
    await _talk(crew, 60)
    await check_world(crew, node.store)
    await asyncio.to_thread(node.run, "backup", str(target))
    return copy.deepcopy(crew.ledger)


async def _talk(crew: Crew, messages: int) -> None:
    async with crew.talking(0.01):
        enough = crew.acked + messages
        await until(lambda: crew.acked >= enough, "people talk")
