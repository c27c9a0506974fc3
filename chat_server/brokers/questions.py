"""Questions to Redis about presence and limits, joined so that a loop turn costs one round trip.

What is asked when, and what it means that no answer came, is decided elsewhere.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from chat_server.brokers.resp import Reply, command

SCRIPT: Final = Path(__file__).with_suffix(".lua").read_bytes()
LOAD: Final = command(b"SCRIPT", b"LOAD", SCRIPT)
_NAME: Final = hashlib.sha1(SCRIPT, usedforsecurity=False).hexdigest().encode()

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


class Batch:
    """Questions that travel together."""

    def __init__(self, questions: list[_Question]) -> None:
        self._questions = questions

    def __len__(self) -> int:
        return sum(len(question.asks) for question in self._questions)

    def words(self) -> bytes:
        """The command that asks them."""
        asks = [ask for question in self._questions for ask in question.asks]
        packed = _encoder.encode([(ask.act, ask.first, ask.second) for ask in asks])
        keys = [ask.key for ask in asks]
        return command(b"EVALSHA", _NAME, b"%d" % len(keys), *keys, packed)

    def settle(self, reply: Reply) -> int:
        """Hands out what Redis said; returns how many asks that leaves without an answer."""
        numbers = _numbers(reply, len(self))
        place = 0
        unanswered = 0
        for asks, answers in self._questions:
            if answers is not None and not answers.done():
                answers.set_result(numbers and numbers[place : place + len(asks)])
                unanswered += 0 if numbers else len(asks)
            place += len(asks)
        return unanswered


def _numbers(reply: Reply, count: int) -> list[int] | None:
    if not isinstance(reply, bytes):
        return None
    try:
        numbers = _decoder.decode(reply)
    except msgspec.MsgspecError:
        return None
    return numbers if len(numbers) == count else None


class Questions:
    """Questions that wait to be sent, and batches that wait for their answer."""

    def __init__(self) -> None:
        self._waiting: list[_Question] = []
        self._sent: set[Batch] = set()

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

    def batches(self) -> Iterator[Batch]:
        """Everything that waits; each batch belongs to `settle` once its reply is there."""
        waiting, self._waiting = self._waiting, []
        while waiting:
            size = 0
            count = 0
            for question in waiting:
                if count and size + len(question.asks) > BATCH:
                    break
                size += len(question.asks)
                count += 1
            batch = Batch(waiting[:count])
            waiting = waiting[count:]
            self._sent.add(batch)
            yield batch

    def settle(self, batch: Batch, reply: Reply) -> int:
        """Hands out a reply, None where there will be none; how many asks stay unanswered."""
        self._sent.discard(batch)
        return batch.settle(reply)

    def give_up(self) -> int:
        """Nobody waits any longer; returns how many asks stay unanswered."""
        given_up = [*self._sent, Batch(self._waiting)]
        self._sent.clear()
        self._waiting = []
        return sum(batch.settle(None) for batch in given_up)
