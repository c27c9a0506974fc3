"""Frames of every size, in one piece and in crumbs: the server cuts the stream by hand."""

import secrets
import socket
from collections.abc import Iterator

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from chat_server.wire.codec import encode
from chat_server.wire.frames import Hello, SendMessage
from tests.e2e.crew import open_crew
from tests.e2e.market import build_market, requests_of
from tests.e2e.node import ServerNode


async def test_a_text_of_any_length_is_one_message(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    async with open_crew(market, lambda _: node.url) as crew:
        buyer, (thread,) = crew.party("buyer-0"), market.threads
        for size in (*range(1, 160), 255, 256, 257, 3999, 4000):
            await crew.say(buyer, thread, "x" * size)

        assert buyer.witness.closes == []
        texts = [message.text for message in (await buyer.client.load(thread)).messages]
        assert [len(text) for text in texts[:159]] == list(range(1, 160))


async def test_a_frame_may_come_byte_by_byte(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=1, shops=1)
    (thread,) = market.threads
    async with requests_of(node.url, market.people["buyer-0"]) as requests:
        ticket = await requests.ticket()
    frames = [
        encode(Hello(1, ticket)),
        *(encode(SendMessage(n, thread, secrets.token_hex(8), "x" * n * 30)) for n in range(2, 12)),
    ]

    answers = "".join(_crumbs(node.port, frames))

    assert answers.count('"t":"welcome"') == 1
    assert answers.count('"t":"ack"') == 10


def _crumbs(port: int, frames: list[bytes]) -> Iterator[str]:
    """Says these one byte a packet; yields what comes back until all are answered."""
    protocol = ClientProtocol(
        parse_uri(f"ws://127.0.0.1:{port}/socket"), subprotocols=[Subprotocol("parley.v1")]
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        protocol.send_request(protocol.connect())
        _say(line, protocol, crumbs=False)
        while protocol.state.name != "OPEN":
            protocol.receive_data(line.recv(65536))
        protocol.events_received()
        yield _ask(line, protocol, frames[0], 1)
        for frame in frames[1:]:
            protocol.send_text(frame)
        _say(line, protocol, crumbs=True)
        yield _hear(line, protocol, len(frames) - 1)


def _ask(line: socket.socket, protocol: ClientProtocol, frame: bytes, answers: int) -> str:
    protocol.send_text(frame)
    _say(line, protocol, crumbs=True)
    return _hear(line, protocol, answers)


def _say(line: socket.socket, protocol: ClientProtocol, *, crumbs: bool) -> None:
    for data in protocol.data_to_send():
        for at in range(0, len(data), 1 if crumbs else max(1, len(data))):
            line.sendall(data[at : at + 1] if crumbs else data)


def _hear(line: socket.socket, protocol: ClientProtocol, count: int) -> str:
    heard: list[str] = []
    while len(heard) < count:
        protocol.receive_data(line.recv(65536))
        heard += [
            bytes(event.data).decode()
            for event in protocol.events_received()
            if isinstance(event, Frame) and event.opcode is Opcode.TEXT
        ]
    return "".join(heard)
