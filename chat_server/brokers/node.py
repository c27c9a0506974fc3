"""What every broker is to its node beside the port: started, stopped, looked at.

No broker lives here.
"""

from dataclasses import dataclass
from typing import Protocol

from chat_server.ports import Broker, BrokerSink


@dataclass(slots=True)
class Counts:
    """What a broker has done since its start, for metrics. All only grow."""

    frames_sent: int = 0
    frames_received: int = 0
    frames_dropped: int = 0
    """Published, and given up before they were sent."""
    parcels_sent: int = 0
    parcels_received: int = 0
    """From other nodes."""
    wakes_sent: int = 0
    wakes_received: int = 0
    places_lost: int = 0
    """How often the sink was told that frames may have been lost."""
    connections: int = 0
    """How often a connection was made."""
    asks_sent: int = 0
    asks_unanswered: int = 0
    """Questions about presence and limits that this node had to answer alone."""


class NodeBroker(Broker, Protocol):
    """A broker as the composition root sees it."""

    @property
    def healthy(self) -> bool:
        """Whether other nodes can be reached now. A node that cannot is ready all the same."""

    @property
    def counts(self) -> Counts:
        """For metrics."""

    async def start(self, sink: BrokerSink) -> None:
        """Begins to carry; returns within about a second, with or without a connection."""

    async def stop(self) -> None:
        """Says good-bye and ends; returns within a second. Nothing reaches the sink afterwards."""
