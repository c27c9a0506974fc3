"""The disk is full: writes are refused clearly, reads go on, and it goes on by itself once there is room."""

from pathlib import Path

import pytest

from chat_server.client import Refused, new_key
from chat_server.wire.frames import SendMessage
from tests.e2e.check import check_world
from tests.e2e.crew import Crew, open_crew
from tests.e2e.market import build_market
from tests.e2e.waiting import eventually, until
from tests.faults.full_disk import BoundFiles, Disk, small_disk
from tests.faults.scale import length

LONG = "x" * 4000


@pytest.mark.slow
async def test_a_full_disk_refuses_writes_and_nothing_else(tmp_path: Path) -> None:
    async with small_disk(tmp_path) as disk:
        await _full_and_free(disk, length(2, 20))


@pytest.mark.slow
async def test_a_full_disk_where_mounts_are_not_allowed(tmp_path: Path) -> None:
    disk = BoundFiles(tmp_path)
    await disk.start()
    await _full_and_free(disk, length(1, 10))
    await disk.node.stop()


async def _full_and_free(disk: Disk, rounds: int) -> None:
    """Everybody talks all the while: what is refused waits in the outboxes."""
    market = await build_market(disk.node.url, buyers=2, shops=1)
    async with open_crew(market, lambda _: disk.node.url) as crew:
        async with crew.talking():
            for _ in range(rounds):
                await _talk(crew, 30)
                disk.fill()
                await _writes_are_refused(crew, disk.refusal)
                await _reads_go_on(crew)
                disk.free()
                await _talk(crew, 30)

        assert [party.witness.closes for party in crew.parties] == [[] for _ in crew.parties]
        await check_world(crew, disk.read)


async def _writes_are_refused(crew: Crew, code: str) -> None:
    """In the end: what room there was in pages already taken is used up first."""
    party = crew.party("buyer-0")
    thread = crew.market.threads_of(party.person)[0]
    refusals: list[tuple[str, bool]] = []

    async def refused() -> bool:
        try:
            # Past the outbox, which would try until there is room.
            await party.client._session.ask(SendMessage(1, thread, new_key(), LONG))
        except Refused as refusal:
            refusals.append((refusal.code, refusal.retryable))
        return bool(refusals)

    await eventually(refused, "a message is refused")
    assert refusals == [(code, True)]


async def _reads_go_on(crew: Crew) -> None:
    for party in crew.parties:
        assert (await party.client.threads()).threads
        thread = crew.market.threads_of(party.person)[0]
        assert (await party.client.history(thread)).events
        assert (await party.client.thread(thread)).last_seq


async def _talk(crew: Crew, messages: int) -> None:
    enough = crew.acked + messages
    await until(lambda: crew.acked >= enough, "people talk")
