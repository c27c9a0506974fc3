"""One request to a translation provider over HTTP, bounded in time and in bytes; whatever may go wrong has a name here.

It runs in a thread: a library that stands on it is not asynchronous. What providers want to be asked is not known here.
"""

import json
import ssl
import threading
import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import httpx2

LARGEST: Final = 256 * 1024
"""Bytes of an answer: some ten times what the longest translation takes."""

BAD_REQUEST: Final = 400


class Away(Exception):
    """The provider cannot be reached, refuses, or speaks in another way than agreed."""


class Slow(Exception):
    """The time for it has passed."""


class Unsupported(Exception):
    """The provider says that it cannot be asked like this: for a language, mostly."""


class Page(NamedTuple):
    """An answer that was taken in: what deep-translator reads of a response of `requests`."""

    status_code: int
    text: str

    def json(self) -> Any:
        """The text read as JSON. Raises Away."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise Away("no JSON") from error

    def close(self) -> None:
        """It has been read to its end."""


class Exchange:
    """Connections to one provider; used by several threads.

    Proxies of the environment are used for what leaves over TLS; redirects are not followed, and answers
    are not unpacked, so that none can grow while it is read.
    """

    def __init__(self, connections: int) -> None:
        """At most so many at once."""
        self._connections = connections
        self._clients: dict[bool, httpx2.Client] = {}
        self._lock = threading.Lock()

    def send(
        self,
        method: str,
        url: str,
        until: float,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Page:
        """Asks, and takes the answer in up to an instant of `time.monotonic()`. Raises Away, Slow, Unsupported.

        A body goes as JSON.
        """
        left = until - time.monotonic()
        if left <= 0:
            raise Slow
        try:
            request = self._client(url).build_request(
                method,
                url,
                params=params,
                headers={**(headers or {}), "accept-encoding": "identity"},
                json=body,
                timeout=left,
            )
            response = self._client(url).send(request, stream=True)
            try:
                return _taken_in(response, until)
            finally:
                response.close()
        except httpx2.TimeoutException as error:
            raise Slow from error
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            raise Away(type(error).__name__) from error

    def close(self) -> None:
        """Ends the connections; nobody may be asking."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _client(self, url: str) -> httpx2.Client:
        secure = url.startswith("https:")
        with self._lock:
            if secure not in self._clients:
                # Reading the trusted certificates takes longer than a request: plain http does without.
                self._clients[secure] = httpx2.Client(
                    verify=ssl.create_default_context() if secure else False,
                    trust_env=secure,
                    follow_redirects=False,
                    limits=httpx2.Limits(max_connections=self._connections),
                )
            return self._clients[secure]


def _taken_in(response: httpx2.Response, until: float) -> Page:
    if response.status_code == BAD_REQUEST:
        raise Unsupported
    if not response.is_success:
        raise Away(str(response.status_code))
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Away("packed")
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > LARGEST:
            raise Away("too large")
        if time.monotonic() > until:
            raise Slow
    return Page(response.status_code, content.decode("utf-8", "replace"))
