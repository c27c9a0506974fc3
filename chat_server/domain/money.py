"""Amounts as whole numbers of ten-thousandths, so that databases add and compare them exactly; decimal text outside."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Final

SCALE: Final = 10_000
"""No currency has more than four decimals, and the wire takes no more."""

_DECIMALS: Final = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "BHD": 3,
    "KWD": 3,
    "OMR": 3,
    "JOD": 3,
    "TND": 3,
}
"""Of the currencies whose smallest coin is not a hundredth (ISO 4217)."""


def units_of(amount: str) -> int:
    """Ten-thousandths of a decimal text that the wire has taken."""
    return int(Decimal(amount) * SCALE)


def amount_of(units: int, currency: str) -> str:
    """The inverse, with as many decimals as the currency has, or as it takes."""
    whole = Decimal(units) / SCALE
    shown = whole.quantize(Decimal(1).scaleb(-decimals(currency)))
    return format(shown if shown == whole else whole.normalize(), "f")


def decimals(currency: str) -> int:
    """How many decimals a currency has."""
    return _DECIMALS.get(currency, 2)


def spread(total: int, prices: Sequence[int], currency: str) -> list[int]:
    """What was paid for each line of an order: its share of the total by price, so that lines sum to the order.

    Discounts and shipping are in the total. Shares are rounded down to the currency's smallest coin; what is left
    goes coin by coin to the lines that lost most (largest remainder), of equal ones to the first.
    """
    coin = SCALE // 10 ** decimals(currency)
    weights = [Decimal(p) for p in prices] if any(prices) else [Decimal(1)] * len(prices)
    sum_of = sum(weights)
    exact = [Decimal(total) * w / sum_of / coin for w in weights]
    floors = [int(share.to_integral_value(ROUND_FLOOR)) for share in exact]
    left = total - sum(floors) * coin
    order = sorted(range(len(prices)), key=lambda i: (floors[i] - exact[i], i))
    shares = [floor * coin for floor in floors]
    for place in order:
        step = min(coin, left)
        shares[place] += step
        left -= step
    return shares
