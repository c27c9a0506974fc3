"""The public pages of the FAQ: no script, no cookie, a page an answer, for people and search engines alike."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import anyio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chat_server.actions.brand import LiveBrand
from chat_server.actions.context import Context
from chat_server.actions.faq import Article, Library, Link, in_force, libraries
from chat_server.settings import Settings

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "public, max-age=300",
}
DEFAULT: Final = "en"


class FaqPages:
    """What is behind `/faq`."""

    def __init__(
        self, settings: Settings, brand: LiveBrand, context: Callable[[], Context]
    ) -> None:
        self._base = settings.public_url
        self._brand = settings.brand_name
        self._live_brand = brand
        self._context = context
        self._version = -1
        self._libraries: Mapping[str, Library] = {}

    async def _known(self) -> Mapping[str, Library]:
        """What is in force: a change of a supervisor shows with the next request."""
        ctx = self._context()
        self._brand = (await self._live_brand.now(ctx)).name
        version, entries = await in_force(ctx)
        if version != self._version:
            self._libraries = await anyio.to_thread.run_sync(libraries, entries)
            self._version = version
        return self._libraries

    async def _library(self, request: Request) -> Library:
        library = (await self._known()).get(request.path_params["language"])
        if library is None:
            raise HTTPException(404)
        return library

    async def choose(self, request: Request) -> Response:
        """On to the language that the browser names first."""
        known = await self._known()
        wished = re.findall(r"\b[a-z]{2}\b", request.headers.get("accept-language", "").lower())
        language = next((tag for tag in wished if tag in known), DEFAULT)
        headers = {"vary": "accept-language", "cache-control": "public, max-age=300"}
        return RedirectResponse(f"/faq/{language}", 307, headers)

    async def contents(self, request: Request) -> Response:
        """All questions of a language."""
        library = await self._library(request)
        shelves = "".join(
            f"<section><h2>{html.escape(heading)}</h2>{_links(library, links)}</section>"
            for heading, links in library.groups
        )
        return self._page(
            library, "", library.title, f"<h1>{html.escape(library.title)}</h1>{shelves}"
        )

    async def article(self, request: Request) -> Response:
        """One question and its answer."""
        library = await self._library(request)
        article = library.articles.get(request.path_params["topic"])
        if article is None:
            raise HTTPException(404)
        return self._page(
            library, f"/{article.id}", article.question, self._answer(library, article)
        )

    async def sitemap(self, _: Request) -> Response:
        """Every page, for search engines."""
        known = await self._known()
        paths = [
            f"{lang}{page}"
            for lang, it in known.items()
            for page in ("", *(f"/{a}" for a in it.articles))
        ]
        places = "".join(
            f"<url><loc>{html.escape(self._base)}/faq/{path}</loc></url>" for path in paths
        )
        text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
        return Response(
            text, media_type="application/xml", headers={"cache-control": HEADERS["cache-control"]}
        )

    def _answer(self, library: Library, article: Article) -> str:
        paragraphs = "".join(
            f"<p>{html.escape(line)}</p>" for line in article.answer.splitlines() if line
        )
        related = (
            f"<section><h2>{html.escape(library.related)}</h2>{_links(library, article.related)}</section>"
            if article.related
            else ""
        )
        return (
            f'<nav><a href="/faq/{library.language}">{html.escape(library.all)}</a></nav>'
            f"<article><h1>{html.escape(article.question)}</h1>{paragraphs}</article>{related}"
        )

    def _page(self, library: Library, path: str, title: str, body: str) -> Response:
        topic = path.removeprefix("/")
        others = self._libraries.values()
        base, brand = html.escape(self._base), html.escape(self._brand)
        alternates = "".join(
            f'<link rel="alternate" hreflang="{other.language}" href="{base}/faq/{other.language}{path}">'
            for other in others
            if not topic or topic in other.articles
        )
        switch = "".join(_tongue(other, library, topic) for other in others)
        return HTMLResponse(
            f'<!doctype html><html lang="{library.language}"><head><meta charset="utf-8">'
            f"<title>{html.escape(title)} \u00b7 {brand}</title>"
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="canonical" href="{base}/faq/{library.language}{path}">{alternates}'
            '<link rel="stylesheet" href="/faq.css"></head><body>'
            f"<header><p>{brand}</p></header><main>{body}</main><footer><ul>{switch}</ul></footer></body></html>",
            headers={**HEADERS, "content-language": library.language},
        )


def _tongue(other: Library, shown: Library, topic: str) -> str:
    """The same page in another language; the language's contents where it has no such page."""
    name, tag = html.escape(other.name), other.language
    if other is shown:
        return f"<li>{name}</li>"
    path = f"/{topic}" if topic in other.articles else ""
    return f'<li><a href="/faq/{tag}{path}" lang="{tag}" hreflang="{tag}">{name}</a></li>'


def _links(library: Library, links: Iterable[Link]) -> str:
    items = "".join(
        f'<li><a href="/faq/{library.language}/{link.id}">{html.escape(link.question)}</a></li>'
        for link in links
    )
    return f"<ul>{items}</ul>"


async def stylesheet(_: Request) -> Response:
    """Of these pages."""
    return Response(STYLE, media_type="text/css", headers={"cache-control": "public, max-age=300"})


STYLE: Final = """
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif;
  background: light-dark(#fff, #16181d); color: light-dark(#1d2129, #e6e8ec) }
body { max-inline-size: 42rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem }
header p { margin: 0 0 2rem; font-weight: 600 }
nav { font-size: .875rem }
h1 { font-size: 1.75rem; line-height: 1.25; letter-spacing: -.01em; margin: .5rem 0 1rem; text-wrap: balance }
h2 { font-size: 1rem; margin: 2rem 0 .25rem; color: light-dark(#59606e, #a2a9b6) }
a { color: light-dark(#1d4fb8, #9db8ff); text-decoration: none } a:hover { text-decoration: underline }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 2px }
main ul { list-style: none; margin: 0; padding: 0 }
main li { border-block-start: 1px solid light-dark(#e3e6eb, #2b2f38) } main li:first-child { border: 0 }
main li a { display: block; padding: .625rem 0 }
footer { margin-block-start: 3rem; border-block-start: 1px solid light-dark(#e3e6eb, #2b2f38); font-size: .875rem }
footer ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0 }
footer li { padding-block: .25rem }
"""
