"""How fast a shop answers its buyers: worked out from what was said in its conversations, and from nothing else.

An opening is a buyer's message in a product or order thread with no earlier buyer's message unanswered. It is answered
by the first message of a shop's person that is neither automatic nor withdrawn. Time on holiday does not count.
"""

import enum
import itertools
import statistics
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from chat_server.domain.holidays import Holiday, after, counted
from chat_server.domain.orders import DAY_MS

ANSWER_MS: Final = DAY_MS
"""An answer within this is in time."""

WINDOW_MS: Final = 30 * DAY_MS
FALLBACK_MS: Final = 90 * DAY_MS
FALLBACK_COUNT: Final = 10
NEEDED: Final = 5
"""Where fewer count in the window, the last ten of the longer one are taken; with fewer there is no figure."""

WARN_AT: Final = (50, 90)
"""Percent of the time to answer in, at which a shop is warned."""

LATE: Final = 100


class Said(NamedTuple):
    """A message of a conversation, as far as it matters here."""

    thread_id: int
    seq: int
    at: int
    by_buyer: bool
    """Else a shop's."""
    automatic: bool = False
    withdrawn_at: int | None = None
    spam: bool = False
    """A mediator has confirmed that it is."""


class Fate(enum.StrEnum):
    """What became of an opening. The first three count."""

    IN_TIME = "in_time"
    LATE = "late"
    UNANSWERED = "unanswered"
    WAITING = "waiting"
    """May still be answered in time."""
    WITHDRAWN = "withdrawn"
    SPAM = "spam"


COUNTED: Final = frozenset({Fate.IN_TIME, Fate.LATE, Fate.UNANSWERED})


class Opening(NamedTuple):
    """A buyer's message that began to wait, and what became of it."""

    thread_id: int
    seq: int
    at: int
    fate: Fate
    answered_at: int | None = None
    took_ms: int | None = None
    due_at: int | None = None
    """Of one that waits."""


class Figure(NamedTuple):
    """How a shop answers; without `per_mille` too few count."""

    per_mille: int | None
    median_ms: int | None
    counted: int


class Basis(enum.StrEnum):
    """Which openings a figure is made of."""

    WINDOW = "30_days"
    LAST = "last_10"


class Standing(NamedTuple):
    """A figure, and where it comes from."""

    figure: Figure
    basis: Basis
    openings: list[Opening]
    """Of the basis and what does not count in its time, newest first."""


def openings(said: Iterable[Said], holidays: Sequence[Holiday], now: int) -> list[Opening]:
    """The openings of conversations, each of which is given in its order."""
    found: list[Opening] = []
    for _, messages in itertools.groupby(said, lambda one: one.thread_id):
        waiting: list[Said] = []
        for one in messages:
            if one.by_buyer:
                waiting.append(one)
            elif answers(one):
                found += _settled(waiting, one.at, holidays, now)
                waiting = []
        found += _settled(waiting, None, holidays, now)
    return found


def answers(one: Said) -> bool:
    """Whether it is the word of somebody of the shop, and still stands."""
    return not one.by_buyer and not one.automatic and one.withdrawn_at is None


def unanswered(said: Iterable[Said]) -> list[Said]:
    """What waits for an answer in one conversation, oldest first."""
    waiting: list[Said] = []
    for one in said:
        if answers(one):
            waiting = []
        elif one.by_buyer and one.withdrawn_at is None and not one.spam:
            waiting.append(one)
    return waiting


def _settled(
    waiting: Sequence[Said], answered_at: int | None, holidays: Sequence[Holiday], now: int
) -> Iterable[Opening]:
    """What waited until an answer, or waits still: the first that stands is the opening."""
    until = now if answered_at is None else answered_at
    for one in waiting:
        if one.spam:
            yield Opening(one.thread_id, one.seq, one.at, Fate.SPAM)
        elif one.withdrawn_at is not None and one.withdrawn_at <= until:
            yield Opening(one.thread_id, one.seq, one.at, Fate.WITHDRAWN)
        else:
            took = counted(holidays, one.at, until)
            yield Opening(
                one.thread_id,
                one.seq,
                one.at,
                _fate(took, answered_at),
                answered_at,
                took,
                due(one.at, holidays) if answered_at is None else None,
            )
            return


def _fate(took: int, answered_at: int | None) -> Fate:
    if answered_at is None:
        return Fate.WAITING if took <= ANSWER_MS else Fate.UNANSWERED
    return Fate.IN_TIME if took <= ANSWER_MS else Fate.LATE


def standing(found: Iterable[Opening], now: int) -> Standing:
    """The figure of openings: of 30 days, or where too few count there, of the last ten of 90."""
    newest = sorted(found, key=lambda one: (one.at, one.thread_id), reverse=True)
    lately = [one for one in newest if one.at > now - WINDOW_MS]
    counting = [one for one in lately if one.fate in COUNTED]
    if len(counting) >= NEEDED:
        return Standing(figure_of(counting), Basis.WINDOW, lately)
    longer = [one for one in newest if one.at > now - FALLBACK_MS]
    counting = [one for one in longer if one.fate in COUNTED][:FALLBACK_COUNT]
    oldest = counting[-1].at if len(counting) == FALLBACK_COUNT else now - FALLBACK_MS
    shown = [one for one in longer if one.at > oldest or one in counting]
    return Standing(figure_of(counting), Basis.LAST, shown)


def figure_of(counting: Sequence[Opening]) -> Figure:
    """The share that was answered in time, and the median of what was answered; none where too few count."""
    if len(counting) < NEEDED:
        return Figure(None, None, len(counting))
    in_time = sum(1 for one in counting if one.fate is Fate.IN_TIME)
    took = [
        one.took_ms for one in counting if one.answered_at is not None and one.took_ms is not None
    ]
    median = int(statistics.median(took)) if took else None
    return Figure(in_time * 1000 // len(counting), median, len(counting))


def due(since: int, holidays: Sequence[Holiday]) -> int:
    """Until when an answer to what waits since then is in time."""
    return after(holidays, since, ANSWER_MS)


def warning(since: int, holidays: Sequence[Holiday], now: int) -> int:
    """How far the time to answer has run: 0, 50, 90, or 100 percent where it is over."""
    passed = counted(holidays, since, now)
    return max(at for at in (0, *WARN_AT, LATE) if passed * 100 >= at * ANSWER_MS)
