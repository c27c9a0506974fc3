"""How far somebody has come: it rises, is told once, and again where it may have been lost."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from chat_server.client.chance import new_key, pause
from chat_server.client.marks import MOST_AT_ONCE, Marks
from chat_server.wire.frames import MarkItem
from chat_server.wire.shapes import PersonView, SideMark, ThreadView

ONE, OTHER = "0" * 16, "1" * 16
ANA = PersonView("2" * 16, "Ana")


def test_marks_rise_and_are_told_once() -> None:
    marks = Marks()
    marks.reach(ONE, delivered=5)
    marks.reach(ONE, delivered=3, read=2)

    assert marks.take() == [MarkItem(ONE, 5, 2)]
    marks.reach(ONE, delivered=4)
    assert not marks
    marks.reach(ONE, read=7)
    assert marks.take() == [MarkItem(ONE, 7, 7)]


def test_what_did_not_arrive_is_told_again() -> None:
    marks = Marks()
    marks.reach(ONE, read=1)
    marks.untold(marks.take())

    assert marks.take() == [MarkItem(ONE, 1, 1)]


def test_after_a_lost_connection_only_what_the_server_does_not_show_is_told() -> None:
    marks = Marks()
    marks.reach(ONE, delivered=3, read=2)
    marks.reach(OTHER, delivered=3, read=2)
    marks.take()
    marks.again({ONE: _view(ONE, 2, 3), OTHER: _view(OTHER, 2, 2)})

    assert marks.take() == [MarkItem(OTHER, 3, 2)]
    marks.again({})
    assert [mark.thread_id for mark in marks.take()] == [ONE, OTHER]


def test_a_restored_store_knows_nothing_of_them() -> None:
    marks = Marks()
    marks.reach(ONE, read=9)
    marks.forget()

    assert not marks and marks.reached == []


def test_very_many_go_in_several_frames() -> None:
    marks = Marks()
    for number in range(MOST_AT_ONCE + 1):
        marks.reach(f"{number:016x}", read=1)

    assert (len(marks.take()), len(marks.take()), len(marks.take())) == (MOST_AT_ONCE, 1, 0)


@given(st.integers(0, 100))
def test_a_client_stays_away_between_the_least_and_the_most(attempt: int) -> None:
    wait = pause(attempt)

    assert 0.5 <= wait <= min(30.0, 0.5 * 2 ** min(attempt + 2, 10))


def test_keys_are_uuids_of_the_seventh_kind_that_rise() -> None:
    keys = [new_key() for _ in range(3)]
    numbers = [uuid.UUID(key) for key in keys]

    assert {number.version for number in numbers} == {7}
    assert {number.variant for number in numbers} == {uuid.RFC_4122}
    assert [number.int >> 80 for number in numbers] == sorted(n.int >> 80 for n in numbers)


def _view(thread: str, read: int, delivered: int) -> ThreadView:
    marks = [SideMark("customer", 99, 99), SideMark("shop", delivered, read)]
    return ThreadView(thread, "product", "shop", ANA, 9, 1, 1, read=read, marks=marks)
