"""Whatever is rated, annulled and refunded, and when: what the store keeps is what a recomputation gives."""

from typing import Final

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from typing_extensions import override

from chat_server.domain.ratings import MERGE_MS, Section, excluded
from tests.explained import whole
from tests.property.ratings_model import BUYERS, LINES, SHOPS, Bought, Ratings
from tests.property.test_ratings import CORNERS
from tests.property.world import try_machine

HOUR: Final = 3600 * 1000

ZONES: Final = ("America/Santiago", "Australia/Lord_Howe")
"""One changes its clocks at midnight, one by half an hour; both in the other half of the year."""

PASSES: Final = (
    1, HOUR, 23 * HOUR, 24 * HOUR, MERGE_MS - 1, MERGE_MS, MERGE_MS + 1, 29 * 24 * HOUR, 150 * 24 * HOUR,
)  # fmt: skip

numbers = st.integers(0, 9)
stars = st.integers(1, 5)
lines = st.integers(0, len(LINES) - 1)


class KeptRatings(RuleBasedStateMachine):
    """Two buyers, two shops, a backend, a supervisor, and a clock."""

    market: Ratings

    @initialize(zone=st.sampled_from(ZONES), corner=st.sampled_from(CORNERS))
    def opens(self, zone: str, corner: int) -> None:
        """Nothing has been bought."""
        self.market = Ratings(zone, corner)
        self.bought: list[Bought] = []
        self.rated: dict[tuple[str, int], int] = {}
        self.annulled: set[int] = set()
        self.refunded: set[tuple[str, int]] = set()

    @override
    def teardown(self) -> None:
        """Nothing of it stays."""
        if hasattr(self, "market"):
            self.market.close()

    @rule(buyer=st.integers(0, BUYERS - 1), shop=st.integers(0, SHOPS - 1))
    def somebody_buys(self, buyer: int, shop: int) -> None:
        """And receives it."""
        self.bought.append(self.market.buy(buyer, shop))

    @rule(buyer=st.integers(0, BUYERS - 1), shop=st.integers(0, SHOPS - 1), given=stars, line=lines)
    def somebody_buys_and_rates(self, buyer: int, shop: int, given: int, line: int) -> None:
        """At once."""
        self.somebody_buys(buyer, shop)
        self._rate(self.bought[-1], line, given)

    @precondition(lambda self: self.bought)
    @rule(which=numbers, line=lines, given=stars)
    def somebody_rates(self, which: int, line: int, given: int) -> None:
        """What he received some time ago, if it is not too late."""
        order = self.bought[-1 - which % len(self.bought)]
        if (order.key, line) not in self.rated and self._in_time(order):
            self._rate(order, line, given)

    @precondition(lambda self: self.bought)
    @rule(which=numbers, line=lines)
    def something_never_arrived(self, which: int, line: int) -> None:
        """Rated or not."""
        order = self.bought[which % len(self.bought)]
        self.market.run(self.market.refund(order, line))
        self.refunded.add((order.key, line))

    @precondition(lambda self: self.rated)
    @rule(which=numbers)
    def a_supervisor_takes_a_rating_out_or_back(self, which: int) -> None:
        """Whichever it is not."""
        review = sorted(self.rated.values())[which % len(self.rated)]
        annulled = review not in self.annulled
        self.market.run(self.market.annul(review, annulled=annulled))
        self.annulled ^= {review}

    @precondition(lambda self: self.rated)
    @rule(which=numbers, given=stars, late=stars, line=lines)
    def all_of_it_happens_at_once(self, which: int, given: int, late: int, line: int) -> None:
        """To one buyer and shop: two ratings, a refund of one of them, and a supervisor's word about another."""
        market = self.market
        (key, _), review = sorted(self.rated.items())[which % len(self.rated)]
        before = next(order for order in self.bought if order.key == key)
        self.bought.append(order := market.buy(before.buyer, before.shop))
        annulled = review not in self.annulled
        answers = market.at_once(
            market.rate(order, 0, given),
            market.refund(order, line),
            market.annul(review, annulled=annulled),
            market.rate(order, 1, late),
        )
        for number, place in ((0, 0), (3, 1)):
            if not isinstance(answers[number], Exception):
                self.rated[order.key, place] = answers[number]
        if not isinstance(answers[1], Exception):
            self.refunded.add((order.key, line))
        if not isinstance(answers[2], Exception):
            self.annulled ^= {review}

    @rule(ms=st.sampled_from(PASSES))
    def time_passes(self, ms: int) -> None:
        """By itself the figure moves then."""
        self.market.clock.advance(ms)

    @rule(corner=st.sampled_from(CORNERS), edge=st.sampled_from((-1, 0, 1)))
    def time_comes_to_a_corner(self, corner: int, edge: int) -> None:
        """The next of the kind: the end of a month, a leap day, a change of clocks; never back."""
        if corner + edge > self.market.clock.at:
            self.market.clock.at = corner + edge

    @invariant()
    def what_is_kept_is_what_is_computed_anew(self) -> None:
        """Row by row, and as everybody is told."""
        if not hasattr(self, "market"):
            return
        market = self.market
        anew = [(d.shop_id, d.on.isoformat(), *d.tally) for d in market.days()]
        assert market.kept() == anew
        for shop in range(SHOPS):
            assert market.stands(shop) == market.stands_anew(shop)
            assert market.fates(shop) == market.explained_anew(shop).fates

    @invariant()
    def what_is_told_page_by_page_is_the_whole_explanation(self) -> None:
        """In the same order, with every group whole, and each section by itself."""
        if not hasattr(self, "market"):
            return
        for shop in range(SHOPS):
            anew = list(self.market.explained_anew(shop).told)
            assert whole(self.market.pages(shop, None)) == anew
            for section in Section:
                mine = [each for each in anew if each.section is section]
                assert whole(self.market.pages(shop, section)) == mine

    @invariant()
    def what_counts_no_more_is_what_was_taken_out(self) -> None:
        """Every rating is there once, excluded for the reason that there is."""
        if not hasattr(self, "market"):
            return
        found = {rating.id: rating.excluded for rating in self.market.known()}
        assert found == {
            review: excluded(refunded=place in self.refunded, annulled=review in self.annulled)
            for place, review in self.rated.items()
        }

    def _rate(self, order: Bought, line: int, given: int) -> None:
        self.rated[order.key, line] = self.market.run(self.market.rate(order, line, given))

    def _in_time(self, order: Bought) -> bool:
        at = "SELECT received_at FROM orders WHERE id = ?"
        ((received,),) = self.market.db.execute(at, (order.id,)).fetchall()
        return self.market.clock.at < int(received) + 30 * 24 * HOUR


@pytest.mark.slow
def test_the_kept_rows_are_a_recomputation_whatever_happens_and_when() -> None:
    try_machine(KeptRatings, examples=(25, 600), steps=(25, 60))
