"""Amounts are whole numbers inside and decimal text outside, and what is spread over lines sums to the order."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chat_server.domain.money import SCALE, amount_of, decimals, spread, units_of

currencies = st.sampled_from(["EUR", "MDL", "JPY", "KWD", "USD"])


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("12.50", "EUR", 125_000),
        ("0.00", "EUR", 0),
        ("7", "JPY", 70_000),
        ("1.005", "KWD", 10_050),
        ("0.0001", "EUR", 1),
        ("10.005", "EUR", 100_050),
    ],
)
def test_an_amount_is_told_with_the_decimals_of_its_currency(
    text: str, currency: str, units: int
) -> None:
    assert units_of(text) == units
    assert amount_of(units, currency) == text


@pytest.mark.parametrize(("currency", "places"), [("EUR", 2), ("JPY", 0), ("TND", 3), ("XYZ", 2)])
def test_currencies_have_their_own_smallest_coin(currency: str, places: int) -> None:
    assert decimals(currency) == places


@given(st.integers(0, 10**12), currencies)
def test_no_amount_changes_on_its_way_out_and_back(units: int, currency: str) -> None:
    assert units_of(amount_of(units, currency)) == units


@given(st.integers(0, 10**10), st.lists(st.integers(0, 10**8), min_size=1, max_size=30), currencies)
@example(100_000, [0, 0, 0], "EUR")
@example(100_001, [1, 1, 1], "EUR")
def test_what_is_spread_over_lines_sums_to_what_was_paid(
    total: int, prices: list[int], currency: str
) -> None:
    shares = spread(total, prices, currency)

    coin = SCALE // 10 ** decimals(currency)
    weights = prices if any(prices) else [1] * len(prices)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        # Nobody gets or loses more than a coin beside his exact share.
        assert abs(share * sum(weights) - total * weight) < coin * sum(weights)


def test_what_is_left_over_goes_to_those_who_lost_most_and_then_to_the_first() -> None:
    assert spread(100_000, [1, 1, 1], "EUR") == [33_400, 33_300, 33_300]
    assert spread(1_000, [1, 2], "EUR") == [300, 700]
    assert spread(50_000, [1, 1], "JPY") == [30_000, 20_000]


def test_an_order_without_prices_is_shared_evenly() -> None:
    assert spread(40_000, [0, 0], "EUR") == [20_000, 20_000]
