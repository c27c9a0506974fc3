"""What is written and not acknowledged: in lanes by thread, and in a file that outlives the process."""

import asyncio
from pathlib import Path

import pytest

from chat_server.client.outbox import Outbox, Write, WriteFrame
from chat_server.wire.frames import Ack, EditMessage, SendMessage, WithdrawMessage

ONE, OTHER = "0" * 16, "1" * 16
FRAMES: list[WriteFrame] = [
    SendMessage(1, ONE, "key-0001", "ёж", ["2" * 16], 3),
    EditMessage(1, ONE, 4, "key-0002", "Words"),
    WithdrawMessage(1, OTHER, 5, "key-0003"),
]


def test_a_file_gives_back_what_was_not_settled(tmp_path: Path) -> None:
    path = tmp_path / "outbox"
    outbox = Outbox(path)
    writes = [Write(frame) for frame in FRAMES]
    for write in writes:
        outbox.add(write)
    outbox.settled(writes[0])

    again = Outbox(path)

    assert len(again) == 2
    assert [[write.frame for write in lane] for lane in again.lanes.values()] == [
        [FRAMES[1]],
        [FRAMES[2]],
    ]


def test_lanes_keep_the_order_of_writing_and_go_when_they_are_empty() -> None:
    outbox = Outbox()
    writes = [Write(frame) for frame in FRAMES]
    for write in writes:
        outbox.add(write)

    assert [w.frame for w in outbox.lanes[ONE]] == FRAMES[:2]
    for write in writes:
        outbox.settled(write)
    assert len(outbox) == 0 and outbox.lanes == {}


def test_another_file_is_no_outbox(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("Buy milk\n")

    with pytest.raises(ValueError, match="is not the outbox"):
        Outbox(path)


async def test_whoever_waits_is_told_once_and_may_have_gone() -> None:
    done = asyncio.get_running_loop().create_future()
    write, ack = Write(FRAMES[0], done), Ack(1, ONE, 1, 1)
    write.acknowledge(ack)
    write.acknowledge(Ack(1, ONE, 2, 2))
    write.refuse(ValueError())

    assert await done == ack
    Write(FRAMES[0]).acknowledge(ack)
    Write(FRAMES[0]).refuse(ValueError())
