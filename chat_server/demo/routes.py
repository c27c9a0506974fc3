"""What the demo's pages ask a marketplace's backend for, answered here: tokens, links, people and products."""

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import jwt
import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from chat_server.actions import sessions
from chat_server.actions.context import Context
from chat_server.demo.orders import invented, picture
from chat_server.settings import Settings
from chat_server.web import pages

TOKEN_S: Final = 600


def demo_keys() -> dict[str, dict[str, str]]:
    """Secrets of this run alone: nobody else can know them."""
    return {
        "jwt_keys": {"demo": secrets.token_urlsafe(32)},
        "api_keys": {"demo": secrets.token_urlsafe(32)},
    }


class _Who(msgspec.Struct):
    person: str


class DemoBackend:
    """A marketplace's backend in a hundred lines."""

    def __init__(self, ctx: Callable[[], Context]) -> None:
        self._ctx = ctx

    async def people(self, _: Request) -> Response:
        """Everybody that one may sign in as."""
        shops = {member: shop["name"] for shop in invented()["shops"] for member in shop["members"]}
        return JSONResponse(
            [
                {"id": p["id"], "name": p["name"], "role": p["role"], "shop": shops.get(p["id"])}
                for p in invented()["people"]
            ]
        )

    async def products(self, _: Request) -> Response:
        """Everything that is sold."""
        found, ctx = invented(), self._ctx()
        shops = {shop["id"]: shop["name"] for shop in found["shops"]}
        return JSONResponse(
            [
                {
                    "id": p["id"],
                    "title": p["title"],
                    "price": {"amount": p["price"], "currency": found["market"]["currency"]},
                    "photo": picture(ctx, p["id"]),
                    "shop": shops[p["shop"]],
                    "url": f"{ctx.settings.public_url}/#/product/{p['id']}",
                }
                for p in found["products"]
            ]
        )

    async def token(self, request: Request) -> Response:
        """A token such as a marketplace's backend signs for who is signed in there."""
        person = await _person(request)
        if person is None:
            return Response(status_code=404)
        return JSONResponse(
            {"token": sign(self._ctx().settings, self._ctx().clock.now_ms(), person)}
        )

    async def inbox_link(self, request: Request) -> Response:
        """A link into the inbox of a seller."""
        person = await _person(request)
        if person is None or person["role"] != "seller":
            return Response(status_code=404)
        given = await sessions.give_inbox_link(self._ctx(), person["id"])
        return JSONResponse({"url": f"/inbox#token={given.secret}"})


def sign(settings: Settings, now_ms: int, person: dict[str, Any]) -> str:
    """A customer token as docs/embedding.md describes it."""
    key_id, secret = next(iter(settings.jwt_keys.items()))
    now = now_ms // 1000
    claims = {
        "sub": person["id"],
        "role": person["role"],
        "name": person["name"],
        "iss": settings.jwt_issuer,
        "aud": settings.jwt_audience,
        "iat": now,
        "exp": now + TOKEN_S,
    }
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})


async def _person(request: Request) -> dict[str, Any] | None:
    try:
        who = msgspec.json.decode(await request.body(), type=_Who)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return next((p for p in invented()["people"] if p["id"] == who.person), None)


def demo_routes(ctx: Callable[[], Context], settings: Settings, root: Path) -> list[BaseRoute]:
    """All of the demo: none of this exists on a real server."""
    backend = DemoBackend(ctx)
    policy = pages.page_policy(settings, "'self'")

    def page(name: str) -> Callable[[Request], Awaitable[Response]]:
        async def show(_: Request) -> Response:
            return FileResponse(root / "demo" / name, headers=dict(policy))

        return show

    art = root / "demo" / "art"
    listed: list[BaseRoute] = [
        Route("/", page("index.html")),
        Route("/side-by-side", page("side-by-side.html")),
        Route("/demo/people", backend.people),
        Route("/demo/products", backend.products),
        Route("/demo/token", backend.token, methods=["POST"]),
        Route("/demo/inbox-link", backend.inbox_link, methods=["POST"]),
    ]
    if art.is_dir():
        listed.append(Mount("/demo/art", StaticFiles(directory=art)))
    return listed
