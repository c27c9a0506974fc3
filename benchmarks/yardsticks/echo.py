"""Echoes, the floor under such servers: through Starlette, and as a bare ASGI app."""

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect


async def _ready(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_text(await socket.receive_text())
    except WebSocketDisconnect:
        pass


def through_starlette() -> Starlette:
    """One `receive_text`, one `send_text`."""
    return Starlette(routes=[Route("/readyz", _ready), WebSocketRoute("/{seat:path}", _echo)])


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """The same without a framework."""
    if scope["type"] == "websocket":
        await _bare_echo(receive, send)
    elif scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})


async def _bare_echo(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while True:
        message: Any = await receive()
        if message["type"] == "websocket.disconnect":
            return
        await send({"type": "websocket.send", "text": message["text"]})
