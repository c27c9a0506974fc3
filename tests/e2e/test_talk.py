"""Two people talk through a real server, with the client that strangers are given."""

import asyncio
from pathlib import Path

import pytest

from chat_server.client import Backend, Client, Refused, Stopped, new_key
from tests.e2e.check import check_world
from tests.e2e.crew import QUICK, open_crew
from tests.e2e.market import build_market, requests_of
from tests.e2e.node import API_KEY, ServerNode
from tests.e2e.waiting import until
from tests.hostile.images import jpeg
from tests.patience import PATIENCE_S


async def test_everybody_sees_the_same_conversations(node: ServerNode) -> None:
    market = await build_market(node.url, sellers=2)
    async with open_crew(market, lambda _: node.url, devices=2) as crew:
        async with crew.talking():
            await until(lambda: crew.acked >= 200, "two hundred messages are acknowledged")

        await check_world(crew, node.store)


async def test_a_message_with_a_photo_and_a_reply_to_it(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        buyer, seller = crew.parties
        (thread,) = market.threads
        photo = await buyer.client.upload(jpeg())
        ack = await buyer.client.send(thread, "Is it this one?", photos=[photo.id])
        await until(lambda: thread in seller.client.views(), "the seller hears of it")
        await seller.client.send(thread, "It is.", reply_to=ack.seq)

        await until(lambda: buyer.client.log(thread).upto == 2, "the answer arrives")
        asked, answered = buyer.client.log(thread).messages
        assert asked.photos == [photo] and answered.reply_to == asked.seq
        assert (await seller.client.photo(photo.id, thumb=True)).startswith(b"\xff\xd8")
        assert crew.outsider is not None
        with pytest.raises(Refused, match="not_found"):
            await crew.outsider.client.photo(photo.id)


async def test_typing_and_presence_reach_whoever_watches(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        buyer, seller = crew.parties
        (thread,) = market.threads
        await buyer.client.watch(thread)
        heard = seller.witness.heard

        assert await seller.client.watch(thread)
        await buyer.client.typing(thread)

        await until(lambda: seller.witness.heard == heard + 1, "the seller sees typing")


async def test_a_reader_hears_what_others_and_oneself_say(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        buyer, seller = crew.parties
        (thread,) = market.threads
        heard: list[int] = []

        async def read() -> None:
            async for incoming in buyer.client.events(thread):
                heard.append(incoming.event.seq)
                if len(heard) == 3:
                    return

        reading = asyncio.get_running_loop().create_task(read())
        await asyncio.sleep(0)
        await buyer.client.send(thread, "One")
        await until(lambda: thread in seller.client.views(), "the seller hears of it")
        await seller.client.send(thread, "Two")
        await buyer.client.send(thread, "Three")

        await asyncio.wait_for(reading, PATIENCE_S)
        assert heard == [1, 2, 3]


async def test_whoever_is_signed_out_stays_away(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        buyer, seller = crew.parties
        (thread,) = market.threads
        async with Backend(node.url, API_KEY) as backend:
            await backend.sign_out(buyer.person.key)

        await until(lambda: buyer.witness.closes == [4501], "the buyer's socket is closed")
        with pytest.raises(Stopped):
            await buyer.client.send(thread, "Let me in")
        await seller.client.threads()


async def test_an_outbox_outlives_its_process(node: ServerNode, tmp_path: Path) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    (thread,) = market.threads
    buyer = market.people["buyer-0"]
    outbox, key = tmp_path / "outbox", new_key()
    await node.kill()
    async with Client(node.url, buyer.token, outbox=outbox, backoff=QUICK) as client:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.send(thread, "Are you there?", client_key=key), 0.1)
    await node.start()

    async with Client(node.url, buyer.token, outbox=outbox, backoff=QUICK) as client:
        await until(lambda: client.unacknowledged == 0, "the outbox is empty")
        again = await client.send(thread, "Are you there?", client_key=key)

    assert again.seq == 1
    async with requests_of(node.url, buyer) as requests:
        assert (await requests.thread(thread)).last_seq == 1
