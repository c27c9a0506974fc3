"""Whether the process lives and whether it may be used; says nothing else to anybody."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from chat_server.wire.bodies import Health
from chat_server.wire.codec import encode

Probe = Callable[[], Awaitable[Health]]


def _answer(health: Health) -> Response:
    status = 200 if health.status == "ok" else 503
    return Response(encode(health), status, {"cache-control": "no-store"}, "application/json")


async def live(_: Request) -> Response:
    """The event loop turns."""
    return _answer(Health(status="ok"))


def ready_endpoint(probe: Probe) -> Callable[[Request], Awaitable[Response]]:
    """Asks the store each time: a node that cannot write must not be sent anybody."""

    async def ready(_: Request) -> Response:
        return _answer(await probe())

    return ready
