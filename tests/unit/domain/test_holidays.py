"""Days on which a shop is away: how they are planned, counted, and how they stop clocks."""

import datetime

import pytest

from chat_server.domain.holidays import (
    MOST_DAYS,
    Away,
    Holiday,
    Wish,
    after,
    away,
    counted,
    days_left,
    dump,
    load,
    midnight,
    planned,
    today,
    too_many,
)
from chat_server.domain.orders import DAY_MS

ZONE = "Europe/Chisinau"
MONDAY = datetime.date(2027, 3, 1)
NOON = midnight(ZONE, MONDAY) + DAY_MS // 2
DAY = datetime.timedelta(days=1)


def day(number: int) -> datetime.date:
    """So many days after the Monday."""
    return MONDAY + number * DAY


def holiday(first: int, last: int) -> Holiday:
    """From a day until the end of another."""
    return Holiday(
        day(first), day(last), midnight(ZONE, day(first)), midnight(ZONE, day(last) + DAY)
    )


def test_days_are_those_of_the_zone() -> None:
    assert midnight(ZONE, MONDAY) == midnight("UTC", MONDAY) - 2 * 3_600_000
    assert today(ZONE, midnight(ZONE, MONDAY)) == MONDAY
    assert today(ZONE, midnight(ZONE, MONDAY) - 1) == day(-1)


def test_a_holiday_ahead_begins_and_ends_at_midnight() -> None:
    assert planned([], [Wish(day(3), day(4))], ZONE, NOON) == [holiday(3, 4)]


def test_one_that_begins_today_begins_now_and_not_before() -> None:
    (found,) = planned([], [Wish(day(-3), day(1))], ZONE, NOON) or []

    assert found == Holiday(day(0), day(1), NOON, midnight(ZONE, day(2)))


def test_one_that_lasts_goes_on_as_it_began_or_ends_now() -> None:
    lasting = holiday(-2, 5)

    longer = planned([lasting], [Wish(day(0), day(8))], ZONE, NOON)
    ended = planned([lasting], [Wish(day(2), day(3))], ZONE, NOON)

    assert longer == [holiday(-2, 8)]
    assert ended == [Holiday(day(-2), day(0), lasting.begins, NOON), holiday(2, 3)]


def test_what_is_over_stays_and_what_is_ahead_may_be_taken_back() -> None:
    assert planned([holiday(-9, -8), holiday(3, 4)], [], ZONE, NOON) == [holiday(-9, -8)]


@pytest.mark.parametrize(
    "wish", [Wish(day(2), day(1)), Wish(day(-3), day(-1)), Wish(day(0), day(400)),
             Wish(day(731), day(732))]
)  # fmt: skip
def test_what_makes_no_sense_is_not_planned(wish: Wish) -> None:
    assert planned([], [wish], ZONE, NOON) is None


def test_thirty_days_in_any_year() -> None:
    whole = holiday(0, MOST_DAYS - 1)

    assert not too_many([whole])
    assert not too_many([whole, holiday(3, 9)])
    assert too_many([whole, holiday(364, 364)])
    assert not too_many([whole, holiday(365, 365)])


def test_how_many_days_are_left() -> None:
    assert days_left([], MONDAY) == 30
    assert days_left([holiday(-9, -5), holiday(3, 12)], MONDAY) == 20
    assert days_left([holiday(0, 30)], MONDAY) == 0


def test_days_that_touch_are_one_absence() -> None:
    days = [holiday(4, 5), holiday(2, 3), Holiday(day(9), day(9), NOON, NOON)]
    begins, ends = midnight(ZONE, day(2)), midnight(ZONE, day(6))

    assert away(days, NOON) == Away(None, None, begins)
    assert away(days, begins) == Away(begins, ends, ends)
    assert away(days, ends - 1) == Away(begins, ends, ends)
    assert away(days, ends) == Away(None, None, None)


def test_clocks_stand_still() -> None:
    days = [holiday(2, 3)]
    begins, ends = days[0].begins, days[0].ends

    assert counted(days, begins - 5, ends + 7) == 12
    assert counted(days, begins + 1, ends - 1) == 0
    assert counted(days, 7, 3) == 0
    assert after(days, begins - 5, 5) == begins
    assert after(days, begins - 5, 6) == ends + 1
    assert after(days, begins + 1, 1) == ends + 1
    assert after(days, ends, 3) == ends + 3
    assert after(days, begins + 1, 0) == begins + 1


def test_they_are_kept_as_they_were() -> None:
    days = [holiday(2, 3), holiday(-5, -5)]
    assert load([tuple(one) for one in dump(days)]) == days  # type: ignore[misc]
