"""What a browser complains about: errors on its console, broken policies, requests to strangers."""

import re
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, WebError

UNREACHABLE: Final = re.compile(r"ERR_|WebSocket connection|Failed to load resource")
"""What Chromium itself writes where a server does not answer: not the page's fault."""

OWN_SCHEMES: Final = frozenset({"blob", "data", "about"})


class Watch:
    """Notes down every complaint of one browser context."""

    def __init__(self, context: BrowserContext, origins: set[str]) -> None:
        """`origins` are those that its pages may ask anything of."""
        self._origins = origins
        self._forgiven: list[re.Pattern[str]] = []
        self._heard: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    @property
    def complaints(self) -> list[str]:
        """All that nobody has forgiven."""
        return [
            said for said in self._heard if not any(known.search(said) for known in self._forgiven)
        ]

    def forgive(self, pattern: str | re.Pattern[str] = UNREACHABLE) -> None:
        """Such complaints are what this test brings about on purpose."""
        self._forgiven.append(re.compile(pattern))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._heard.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self._heard.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in OWN_SCHEMES or f"{parts.scheme}://{parts.netloc}" in self._origins:
            return
        self._heard.append(f"foreign request: {request.url}")
