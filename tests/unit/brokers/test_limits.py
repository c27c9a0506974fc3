"""Limits in memory count exactly, and forget."""

from hypothesis import given
from hypothesis import strategies as st

from chat_server.brokers.limits import FIRST_SWEEP, Limits


class Clock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


@given(
    limit=st.integers(1, 5),
    window=st.integers(1, 50),
    pauses=st.lists(st.integers(0, 40), min_size=1, max_size=60),
)
def test_no_window_has_more_uses_than_the_limit_and_no_wait_is_too_long(
    limit: int, window: int, pauses: list[int]
) -> None:
    clock = Clock()
    limits = Limits(clock)
    uses: list[int] = []

    for pause in pauses:
        clock.ms += pause
        recent = [at for at in uses if at + window > clock.ms]
        wait = limits.take("key", limit, window)

        assert (wait == 0) == (len(recent) < limit)
        if wait:
            assert wait == recent[-limit] + window - clock.ms
        else:
            uses.append(clock.ms)


def test_a_limit_may_change_while_it_is_in_use() -> None:
    clock = Clock()
    limits = Limits(clock)
    assert [limits.take("key", 5, 100) for _ in range(6)] == [0, 0, 0, 0, 0, 100]

    assert limits.take("key", 2, 100) == 100
    assert limits.take("key", 6, 100) == 0
    clock.ms = 100
    assert [limits.take("key", 2, 100) for _ in range(3)] == [0, 0, 100]


def test_a_use_may_be_counted_as_of_earlier() -> None:
    clock = Clock()
    limits = Limits(clock)
    clock.ms = 30

    limits.count("key", 1, 100, at_ms=10)

    assert limits.wait("key", 1, 100) == 80


def test_keys_whose_windows_are_over_are_swept() -> None:
    clock = Clock()
    limits = Limits(clock)
    for number in range(FIRST_SWEEP):
        limits.take(f"old {number}", 1, 1000)
    clock.ms = 1000

    limits.take("new", 1, 1000)

    assert len(limits) == 1


def test_however_many_knock_memory_is_bounded() -> None:
    clock = Clock()
    limits = Limits(clock, max_keys=2000)

    for number in range(20_000):
        limits.take(f"address {number}", 1, 3_600_000)
        assert len(limits) <= 2000

    assert limits.take("address 19999", 1, 3_600_000) > 0
