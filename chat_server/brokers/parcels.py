"""What travels between nodes: parcels of frames. Nothing here knows how they travel."""

import enum
from collections.abc import Iterator
from typing import Final

import msgspec

PARCEL_BYTES: Final = 256 * 1024
"""A parcel is closed once it holds this much: one huge message would hold up all that follow it."""
FRAME_OVERHEAD: Final = 64
"""What a waiting frame costs beside its bytes, so that a flood of tiny ones is bounded as well."""


class Note(enum.IntFlag):
    """What a parcel says beside its frames."""

    NOTHING = 0
    WOKEN = 1
    """There are new events in the store."""
    LOST = 2
    """The sender could not deliver some of its earlier frames."""


class Parcel(msgspec.Struct, array_like=True, frozen=True):
    """Frames of one node, in the order in which it published them."""

    node: str
    note: int
    frames: list[tuple[str, bytes]]


_decoder = msgspec.msgpack.Decoder(Parcel)
_encoder = msgspec.msgpack.Encoder()


class Mailbag:
    """The frames that wait for the next parcels of one node: at most `limit` bytes of them."""

    def __init__(self, node: str, limit: int) -> None:
        self._node = node
        self._limit = limit
        self._frames: list[tuple[str, bytes]] = []
        self._size = 0
        empty = _encoder.encode(Parcel(node, 0, []))
        # The list's head and the node's name: enough to tell our own parcels without opening them.
        self._mark = empty[: len(empty) - 2]

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, channel: str, frame: bytes) -> bool:
        """Puts a frame in; False where it is full."""
        size = self._size + len(frame) + FRAME_OVERHEAD
        if size > self._limit:
            return False
        self._size = size
        self._frames.append((channel, frame))
        return True

    def clear(self) -> int:
        """Throws everything away; how many frames that were."""
        dropped = len(self._frames)
        self._frames = []
        self._size = 0
        return dropped

    def empty_into(self, note: Note) -> Iterator[tuple[bytes, int]]:
        """Packed parcels, each with its number of frames; the note is on the first."""
        frames = self._frames
        self.clear()
        while frames or note:
            count = _fitting(frames)
            yield _encoder.encode(Parcel(self._node, int(note), frames[:count])), count
            frames = frames[count:]
            note = Note.NOTHING

    def is_ours(self, packed: bytes) -> bool:
        """Whether this node packed it."""
        return packed.startswith(self._mark)


def _fitting(frames: list[tuple[str, bytes]]) -> int:
    """How many of the first frames make one parcel; at least one, whatever its size."""
    size = 0
    for count, (_, frame) in enumerate(frames):
        size += len(frame) + FRAME_OVERHEAD
        if size > PARCEL_BYTES and count:
            return count
    return len(frames)


def unpack(packed: bytes) -> Parcel | None:
    """The parcel, or None where it is none of ours."""
    try:
        return _decoder.decode(packed)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
