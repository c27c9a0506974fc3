"""Around every request: its id, the Host it may ask for, the headers that browsers need, and one line in the log."""

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("parley.access")

REQUEST_ID: Final = "x-request-id"
HEADER_BYTES: Final = 32 * 1024

PROBES: Final = frozenset({"/healthz", "/readyz"})
"""Asked by machines that know an address and no name; they say nothing worth protecting."""

SECURE_HEADERS: Final[Mapping[str, str]] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Where a response does not say otherwise itself."""


class RequestId:
    """Gives every request an id of its own, answers with it, and writes one line without bodies or tokens."""

    def __init__(self, app: ASGIApp, *, count: Callable[[str, str, int], None]) -> None:
        self.app = app
        self._count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Foreign scopes pass."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope["parley.request_id"] = request_id
        status = 500

        async def tagged(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                for name, value in SECURE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, tagged)
        finally:
            route = _route(scope)
            self._count(scope["method"], route, status)
            logger.info(
                "request",
                extra={
                    "id": request_id,
                    "method": scope["method"],
                    "route": route,
                    "status": status,
                },
            )


def _route(scope: Scope) -> str:
    """The routed path with its parameters' names: no id and no secret reaches log or metrics."""
    route = scope.get("parley.route")
    return route if isinstance(route, str) else "other"


class HostCheck:
    """Refuses requests for hosts that are not ours, and headers that no browser of ours sends."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str]) -> None:
        self.app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Host names are compared without their port."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        size = sum(len(name) + len(value) for name, value in scope["headers"])
        if size > HEADER_BYTES:
            await PlainTextResponse("Too many headers.", 431)(scope, receive, send)
        elif scope["path"] in PROBES or self._knows(headers.get("host", "")):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse("Unknown host.", 400)(scope, receive, send)

    def _knows(self, host: str) -> bool:
        return "*" in self._hosts or host_name(host) in self._hosts


def host_name(host: str) -> str:
    """The name in a Host header: without the port, in lower case; empty where it is malformed."""
    name, _, port = (
        host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    )
    if port and not port.isdigit():
        return ""
    return name.lower() if name and not set(name) & set("/\\@?# ") else ""


class Cors:
    """Lets the configured origins, and no others, use the API with a token of their own."""

    def __init__(self, app: ASGIApp, *, origins: Iterable[str], prefix: str) -> None:
        self.app = app
        self._origins = frozenset(origins)
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers preflights; never `*`, never credentials."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        allowed = origin in self._origins
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await self._preflight(origin, allowed=allowed)(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer.add_vary_header("Origin")
                if allowed:
                    answer["access-control-allow-origin"] = origin
                    answer["access-control-expose-headers"] = f"{REQUEST_ID}, retry-after"
            await send(message)

        await self.app(scope, receive, named)

    def _preflight(self, origin: str, *, allowed: bool) -> PlainTextResponse:
        if not allowed:
            return PlainTextResponse("Unknown origin.", 403, {"vary": "Origin"})
        return PlainTextResponse(
            "",
            204,
            {
                "access-control-allow-origin": origin,
                "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
                "access-control-allow-headers": "authorization, content-type, accept-language, x-parley",
                "access-control-max-age": "600",
                "vary": "Origin",
            },
        )
