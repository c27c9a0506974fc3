"""A shop's own hours as they are kept: when its people are there, and the days on which they are away."""

import json
from typing import NamedTuple

from chat_server.domain import holidays as days
from chat_server.domain.holidays import Holiday
from chat_server.domain.hours import Hours, Window


class ShopHours(NamedTuple):
    """When a shop's people are there, as they say it. Revision 0: they have said nothing."""

    shop_id: int
    hours: Hours
    holidays: list[Holiday]
    """What is over among them: it keeps its weight."""
    auto_reply: str
    away_since: int | None
    away_until: int | None
    turns_at: int | None
    revision: int


def stored_hours(
    shop_id: int,
    zone: str,
    windows: str,
    holidays: str,
    auto_reply: str,
    away_since: int | None,
    away_until: int | None,
    turns_at: int | None,
    revision: int,
) -> ShopHours:
    """From the columns of its row."""
    weekly = tuple(Window(*window) for window in json.loads(windows))
    kept = days.load(json.loads(holidays))
    hours = Hours(zone, weekly)
    return ShopHours(shop_id, hours, kept, auto_reply, away_since, away_until, turns_at, revision)


def unsaid(shop_id: int, zone: str) -> ShopHours:
    """Of a shop that has said nothing."""
    return ShopHours(shop_id, Hours(zone, ()), [], "", None, None, None, 0)
