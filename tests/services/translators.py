"""Translation providers on loopback, for tests: LibreTranslate's protocol, and those that deep-translator speaks."""

import contextlib
import dataclasses
import html
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override


@dataclasses.dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    text: str
    source: str
    target: str


def echo(asked: Asked) -> str:
    """Says what was asked, in the other language as far as a test must see it."""
    return f"<{asked.target}> {asked.text}"


@dataclasses.dataclass
class Bureau:
    """Remembers what it was asked. What it answers is for tests to say."""

    url: str = ""
    asked: list[Asked] = dataclasses.field(default_factory=list)
    translate: Callable[[Asked], str] = echo
    raw: Callable[[Asked], bytes] | None = None
    """The whole body of an answer, in the place of what the protocol says."""
    status: int = 200
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    drips: bool = False
    """Whether an answer comes a byte at a time, and never ends by itself."""
    open: threading.Event = dataclasses.field(default_factory=threading.Event)
    """While it is not set, answers wait."""
    came: threading.Semaphore = dataclasses.field(default_factory=lambda: threading.Semaphore(0))
    """Released with each request that came."""
    ends: threading.Event = dataclasses.field(default_factory=threading.Event)

    def at(self, path: str) -> str:
        """The address of one of the protocols."""
        return f"{self.url}/{path}"


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bureau: Bureau

    def do_GET(self) -> None:
        """As Google and MyMemory are asked."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if self.path.startswith("/google"):
            asked = self._asked(None, query["q"], query["sl"], query["tl"])
            self._answer(
                asked,
                lambda text: (
                    f'<html><div class="result-container">{html.escape(text)}</div></html>'
                ),
            )
        else:
            source, target = query["langpair"].split("|")
            asked = self._asked(None, query["q"], source, target)
            self._answer(
                asked,
                lambda text: json.dumps(
                    {"responseData": {"translatedText": html.escape(text)}, "responseStatus": 200}
                ),
            )

    def do_POST(self) -> None:
        """As LibreTranslate, DeepL and Microsoft are asked."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path.startswith("/deepl"):
            asked = self._asked(body, body["text"][0], body["source_lang"], body["target_lang"])
            self._answer(asked, lambda text: json.dumps({"translations": [{"text": text}]}))
        elif self.path.startswith("/microsoft"):
            query = parse_qs(urlsplit(self.path).query)
            asked = self._asked(body, body[0]["text"], query["from"][0], query["to"][0])
            self._answer(
                asked, lambda text: json.dumps([{"translations": [{"text": text, "to": "ru"}]}])
            )
        else:
            asked = self._asked(body, body["q"], body["source"], body["target"])
            self._answer(asked, lambda text: json.dumps({"translatedText": text}))

    def _asked(self, body: Any, text: str, source: str, target: str) -> Asked:
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body, text, source, target)
        self.bureau.asked.append(asked)
        self.bureau.came.release()
        return asked

    def _answer(self, asked: Asked, wrap: Callable[[str], str]) -> None:
        bureau = self.bureau
        bureau.open.wait()
        content = bureau.raw(asked) if bureau.raw else wrap(bureau.translate(asked)).encode()
        with contextlib.suppress(OSError):
            self.send_response(bureau.status)
            for name, value in bureau.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(10**6 if bureau.drips else len(content)))
            self.end_headers()
            if bureau.drips:
                self._drip()
            else:
                self.wfile.write(content)

    def _drip(self) -> None:
        while not self.bureau.ends.wait(0.02):
            self.wfile.write(b" ")
            self.wfile.flush()
        self.close_connection = True

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked has hung up: that is what tests are about."""


@contextlib.contextmanager
def translation_bureau() -> Iterator[Bureau]:
    """Open, on a free port of loopback."""
    bureau = Bureau()
    bureau.open.set()
    desk = type("Desk", (_Desk,), {"bureau": bureau})
    server = _Server(("127.0.0.1", 0), desk)
    server.daemon_threads = True
    bureau.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield bureau
    finally:
        bureau.open.set()
        bureau.ends.set()
        server.shutdown()
        server.server_close()
        thread.join()
