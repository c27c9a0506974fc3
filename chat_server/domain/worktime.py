"""How much working time lies between instants, for those who ask it many times of one team.

`hours.worked` answers once from the days around; here the stretches of a whole report are laid out first, and each
question is two looks into a list.
"""

import bisect
from collections.abc import Iterator

from chat_server.domain.hours import Hours, Stretch, is_open, next_closing, next_opening


class Worktime:
    """The working time of a team from an instant to another, counted from the first."""

    def __init__(self, hours: Hours, start_ms: int, end_ms: int) -> None:
        self._opens: list[int] = []
        self._closes: list[int] = []
        self._before: list[int] = []
        total = 0
        for opens, closes in stretches(hours, start_ms, end_ms):
            self._opens.append(opens)
            self._closes.append(closes)
            self._before.append(total)
            total += closes - opens

    def until(self, at_ms: int) -> int:
        """The working time from the start to an instant, in milliseconds."""
        place = bisect.bisect_right(self._opens, at_ms) - 1
        if place < 0:
            return 0
        return self._before[place] + min(at_ms, self._closes[place]) - self._opens[place]

    def between(self, start_ms: int, end_ms: int) -> int:
        """The working time between two instants; none where the second is not after the first."""
        return max(self.until(end_ms) - self.until(start_ms), 0)


def stretches(hours: Hours, start_ms: int, end_ms: int) -> Iterator[Stretch]:
    """The times of being open within a span of time, in order, cut off at its ends."""
    opens = start_ms if is_open(hours, start_ms) else next_opening(hours, start_ms)
    while opens is not None and opens < end_ms:
        closes = next_closing(hours, opens)
        closes = end_ms if closes is None else min(closes, end_ms)
        yield Stretch(opens, closes)
        opens = next_opening(hours, closes)
