"""What ratings come to: the groups that they merge into, a shop's percentage, its score, and why (PRODUCT: ratings).

Who may rate, and what becomes of the words beside the stars, stands in `domain.reviews`. Instants are
milliseconds; a day is a date on the wall of the marketplace's zone, which is handed in by its name.
"""

import calendar
import datetime
import enum
import zoneinfo
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.orders import DAY_MS

MERGE_MS: Final = 10 * DAY_MS
"""So long a group takes what the same buyer gives the same shop: 10 x 24 h, whatever the clocks do (PRODUCT)."""

WINDOW_MONTHS: Final = 6
"""How far back the percentage looks (PRODUCT)."""

NEW_BELOW: Final = 5
"""With fewer groups in the window a shop is a new seller (PRODUCT)."""

_CLOCKS_MS: Final = 3 * 3600 * 1000
"""By less than this the clocks of any zone are changed."""

_EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MILLISECOND: Final = datetime.timedelta(milliseconds=1)


class Excluded(enum.StrEnum):
    """Why a rating leaves before anything merges, as it is stored."""

    NO = ""
    REFUNDED = "refunded"
    """Its line was refunded because nothing arrived."""
    ANNULLED = "annulled"
    """A supervisor took it out as fraud."""


def excluded(*, refunded: bool, annulled: bool) -> Excluded:
    """Why a rating does not count. Where there are two reasons, a person's decision is the one that is told."""
    if annulled:
        return Excluded.ANNULLED
    return Excluded.REFUNDED if refunded else Excluded.NO


class Rating(NamedTuple):
    """The stars of one order line."""

    id: int
    buyer_id: PersonId
    shop_id: ShopId
    rated_at: int
    stars: int
    excluded: str = Excluded.NO


class Tally(NamedTuple):
    """How many groups were of which kind; or by how many more or fewer a day's row changes."""

    positive: int
    neutral: int
    negative: int

    @property
    def groups(self) -> int:
        """All of them."""
        return self.positive + self.neutral + self.negative

    @property
    def score(self) -> int:
        """+1 for each positive one, 0 for each neutral one, -1 for each negative one."""
        return self.positive - self.negative

    @property
    def per_mille(self) -> int | None:
        """1000 x positive / (positive + negative), rounded down; None where there is neither.

        A tenth of a percent is what screens show. Rounded down, 100.0 is said only where nothing is negative.
        """
        decided = self.positive + self.negative
        return self.positive * 1000 // decided if decided else None


NOTHING: Final = Tally(0, 0, 0)

_NEGATIVE: Final = Tally(0, 0, 1)
_NEUTRAL: Final = Tally(0, 1, 0)
_POSITIVE: Final = Tally(1, 0, 0)

COUNTS_AS: Final[Mapping[int, Tally]] = {
    1: _NEGATIVE,
    2: _NEGATIVE,
    3: _NEUTRAL,
    4: _POSITIVE,
    5: _POSITIVE,
}
"""What the stars of a group are to the shop (PRODUCT)."""


class Group(NamedTuple):
    """Ratings of one buyer for one shop that count as one."""

    on: datetime.date
    """The opener's date."""
    stars: int
    """The mean, rounded, halves down."""
    ratings: tuple[Rating, ...]
    """In the order in which they were given: the first is the opener."""


class Day(NamedTuple):
    """The row that is kept of a shop and a date: its groups of that date."""

    shop_id: ShopId
    on: datetime.date
    tally: Tally


class Standing(NamedTuple):
    """Where a shop stands."""

    since: datetime.date
    """The first date of the window."""
    until: datetime.date
    """Today, its last."""
    window: Tally
    ever: Tally

    @property
    def per_mille(self) -> int | None:
        """The percentage of the window, in tenths of a percent rounded down; None where nothing decides it."""
        return self.window.per_mille

    @property
    def is_new(self) -> bool:
        """Whether the window holds too few groups, neutral ones among them, to say more than "new seller"."""
        return self.window.groups < NEW_BELOW

    @property
    def score(self) -> int:
        """Of all time."""
        return self.ever.score


class Fate(enum.StrEnum):
    """What became of a rating."""

    COUNTED = "counted"
    """It opens a group, which is counted."""
    MERGED = "merged"
    """It is part of a group that an earlier one opened."""
    EXCLUDED = "excluded"


class Section(enum.StrEnum):
    """Where a rating stands in the explanation: what merged stands with what it merged into."""

    WINDOW = "window"
    """It is part of the percentage and of the score."""
    EARLIER = "earlier"
    """It is too old for the percentage, and part of the score alone."""
    EXCLUDED = "excluded"


class Fates(NamedTuple):
    """How many ratings did not open a group; or by how many more or fewer a shop's row changes."""

    merged: int
    refunded: int
    annulled: int


class Told(NamedTuple):
    """What became of one rating, and why."""

    rating: Rating
    fate: Fate
    group: Group | None
    """Where it is counted, or what it merged into; None where it is excluded."""
    in_window: bool
    """Whether its group is part of the percentage; what is too old for that is part of the score alone."""

    @property
    def section(self) -> Section:
        """Where it stands in the explanation."""
        if self.group is None:
            return Section.EXCLUDED
        return Section.WINDOW if self.in_window else Section.EARLIER


class Explanation(NamedTuple):
    """A shop's standing down to the last rating."""

    standing: Standing
    told: tuple[Told, ...]
    """Every rating: groups by their openers and what is excluded, the newest first."""
    counted: int
    """How many opened a group."""
    fates: Fates


def local_date(at_ms: int, zone: str) -> datetime.date:
    """What the calendar on the wall shows at an instant."""
    return (_EPOCH + at_ms * _MILLISECOND).astimezone(zoneinfo.ZoneInfo(zone)).date()


def window_start(today: datetime.date) -> datetime.date:
    """The same day six months earlier, or the last day of that month where it has no such day.

    The window begins with this date, so at its 00:00, or where the clocks skip that, at its first instant.
    """
    year, month = divmod(today.year * 12 + today.month - 1 - WINDOW_MONTHS, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(today.day, last))


def window(now: int, zone: str) -> tuple[datetime.date, datetime.date]:
    """The first date of the window and today, its last."""
    until = local_date(now, zone)
    return window_start(until), until


def window_edges(since: datetime.date, zone: str) -> tuple[int, int]:
    """Before the first of these instants no group is of the window, from the second on each is of it.

    What lies between them is told by its date: clocks may be changed on the way.
    """
    midnight = datetime.datetime.combine(since, datetime.time(), zoneinfo.ZoneInfo(zone))
    begin = (midnight - _EPOCH) // _MILLISECOND
    return begin - _CLOCKS_MS, begin + _CLOCKS_MS


def mean_stars(stars: Iterable[int]) -> int:
    """The mean, rounded to whole stars, halves down: 4.5 is 4."""
    given = list(stars)
    count = len(given)
    return -((count - 2 * sum(given)) // (2 * count))


def regroup(ratings: Iterable[Rating], zone: str) -> list[Group]:
    """The groups of one buyer and one shop, the oldest first.

    Excluded ratings leave first. Then the first unmerged one opens a group that takes what is less than 10 x 24 h
    younger; what is exactly so much younger opens the next. Of two in the same millisecond the lower id is first.
    """
    runs: list[list[Rating]] = []
    for rating in sorted(ratings, key=lambda r: (r.rated_at, r.id)):
        if rating.excluded:
            continue
        if runs and rating.rated_at < runs[-1][0].rated_at + MERGE_MS:
            runs[-1].append(rating)
        else:
            runs.append([rating])
    return [_group(run, zone) for run in runs]


def changes(before: Iterable[Group], after: Iterable[Group]) -> dict[datetime.date, Tally]:
    """By how much each day of a shop changes when a buyer's groups become others; days that stay are left out."""
    found: dict[datetime.date, Tally] = {}
    for groups, times in ((before, -1), (after, 1)):
        for group in groups:
            kept = found.get(group.on, NOTHING)
            found[group.on] = _plus(kept, COUNTS_AS[group.stars], times)
    return {on: change for on, change in found.items() if any(change)}


def fates(ratings: Iterable[Rating], groups: Iterable[Group]) -> Fates:
    """What became of ratings that did not open a group, with the groups of those that are left."""
    why = [rating.excluded for rating in ratings]
    return Fates(
        sum(len(group.ratings) - 1 for group in groups),
        why.count(Excluded.REFUNDED),
        why.count(Excluded.ANNULLED),
    )


def days(ratings: Iterable[Rating], zone: str) -> list[Day]:
    """The rows of any ratings, computed anew: what the kept ones must be equal to, empty rows left out."""
    found: dict[tuple[ShopId, datetime.date], Tally] = {}
    for (_, shop_id), given in _by_pair(ratings).items():
        for group in regroup(given, zone):
            kept = found.get((shop_id, group.on), NOTHING)
            found[shop_id, group.on] = _plus(kept, COUNTS_AS[group.stars])
    return [Day(shop_id, on, tally) for (shop_id, on), tally in sorted(found.items())]


def standing(rows: Iterable[Day], now: int, zone: str) -> Standing:
    """Where a shop stands, from the rows of its days."""
    since, until = window(now, zone)
    lately = ever = NOTHING
    for row in rows:
        ever = _plus(ever, row.tally)
        if _inside(row.on, since, until):
            lately = _plus(lately, row.tally)
    return Standing(since, until, lately, ever)


def explain(ratings: Iterable[Rating], now: int, zone: str) -> Explanation:
    """What was counted, merged and excluded of the ratings of one shop, and why."""
    given = list(ratings)
    stands = standing(days(given, zone), now, zone)
    groups = groups_of(given, zone)
    newest = sorted(given, key=lambda r: (r.rated_at, r.id), reverse=True)
    return Explanation(
        stands, tuple(tell(newest, groups, stands)), len(groups), fates(given, groups)
    )


def groups_of(ratings: Iterable[Rating], zone: str) -> list[Group]:
    """The groups of any ratings, pair by pair."""
    return [group for given in _by_pair(ratings).values() for group in regroup(given, zone)]


def tell(page: Iterable[Rating], groups: Iterable[Group], stands: Standing) -> list[Told]:
    """What became of these ratings, in their order; what merged is told behind what it merged into, and only there.

    `groups` are at least those of their buyers, so that a group is whole wherever the page begins or ends.
    """
    opened = {group.ratings[0].id: group for group in groups}
    found: list[Told] = []
    for rating in page:
        if rating.excluded:
            found.append(Told(rating, Fate.EXCLUDED, None, in_window=False))
        elif rating.id in opened:
            found += _tell(opened[rating.id], stands)
    return found


def _group(run: list[Rating], zone: str) -> Group:
    on = local_date(run[0].rated_at, zone)
    return Group(on, mean_stars(rating.stars for rating in run), tuple(run))


def _tell(group: Group, stands: Standing) -> list[Told]:
    opener, *merged = group.ratings
    inside = _inside(group.on, stands.since, stands.until)
    return [
        Told(opener, Fate.COUNTED, group, inside),
        *(Told(rating, Fate.MERGED, group, inside) for rating in merged),
    ]


def _inside(on: datetime.date, since: datetime.date, until: datetime.date) -> bool:
    return since <= on <= until


def _by_pair(ratings: Iterable[Rating]) -> dict[tuple[PersonId, ShopId], list[Rating]]:
    pairs: dict[tuple[PersonId, ShopId], list[Rating]] = {}
    for rating in ratings:
        pairs.setdefault((rating.buyer_id, rating.shop_id), []).append(rating)
    return pairs


def _plus(tally: Tally, more: Tally, times: int = 1) -> Tally:
    return Tally(*(have + times * add for have, add in zip(tally, more, strict=True)))
