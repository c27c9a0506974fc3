"""The figure of a shop is what a slow and simple look at its conversations gives, whatever was said when."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from chat_server.domain import holidays
from chat_server.domain.holidays import Holiday, Wish
from chat_server.domain.response import (
    ANSWER_MS,
    COUNTED,
    NEEDED,
    Fate,
    Said,
    openings,
    standing,
    unanswered,
)

HOUR = 3_600_000
DAY = 24 * HOUR
NOW = 40 * DAY
START = datetime.date(1970, 1, 1)

hours = st.integers(0, NOW // HOUR)


@st.composite
def absences(draw: st.DrawFn) -> list[Holiday]:
    """Some holidays, which may touch and overlap."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        begins = draw(st.integers(0, 39))
        lasts = draw(st.integers(1, 4))
        first = START + datetime.timedelta(days=begins)
        last = first + datetime.timedelta(days=lasts - 1)
        found.append(Holiday(first, last, begins * DAY, (begins + lasts) * DAY))
    return found


@st.composite
def talk(draw: st.DrawFn, thread: int = 1) -> list[Said]:
    """What was said in a conversation, in its order."""
    said = []
    for seq, at in enumerate(sorted(draw(st.lists(hours, max_size=12))), 1):
        by_buyer = draw(st.booleans())
        gone = draw(st.none() | st.integers(0, 30))
        said.append(
            Said(
                thread,
                seq,
                at * HOUR,
                by_buyer,
                not by_buyer and draw(st.integers(0, 4)) == 0,
                None if gone is None else min(NOW, (at + gone) * HOUR),
                by_buyer and draw(st.integers(0, 9)) == 0,
            )
        )
    return said


def counted_slowly(away: list[Holiday], start: int, end: int) -> int:
    """Hour by hour."""
    return sum(
        HOUR
        for at in range(start, end, HOUR)
        if not any(one.begins <= at < one.ends for one in away)
    )


def fates_slowly(said: list[Said], away: list[Holiday]) -> dict[int, Fate]:
    """Each message by itself: is it an opening, and what became of it?"""
    found: dict[int, Fate] = {}
    for one in said:
        if not one.by_buyer:
            continue
        before = [other for other in said if other.seq < one.seq]
        behind = [other for other in said if other.seq > one.seq]
        answer = next((other for other in behind if _answers(other)), None)
        last = max((other.seq for other in before if _answers(other)), default=0)
        until = answer.at if answer is not None else NOW
        if any(other.seq > last and other.by_buyer and _stands(other, until) for other in before):
            continue
        if one.spam:
            found[one.seq] = Fate.SPAM
        elif not _stands(one, until):
            found[one.seq] = Fate.WITHDRAWN
        else:
            soon = counted_slowly(away, one.at, until) <= ANSWER_MS
            if answer is not None:
                found[one.seq] = Fate.IN_TIME if soon else Fate.LATE
            else:
                found[one.seq] = Fate.WAITING if soon else Fate.UNANSWERED
    return found


def _answers(one: Said) -> bool:
    return not one.by_buyer and not one.automatic and one.withdrawn_at is None


def _stands(one: Said, until: int) -> bool:
    return not one.spam and (one.withdrawn_at is None or one.withdrawn_at > until)


@given(talk(), absences())
@settings(max_examples=300, deadline=None)
def test_openings_are_those_of_a_slow_look(said: list[Said], away: list[Holiday]) -> None:
    found = {one.seq: one.fate for one in openings(said, away, NOW)}

    assert found == fates_slowly(said, away)


@given(talk(), absences())
@settings(max_examples=200, deadline=None)
def test_what_waits_is_the_last_opening_and_all_behind_it(
    said: list[Said], away: list[Holiday]
) -> None:
    waiting = [one.seq for one in unanswered(said)]
    last = openings(said, away, NOW)[-1:]

    if waiting:
        assert last[0].seq == waiting[0]
        assert last[0].fate in (Fate.WAITING, Fate.UNANSWERED)
    assert waiting == sorted(waiting)


@given(st.lists(st.integers(1, 6), max_size=4), st.data())
@settings(max_examples=150, deadline=None)
def test_a_figure_is_of_what_counts_and_nothing_is_told_that_is_not_so(
    threads: list[int], data: st.DataObject
) -> None:
    said = [one for n, _ in enumerate(threads) for one in data.draw(talk(n))]
    found = openings(said, [], NOW)

    shown = standing(found, NOW)

    counting = [one for one in shown.openings if one.fate in COUNTED]
    assert shown.figure.counted == len(counting)
    assert (shown.figure.per_mille is None) is (len(counting) < NEEDED)
    if shown.figure.per_mille is not None:
        in_time = sum(1 for one in counting if one.fate is Fate.IN_TIME)
        assert shown.figure.per_mille == in_time * 1000 // len(counting)
    assert shown.openings == sorted(
        shown.openings, key=lambda one: (one.at, one.thread_id), reverse=True
    )


@given(absences(), hours, hours)
@settings(max_examples=300, deadline=None)
def test_clocks_that_stop_agree_with_each_other(away: list[Holiday], one: int, two: int) -> None:
    start, end = min(one, two) * HOUR, max(one, two) * HOUR

    passed = holidays.counted(away, start, end)

    assert passed == counted_slowly(away, start, end)
    assert holidays.counted(away, start, holidays.after(away, start, passed + 1)) == passed + 1
    assert holidays.after(away, start, passed) <= end


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 40)), max_size=5))
@settings(max_examples=200, deadline=None)
def test_no_way_of_naming_days_gives_more_than_thirty_a_year(pairs: list[tuple[int, int]]) -> None:
    """A shop names holidays day after day as it likes, and ends them early."""
    known: list[Holiday] = []
    for ahead, lasts in pairs:
        now = NOW + ahead * DAY
        first = holidays.today("UTC", now)
        wish = Wish(first, first + datetime.timedelta(days=lasts))
        planned = holidays.planned(known, [wish], "UTC", now)
        if planned is not None and not holidays.too_many(planned):
            known = planned

    off = {
        one.first + datetime.timedelta(days=n)
        for one in known
        for n in range((one.last - one.first).days + 1)
    }
    for day in off:
        year = {other for other in off if 0 <= (other - day).days < 365}
        assert len(year) <= 30
