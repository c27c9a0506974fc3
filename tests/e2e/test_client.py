"""The client for programs, against a real server: what it promises beside never losing a message."""

import asyncio
import time
from pathlib import Path

import httpx2
import pytest
from typing_extensions import override

from chat_server.client import (
    Backend,
    Client,
    Listener,
    Overrun,
    Refused,
    Stopped,
    Unreachable,
    sign,
)
from chat_server.client import readers as readers_module
from chat_server.client.readers import Incoming, Readers
from chat_server.wire.bodies import PutOrder, PutOrderLine, PutPerson
from chat_server.wire.shapes import Posted
from tests.e2e.check import check_world
from tests.e2e.crew import QUICK, open_crew
from tests.e2e.market import PRICE, Person, build_market
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID, ServerNode
from tests.e2e.proxy import cutter_to
from tests.e2e.waiting import eventually, until

LIFE_S = 10
"""Of a token that is renewed at half of it: no process of a test stands still for so long."""


async def test_an_order_is_put_found_talked_about_and_received(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    order = PutOrder(
        buyer="buyer-0",
        shop="shop-0",
        state="shipped",
        version=1,
        lines=[PutOrderLine("line-1", "A lamp", PRICE)],
        total=PRICE,
        placed_at=1_700_000_000_000,
    )
    async with Backend(node.url, API_KEY) as backend:
        assert (await backend.put_order("order-1", order)).applied
        assert not (await backend.put_order("order-1", order)).applied
        assert "/inbox#token=" in (await backend.inbox_link("seller-0-0")).url
        with pytest.raises(Refused, match="not_found"):
            await backend.inbox_link("nobody")
    async with open_crew(market, lambda _: node.url) as crew:
        buyer, seller = crew.party("buyer-0"), crew.party("seller-0-0")
        thread = await buyer.client.open_thread(order="order-1")
        await crew.say(buyer, thread.id, "Where is my lantern?")
        (placed,) = (await buyer.client.orders()).orders
        received = await buyer.client.confirm_receipt(placed.id)

        assert (placed.number, received.state) == ("order-1", "received")
        assert [o.number for o in (await seller.client.orders()).orders] == ["order-1"]

        async def found() -> bool:
            hits = (await seller.client.search("lantern")).hits
            return [hit.thread.id for hit in hits] == [thread.id]

        await eventually(found, "the seller finds the message")


async def test_messages_keep_their_order_when_they_come_too_fast(tmp_path: Path) -> None:
    node = ServerNode(
        tmp_path / "node",
        f"sqlite:///{tmp_path / 'parley.sqlite3'}",
        message_rate=20,
        message_burst=2,
        frame_rate=40,
        frame_burst=5,
    )
    await node.start()
    market = await build_market(node.url, buyers=1, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        buyer, (thread,) = crew.party("buyer-0"), market.threads
        texts = [f"Message {number}" for number in range(12)]
        await asyncio.gather(*(crew.say(buyer, thread, text) for text in texts))

        await until(lambda: buyer.client.log(thread).upto == len(texts), "he holds all of them")
        assert [m.text for m in buyer.client.log(thread).messages] == texts
        await check_world(crew, node.store)
    await node.stop()


@pytest.mark.slow
async def test_a_token_is_renewed_before_it_runs_out(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    given: list[float] = []
    buyer = market.people["buyer-0"]

    def token() -> str:
        given.append(time.monotonic())
        return _short_token(buyer, LIFE_S)

    closes = _Closes()
    async with Client(node.url, token, backoff=QUICK, listener=closes) as client:
        await client.ready()
        await until(lambda: time.monotonic() > given[0] + LIFE_S + 2, "the first has run out")

        assert client.connected and closes.codes == []
        assert len(given) >= 3, "it was renewed again and again"


async def test_a_token_that_runs_out_ends_the_connection(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    # It has just run out, and is believed all the same where clocks differ a little.
    old = _short_token(market.people["buyer-0"], -5)
    closes = _Closes()
    async with Client(node.url, "no token", backoff=QUICK) as client:
        with pytest.raises(Stopped, match="unauthenticated"):
            await client.ready()
    async with Client(node.url, old, backoff=QUICK, listener=closes) as client:
        await until(lambda: closes.codes[:1] == [4003], "it is told that its token ran out")


async def test_much_missed_is_a_new_beginning_and_the_rest_is_history(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    (thread,) = market.threads
    buyer = market.people["buyer-0"]
    resets = _Resets()
    async with open_crew(market, lambda _: node.url) as crew:
        seller = crew.party("seller-0-0")
        await crew.say(crew.party("buyer-0"), thread, "Hello")
        await until(lambda: thread in seller.client.views(), "the seller hears of it")
        async with (
            cutter_to(node.port) as (cutter, way),
            Client(way, buyer.token, listener=resets, backoff=QUICK) as client,
        ):
            await client.ready()
            cutter.is_open = False
            cutter.cut()
            for number in range(60):
                await crew.say(seller, thread, f"Missed {number}")
            cutter.is_open = True
            await until(lambda: resets.threads == [thread], "the log begins anew")

            assert client.log(thread).base == 11 and client.log(thread).upto == 61
            await client.load(thread)
            assert [e.seq for e in client.log(thread).events] == list(range(1, 62))


async def test_a_thread_that_is_opened_meanwhile_is_held_from_its_beginning(
    node: ServerNode,
) -> None:
    market = await build_market(node.url, buyers=2, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        seller = crew.party("seller-0-0")
        connection = seller.client._session.connection
        assert connection is not None
        connection.cut()
        for party in (crew.party("buyer-0"), crew.party("buyer-1")):
            (thread,) = market.threads_of(party.person)
            await crew.say(party, thread, "One")
            await crew.say(party, thread, "Two")

        await check_world(crew, node.store)
        assert all(seller.client.log(thread).base == 0 for thread in market.threads)


async def test_a_thread_is_looked_at_again_where_the_first_look_failed(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    (thread,) = market.threads
    seller, fails = market.people["seller-0-0"], _FailsOnce()
    async with (
        httpx2.AsyncClient(transport=fails) as http,
        Client(node.url, seller.token, http=http, backoff=QUICK, deliver=False) as client,
        Client(node.url, market.people["buyer-0"].token, deliver=False) as buyer,
    ):
        await client.ready()
        await buyer.send(thread, "Hello")

        await until(lambda: thread in client.views(), "the seller sees the thread")

    assert fails.failed


async def test_one_request_finds_nobody_where_nobody_is(node: ServerNode) -> None:
    await node.kill()
    async with Backend(node.url, API_KEY) as backend:
        with pytest.raises(Unreachable):
            await backend.put_person("ana", PutPerson("Ana", 1))


async def test_a_reader_who_falls_behind_is_told_so() -> None:
    readers = Readers()
    reading = readers.read()

    async def next_one() -> Incoming:
        return await anext(reading)

    first = asyncio.get_running_loop().create_task(next_one())
    await asyncio.sleep(0)
    for seq in range(readers_module.BEHIND + 2):
        readers.hear(Incoming("0" * 16, Posted(seq + 1, 1, "shop")))

    assert (await first).event.seq == 1
    with pytest.raises(Overrun):
        async for _ in reading:
            pass


class _FailsOnce(httpx2.AsyncHTTPTransport):
    """A way on which the first look at a thread is lost."""

    failed = False

    @override
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if "/threads/" in request.url.path and not self.failed:
            self.failed = True
            raise httpx2.ReadError("The connection broke.", request=request)
        return await super().handle_async_request(request)


class _Closes(Listener):
    def __init__(self) -> None:
        self.codes: list[int | None] = []

    @override
    def disconnected(self, code: int | None) -> None:
        self.codes.append(code)


class _Resets(Listener):
    def __init__(self) -> None:
        self.threads: list[str] = []

    @override
    def reset(self, thread_id: str) -> None:
        self.threads.append(thread_id)


def _short_token(person: Person, seconds: int) -> str:
    return sign(JWT_KEY, KEY_ID, person.key, person.role, seconds=seconds)
