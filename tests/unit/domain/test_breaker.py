"""When what has failed is tried again."""

from chat_server.domain.breaker import Breaker


def test_a_failure_now_and_then_changes_nothing() -> None:
    breaker = Breaker(3, 1000)

    for _ in range(10):
        breaker.failed(0)
        breaker.failed(0)
        breaker.succeeded()

    assert not breaker.is_open
    assert breaker.lets(0)


def test_after_too_many_in_a_row_it_is_left_alone_and_then_tried_once_a_pause() -> None:
    breaker = Breaker(3, 1000)
    for _ in range(3):
        breaker.failed(0)

    assert [breaker.lets(at) for at in (0, 999, 1000, 1001, 1999, 2000)] == [
        False,
        False,
        True,
        False,
        False,
        True,
    ]


def test_one_try_that_goes_well_is_enough_and_one_that_does_not_begins_the_pause_anew() -> None:
    breaker = Breaker(1, 1000)
    breaker.failed(0)
    assert breaker.lets(1000)

    breaker.failed(1500)

    assert not breaker.lets(2400)
    assert breaker.lets(2500)
    breaker.succeeded()
    assert breaker.lets(2500)
    assert breaker.lets(2500)
