"""The rows that are kept of ratings are those that a recomputation gives, whatever happens to ratings and when."""

import datetime
import decimal
import random
import zoneinfo
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.ratings import (
    MERGE_MS,
    NOTHING,
    Day,
    Fate,
    Rating,
    Tally,
    changes,
    days,
    excluded,
    explain,
    regroup,
    standing,
    window_start,
)

DAY = 24 * 3600 * 1000

ZONES = (
    "UTC", "Europe/Moscow", "Europe/Berlin", "America/New_York", "America/Santiago", "America/Havana",
    "America/Nuuk", "Atlantic/Azores", "Asia/Beirut", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Kiritimati", "Pacific/Pago_Pago",
)  # fmt: skip
"""Clocks that change at midnight, by half an hour, in the other half of the year, or never; far east and far west."""

CORNERS = tuple(
    int(datetime.datetime.fromisoformat(f"{date}T00:00+00:00").timestamp()) * 1000
    for date in (
        "2026-02-28", "2026-03-01", "2026-03-08", "2026-03-29", "2026-04-05", "2026-08-31", "2026-09-06",
        "2026-10-25", "2026-11-01", "2026-12-31", "2027-08-31", "2028-02-29", "2028-03-01", "2028-08-29",
        "2028-08-31",
    )
)  # fmt: skip
"""Month ends, leap days, and days on which the clocks of some zone change."""

zones = st.sampled_from(ZONES)
instants = st.builds(
    lambda corner, shift, edge, hours: corner + shift * MERGE_MS + hours * 3600 * 1000 + edge,
    st.sampled_from(CORNERS),
    st.integers(-2, 2),
    st.sampled_from((-1, 0, 1)),
    st.integers(-30, 30),
)


class Given(list[Rating]):
    """The ratings of a market, and the rows that are kept of them."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.zone = zone
        self.rows: dict[tuple[ShopId, datetime.date], Tally] = {}
        self.left: Counter[tuple[int, str]] = Counter()

    def rate(self, buyer: int, shop: int, at: int, stars: int) -> None:
        """One more, which may be older than others."""
        new = Rating(len(self), PersonId(buyer), ShopId(shop), at, stars)
        self._keep(new, [*self._of(new), new])
        self.append(new)

    def toggle(self, number: int, why: str) -> None:
        """A rating is annulled or refunded, or is so no longer."""
        if not self:
            return
        old = self[number % len(self)]
        self.left[old.id, why] ^= 1
        new = old._replace(
            excluded=excluded(
                refunded=bool(self.left[old.id, "refunded"]),
                annulled=bool(self.left[old.id, "annulled"]),
            )
        )
        self._keep(old, [new if each is old else each for each in self._of(old)])
        self[old.id] = new

    def _of(self, like: Rating) -> list[Rating]:
        return [r for r in self if (r.buyer_id, r.shop_id) == (like.buyer_id, like.shop_id)]

    def _keep(self, like: Rating, after: list[Rating]) -> None:
        before = regroup(self._of(like), self.zone)
        for on, change in changes(before, regroup(after, self.zone)).items():
            kept = self.rows.get((like.shop_id, on), NOTHING)
            row = Tally(*(have + more for have, more in zip(kept, change, strict=True)))
            assert min(row) >= 0
            self.rows[like.shop_id, on] = row

    def kept(self) -> list[Day]:
        """The rows that are not empty."""
        return [Day(*key, row) for key, row in sorted(self.rows.items()) if any(row)]


rates = st.tuples(
    st.just("rate"), st.integers(1, 3), st.integers(1, 2), instants, st.integers(1, 5)
)
toggles = st.tuples(
    st.just("toggle"), st.integers(0, 30), st.sampled_from(("annulled", "refunded"))
)


@st.composite
def markets(draw: st.DrawFn) -> Given:
    """Some ratings after a life of their own."""
    given_so = Given(draw(zones))
    for name, *args in draw(st.lists(st.one_of(rates, rates, toggles), max_size=25)):
        getattr(given_so, name)(*args)
        assert given_so.kept() == days(given_so, given_so.zone)
    return given_so


@settings(max_examples=300, deadline=None)
@given(markets(), instants)
def test_a_short_sum_of_the_kept_rows_is_what_all_ratings_come_to(market: Given, now: int) -> None:
    for shop in {rating.shop_id for rating in market}:
        rows = [row for row in market.kept() if row.shop_id == shop]
        told = explain([rating for rating in market if rating.shop_id == shop], now, market.zone)

        assert standing(rows, now, market.zone) == told.standing


@settings(max_examples=200, deadline=None)
@given(markets(), st.randoms(use_true_random=False), instants)
def test_the_order_of_ratings_does_not_matter(
    market: Given, chance: random.Random, now: int
) -> None:
    shuffled = list(market)
    chance.shuffle(shuffled)

    assert days(shuffled, market.zone) == days(market, market.zone)
    assert explain(shuffled, now, market.zone) == explain(market, now, market.zone)


@settings(max_examples=200, deadline=None)
@given(markets(), zones)
def test_another_zone_dates_the_same_groups_anew_and_the_score_stays(
    market: Given, zone: str
) -> None:
    here, there = days(market, market.zone), days(market, zone)

    for shop in (1, 2):
        sums = [
            tuple(map(sum, zip(*(row.tally for row in rows if row.shop_id == shop), strict=True)))
            for rows in (here, there)
        ]
        assert sums[0] == sums[1]


@settings(max_examples=300, deadline=None)
@given(markets(), instants)
def test_every_rating_is_explained_and_the_figures_are_what_the_explanation_adds_up_to(
    market: Given, now: int
) -> None:
    mine = [rating for rating in market if rating.shop_id == 1]
    told = explain(mine, now, market.zone)

    assert sorted(each.rating.id for each in told.told) == [rating.id for rating in mine]
    assert told.counted + sum(told.fates) == len(mine)
    assert told.counted == told.standing.ever.groups
    for each in told.told:
        assert (each.fate is Fate.EXCLUDED) == bool(each.rating.excluded) == (each.group is None)
        assert each.group is None or each.rating in each.group.ratings
    opened = [each for each in told.told if each.fate is Fate.COUNTED]
    assert told.standing.window.groups == sum(each.in_window for each in opened)


# The model: the sentences of the rules, word by word.


def model(ratings: list[Rating], now: int, zone: str) -> tuple[Tally, int]:
    """The window's figures and the score of a shop: with instants, midnights and decimals."""
    midnight = datetime.datetime.combine(
        months_ago(now, zone), datetime.time(), zoneinfo.ZoneInfo(zone)
    )
    window, score = Counter[str](), 0
    for buyer in {rating.buyer_id for rating in ratings}:
        unmerged = [r for r in ratings if r.buyer_id == buyer and not r.excluded]
        while unmerged:
            opened_at = min(rating.rated_at for rating in unmerged)
            merged = [r for r in unmerged if r.rated_at < opened_at + 10 * 24 * 3600 * 1000]
            unmerged = [r for r in unmerged if r not in merged]
            mean = decimal.Decimal(sum(r.stars for r in merged)) / len(merged)
            stars = int(mean.quantize(decimal.Decimal(1), decimal.ROUND_HALF_DOWN))
            kind = "positive" if stars >= 4 else "neutral" if stars == 3 else "negative"
            score += {"positive": 1, "neutral": 0, "negative": -1}[kind]
            if midnight.timestamp() * 1000 <= opened_at <= now:
                window[kind] += 1
    return Tally(window["positive"], window["neutral"], window["negative"]), score


def months_ago(now: int, zone: str) -> datetime.date:
    """The same day six months earlier: where there is none, the day before, and so on."""
    today = datetime.datetime.fromtimestamp(now / 1000, zoneinfo.ZoneInfo(zone)).date()
    year, month = (
        (today.year, today.month - 6) if today.month > 6 else (today.year - 1, today.month + 6)
    )
    for day in range(today.day, 0, -1):
        try:
            return datetime.date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


@settings(max_examples=400, deadline=None)
@given(markets(), instants)
def test_the_figures_are_what_the_rules_say_word_by_word(market: Given, now: int) -> None:
    mine = [rating for rating in market if rating.shop_id == 1 and rating.rated_at <= now]

    stands = explain(mine, now, market.zone).standing

    window, score = model(mine, now, market.zone)
    assert (stands.window, stands.score) == (window, score)


@settings(max_examples=300, deadline=None)
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)))
def test_the_window_never_moves_back(today: datetime.date) -> None:
    tomorrow = today + datetime.timedelta(days=1)

    assert window_start(today) <= window_start(tomorrow)
    assert 180 <= (today - window_start(today)).days <= 184
