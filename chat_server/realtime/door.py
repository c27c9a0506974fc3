"""The way to a socket: who may ask for one at all. What is said on it is `realtime`'s business."""

from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from chat_server.i18n import negotiate
from chat_server.realtime.desk import Desk
from chat_server.realtime.endpoint import Connection
from chat_server.realtime.transport import socket_of
from chat_server.wire.codes import PROTOCOL


class SocketEndpoint:
    """Checks Origin, subprotocol and how many there are, accepts, and hands the connection over."""

    def __init__(
        self,
        desk: Desk,
        *,
        address_of: Callable[[HTTPConnection], str],
        origins: Callable[[HTTPConnection], set[str]],
    ) -> None:
        """`origins` are those whose pages may ask for a socket."""
        self._desk = desk
        self._address_of = address_of
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refusals are plain HTTP answers before the upgrade."""
        if scope["type"] != "websocket":
            await send(
                {
                    "type": "http.response.start",
                    "status": 426,
                    "headers": [(b"upgrade", b"websocket")],
                }
            )
            await send({"type": "http.response.body", "body": b"A WebSocket lives here."})
            return
        await receive()
        connection = HTTPConnection(scope)
        address = self._address_of(connection)
        status = self._refusal(connection, address)
        if status:
            await send({"type": "websocket.http.response.start", "status": status, "headers": []})
            await send({"type": "websocket.http.response.body", "body": b""})
            return
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL, "headers": []})
        locale = negotiate(connection.headers.get("accept-language", ""))
        socket = socket_of(scope)
        socket.adopt(Connection(self._desk, socket, address, locale))

    def _refusal(self, connection: HTTPConnection, address: str) -> int:
        """0, or the status to refuse with.

        A browser always sends Origin; whoever sends none is no browser and no cookie helps him here,
        since a socket is opened by a ticket.
        """
        desk, settings = self._desk, self._desk.ctx.settings
        origin = connection.headers.get("origin")
        if desk.draining:
            return 503
        if origin is not None and origin not in self._origins(connection):
            return 403
        if PROTOCOL not in connection.scope.get("subprotocols", ()):
            return 400
        if desk.addresses[address] >= settings.sockets_per_address:
            return 429
        return 0
