"""The built web client: pages and assets, each with the headers that its kind of page needs."""

import functools
import html
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from typing_extensions import override

from chat_server.actions.brand import LiveBrand
from chat_server.actions.context import Context
from chat_server.settings import Settings

NOT_BUILT: Final = "The web client is not built. Run: make run\n"
BUILT: Final = Path(__file__).parents[2] / "web_client" / "dist"


def web_root(settings: Settings) -> Path:
    """The folder of the built web client."""
    return Path(settings.web_root) if settings.web_root else BUILT


def page_policy(settings: Settings, frame_ancestors: str) -> Mapping[str, str]:
    """Headers of a page of ours: its own scripts and styles, pictures from where the settings say."""
    pictures = " ".join(("'self'", "blob:", "data:", *settings.picture_origins))
    return {
        "content-security-policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
            f"img-src {pictures}; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
            f"form-action 'none'; frame-ancestors {frame_ancestors}"
        ),
        "cache-control": "no-cache",
    }


class Page:
    """One page of the web client."""

    def __init__(self, file: Path, headers: Mapping[str, str]) -> None:
        self._file = file
        self._headers = headers

    async def show(self, _: Request) -> Response:
        """The page, or a sentence where nothing was built."""
        if not self._file.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        return FileResponse(self._file, headers=dict(self._headers))


class BrandedPage(Page):
    """A page that knows the marketplace's name and colour: its scripts find them on the root element."""

    def __init__(
        self,
        file: Path,
        headers: Mapping[str, str],
        brand: LiveBrand,
        context: Callable[[], Context],
    ) -> None:
        super().__init__(file, headers)
        self._brand = brand
        self._context = context
        self._read: tuple[int, str] = (0, "")

    @override
    async def show(self, request: Request) -> Response:
        """The page, or a sentence where nothing was built. A new build or brand is noticed."""
        if not self._file.is_file():
            return await super().show(request)
        written = self._file.stat().st_mtime_ns
        if written != self._read[0]:
            self._read = (written, self._file.read_text("utf-8"))
        brand = await self._brand.now(self._context())
        name, color = html.escape(brand.name), html.escape(brand.color)
        root = f'<html data-brand-name="{name}" data-brand="{color}"'
        text = self._read[1].replace("<html", root, 1)
        return HTMLResponse(text, headers=dict(self._headers))


class Assets(StaticFiles):
    """Files whose names carry their hash: kept for ever by browsers, and embeddable from the marketplace's pages."""

    @override
    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Adds the header for caches."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


SCRIPT: Final[Mapping[str, str]] = {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=300",
    "cross-origin-resource-policy": "cross-origin",
}
"""The loader runs on the marketplace's pages; everything else of ours stays in its frame."""


def fixed_page(make: Callable[[], str]) -> Callable[[Request], Awaitable[Response]]:
    """A page without scripts that is the same for everybody, made when it is first asked for."""
    made = functools.cache(make)

    async def show(_: Request) -> Response:
        return HTMLResponse(made(), headers=dict(DOCUMENT))

    return show


def fixed_json(make: Callable[[], Any]) -> Callable[[Request], Awaitable[Response]]:
    """A document that is the same for everybody, made when it is first asked for."""
    made = functools.cache(lambda: msgspec.json.encode(make()))

    async def show(_: Request) -> Response:
        return Response(made(), media_type="application/json")

    return show


DOCUMENT: Final[Mapping[str, str]] = {
    "content-security-policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "cache-control": "no-cache",
}
