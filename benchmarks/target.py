"""What the generator has to know of a server in order to load it."""

import random
from collections.abc import Sequence
from typing import NamedTuple, Protocol

TEXT_BYTES = 100
"""Every message carries this much text."""


class Seat(NamedTuple):
    """One client: it sits on side 0 or 1 of a two-party thread, its talk."""

    talk: int
    side: int


class Received(NamedTuple):
    """A frame, read after the run: which message it was about, and its place in the thread."""

    number: int
    seq: int


class Target(Protocol):
    """A server that can be loaded. Frames are known by their first bytes, so that the generator
    parses nothing while the clock runs."""

    name: str
    welcome: bytes
    """Begins the frame that says that a client stands; empty: the upgrade alone is enough."""
    ack: bytes
    push: bytes
    """Empty where nothing is delivered to the other seat (echoes)."""

    def port_of(self, seat: Seat) -> int:
        """Where this client connects to."""
        ...

    def ticket_request(self, seat: Seat) -> bytes:
        """A whole HTTP request that must be answered before connecting, or nothing."""
        ...

    def upgrade(self, seat: Seat) -> bytes:
        """The request that opens the WebSocket."""
        ...

    def hello(self, seat: Seat, ticket: bytes, known: int | None) -> bytes:
        """The first frame, given the body that answered `ticket_request` and the last seq held."""
        ...

    def message(self, seat: Seat, number: int) -> bytes:
        """The frame that posts message `number` of this run."""
        ...

    def read(self, payload: bytes) -> Received:
        """Understands an ack or a push."""
        ...

    def read_welcome(self, payload: bytes) -> Sequence[Received]:
        """Understands what a welcome frame brought of the seat's talk."""
        ...

    def stored(self, talk: int) -> Sequence[Received] | None:
        """The talk's messages as the store holds them, by seq; None where nothing is stored."""
        ...


_WORDS = (
    "good morning is the blue one still there and how long would it take to send two of them "
    "please thank you the parcel came today but one corner was wet could you look at the photo "
    "of course we are sorry and will write again tomorrow size medium large return price colour"
)


def _phrases() -> list[str]:
    """What follows the number: words, since a chat server indexes them."""
    chance, words, size = random.Random(3), _WORDS.split(), TEXT_BYTES - _NUMBER
    texts = (" ".join(["", *chance.choices(words, k=40)]) for _ in range(97))
    return [text[:size] for text in texts]


_NUMBER = 12
_PHRASES = _phrases()


def text_of(number: int) -> str:
    """A text of `TEXT_BYTES` ASCII characters that names its message."""
    return f"{number:012d}" + _PHRASES[number % len(_PHRASES)]


def number_of(text: str) -> int:
    """Which message a text belongs to."""
    assert len(text) == TEXT_BYTES, "a text came back with another length"
    return int(text[:_NUMBER])


def client_key(milliseconds: int, number: int) -> str:
    """A UUIDv7: ordered by time, with bits behind it that look like chance and repeat never."""
    low = number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    stamp = f"{milliseconds:012x}"
    tail = f"{low:016x}"
    return f"{stamp[:8]}-{stamp[8:]}-7{tail[:3]}-9{tail[3:6]}-{tail[4:]}"
