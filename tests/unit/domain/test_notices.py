"""When somebody is reminded to rate, and that every kind of notice has its place."""

from chat_server.domain.notices import (
    ABOUT_COMPLAINTS,
    ABOUT_DISPUTES,
    ABOUT_ORDERS,
    BY_AUTHOR,
    REMINDED_MS,
    TO_OTHERS,
    Kind,
    NoticeRow,
    Side,
    next_reminder,
)
from chat_server.domain.orders import DAY_MS
from chat_server.domain.publishing import State
from chat_server.domain.reviews import REVIEW_WINDOW_MS, Part


def test_reminders_come_after_a_week_and_before_it_is_too_late() -> None:
    assert next_reminder(0, 0) == 7 * DAY_MS
    assert next_reminder(0, 7 * DAY_MS) == 27 * DAY_MS
    assert next_reminder(0, 27 * DAY_MS) is None
    assert max(REMINDED_MS) < REVIEW_WINDOW_MS


def test_every_kind_is_told_by_something() -> None:
    by_author = {kind for pair in BY_AUTHOR.values() for kind in pair}
    told = by_author | set(TO_OTHERS.values()) | ABOUT_ORDERS | ABOUT_DISPUTES | ABOUT_COMPLAINTS
    assert told | {Kind.SHOP_RATED, Kind.ANSWER_DUE} == set(Kind)
    assert set(TO_OTHERS) == set(Part)
    assert set(BY_AUTHOR) == set(State) - {State.PENDING}


def test_whose_affair_a_notice_is() -> None:
    row = NoticeRow(1, 2, None, "rate_asked", 3, "{}", 4, None)
    assert (row.side, row._replace(shop_id=5).side) == (Side.MINE, Side.SHOPS)
