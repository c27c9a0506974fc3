"""Webhooks over HTTP: to the very address that was looked at, bounded in time; of the answer no body is read.

What is typed in the console may lead to the internet, or into a network that the settings allow: its name is resolved
here, every address of it is looked at, and the connection is made to one of these. So a name that means another
address when it is asked again leads nowhere else, and neither does a redirect, which is not followed.
"""

import asyncio
import contextlib
import functools
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from typing import Final

import httpx2

from chat_server.domain.webhooks import (
    PORTS,
    Address,
    is_open,
    read_address,
    read_network,
    url_fault,
)
from chat_server.ports import HookFault, Parcel, Reply

CONNECT_S: Final = 5.0
WHOLE_S: Final = 15.0
AGENT: Final = "Parley-Webhooks/1"

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of a name, or of an address in whatever spelling. Raises OSError, UnicodeError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(to[0]) for *_, to in found))


class WebhookHttp:
    """`ports.Hooks` over HTTP. It is used by one node and by all of its endpoints; no connection is kept."""

    def __init__(
        self,
        networks: Iterable[str] = (),
        *,
        resolve: Resolve = resolved,
        ports: Collection[int] = PORTS,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        """`networks` are allowed beside the internet."""
        self._networks = [found for text in networks if (found := read_network(text)) is not None]
        self._resolve = resolve
        self._ports = ports
        # Reading the trusted certificates takes longer than a request: once, and where they are wanted.
        self._trust = functools.cache(trust)

    async def check(self, url: str) -> None:
        """Looks at every address of a target that was typed. Raises HookFault."""
        try:
            async with asyncio.timeout(CONNECT_S):
                await self._open_addresses(_target(url))
        except TimeoutError:
            raise HookFault("unknown_host") from None

    async def send(self, parcel: Parcel) -> Reply:
        """The answer. Raises HookFault."""
        try:
            async with asyncio.timeout(WHOLE_S):
                return await self._send(parcel)
        except (TimeoutError, httpx2.TimeoutException):
            raise HookFault("slow") from None

    async def _send(self, parcel: Parcel) -> Reply:
        url = _target(parcel.url)
        if parcel.trusted:
            return await self._post(url, url, parcel)
        fault: HookFault | None = None
        for address in await self._open_addresses(url):
            try:
                return await self._post(url, url.copy_with(host=str(address)), parcel)
            except HookFault as error:
                fault = error
                if error.kind != "unreachable":
                    break
        raise fault or HookFault("unknown_host")

    async def _open_addresses(self, url: httpx2.URL) -> list[Address]:
        """All that the name means now; one that is not open closes the others too. Raises HookFault."""
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = await self._resolve(url.raw_host.decode("ascii"), port)
        except (OSError, UnicodeError):
            raise HookFault("unknown_host") from None
        addresses = [read_address(text) for text in found]
        opened = [a for a in addresses if a is not None and self._is_open(a, port)]
        if len(opened) < len(addresses):
            raise HookFault("forbidden")
        return opened

    def _is_open(self, address: Address, port: int) -> bool:
        return is_open(address, port, self._networks, self._ports)

    async def _post(self, url: httpx2.URL, to: httpx2.URL, parcel: Parcel) -> Reply:
        """Asks one address under the name that was meant; whether it is who it says is checked by that name."""
        headers = {**parcel.headers, "host": url.netloc.decode("ascii"), "user-agent": AGENT}
        request = httpx2.Request(
            "POST",
            to,
            headers={**headers, "accept-encoding": "identity", "connection": "close"},
            content=parcel.body,
            extensions={
                "sni_hostname": url.raw_host.decode("ascii"),
                "timeout": httpx2.Timeout(WHOLE_S, connect=CONNECT_S).as_dict(),
            },
        )
        try:
            async with self._client(url.scheme == "https") as client:
                response = await client.send(request, stream=True)
                with contextlib.suppress(httpx2.HTTPError):
                    await response.aclose()
                return Reply(response.status_code, response.headers.get("retry-after", ""))
        except httpx2.TimeoutException:
            raise
        except httpx2.ConnectError as error:
            raise HookFault("insecure" if _is_tls(error) else "unreachable") from error
        except (httpx2.HTTPError, OSError, ValueError) as error:
            raise HookFault("garbled") from error

    def _client(self, secure: bool) -> httpx2.AsyncClient:  # noqa: FBT001 - the scheme
        return httpx2.AsyncClient(
            verify=self._trust() if secure else False, trust_env=False, follow_redirects=False
        )


def _target(url: str) -> httpx2.URL:
    """A target as it is read by what connects. Raises HookFault."""
    try:
        if not url_fault(url):
            return httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        pass
    raise HookFault("forbidden")


def _is_tls(error: BaseException) -> bool:
    """Whether somebody answered who is not whom we meant, or speaks no TLS."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
