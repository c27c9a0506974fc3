"""What one person can ask over HTTP: each method is one request. What comes over the socket is `client`."""

import inspect
from collections.abc import Awaitable, Callable, Mapping

import httpx2

from chat_server.client.chance import new_key
from chat_server.client.http import Body, call, new_http, path_of
from chat_server.wire import bodies
from chat_server.wire.shapes import OrderView, PhotoView, Shape, ThreadView

Token = str | Callable[[], str | Awaitable[str]]
"""A customer token, or whatever gives a fresh one: it is asked before each request."""

Query = dict[str, str | int]


class Requests:
    """All of them raise Refused, where the server said no, or Unreachable."""

    def __init__(self, url: str, token: Token, http: httpx2.AsyncClient | None) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._http, self._owns_http = http or new_http(self.url), http is None

    async def open_thread(
        self, *, product: str | None = None, order: str | None = None
    ) -> ThreadView:
        """The thread about a product or an order, by Parley's id or the marketplace's; made where there is none."""
        body = bodies.OpenThread(product=product, order=order)
        return await self.request("POST", "threads", ThreadView, body=body)

    async def thread(self, thread_id: str) -> ThreadView:
        """One thread as the server shows it now."""
        return await self.request("GET", path_of("threads", thread_id), ThreadView)

    async def upload(self, photo: bytes, *, client_key: str | None = None) -> PhotoView:
        """Stores a photo (JPEG, PNG, WebP or HEIC) for up to 24 hours; post it with `send`."""
        headers = {"content-type": "image/*", "x-client-key": client_key or new_key()}
        stored = await self.request("POST", "photos", bodies.Stored, body=photo, headers=headers)
        return PhotoView(id=stored.id, width=stored.width, height=stored.height)

    async def photo(self, photo_id: str, *, thumb: bool = False) -> bytes:
        """The JPEG of a photo that I may see."""
        path = path_of("photos", photo_id, "thumb" if thumb else "full")
        return await self.request("GET", path, bytes)

    async def search(self, words: str, *, before: str = "", limit: int = 20) -> bodies.SearchPage:
        """Messages of mine with all of these words, newest first; `before` is the `next` of the page before."""
        query: Query = {"q": words, "limit": limit, **_place(before)}
        return await self.request("GET", "search", bodies.SearchPage, query=query)

    async def orders(self, *, before: str = "", limit: int = 20) -> bodies.OrderPage:
        """My orders as a buyer, my shops' as a seller; newest first."""
        query: Query = {"limit": limit, **_place(before)}
        return await self.request("GET", "orders", bodies.OrderPage, query=query)

    async def confirm_receipt(self, order_id: str, *, client_key: str | None = None) -> OrderView:
        """The goods are there, says their buyer."""
        body = bodies.ConfirmReceipt(client_key=client_key or new_key())
        path = path_of("orders", order_id, "receipt")
        return await self.request("POST", path, OrderView, body=body)

    async def unread(self) -> bodies.Unread:
        """Unread messages, and in how many threads."""
        return await self.request("GET", "unread", bodies.Unread)

    async def ticket(self) -> str:
        """Opens one socket, once, within 30 s."""
        return (await self.request("POST", "socket-tickets", bodies.Ticket)).ticket

    async def request(
        self,
        method: str,
        path: str,
        answer: type[Body],
        *,
        body: Shape | bytes | None = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Body:
        """Any request of the API under my token, for what has no method of its own here."""
        url, bearer = f"{self.url}/api/v1/{path}", await self._bearer()
        return await call(
            self._http, method, url, bearer, answer, body=body, query=query, headers=headers
        )

    async def _bearer(self) -> str:
        if isinstance(self._token, str):
            return self._token
        token = self._token()
        return await token if inspect.isawaitable(token) else token


def _place(before: str) -> Query:
    return {"before": before} if before else {}
