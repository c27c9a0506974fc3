"""How fast shops answer, kept in memory for some minutes: a seller card is shown far more often than it changes."""

import asyncio
from collections import OrderedDict
from typing import Final
from weakref import WeakValueDictionary

from chat_server.domain.response import Figure
from chat_server.domain.rules import MINUTE_MS

FRESH_MS: Final = 10 * MINUTE_MS
MOST: Final = 5_000
"""Shops that are remembered; who was asked about longest ago goes first."""


class KnownFigures:
    """Figures by shop, each for ten minutes."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[int, Figure]] = OrderedDict()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def turn(self, shop_id: int) -> asyncio.Lock:
        """Who works out a figure holds this; whoever asks meanwhile waits, and finds it."""
        return self._turns.setdefault(shop_id, asyncio.Lock())

    def get(self, shop_id: int, now: int) -> Figure | None:
        """What is known of a shop and still fresh."""
        known = self._known.get(shop_id)
        if known is None or now >= known[0]:
            return None
        self._known.move_to_end(shop_id)
        return known[1]

    def keep(self, shop_id: int, figure: Figure, now: int) -> None:
        """Remembers one."""
        self._known[shop_id] = (now + FRESH_MS, figure)
        self._known.move_to_end(shop_id)
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def forget(self, shop_id: int) -> None:
        """It has changed at once, and by much."""
        self._known.pop(shop_id, None)
