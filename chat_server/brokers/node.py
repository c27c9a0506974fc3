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
    connections: int = 0
    """How often a connection was made."""


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
