"""Prometheus metrics, all named here; what is counted on busy paths is read from plain numbers when asked."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

Reading = tuple[str, float]
"""A label value (empty for none) and its number."""

GAUGES: Final = {
    "parley_sockets": "Open sockets of this node.",
    "parley_channels": "Channels that somebody of this node listens to.",
    "parley_broker_healthy": "1 where the broker answers.",
    "parley_support_queued": "Support threads that wait for an agent, of all nodes, when something last stirred.",
    "parley_support_open": "Support threads under way, of all nodes, when something last stirred.",
    "parley_support_agents": "Agents with a socket on any node, when something last stirred.",
}
COUNTERS: Final = {
    "parley_sockets_opened": "Sockets accepted.",
    "parley_messages": "Messages acknowledged over sockets.",
    "parley_pushes": "Frames handed to sockets.",
    "parley_broker_frames_dropped": "Frames for other nodes that were lost while the broker was away.",
}
LABELLED: Final = {
    "parley_refusals": ("Commands refused over sockets, by code.", "code"),
    "parley_sockets_closed": ("Sockets that the server closed, by reason.", "reason"),
}
REQUESTS: Final = "parley_requests"
"""HTTP requests by method, route and status."""


class Readings(Collector):
    """Asks for the numbers at the moment of the scrape."""

    def __init__(self, read: Callable[[], dict[str, Iterable[Reading]]]) -> None:
        self._read = read

    @override
    def collect(self) -> Iterator[Metric]:
        """One family a name, of those declared above and no others."""
        readings = self._read()
        for name, doc in GAUGES.items():
            yield _filled(GaugeMetricFamily(name, doc, labels=()), readings.get(name, ()))
        for name, doc in COUNTERS.items():
            yield _filled(CounterMetricFamily(name, doc, labels=()), readings.get(name, ()))
        for name, (doc, label) in LABELLED.items():
            yield _filled(CounterMetricFamily(name, doc, labels=(label,)), readings.get(name, ()))


def _filled(
    family: GaugeMetricFamily | CounterMetricFamily, readings: Iterable[Reading]
) -> GaugeMetricFamily | CounterMetricFamily:
    for label, value in readings:
        family.add_metric([label] if label else [], value)
    return family


class Metrics:
    """The registry of one application."""

    def __init__(self, read: Callable[[], dict[str, Iterable[Reading]]]) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(Readings(read))
        self._requests = Counter(
            REQUESTS, "HTTP requests.", ("method", "route", "status"), registry=self._registry
        )

    def count_request(self, method: str, route: str, status: int) -> None:
        """One request was answered."""
        known = (
            method
            if method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
            else "other"
        )
        self._requests.labels(known, route, str(status)).inc()

    async def endpoint(self, _: Request) -> Response:
        """The exposition format."""
        return Response(generate_latest(self._registry), media_type="text/plain; version=0.0.4")
