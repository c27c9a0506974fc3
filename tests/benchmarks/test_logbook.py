"""The check after each load notices every way in which a server can break its word."""

from collections import deque
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from benchmarks import logbook
from benchmarks.generator import Chair, Talks
from benchmarks.target import Received, Seat, number_of, text_of


class _Target:
    ack, push = b"a", b"p"

    def __init__(self, rows: Sequence[Received]) -> None:
        self.rows = rows

    def read(self, payload: bytes) -> Received:
        number, seq = payload[1:].split()
        return Received(int(number), int(seq))

    def stored(self, talk: int) -> Sequence[Received]:
        return self.rows


def _chair(side: int, sent: list[int], frames: list[bytes]) -> Chair:
    client = SimpleNamespace(seat=Seat(0, side))
    chair = Chair(cast(Any, client))
    chair.dues, chair.sent, chair.frames = deque(), sent, frames
    return chair


def _talks(a: list[bytes], b: list[bytes], rows: list[Received]) -> Talks:
    pair = (_chair(0, [1, 2], a), _chair(1, [3], b))
    return cast(Talks, SimpleNamespace(target=_Target(rows), pairs=[pair]))


STORED = [Received(1, 7), Received(3, 8), Received(2, 9)]
A = [b"a1 7", b"p3 8", b"a2 9"]
B = [b"p1 7", b"a3 8", b"p2 9"]


def test_what_was_kept_passes_and_is_counted() -> None:
    assert logbook.check(_talks([*A], [*B], STORED)) == 3


@pytest.mark.parametrize(
    ("a", "b", "rows"),
    [
        pytest.param(A[:2], B, STORED, id="an ack is missing"),
        pytest.param(A, B[:2], STORED, id="a delivery is missing"),
        pytest.param(A, [*B, b"p2 9"], STORED, id="delivered twice"),
        pytest.param(A, [B[2], B[1], B[0]], STORED, id="delivered in another order"),
        pytest.param(A, [b"p1 6", *B[1:]], STORED, id="another seq than acknowledged"),
        pytest.param([b"a1 5", *A[1:]], [b"p1 5", *B[1:]], STORED, id="a hole in the seqs"),
        pytest.param(A, B, STORED[:2], id="acknowledged and not stored"),
        pytest.param(A, B, [*STORED, Received(4, 10)], id="stored and not acknowledged"),
    ],
)
def test_a_broken_promise_is_noticed(a: list[bytes], b: list[bytes], rows: list[Received]) -> None:
    with pytest.raises(logbook.BrokenPromise):
        logbook.check(_talks([*a], [*b], rows))


def test_every_text_is_a_hundred_bytes_and_names_its_message() -> None:
    for number in (0, 1, 96, 97, 123_456_789):
        assert len(text_of(number).encode()) == 100
        assert number_of(text_of(number)) == number
