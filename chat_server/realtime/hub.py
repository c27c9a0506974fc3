"""Who listens to what. Synchronous and boring: nothing here waits, so nothing here races."""

from collections.abc import Iterator
from typing import Final, Protocol


class Listener(Protocol):
    """Takes framed bytes at once, or queues them within its bound; never blocks."""

    def write(self, frame: bytes) -> None:
        """Sends one whole WebSocket frame."""


class Hub:
    """Registers and delivers; what a channel means and who may join it is decided elsewhere."""

    def __init__(self) -> None:
        self._members: dict[str, tuple[Listener, ...]] = {}
        self.delivered = 0

    def join(self, channel: str, listener: Listener) -> bool:
        """True where the listener is the channel's first here."""
        members = self._members.get(channel, ())
        if listener not in members:
            self._members[channel] = (*members, listener)
        return not members

    def leave(self, channel: str, listener: Listener) -> bool:
        """True where the listener was the channel's last here."""
        members = tuple([m for m in self._members.get(channel, ()) if m is not listener])
        if members:
            self._members[channel] = members
            return False
        return self._members.pop(channel, None) is not None

    def deliver(
        self, channel: str, frame: bytes, besides: Listener | None = None, already: str = ""
    ) -> int:
        """The same bytes to every member but one and those of a channel that `already` has them; how many got them.

        Members are kept as a tuple, which a listener that leaves in mid-delivery does not disturb.
        """
        members = self._members.get(channel)
        if members is None:
            return 0
        count = 0
        told = self._members.get(already, ())
        for member in members:
            if member is not besides and member not in told:
                member.write(frame)
                count += 1
        self.delivered += count
        return count

    def members(self, channel: str) -> tuple[Listener, ...]:
        """Who listens to a channel on this node."""
        return self._members.get(channel, ())

    def channels(self) -> Iterator[str]:
        """All channels that have members here."""
        return iter(tuple(self._members))


def person_channel(person_id: int) -> str:
    """What concerns one person, on all devices."""
    return f"p{person_id}"


def shop_channel(shop_id: int) -> str:
    """What concerns all people of a shop."""
    return f"s{shop_id}"


def team_channel(team_id: int) -> str:
    """What concerns the agents of a team."""
    return f"d{team_id}"


EVERY_TEAM: Final = "d*"
"""What concerns supervisors: the threads of all teams."""
