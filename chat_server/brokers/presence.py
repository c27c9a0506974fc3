"""Who is online, over all nodes, through Redis. Who is connected to this node alone is `roll`'s.

Redis holds for each subject the nodes on which it is connected, each until it expires; so a node
that dies is forgotten, and an emptied Redis fills again with the next announcement.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from chat_server.brokers.pace import Pace
from chat_server.brokers.questions import Ask
from chat_server.brokers.roll import Roll

SMALL_SLICE: Final = 50
"""Announcements go out in slices, one a tick: ten thousand at once would hold up the loop."""
BIG_SLICE: Final = 500
CATCH_UP_TICKS: Final = 8
"""After a reconnection everybody is announced within so many ticks."""

AskAll = Callable[[Sequence[Ask]], Awaitable[list[int] | None]]
"""A whole number for each; None where Redis cannot be asked now."""
Tell = Callable[[Sequence[Ask]], None]


class Presence:
    """One node's share. Without Redis it answers from what this node knows."""

    def __init__(self, prefix: str, node: str, pace: Pace, ask: AskAll, tell: Tell) -> None:
        self._prefix = prefix.encode()
        self._node = node
        self._pace = pace
        self._ask = ask
        self._tell = tell
        self._roll = Roll()
        self._to_announce: list[str] = []
        self._slice = SMALL_SLICE
        self._next_round_at = 0.0

    async def arrive(self, subject: str, token: str) -> bool:
        """True where it is the first connection here, and no other node has one."""
        if not self._roll.arrive(subject, token):
            return False
        others = await self._ask([self._here(subject)])
        return others is None or others[0] == 0

    async def leave(self, subject: str, token: str) -> bool:
        """True where it was the last connection here, and no other node has one."""
        if not self._roll.leave(subject, token):
            return False
        others = await self._ask([self._gone(subject)])
        return others is None or others[0] == 0

    async def online(self, subjects: Sequence[str]) -> set[str]:
        """Who is connected here, and who is elsewhere as far as Redis can tell now."""
        found = {subject for subject in subjects if subject in self._roll}
        elsewhere = [subject for subject in dict.fromkeys(subjects) if subject not in found]
        if elsewhere:
            nodes = await self._ask([Ask("nodes", self._key(subject)) for subject in elsewhere])
            if nodes is not None:
                found.update(s for s, count in zip(elsewhere, nodes, strict=True) if count)
        return found

    async def leave_all(self) -> None:
        """Says that nobody is connected here any longer, and returns once Redis has heard it."""
        subjects = self._roll.subjects()
        for start in range(0, len(subjects) + 1, BIG_SLICE):
            await self._ask(
                [self._gone(subject) for subject in subjects[start : start + BIG_SLICE]]
            )

    def announce_all(self, now: float) -> None:
        """Begins to say who is connected here; the first slice at once. `now` in seconds."""
        self._begin_round(now, CATCH_UP_TICKS, BIG_SLICE)
        self._announce_slice()

    def tick(self, now: float) -> None:
        """Says the next slice, so that each subject has its turn every `refresh_s`."""
        if not self._to_announce and now >= self._next_round_at:
            ticks = int(self._pace.refresh_s / self._pace.tick_s / 2)
            self._begin_round(now, ticks, SMALL_SLICE)
        self._announce_slice()

    def _begin_round(self, now: float, ticks: int, smallest: int) -> None:
        self._to_announce = self._roll.subjects()
        self._next_round_at = now + self._pace.refresh_s
        self._slice = max(smallest, len(self._to_announce) // max(1, ticks) + 1)

    def _announce_slice(self) -> None:
        subjects = self._to_announce[-self._slice :]
        del self._to_announce[-self._slice :]
        asks = [self._here(subject) for subject in subjects if subject in self._roll]
        if asks:
            self._tell(asks)

    def _key(self, subject: str) -> bytes:
        return self._prefix + subject.encode()

    def _here(self, subject: str) -> Ask:
        return Ask("here", self._key(subject), self._node, int(self._pace.expiry_s * 1000))

    def _gone(self, subject: str) -> Ask:
        return Ask("gone", self._key(subject), self._node)
