"""Requests over HTTP: typed bodies in and out, problems as `Refused`. Which ones there are is not known here."""

import ssl
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import quote

import httpx2
import msgspec

from chat_server.client.errors import Refused, Unreachable
from chat_server.wire.bodies import Problem
from chat_server.wire.codec import encode

Body = TypeVar("Body")


def path_of(*parts: str | int) -> str:
    """A path under the API's prefix, each part quoted."""
    return "/".join(quote(str(part), safe="") for part in parts)


def new_http(url: str) -> httpx2.AsyncClient:
    """A pool of connections to one server. Proxies of the environment are not used.

    Reading the trusted certificates takes longer than a request: plain http does without.
    """
    verify = ssl.create_default_context() if url.startswith("https:") else False
    return httpx2.AsyncClient(timeout=15.0, trust_env=False, verify=verify)


async def call(
    http: httpx2.AsyncClient,
    method: str,
    url: str,
    bearer: str,
    answer: type[Body],
    *,
    body: msgspec.Struct | bytes | None = None,
    query: Mapping[str, str | int] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Body:
    """One request; its answer decoded as `answer`, or None of it for `NoneType`.

    A struct goes as JSON, bytes as they are. Raises Refused, Unreachable.
    """
    media = {} if body is None or isinstance(body, bytes) else {"content-type": "application/json"}
    try:
        response = await http.request(
            method,
            url,
            content=encode(body) if isinstance(body, msgspec.Struct) else body,
            params=query,
            headers={"authorization": f"Bearer {bearer}", **media, **(headers or {})},
        )
    except httpx2.RequestError as error:
        raise Unreachable(f"{method} {url}: {error!r}") from error
    if not response.is_success:
        raise _refusal(response)
    if answer is bytes:
        return response.content  # type: ignore[return-value]  # The branch says that Body is bytes.
    return msgspec.json.decode(response.content or b"null", type=answer)


def _refusal(response: httpx2.Response) -> Refused:
    """What a problem says; whatever else an intermediary answers, by its status."""
    status = response.status_code
    try:
        problem = msgspec.json.decode(response.content, type=Problem)
    except (msgspec.MsgspecError, UnicodeError):
        return Refused("internal", response.reason_phrase, retryable=status >= 500, status=status)
    return Refused(
        problem.code,
        problem.detail,
        reason=problem.reason,
        retryable=problem.retryable,
        retry_after_ms=problem.retry_after_ms,
        status=status,
    )
