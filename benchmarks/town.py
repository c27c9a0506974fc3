"""A whole store of any size around two people whose own part of it is always the same.

The watched buyer has 200 threads, the watched shop has 200, with the same messages at every size;
all others are strangers, and only they grow in number. What the watched two ask for should
therefore cost the same in a small town and in a large one.
"""

import random
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from benchmarks import seed
from benchmarks.seed import BORN_MS, Pair, Row, Rows
from benchmarks.target import client_key

WATCHED = 200
_LONG, _SHORT = 60, 4
"""Messages of the watched threads: every tenth is long."""

_STEP_MS = 40
_TEXTS = 4999
"""A prime, so that texts and threads do not keep step."""

_PERSON, _SHOP, _PRODUCT, _THREAD = 1 << 40, 2 << 40, 3 << 40, 4 << 40
BUYER, SELLER, SHOP = _PERSON, _PERSON + 1, _SHOP


@dataclass
class Town:
    """`threads` conversations with about `messages` messages in all."""

    threads: int
    messages: int
    texts: list[str] = field(default_factory=lambda: _texts(), repr=False)

    def __post_init__(self) -> None:
        self.stride = self.threads // (2 * WATCHED)
        watched = sum(self.length(self.watched(side, i)) for side in (0, 1) for i in range(WATCHED))
        self.common = max((self.messages - watched) // max(self.threads - 2 * WATCHED, 1), 1)
        self._last = array("q", bytes(8 * self.threads))

    def watched(self, side: int, number: int) -> int:
        """Which thread is the n-th of the watched buyer (side 0) or shop (side 1)."""
        return (2 * number + side) * self.stride

    def thread(self, number: int) -> Pair:
        """A thread and its parties."""
        place, rest = divmod(number, self.stride)
        mine = rest == 0 and place < 2 * WATCHED
        customer = BUYER if mine and place % 2 == 0 else _PERSON + 2 + number // 5
        shop = SHOP if mine and place % 2 else _SHOP + 1 + number // 200
        return Pair(_THREAD + number, customer, _seller_of(shop), shop, _PRODUCT + number)

    def length(self, number: int) -> int:
        """How many messages a thread has."""
        place, rest = divmod(number, self.stride)
        if rest or place >= 2 * WATCHED:
            return self.common
        return _LONG if place // 2 % 10 == 0 else _SHORT

    def long_threads(self, side: int) -> list[int]:
        """The ids of the watched threads that fill a page."""
        numbers = [self.watched(side, i) for i in range(WATCHED)]
        return [_THREAD + n for n in numbers if self.length(n) == _LONG]

    def known(self, side: int) -> list[tuple[int, int]]:
        """Thread and seq of a client that has missed two messages of each watched thread."""
        numbers = [self.watched(side, i) for i in range(WATCHED)]
        return [(_THREAD + n, self.length(n) - 2) for n in numbers]

    def population(self) -> Iterator[Rows]:
        """Everybody, and what they talk about. To be given before the events."""
        people = range(BUYER, _PERSON + 3 + self.threads // 5)
        shops = range(SHOP, _SHOP + 2 + self.threads // 200)
        yield seed.people([*people, *(_seller_of(shop) for shop in shops if shop != SHOP)])
        yield seed.shops(shops)
        yield seed.members((shop, _seller_of(shop)) for shop in shops)
        yield seed.products(
            (pair.product, pair.shop) for pair in map(self.thread, range(self.threads))
        )

    def events(self) -> Rows:
        """All messages, oldest first; each thread's are spread over the whole time."""
        columns = (
            "position", "thread_id", "seq", "kind", "at", "side", "author_id", "text", "body",
            "target", "client_key", "body_hash",
        )  # fmt: skip
        return Rows("events", columns, self._events())

    def words(self, words_of: Callable[[str], str]) -> Iterator[tuple[int, Pair, int, str]]:
        """For the search index: position, thread, seq and the words of the text."""
        words = list(map(words_of, self.texts))
        for position, (number, seq) in enumerate(self._order(), 1):
            yield position, self.thread(number), seq, words[position % _TEXTS]

    def conversations(self) -> Iterator[Rows]:
        """The threads as the events left them, and read marks. To be given after the events."""
        numbers = range(self.threads)
        yield seed.threads((self.thread(n), self.length(n), self._last[n]) for n in numbers)
        columns = ("thread_id", "person_id", "side", "delivered", "read", "muted", "archived")
        yield Rows("participants", columns, self._marks())

    def _order(self) -> Iterator[tuple[int, int]]:
        """Thread and seq, message by message: in each round a thread says as much as its share."""
        lengths = [self.length(number) for number in range(self.threads)]
        rounds = max(lengths)
        for turn in range(rounds):
            for number, length in enumerate(lengths):
                seq = (turn + 1) * length // rounds
                if seq != turn * length // rounds:
                    yield number, seq

    def _events(self) -> Iterator[Row]:
        for position, (number, seq) in enumerate(self._order(), 1):
            pair, at, side = self.thread(number), BORN_MS + position * _STEP_MS, seq % 2 + 1
            author = pair.customer if side == 1 else pair.seller
            self._last[number] = at
            text = self.texts[position % _TEXTS]
            key = client_key(at, position)
            yield position, pair.thread, seq, 1, at, side, author, text, "", None, key, bytes(32)

    def _marks(self) -> Iterator[Row]:
        for number in range(self.threads):
            pair, length = self.thread(number), self.length(number)
            for side, person in ((1, pair.customer), (2, pair.seller)):
                yield pair.thread, person, side, length, max(length - 2, 0), 0, 0


def _seller_of(shop: int) -> int:
    """A shop has one seller; the watched one is SELLER."""
    return SELLER if shop == SHOP else (5 << 40) + shop - _SHOP


def words_by_rank() -> list[str]:
    """The town's vocabulary, the most frequent word first."""
    chance = random.Random(1)
    letters = "etaoinshrdlucmfw"
    made = {"".join(chance.choices(letters, k=3 + n % 6)): None for n in range(30_000)}
    return list(made)[:20_000]


def _texts() -> list[str]:
    """Texts of about a hundred letters whose words are as unevenly frequent as in a language."""
    chance = random.Random(2)
    words = words_by_rank()
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    return [" ".join(chance.choices(words, cum_weights=weights, k=16)) for _ in range(_TEXTS)]
