"""Writes that the server has not acknowledged: in memory, and in a file where one is given.

One line of the file is one frame as it goes over the wire. A write keeps its client key for ever, so
that offering it again, after a crash or from two processes, is harmless.
"""

import asyncio
import os
from collections import deque
from pathlib import Path
from typing import Final

import msgspec

from chat_server.wire.frames import Ack, EditMessage, SendMessage, WithdrawMessage

WriteFrame = SendMessage | EditMessage | WithdrawMessage

_decode: Final = msgspec.json.Decoder(WriteFrame).decode
_encode: Final = msgspec.json.Encoder().encode


class Write:
    """A frame, and who waits for its ack."""

    def __init__(self, frame: WriteFrame, done: asyncio.Future[Ack] | None = None) -> None:
        self.frame = frame
        self.done = done

    def acknowledge(self, ack: Ack) -> None:
        """It stands under this seq."""
        if self.done is not None and not self.done.done():
            self.done.set_result(ack)

    def refuse(self, error: Exception) -> None:
        """It will not be sent again by this client."""
        if self.done is not None and not self.done.done():
            self.done.set_exception(error)


class Outbox:
    """Lanes by thread: in each the oldest goes first, and the next only when that one is settled."""

    def __init__(self, path: Path | None = None) -> None:
        """Reads what an earlier run left in the file. Raises ValueError where that is no outbox."""
        self._path = path
        self.lanes: dict[str, deque[Write]] = {}
        for frame in _read(path) if path is not None and path.exists() else ():
            self._line_up(Write(frame))

    def __len__(self) -> int:
        return sum(map(len, self.lanes.values()))

    def add(self, write: Write) -> None:
        """Takes a write; once this returns, a file has it too."""
        self._line_up(write)
        self._save()

    def settled(self, write: Write) -> None:
        """It was acknowledged, or refused for good."""
        lane = self.lanes[write.frame.thread_id]
        lane.remove(write)
        if not lane:
            del self.lanes[write.frame.thread_id]
        self._save()

    def _line_up(self, write: Write) -> None:
        self.lanes.setdefault(write.frame.thread_id, deque()).append(write)

    def _save(self) -> None:
        if self._path is None:
            return
        frames = [write.frame for lane in self.lanes.values() for write in lane]
        half = self._path.with_name(self._path.name + ".half")
        with half.open("wb") as file:
            file.writelines(_encode(frame) + b"\n" for frame in frames)
            file.flush()
            os.fsync(file.fileno())
        half.replace(self._path)


def _read(path: Path) -> list[WriteFrame]:
    try:
        return [_decode(line) for line in path.read_bytes().splitlines()]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not the outbox of a Parley client: {error}") from error
