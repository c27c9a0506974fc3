"""A client's log of one thread: whatever comes in whatever order, it has no hole and tells everything once."""

from hypothesis import given
from hypothesis import strategies as st

from chat_server.client.log import ThreadLog
from chat_server.wire.shapes import Edited, Event, Posted, Withdrawn

EVENTS: list[Event] = [
    Posted(1, 10, "customer", text="One"),
    Posted(2, 20, "shop", text="Two"),
    Edited(3, 30, "customer", 1, text="First"),
    Withdrawn(4, 40, "shop", 2),
    Edited(5, 50, "customer", 1, text="The first"),
    Posted(6, 60, "customer", text="Six", reply_to=1),
]


@given(st.lists(st.sampled_from(EVENTS), max_size=20), st.permutations(EVENTS))
def test_events_in_any_order_and_any_number_of_times_make_the_same_log(
    some: list[Event], all_of_them: list[Event]
) -> None:
    log, told = ThreadLog(0), []
    for event in (*some, *all_of_them):
        told += log.take(event)

    assert [event.seq for event in told] == [1, 2, 3, 4, 5, 6]
    assert [(m.text, m.withdrawn) for m in log.messages] == [
        ("The first", False),
        ("", True),
        ("Six", False),
    ]
    assert not log.behind and log.upto == 6


@given(st.permutations(EVENTS[2:]))
def test_a_log_may_begin_late(events: list[Event]) -> None:
    log = ThreadLog(2)
    for event in (*events, *EVENTS[:2]):
        log.take(event)
    log.prepend(EVENTS[:2])

    assert [event.seq for event in log.events] == [1, 2, 3, 4, 5, 6]
    assert log.base == 0


def test_a_hole_is_known_until_it_is_filled() -> None:
    log = ThreadLog(0)

    assert log.take(EVENTS[1]) == [] and log.behind
    assert log.take(EVENTS[0]) == EVENTS[:2] and not log.behind
    log.exists(4)
    assert log.behind and log.after(1) == [EVENTS[1]]


def test_only_a_page_that_joins_on_is_put_in_front() -> None:
    log = ThreadLog(2)
    log.prepend(EVENTS[:1])
    log.prepend([])

    assert (log.base, log.events) == (2, [])


def test_a_log_holds_no_more_than_it_was_told_to() -> None:
    log = ThreadLog(0, keep=2)
    for event in EVENTS:
        log.take(event)

    assert (log.base, log.upto, len(log.events)) == (4, 6, 2)


def test_a_log_that_starts_anew_keeps_what_came_early() -> None:
    log = ThreadLog(0)
    log.take(EVENTS[0])
    log.take(EVENTS[5])
    log.restart(4)

    assert log.take(EVENTS[4]) == EVENTS[4:]
    assert log.base == 4


def test_what_was_withdrawn_stays_empty() -> None:
    log = ThreadLog(0)
    for event in (
        EVENTS[0],
        Withdrawn(2, 20, "customer", 1),
        Edited(3, 30, "customer", 1, text="x"),
    ):
        log.take(event)

    assert (log.messages[0].text, log.messages[0].withdrawn) == ("", True)
