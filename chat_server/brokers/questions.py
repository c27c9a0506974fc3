"""Questions to Redis about presence and limits, joined so that a loop turn costs one round trip.

What is asked when, and what it means that no answer came, is decided elsewhere.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

BATCH: Final = 500
"""Questions in one run of the script, about 2 ms of Redis, which does nothing else meanwhile."""

_decoder = msgspec.msgpack.Decoder(list[int])
_encoder = msgspec.msgpack.Encoder()


class Ask(NamedTuple):
    """One question: an act of the script, the key that it is about, and the act's parameters."""

    act: str
    key: bytes
    first: str | int = 0
    second: int = 0


Answers = asyncio.Future[list[int] | None]
"""A whole number for each Ask; None where Redis did not answer."""


class _Question(NamedTuple):
    asks: Sequence[Ask]
    answers: Answers | None


class Questions:
    """Those that wait to be sent, and the one batch that waits for its answer."""

    def __init__(self) -> None:
        self._waiting: deque[_Question] = deque()
        self._sent: list[_Question] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def ask(self, asks: Sequence[Ask]) -> Answers:
        """Answered when Redis does, or with None by `give_up`."""
        answers: Answers = asyncio.get_running_loop().create_future()
        self._waiting.append(_Question(asks, answers))
        return answers

    def tell(self, asks: Sequence[Ask]) -> None:
        """Asks without caring for the answer."""
        self._waiting.append(_Question(asks, None))

    def next_batch(self) -> list[Ask]:
        """What is sent next. Its answer belongs to `settle`, and only then is there another batch."""
        asks: list[Ask] = []
        while self._waiting and (not asks or len(asks) + len(self._waiting[0].asks) <= BATCH):
            question = self._waiting.popleft()
            self._sent.append(question)
            asks += question.asks
        return asks

    def settle(self, packed: bytes | None) -> None:
        """Hands out what the script said; None where it said nothing."""
        sent, self._sent = self._sent, []
        numbers = _unpacked(packed, sum(len(question.asks) for question in sent))
        place = 0
        for asks, answers in sent:
            if answers is not None and not answers.done():
                answers.set_result(numbers and numbers[place : place + len(asks)])
            place += len(asks)

    def give_up(self) -> None:
        """Nobody waits any longer."""
        self._sent += self._waiting
        self._waiting.clear()
        self.settle(None)


def pack(asks: Sequence[Ask]) -> bytes:
    """The questions as the script reads them; their keys travel apart."""
    return _encoder.encode([(ask.act, ask.first, ask.second) for ask in asks])


def _unpacked(packed: bytes | None, count: int) -> list[int] | None:
    try:
        numbers = _decoder.decode(packed or b"")
    except msgspec.MsgspecError:
        return None
    return numbers if len(numbers) == count else None
