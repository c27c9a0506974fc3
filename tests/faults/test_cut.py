"""The connection is cut between commit and ack, and while a write is on its way, at every byte."""

from contextlib import AbstractAsyncContextManager

import pytest

from chat_server.client import new_key
from chat_server.realtime.transport import text_frame
from chat_server.wire.codec import encode
from chat_server.wire.frames import Ack, SendMessage
from tests.e2e.check import check_world
from tests.e2e.crew import Crew, open_crew
from tests.e2e.market import Market, build_market
from tests.e2e.node import ServerNode
from tests.e2e.proxy import Cutter, cutter_to
from tests.e2e.waiting import until
from tests.faults.scale import SOAK

QUICK = (0.001, 0.01)
MASK = 4


@pytest.mark.slow
async def test_a_message_whose_ack_was_cut_at_any_byte_is_stored_once(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with cutter_to(node.port) as (cutter, way), _crew(market, node, way) as crew:
        last = await _cut_acks(crew, cutter)

        truth = await check_world(crew, node.store)

    assert [talk.last_seq for talk in truth.talks.values()] == [last]
    assert last > 60 and cutter.cuts >= last - 1


@pytest.mark.slow
async def test_a_message_that_was_cut_at_any_byte_is_stored_once(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with cutter_to(node.port) as (cutter, way), _crew(market, node, way) as crew:
        (thread,) = market.threads
        frame = encode(SendMessage(1, thread, new_key(), "Cut"))
        offsets = range(0, len(text_frame(frame)) + MASK + 1, 1 if SOAK else 3)
        for offset in offsets:
            cutter.arm(up=offset)
            await crew.say(crew.party("buyer-0"), thread, "Cut")
            await _is_back(crew)

        truth = await check_world(crew, node.store)

    assert [talk.last_seq for talk in truth.talks.values()] == [len(offsets)]
    assert cutter.cuts >= len(offsets)


@pytest.mark.slow
async def test_a_welcome_that_was_cut_at_any_byte_is_said_again(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with cutter_to(node.port) as (cutter, way), _crew(market, node, way) as crew:
        (thread,) = market.threads
        seller = crew.party("seller-0-0")
        await crew.say(crew.party("buyer-0"), thread, "Hello")
        offsets = range(0, 2000, 10 if SOAK else 40)
        for offset in offsets:
            cutter.cut()
            cutter.arm(down=offset)
            await crew.say(seller, thread, f"While you were away {offset}")
            last = await crew.say(seller, thread, f"While you were coming {offset}")
            await _holds(crew, thread, last.seq)

        await check_world(crew, node.store)

    assert cutter.cuts > 1.5 * len(offsets), "most of them hit a ticket, an upgrade or a welcome"


def _crew(market: Market, node: ServerNode, way: str) -> AbstractAsyncContextManager[Crew]:
    """The buyer comes through the cutter, the seller straight; nobody's marks disturb the count of bytes."""
    return open_crew(
        market,
        lambda person: way if person.key == "buyer-0" else node.url,
        backoff=QUICK,
        deliver=False,
    )


async def _cut_acks(crew: Crew, cutter: Cutter) -> int:
    """One message for each byte of its ack, and one more whose ack arrives; how many that were."""
    buyer, (thread,) = crew.party("buyer-0"), crew.market.threads
    offset = 0
    while True:
        cutter.arm(down=offset)
        said = await crew.say(buyer, thread, f"Cut after {offset} bytes")
        await _is_back(crew)
        whole = len(text_frame(encode(Ack(1, thread, said.seq, 1_800_000_000_000))))
        if offset > whole:
            return said.seq
        offset += 1


async def _is_back(crew: Crew) -> None:
    buyer = crew.party("buyer-0")
    await until(lambda: buyer.client.connected, "the buyer is back")


async def _holds(crew: Crew, thread: str, seq: int) -> None:
    buyer = crew.party("buyer-0")
    await until(lambda: buyer.client.log(thread).upto == seq, "the buyer holds everything")
