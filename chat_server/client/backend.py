"""The marketplace's side: telling Parley who people are and what they ordered, and signing their tokens."""

import time
from types import TracebackType
from typing import Self

import httpx2
import jwt

from chat_server.client.http import Body, call, new_http, path_of
from chat_server.wire import bodies
from chat_server.wire.shapes import Shape


def sign(
    key: str,
    kid: str,
    sub: str,
    role: str,
    *,
    name: str = "",
    locale: str = "",
    issuer: str = "marketplace",
    audience: str = "parley",
    seconds: int = 3600,
) -> str:
    """A customer token: `sub` is the marketplace's id of a person, `role` is "buyer" or "seller".

    `key` and `kid` are a pair of the setting `jwt_keys`. A backend in another language does the same
    with any JWT library; the algorithm is HS256.
    """
    now = int(time.time())  # noqa: TID251  Clients live outside the house, where nobody gives a Clock.
    claims: dict[str, str | int] = {
        "iss": issuer,
        "aud": audience,
        "sub": sub,
        "role": role,
        "iat": now,
        "exp": now + seconds,
    }
    if name:
        claims["name"] = name
    if locale:
        claims["locale"] = locale
    return jwt.encode(claims, key, algorithm="HS256", headers={"kid": kid})


class Backend:
    """`async with Backend(url, api_key) as backend:`. Things are named by the marketplace's own ids.

    Each `put` says whether it was applied: an older version changes nothing. Raises Refused, Unreachable.
    """

    def __init__(self, url: str, api_key: str, *, http: httpx2.AsyncClient | None = None) -> None:
        """`url` is the server's, without a path; `api_key` is one of the setting `api_keys`."""
        self._url = url.rstrip("/")
        self._key = api_key
        self._http, self._owns_http = http or new_http(self._url), http is None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._owns_http:
            await self._http.aclose()

    async def put_person(self, key: str, person: bodies.PutPerson) -> bodies.Stands:
        """Somebody who buys, sells, or both."""
        return await self._call("PUT", path_of("people", key), bodies.Stands, person)

    async def put_shop(self, key: str, shop: bodies.PutShop) -> bodies.Stands:
        """A shop and all of its people."""
        return await self._call("PUT", path_of("shops", key), bodies.Stands, shop)

    async def put_product(self, key: str, product: bodies.PutProduct) -> bodies.Stands:
        """A product of a shop."""
        return await self._call("PUT", path_of("products", key), bodies.Stands, product)

    async def put_order(self, key: str, order: bodies.PutOrder) -> bodies.Stands:
        """An order with its lines and the refunds made elsewhere."""
        return await self._call("PUT", path_of("orders", key), bodies.Stands, order)

    async def confirm_receipt(self, key: str, client_key: str) -> bodies.Stands:
        """The goods of an order are there."""
        body = bodies.ConfirmReceipt(client_key=client_key)
        return await self._call("POST", path_of("orders", key, "receipt"), bodies.Stands, body)

    async def inbox_link(self, person: str) -> bodies.InboxLink:
        """A link that opens the inbox for a seller, once, within 60 s."""
        body = bodies.AskInboxLink(person=person)
        return await self._call("POST", "inbox-links", bodies.InboxLink, body)

    async def sign_out(self, person: str) -> None:
        """All earlier tokens and sessions of a person are refused, and his sockets closed."""
        await self._call("POST", path_of("people", person, "sign-out"), type(None))

    async def _call(
        self, method: str, path: str, answer: type[Body], body: Shape | None = None
    ) -> Body:
        url = f"{self._url}/api/v1/backend/{path}"
        return await call(self._http, method, url, self._key, answer, body=body)
