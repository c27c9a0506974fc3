"""When a shop is away: days that it names beforehand, during which the clocks of its answers stand still.

Days are dates in the shop's zone, and for every clock instants. What is over stays as it was: nobody wins time by
rewriting his past.
"""

import datetime
import zoneinfo
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

MOST_DAYS: Final = 30
WITHIN_DAYS: Final = 365
"""So many days of holiday in any so many days."""

AHEAD_DAYS: Final = 730
"""So far ahead a holiday may be named."""

_DAY: Final = datetime.timedelta(days=1)


class Holiday(NamedTuple):
    """Days, the first and the last among them, and the instants at which the clocks stop and go on."""

    first: datetime.date
    last: datetime.date
    begins: int
    ends: int


class Wish(NamedTuple):
    """Days on which a shop wishes to be away."""

    first: datetime.date
    last: datetime.date


def today(zone: str, now: int) -> datetime.date:
    """The date that the wall shows in a zone."""
    return datetime.datetime.fromtimestamp(now / 1000, zoneinfo.ZoneInfo(zone)).date()


def midnight(zone: str, day: datetime.date) -> int:
    """The instant at which a date begins."""
    wall = datetime.datetime.combine(day, datetime.time(), zoneinfo.ZoneInfo(zone))
    return round(wall.timestamp() * 1000)


def planned(
    known: Iterable[Holiday], wishes: Iterable[Wish], zone: str, now: int
) -> list[Holiday] | None:
    """The holidays of a shop from now on; None where the wishes make no sense.

    What has begun goes on as it began or ends now; what is over stays.
    """
    date, wished = today(zone, now), sorted(wishes)
    if any(not _sensible(wish, date) for wish in wished):
        return None
    found = [holiday for holiday in known if holiday.ends <= now]
    lasting = next((holiday for holiday in known if holiday.begins <= now < holiday.ends), None)
    goes_on = next((wish for wish in wished if wish.first <= date), None)
    if goes_on is not None:
        first = lasting.first if lasting is not None else date
        begins = lasting.begins if lasting is not None else now
        found.append(Holiday(first, goes_on.last, begins, midnight(zone, goes_on.last + _DAY)))
    elif lasting is not None:
        found.append(Holiday(lasting.first, date, lasting.begins, now))
    found += [
        Holiday(wish.first, wish.last, midnight(zone, wish.first), midnight(zone, wish.last + _DAY))
        for wish in wished
        if wish is not goes_on
    ]
    return found


def _sensible(wish: Wish, date: datetime.date) -> bool:
    """In order, not over, and near enough to be counted day by day."""
    lasts = (wish.last - wish.first).days + 1
    return (
        1 <= lasts <= WITHIN_DAYS and wish.last >= date and (wish.first - date).days <= AHEAD_DAYS
    )


def too_many(holidays: Iterable[Holiday]) -> bool:
    """Whether there are more days of holiday in any year than a shop may take."""
    days = _days(holidays)
    return any(
        (later - day).days < WITHIN_DAYS for day, later in zip(days, days[MOST_DAYS:], strict=False)
    )


def days_left(holidays: Iterable[Holiday], date: datetime.date) -> int:
    """How many days may still be named so that the year behind and the year ahead of a date hold."""
    days = _days(holidays)
    behind = sum(1 for day in days if 0 <= (date - day).days < WITHIN_DAYS)
    ahead = sum(1 for day in days if 0 <= (day - date).days < WITHIN_DAYS)
    return max(0, MOST_DAYS - max(behind, ahead))


def _days(holidays: Iterable[Holiday]) -> list[datetime.date]:
    named = {
        holiday.first + _DAY * count
        for holiday in holidays
        for count in range((holiday.last - holiday.first).days + 1)
    }
    return sorted(named)


class Away(NamedTuple):
    """How a shop stands now: away since and until when, and when that changes by itself."""

    since: int | None
    until: int | None
    turns_at: int | None


def away(holidays: Iterable[Holiday], now: int) -> Away:
    """Whether a shop is away; days that touch are one absence."""
    for begins, ends in _stretches(holidays):
        if now < begins:
            return Away(None, None, begins)
        if now < ends:
            return Away(begins, ends, ends)
    return Away(None, None, None)


def counted(holidays: Iterable[Holiday], start: int, end: int) -> int:
    """The time between two instants without that on holiday; none where the second is not after the first."""
    stood = sum(
        max(0, min(ends, end) - max(begins, start)) for begins, ends in _stretches(holidays)
    )
    return max(0, end - start - stood)


def after(holidays: Iterable[Holiday], start: int, lasts: int) -> int:
    """The first instant at which so much counted time has passed."""
    if lasts <= 0:
        return start
    at = start + lasts
    for begins, ends in _stretches(holidays):
        if begins < at and ends > start:
            at += ends - max(begins, start)
    return at


def _stretches(holidays: Iterable[Holiday]) -> list[tuple[int, int]]:
    """Instants of absence in order, joined where they touch or overlap."""
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted((holiday.begins, holiday.ends) for holiday in holidays):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        elif begins < ends:
            joined.append((begins, ends))
    return joined


def dump(holidays: Sequence[Holiday]) -> list[list[object]]:
    """As it is kept."""
    return [[h.first.isoformat(), h.last.isoformat(), h.begins, h.ends] for h in holidays]


def load(kept: Iterable[tuple[str, str, int, int]]) -> list[Holiday]:
    """What `dump` made."""
    return [
        Holiday(read_date(first), read_date(last), begins, ends)
        for first, last, begins, ends in kept
    ]


read_date: Final = datetime.date.fromisoformat
"""A date as it stands on the wire and in the store. Raises ValueError."""
