"""WebSocket frames as no client should send them: the standard's close codes, and a server alive (items 33, 34)."""

import json
from pathlib import Path

import pytest

from chat_server.wire.codes import MAX_FRAME_BYTES
from tests.api.harness import HOST, Parley, running, until
from tests.api.raw import (
    BINARY,
    CLOSE,
    CONT,
    PING,
    PONG,
    TEXT,
    RawSocket,
    close,
    frame,
    handshake,
)
from tests.factories import Customer, Pair, Town, meet


def command(t: str, **fields: object) -> bytes:
    return json.dumps({"t": t, **fields}).encode()


THREADS = command("threads", id=2)


async def opened(person: Customer) -> RawSocket:
    """A socket that has been welcomed."""
    raw = await person.parley.raw()
    await raw.send(frame(TEXT, command("hello", id=1, ticket=await person.ticket())))
    assert json.loads((await raw.frame()).payload)["t"] == "welcome"
    return raw


@pytest.fixture
async def raw(town: Town) -> RawSocket:
    return await opened(await town.buyer())


async def answer(raw: RawSocket) -> str:
    told = json.loads((await raw.frame()).payload)
    return str(told.get("code", told["t"]))


HALF = len(THREADS) // 2
RIGHT = {
    "one frame": [frame(TEXT, THREADS)],
    "two fragments": [frame(TEXT, THREADS[:HALF], fin=False), frame(CONT, THREADS[HALF:])],
    "two fragments at once": [frame(TEXT, THREADS[:HALF], fin=False) + frame(CONT, THREADS[HALF:])],
    "a fragment a byte": [
        frame(TEXT, fin=False),
        *(frame(CONT, bytes([byte]), fin=False) for byte in THREADS),
        frame(CONT),
    ],
    "a byte a write": [bytes([byte]) for byte in frame(TEXT, THREADS)],
    "length in 2 bytes": [frame(TEXT, THREADS + b" " * 200)],
    "length of 127": [frame(TEXT, THREADS + b" " * (127 - len(THREADS)))],
    "length in 8 bytes": [frame(TEXT, THREADS, wide=True)],
    "the longest frame": [frame(TEXT, THREADS + b" " * (MAX_FRAME_BYTES - len(THREADS)))],
    "the longest frame in fragments": [
        frame(TEXT, THREADS, fin=False),
        frame(CONT, b" " * (MAX_FRAME_BYTES - len(THREADS))),
    ],
    "after an unasked pong": [frame(PONG, b"x"), frame(TEXT, THREADS)],
}


@pytest.mark.parametrize("pieces", RIGHT.values(), ids=RIGHT)
async def test_item_34_a_message_comes_in_any_right_shape(
    pieces: list[bytes], raw: RawSocket
) -> None:
    await raw.send(*pieces)

    assert await answer(raw) == "thread_list"


WRONG = {
    "unmasked": (frame(TEXT, THREADS, masked=False), 1002),
    "unmasked ping": (frame(PING, masked=False), 1002),
    "reserved bit 1": (frame(TEXT, THREADS, reserved=4), 1002),
    "reserved bit 2": (frame(TEXT, THREADS, reserved=2), 1002),
    "reserved bit 3": (frame(TEXT, THREADS, reserved=1), 1002),
    "reserved bit of a ping": (frame(PING, reserved=4), 1002),
    **{f"opcode {op}": (frame(op, b"x"), 1002) for op in (3, 4, 7, 11, 15)},
    "binary": (frame(BINARY, THREADS), 1003),
    "binary in fragments": (frame(BINARY, b"a", fin=False) + frame(CONT, b"b"), 1003),
    "empty binary": (frame(BINARY), 1003),
    "continues nothing": (frame(CONT, THREADS), 1002),
    "a message within a message": (frame(TEXT, b"{", fin=False) + frame(TEXT, THREADS), 1002),
    "long ping": (frame(PING, b"x" * 126), 1002),
    "long pong": (frame(PONG, b"x" * 126), 1002),
    "long close": (frame(CLOSE, b"\x03\xe8" + b"x" * 124), 1002),
    "ping in fragments": (frame(PING, b"x", fin=False), 1002),
    "close in fragments": (frame(CLOSE, b"", fin=False), 1002),
    "close of one byte": (frame(CLOSE, b"\x03"), 1002),
    **{f"close code {code}": (close(code), 1002) for code in (0, 999, 1004, 1005, 1006, 1015, 5000)},
    "close reason not UTF-8": (close(1000, b"\xff\xfe"), 1007),
    "text not UTF-8": (frame(TEXT, b'{"t":"\xff"}'), 1007),
    "text cut in a character": (frame(TEXT, '{"t":"я'.encode()[:-1]), 1007),
    "text of a surrogate": (frame(TEXT, b'{"t":"\xed\xa0\x80"}'), 1007),
    "overlong text": (frame(TEXT, b'{"t":"\xc0\xaf"}'), 1007),
    "fragments not UTF-8": (frame(TEXT, b"\xd1", fin=False) + frame(CONT, b"\x41"), 1007),
    "one byte too long": (frame(TEXT, b" " * (MAX_FRAME_BYTES + 1)), 1009),
    "a terabyte announced": (frame(TEXT, b"", announced=2**40), 1009),
    "all bits announced": (frame(TEXT, b"", announced=2**64 - 1), 1009),
    "long fragments": (
        frame(TEXT, b" " * 40_000, fin=False) + frame(CONT, b" " * 40_000),
        1009,
    ),
    "endless fragments": (
        frame(TEXT, fin=False) + frame(CONT, b" " * 1000, fin=False) * 66,
        1009,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw_bytes", "code"), WRONG.values(), ids=WRONG)
async def test_item_34_whatever_breaks_a_rule_is_told_which_and_ends(
    raw_bytes: bytes, code: int, pair: Pair
) -> None:
    bad, good = await opened(pair.buyer), await pair.seller.on_line()

    await bad.send(raw_bytes)

    assert await bad.closing() == code
    await pair.buyer.say(pair.thread, "Still alive")
    assert (await good.push("event"))["event"]["text"] == "Still alive"


@pytest.mark.parametrize("payload", [b"", b"hello", b"x" * 125], ids=len)
async def test_item_34_a_ping_is_answered_between_fragments_too(
    payload: bytes, raw: RawSocket
) -> None:
    await raw.send(
        frame(TEXT, THREADS[:HALF], fin=False), frame(PING, payload), frame(CONT, THREADS[HALF:])
    )

    assert await raw.frame() == (PONG, payload)
    assert await answer(raw) == "thread_list"


@pytest.mark.parametrize("code", [None, 1000, 1001, 3000, 4000, 4999])
async def test_item_34_a_goodbye_is_returned(code: int | None, raw: RawSocket) -> None:
    await raw.send(close(code, b"" if code is None else b"bye") + frame(TEXT, THREADS))

    assert await raw.closing() == code


async def test_item_34_many_frames_at_once_are_answered_in_order(raw: RawSocket) -> None:
    frames = [frame(TEXT, command("unwatch", id=n, thread_id="0" * 16)) for n in range(2, 32)]

    await raw.send(b"".join(frames))

    assert [json.loads((await raw.frame()).payload)["id"] for _ in frames] == list(range(2, 32))


async def test_who_vanishes_in_the_middle_of_anything_leaves_nothing_behind(pair: Pair) -> None:
    parley, whole = pair.parley, handshake(HOST)
    for cut in (1, len(whole) // 2, len(whole)):
        bare = await parley.raw(upgraded=False)
        await bare.send(whole[:cut])
        await bare.abort()
    for cut in (1, 5, 20):
        person = await opened(pair.buyer)
        await person.send(frame(TEXT, THREADS)[:cut])
        await person.abort()

    desk = parley.node.desk
    assert desk is not None
    await until(lambda: not desk.connections and not desk.addresses)
    await until(lambda: not list(parley.node.hub.channels()))
    assert (await pair.buyer.on_line()) is not None


BROKEN_HANDSHAKES = {
    "no key": {"Sec_WebSocket_Key": ""},
    "short key": {"Sec_WebSocket_Key": "YWJj"},
    "old version": {"Sec_WebSocket_Version": "8"},
    "no version": {"Sec_WebSocket_Version": ""},
    "no protocol": {"Sec_WebSocket_Protocol": ""},
    "another host": {"Host": "evil.example"},
    "no host": {"Host": ""},
}


@pytest.mark.parametrize("changes", BROKEN_HANDSHAKES.values(), ids=BROKEN_HANDSHAKES)
async def test_a_broken_handshake_is_a_bad_request(changes: dict[str, str], parley: Parley) -> None:
    raw = await parley.raw(upgraded=False)

    await raw.send(handshake(HOST, **changes))

    status = (await raw.head()).split()[1]
    assert status in (b"400", b"426")


async def test_item_33_frames_that_announce_a_terabyte_take_no_memory(pair: Pair) -> None:
    """Nothing is set aside for what is only announced: the connection ends at its header."""
    raws = [await pair.parley.raw() for _ in range(50)]

    for raw in raws:
        await raw.send(frame(TEXT, b"", announced=2**40))

    assert [await raw.closing() for raw in raws] == [1009] * 50


async def test_a_reader_that_stops_is_cut_and_nobody_else_waits(pair: Pair) -> None:
    raw = await pair.parley.raw(buffer=4096)
    await raw.send(frame(TEXT, command("hello", id=1, ticket=await pair.seller.ticket())))
    assert await answer(raw) == "welcome"
    good = await pair.seller.on_line()
    desk = pair.parley.node.desk
    assert desk is not None
    text = "я" * 4000

    sent = 0
    while not desk.counts.closed["slow"]:
        assert sent < 1500, "it should have been cut long ago"
        await pair.buyer.say(pair.thread, text)
        sent += 1
    await pair.buyer.say(pair.thread, "The last one")

    pushed = [f["event"]["seq"] for f in await good.heard() if f["t"] == "event"]
    assert pushed == list(range(1, sent + 2))
    await until(lambda: len(desk.connections) == 1)


async def test_who_does_not_answer_pings_is_cut(tmp_path: Path, store_template: Path) -> None:
    async with running(tmp_path, store_template, ping_seconds=0.5, pong_seconds=0.2) as parley:
        pair = await meet(Town(parley))
        dead, alive = await opened(pair.buyer), await pair.seller.on_line()

        assert (await dead.frame()).opcode == PING
        assert await dead.closing() == 4002
        assert await alive.heard() == []
