"""A marketplace of the tests' own on another site than Parley: its pages, and its backend that signs tokens."""

import contextlib
import http.server
import threading
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override

from chat_server.client import sign
from tests.e2e.node import JWT_KEY, KEY_ID

# To a browser `localhost` is another site than 127.0.0.1, where Parley runs.
HOST: Final = "localhost"

PAGE: Final = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">{head}</head>
<body><h1>A shop</h1><main>{body}</main></body>
</html>"""

EMBED: Final = """
<script async src="{parley}/widget.js"></script>
<script>
  window.parley = window.parley || function () {{ (parley.q = parley.q || []).push(arguments) }};
  window.heard = [];
  for (const name of ['opened', 'closed', 'unread', 'message:sent', 'message:received', 'error'])
    parley('on', name, (told) => heard.push([name, told ?? null]));
  parley('init', {{
    locale: '{locale}',
    getToken: () => fetch('/token?person={person}').then((answer) => answer.text()),
  }});
</script>"""
"""What docs/embedding.md tells a marketplace to write, and a list of what the page was told."""


REVIEWS: Final = """
<script async src="{parley}/reviews.js"></script>
<parley-reviews product="{product}" locale="{locale}"></parley-reviews>
<script>
  document.querySelector('parley-reviews').getToken =
    () => fetch('/token?person={person}').then((answer) => answer.text());
</script>"""


class Shop:
    """A running marketplace. `pages` are by their path, and may be added at any time."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://{HOST}:{port}"
        self.pages: dict[str, str] = {}

    def put(self, path: str, body: str = "", head: str = "") -> str:
        """Adds a page; returns its address."""
        self.pages[path] = PAGE.format(body=body, head=head)
        return self.origin + path

    def put_embedding(
        self, path: str, parley: str, person: str, head: str = "", *, locale: str = "en"
    ) -> str:
        """Adds a page that embeds Parley for somebody; returns its address."""
        return self.put(path, EMBED.format(parley=parley, person=person, locale=locale), head)

    def put_product(self, path: str, parley: str, product: str, person: str, locale: str) -> str:
        """Adds a product's page, with its reviews, for somebody who is signed in; returns its address."""
        words = {"parley": parley, "product": product, "person": person, "locale": locale}
        return self.put(path, REVIEWS.format(**words))


def signed(person: str) -> str:
    """A token of a buyer, of now."""
    return sign(JWT_KEY, KEY_ID, person, "buyer")


@contextlib.contextmanager
def open_shop(signs: Callable[[str], str] = signed) -> Iterator[Shop]:
    """A marketplace on a free port."""
    answers: dict[str, str] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        @override
        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/token":
                person = parse_qs(asked.query)["person"][0]
                self._answer("text/plain", signs(person))
            elif asked.path in answers:
                self._answer("text/html; charset=utf-8", answers[asked.path])
            else:
                self.send_error(404)

        def _answer(self, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with http.server.ThreadingHTTPServer((HOST, 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        shop = Shop(server.server_port)
        shop.pages = answers
        yield shop
        server.shutdown()
