"""Which ratings are one, on which day they count, and what a shop's percentage is made of."""

import datetime

import pytest

from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.ratings import (
    COUNTS_AS,
    MERGE_MS,
    NEW_BELOW,
    Day,
    Excluded,
    Fate,
    Fates,
    Group,
    Rating,
    Tally,
    changes,
    days,
    excluded,
    explain,
    groups_of,
    local_date,
    mean_stars,
    regroup,
    standing,
    tell,
    window_edges,
    window_start,
)

DAY = 24 * 3600 * 1000
MOSCOW = "Europe/Moscow"
SHOP = ShopId(20)


def at(text: str) -> int:
    """An instant in milliseconds."""
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


START = at("2026-03-02T12:00+00:00")
NOW = at("2026-06-15T10:00+00:00")


def rating(
    number: int, rated_at: int, stars: int = 5, left: str = "", buyer: int = 10, shop: int = SHOP
) -> Rating:
    return Rating(number, PersonId(buyer), ShopId(shop), rated_at, stars, left)


def runs(*ratings: Rating) -> list[list[int]]:
    """Which ratings are one group."""
    return [[each.id for each in group.ratings] for group in regroup(ratings, "UTC")]


class TestStars:
    """What they are to the shop, and their mean."""

    def test_four_and_five_are_positive_three_neutral_one_and_two_negative(self) -> None:
        assert {stars: tuple(tally) for stars, tally in COUNTS_AS.items()} == {
            1: (0, 0, 1),
            2: (0, 0, 1),
            3: (0, 1, 0),
            4: (1, 0, 0),
            5: (1, 0, 0),
        }

    @pytest.mark.parametrize(
        ("stars", "mean"),
        [
            ([5], 5),
            ([5, 4], 4),
            ([2, 3], 2),
            ([3, 4], 3),
            ([1, 2], 1),
            ([5, 5, 4], 5),
            ([5, 4, 4], 4),
            ([1, 1, 2, 2, 2], 2),
            ([4, 4, 5, 5, 5], 5),
        ],
    )
    def test_the_mean_is_rounded_halves_down(self, stars: list[int], mean: int) -> None:
        assert mean_stars(stars) == mean


class TestGroups:
    """What one buyer gives one shop within ten days counts once."""

    def test_a_group_takes_what_is_less_than_ten_days_younger_than_its_opener(self) -> None:
        last = START + MERGE_MS - 1

        assert runs(rating(1, START), rating(2, last)) == [[1, 2]]
        assert runs(rating(1, START), rating(2, last + 1)) == [[1], [2]]

    def test_the_ten_days_are_those_of_the_opener_and_not_of_the_last_one(self) -> None:
        given = [rating(day, START + day * DAY) for day in range(0, 25, 5)]

        assert runs(*given) == [[0, 5], [10, 15], [20]]

    def test_what_is_excluded_leaves_before_anything_merges(self) -> None:
        opener = rating(1, START, 1, Excluded.REFUNDED)
        given = [opener, rating(2, START + 9 * DAY), rating(3, START + 18 * DAY)]

        assert runs(*given) == [[2, 3]]
        assert runs(opener._replace(excluded=""), *given[1:]) == [[1, 2], [3]]

    def test_ten_days_are_so_many_hours_whatever_the_clocks_do(self) -> None:
        before_the_change = at("2026-03-27T12:00+01:00")
        same_time = at("2026-04-06T12:00+02:00")

        given = [rating(1, before_the_change), rating(2, same_time)]

        assert [len(group.ratings) for group in regroup(given, "Europe/Berlin")] == [2]

    def test_of_two_in_one_millisecond_the_lower_id_opens(self) -> None:
        assert runs(rating(2, START), rating(1, START)) == [[1, 2]]

    def test_a_groups_date_is_its_openers_on_the_wall_of_the_marketplace(self) -> None:
        late = [rating(1, at("2026-03-02T21:30+00:00")), rating(2, at("2026-03-05T12:00+00:00"))]

        assert [group.on for group in regroup(late, "UTC")] == [on("2026-03-02")]
        assert [group.on for group in regroup(late, MOSCOW)] == [on("2026-03-03")]

    def test_a_groups_stars_are_those_of_all_its_ratings(self) -> None:
        assert regroup([rating(1, START, 5), rating(2, START + DAY, 4)], "UTC") == [
            Group(on("2026-03-02"), 4, (rating(1, START, 5), rating(2, START + DAY, 4)))
        ]

    def test_nothing_makes_no_groups(self) -> None:
        assert runs() == []
        assert runs(rating(1, START, 5, Excluded.ANNULLED)) == []

    def test_annulled_is_told_before_refunded(self) -> None:
        assert excluded(refunded=True, annulled=True) == "annulled"
        assert excluded(refunded=False, annulled=True) == "annulled"
        assert excluded(refunded=True, annulled=False) == "refunded"
        assert excluded(refunded=False, annulled=False) == ""


class TestDays:
    """One row per shop and date."""

    def test_a_day_counts_the_groups_of_all_buyers_that_were_opened_on_it(self) -> None:
        given = [
            rating(1, START, 5),
            rating(2, START + DAY, 1),
            rating(3, START + DAY, 4, buyer=11),
            rating(4, START, 3, buyer=12),
            rating(5, START, 1, buyer=13),
            rating(6, START, 5, shop=21),
        ]

        assert days(given, "UTC") == [
            Day(SHOP, on("2026-03-02"), Tally(0, 2, 1)),
            Day(SHOP, on("2026-03-03"), Tally(1, 0, 0)),
            Day(ShopId(21), on("2026-03-02"), Tally(1, 0, 0)),
        ]

    def test_a_rating_changes_the_days_of_its_buyers_groups_and_no_others(self) -> None:
        given = [rating(1, START, 5), rating(2, START + 10 * DAY, 2)]
        before = regroup(given, "UTC")

        joined = regroup([*given, rating(3, START + 11 * DAY, 5)], "UTC")
        alone = regroup([*given, rating(3, START + 30 * DAY, 5)], "UTC")

        assert changes(before, joined) == {on("2026-03-12"): Tally(0, 1, -1)}
        assert changes(before, alone) == {on("2026-04-01"): Tally(1, 0, 0)}

    def test_annulling_an_opener_moves_what_it_had_gathered(self) -> None:
        opener, later = rating(1, START, 1), rating(2, START + 2 * DAY, 5)

        without = [opener._replace(excluded=Excluded.ANNULLED), later]
        moved = changes(regroup([opener, later], "UTC"), regroup(without, "UTC"))

        assert moved == {on("2026-03-02"): Tally(0, -1, 0), on("2026-03-04"): Tally(1, 0, 0)}

    def test_a_rating_that_leaves_its_group_what_it_was_changes_nothing(self) -> None:
        before = regroup([rating(1, START, 5)], "UTC")

        assert changes(before, regroup([rating(1, START, 5), rating(2, START, 5)], "UTC")) == {}


class TestWindow:
    """From 00:00 of the same day six months earlier to now."""

    @pytest.mark.parametrize(
        ("today", "first"),
        [
            ("2026-12-15", "2026-06-15"),
            ("2026-06-15", "2025-12-15"),
            ("2026-01-01", "2025-07-01"),
            ("2026-07-31", "2026-01-31"),
            ("2026-08-28", "2026-02-28"),
            ("2026-08-29", "2026-02-28"),
            ("2026-08-30", "2026-02-28"),
            ("2026-08-31", "2026-02-28"),
            ("2026-09-01", "2026-03-01"),
            ("2028-08-28", "2028-02-28"),
            ("2028-08-29", "2028-02-29"),
            ("2028-08-30", "2028-02-29"),
            ("2028-08-31", "2028-02-29"),
            ("2028-02-29", "2027-08-29"),
            ("2100-08-31", "2100-02-28"),
            ("2026-03-31", "2025-09-30"),
            ("2026-05-31", "2025-11-30"),
            ("2026-10-31", "2026-04-30"),
            ("2026-12-31", "2026-06-30"),
        ],
    )
    def test_it_begins_on_the_same_day_or_on_the_last_of_the_month(
        self, today: str, first: str
    ) -> None:
        assert window_start(on(today)) == on(first)

    @pytest.mark.parametrize(
        ("zone", "now", "first"),
        [
            ("UTC", "2026-06-15T10:00+00:00", "2025-12-15T00:00+00:00"),
            (MOSCOW, "2026-06-14T22:00+00:00", "2025-12-15T00:00+03:00"),
            ("America/New_York", "2026-06-15T03:00+00:00", "2025-12-14T00:00-05:00"),
            ("America/New_York", "2026-11-01T12:00-05:00", "2026-05-01T00:00-04:00"),
            ("Asia/Kathmandu", "2028-08-31T23:59+05:45", "2028-02-29T00:00+05:45"),
            # Midnight is skipped there: the day begins at 01:00.
            ("America/Santiago", "2027-03-06T12:00-03:00", "2026-09-06T01:00-03:00"),
            # Midnight is shown twice there: the first one counts.
            ("America/Havana", "2027-05-01T12:00-04:00", "2026-11-01T00:00-04:00"),
            # This whole day was skipped there.
            ("Pacific/Apia", "2012-06-30T12:00+13:00", "2011-12-31T00:00+14:00"),
        ],
    )
    def test_its_first_instant_is_inside_and_the_one_before_is_not(
        self, zone: str, now: str, first: str
    ) -> None:
        inside, outside = rating(1, at(first)), rating(2, at(first) - 1, buyer=11)

        stands = standing(days([inside, outside], zone), at(now), zone)

        assert (stands.window.positive, stands.ever.positive) == (1, 2)

    def test_it_ends_with_today(self) -> None:
        rows = days([rating(1, NOW), rating(2, NOW + DAY, buyer=11)], "UTC")

        stands = standing(rows, NOW, "UTC")

        assert (stands.since, stands.until) == (on("2025-12-15"), on("2026-06-15"))
        assert (stands.window, stands.ever) == (Tally(1, 0, 0), Tally(2, 0, 0))

    def test_a_group_counts_by_its_openers_date_though_it_took_younger_ones(self) -> None:
        old = at("2025-12-14T23:59+00:00")
        given = [rating(1, old, 5), rating(2, old + 5 * DAY, 5)]

        assert standing(days(given, "UTC"), NOW, "UTC").window.groups == 0

    def test_instants_before_the_epoch_have_a_date_as_well(self) -> None:
        assert local_date(-1, "UTC") == on("1969-12-31")


class TestFigures:
    """Percentage, new sellers, and the score of all time."""

    @pytest.mark.parametrize(
        ("tally", "per_mille"),
        [
            (Tally(0, 0, 0), None),
            (Tally(0, 7, 0), None),
            (Tally(1, 0, 0), 1000),
            (Tally(0, 0, 1), 0),
            (Tally(2, 90, 1), 666),
            (Tally(2999, 0, 1), 999),
            (Tally(1, 0, 1), 500),
        ],
    )
    def test_the_percentage_is_positive_of_positive_and_negative_rounded_down(
        self, tally: Tally, per_mille: int | None
    ) -> None:
        assert tally.per_mille == per_mille

    def test_a_shop_with_fewer_than_five_groups_in_the_window_is_new(self) -> None:
        def stands(recent: int) -> bool:
            old = [rating(n, at("2024-01-01T00:00+00:00"), buyer=n) for n in range(50)]
            new = [rating(100 + n, START, 3, buyer=n) for n in range(recent)]
            return standing(days(old + new, "UTC"), NOW, "UTC").is_new

        assert stands(NEW_BELOW - 1)
        assert not stands(NEW_BELOW)

    def test_the_score_is_of_all_time(self) -> None:
        given = [
            rating(1, at("2020-01-01T00:00+00:00"), 5, buyer=1),
            rating(2, at("2020-01-01T00:00+00:00"), 4, buyer=2),
            rating(3, START, 1, buyer=3),
            rating(4, START, 3, buyer=4),
        ]

        stands = standing(days(given, "UTC"), NOW, "UTC")

        assert (stands.score, stands.per_mille) == (1, 0)
        assert stands.ever == Tally(2, 1, 1)

    def test_no_ratings_are_no_percentage(self) -> None:
        stands = standing([], NOW, "UTC")

        assert (stands.per_mille, stands.score, stands.is_new) == (None, 0, True)


class TestExplanation:
    """What the shop is told of each rating."""

    def test_each_rating_is_counted_merged_or_excluded(self) -> None:
        opener, member = rating(1, START, 5), rating(2, START + DAY, 2)
        refunded = rating(3, START + 2 * DAY, 1, Excluded.REFUNDED)
        annulled = rating(4, START + 3 * DAY, 1, Excluded.ANNULLED)
        old = rating(5, at("2025-01-01T00:00+00:00"), 1)

        told = explain([old, annulled, member, refunded, opener], NOW, "UTC")

        both = Group(on("2026-03-02"), 3, (opener, member))
        first = Group(on("2025-01-01"), 1, (old,))
        assert told.told == (
            (annulled, Fate.EXCLUDED, None, False),
            (refunded, Fate.EXCLUDED, None, False),
            (opener, Fate.COUNTED, both, True),
            (member, Fate.MERGED, both, True),
            (old, Fate.COUNTED, first, False),
        )
        assert (told.counted, told.fates) == (2, Fates(merged=1, refunded=1, annulled=1))
        assert (told.standing.window, told.standing.ever) == (Tally(0, 1, 0), Tally(0, 1, 1))

    def test_ratings_of_two_buyers_never_merge(self) -> None:
        told = explain([rating(1, START), rating(2, START, buyer=11)], NOW, "UTC")

        assert (told.counted, told.fates.merged) == (2, 0)

    def test_a_page_tells_a_group_where_its_opener_stands_and_whole(self) -> None:
        opener, member = rating(1, START, 5), rating(2, START + DAY, 2)
        other = rating(3, START + 2 * DAY, buyer=11)
        stands = standing([], NOW, "UTC")
        groups = groups_of([opener, member, other], "UTC")

        newer, older = (tell(page, groups, stands) for page in ([other, member], [opener]))

        assert [each.rating for each in newer] == [other]
        assert [each.rating for each in older] == [opener, member]

    @pytest.mark.parametrize(
        ("since", "zone"),
        [
            ("2026-03-02", "UTC"),
            ("2026-03-08", "America/Havana"),  # The clocks skip 00:00.
            ("2026-11-01", "America/Havana"),  # They show it twice.
            ("2026-03-28", "America/Nuuk"),
            ("2026-10-04", "Australia/Lord_Howe"),
        ],
    )
    def test_the_edges_of_a_window_part_what_its_dates_part(self, since: str, zone: str) -> None:
        never, surely = window_edges(on(since), zone)

        quarters = range(never - DAY, surely + DAY, DAY // 96)
        inside = {instant for instant in quarters if local_date(instant, zone) >= on(since)}
        assert all(instant >= never for instant in inside)
        assert inside >= {instant for instant in quarters if instant >= surely}


def test_the_example_of_the_documentation_comes_out_as_it_is_told() -> None:
    anna, boris, carmen, dan, elena = range(5)
    given = [
        rating(1, at("2026-02-27T23:50+00:00"), 1, buyer=anna),
        rating(2, at("2026-03-02T12:00+00:00"), 5, buyer=boris),
        rating(3, at("2026-03-10T09:00+00:00"), 4, buyer=boris),
        rating(4, at("2026-03-12T12:00+00:00"), 2, buyer=boris),
        rating(5, at("2026-04-01T12:00+00:00"), 1, Excluded.REFUNDED, buyer=carmen),
        rating(6, at("2026-04-05T12:00+00:00"), 5, buyer=carmen),
        rating(7, at("2026-06-06T12:00+00:00"), 3, buyer=dan),
        rating(8, at("2026-06-07T12:00+00:00"), 1, Excluded.ANNULLED, buyer=dan),
        rating(9, at("2026-08-20T12:00+00:00"), 5, buyer=elena),
    ]

    told = explain(given, at("2026-08-31T12:00+00:00"), "UTC")
    stands = told.standing

    assert (told.counted, told.fates) == (6, Fates(merged=1, refunded=1, annulled=1))
    assert (stands.since, stands.window, stands.ever) == (
        on("2026-02-28"),
        Tally(3, 1, 1),
        Tally(3, 1, 2),
    )
    assert (stands.per_mille, stands.is_new, stands.score) == (750, False, 1)
    rows = days(given, "UTC")
    assert standing(rows, at("2026-09-02T23:59+00:00"), "UTC").window == Tally(3, 1, 1)
    assert standing(rows, at("2026-09-03T00:00+00:00"), "UTC").window == Tally(2, 1, 1)
    assert standing(rows, at("2026-09-03T00:00+00:00"), "UTC").is_new
