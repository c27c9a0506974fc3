"""People, shops, products and orders, put through the backend's own API, and tokens as a marketplace signs them."""

import dataclasses
import functools
import itertools
from collections.abc import Sequence
from typing import Any, Final

import anyio
import httpx2
import jwt
from typing_extensions import override

from chat_server.actions.staff import put_staff
from chat_server.domain.ids import read, show
from chat_server.ports import ANY, Commit, Statement
from tests.api.harness import API_KEY, DAY, HOST, JWT_KEY, LIGHT, Parley, fresh_key
from tests.api.line import Frame, Line
from tests.patience import PATIENCE_S

TOKEN_S: Final = 3600
_numbers: Final = itertools.count(1)


_hashed: Final = functools.cache(LIGHT.hash)


def fresh(what: str) -> str:
    """An id of the marketplace's that nothing else has."""
    return f"{what}-{next(_numbers)}"


def sign(
    claims: dict[str, Any],
    *,
    key: str = JWT_KEY,
    kid: object = "one",
    algorithm: str = "HS256",
    headers: dict[str, Any] | None = None,
) -> str:
    """A token of any kind, right or wrong."""
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid, **(headers or {})})


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token or key."""
    return {"authorization": f"Bearer {token}"}


@dataclasses.dataclass(frozen=True)
class Shop:
    """A shop as the backend put it."""

    key: str
    id: str
    name: str


@dataclasses.dataclass(frozen=True)
class Product:
    """A product as the backend put it."""

    key: str
    id: str
    shop: Shop


@dataclasses.dataclass
class Order:
    """An order as the backend put it last."""

    key: str
    id: str
    version: int
    body: dict[str, Any]


class OnLine:
    """Somebody who may open sockets."""

    parley: Parley
    api: httpx2.AsyncClient
    tickets = "/socket-tickets"

    async def ticket(self) -> str:
        """For one socket."""
        response = await self.api.post(self.tickets)
        assert response.status_code == 201, response.text
        ticket: str = response.json()["ticket"]
        return ticket

    async def line(self, **hello: Any) -> tuple[Line, Frame]:
        """An open socket and its welcome."""
        line = await self.parley.line()
        welcome = await line.ask("hello", ticket=await self.ticket(), **hello)
        assert welcome["t"] == "welcome", welcome
        return line, welcome

    async def on_line(self) -> Line:
        """An open socket."""
        line, _ = await self.line()
        return line


class Customer(OnLine):
    """Somebody who buys or sells, with clients of his own."""

    def __init__(self, parley: Parley, key: str, id: str, name: str, role: str) -> None:
        self.parley = parley
        self.key = key
        self.id = id
        self.name = name
        self.role = role
        self.api = parley.client(headers=bearer(self.token()))

    def claims(self, **changes: Any) -> dict[str, Any]:
        """What his marketplace vouches for; a change to None leaves a claim out."""
        now = self.parley.clock.now_ms() // 1000
        claims: dict[str, Any] = {
            "sub": self.key,
            "role": self.role,
            "iss": "marketplace",
            "aud": "parley",
            "iat": now,
            "exp": now + TOKEN_S,
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, **changes: Any) -> str:
        """A token of now."""
        return sign(self.claims(**changes))

    def renew(self, **changes: Any) -> None:
        """From now on his client carries a token of now."""
        self.api.headers.update(bearer(self.token(**changes)))

    async def open(self, about: Product | Order) -> str:
        """The thread about a product or an order; its id."""
        field = "product" if isinstance(about, Product) else "order"
        response = await self.api.post("/threads", json={field: about.id})
        assert response.status_code == 200, response.text
        thread: str = response.json()["id"]
        return thread

    async def ask_support(self, topic: str = "help") -> str:
        """The thread with support; its id."""
        response = await self.api.post("/threads", json={"support": topic})
        assert response.status_code == 200, response.text
        thread: str = response.json()["id"]
        return thread

    async def say(self, thread: str, text: str = "Hello", **fields: Any) -> int:
        """Posts a message; its seq."""
        response = await self.post(thread, text=text, **fields)
        assert response.status_code == 201, response.text
        seq: int = response.json()["seq"]
        return seq

    async def post(self, thread: str, **fields: Any) -> httpx2.Response:
        """Tries to post a message."""
        body = {"client_key": fresh_key(), **fields}
        return await self.api.post(f"/threads/{thread}/messages", json=body)

    async def edit(self, thread: str, seq: int, text: str, key: str = "") -> httpx2.Response:
        """Tries to change a message."""
        body = {"client_key": key or fresh_key(), "text": text}
        return await self.api.patch(f"/threads/{thread}/messages/{seq}", json=body)

    async def withdraw(self, thread: str, seq: int, key: str = "") -> httpx2.Response:
        """Tries to take a message back."""
        body = {"client_key": key or fresh_key()}
        return await self.api.post(f"/threads/{thread}/messages/{seq}/withdrawal", json=body)

    async def report(self, thread: str, seq: int, **fields: Any) -> httpx2.Response:
        """Tries to report a message."""
        body = {"client_key": fresh_key(), "reason": "spam", **fields}
        return await self.api.post(f"/threads/{thread}/messages/{seq}/report", json=body)

    async def block(self, thread: str, blocked: bool = True) -> httpx2.Response:
        """Tries to block the other side, or to hear from it again."""
        return await self.api.put(f"/threads/{thread}/block", json={"blocked": blocked})

    async def view(self, thread: str) -> dict[str, Any]:
        """The thread as he sees it."""
        response = await self.api.get(f"/threads/{thread}")
        assert response.status_code == 200, response.text
        view: dict[str, Any] = response.json()
        return view

    async def events(self, thread: str, **page: Any) -> list[dict[str, Any]]:
        """A page of the thread's events."""
        response = await self.api.get(f"/threads/{thread}/events", params=page)
        assert response.status_code == 200, response.text
        events: list[dict[str, Any]] = response.json()["events"]
        return events

    async def answers(self, thread: str) -> list[dict[str, Any]]:
        """What the bot has said, once it has answered his newest message."""
        with anyio.fail_after(PATIENCE_S):
            while True:
                posted = [e for e in await self.events(thread) if e["kind"] == "posted"]
                if posted and posted[-1]["side"] == "bot":
                    return [e for e in posted if e["side"] == "bot"]
                await anyio.sleep(0.005)

    async def threads(self, **page: Any) -> list[str]:
        """The ids of his list."""
        response = await self.api.get("/threads", params=page)
        assert response.status_code == 200, response.text
        return [thread["id"] for thread in response.json()["threads"]]

    async def unread(self) -> int:
        """Messages that he has not read."""
        response = await self.api.get("/unread")
        assert response.status_code == 200, response.text
        count: int = response.json()["messages"]
        return count


class Visitor(Customer):
    """Somebody who is not signed in, with the token that he was given."""

    def __init__(self, parley: Parley, id: str, secret: str) -> None:
        self.secret = secret
        super().__init__(parley, "", id, "", "visitor")

    @override
    def token(self, **changes: Any) -> str:
        """Always the one that he was given."""
        return self.secret

    @override
    def renew(self, **changes: Any) -> None:
        """There is nothing to renew."""
        self.api.headers["authorization"] = f"Visitor {self.secret}"


STAFF_PASSWORD: Final = "correct horse battery"


class Colleague(OnLine):
    """An agent or supervisor with a browser of his own."""

    tickets = "/console/socket-tickets"

    def __init__(self, parley: Parley, email: str) -> None:
        self.parley = parley
        self.email = email
        self.api = parley.client(headers={"x-parley": "1"})

    async def sign_in(self, password: str = STAFF_PASSWORD) -> httpx2.Response:
        """Tries to."""
        body = {"email": self.email, "password": password}
        return await self.api.post("/console/session", json=body)

    @property
    def id(self) -> str:
        """As others see it."""
        [(number,)] = self.parley.rows("SELECT id FROM people WHERE email = ?", self.email)
        return show(number)

    async def is_(self, availability: str) -> None:
        """Says whether he wishes to be given threads."""
        body = {"availability": availability}
        response = await self.api.put("/console/availability", json=body)
        assert response.status_code == 200, response.text

    async def row(self, thread: str) -> dict[str, Any]:
        """A support thread as the desk shows it."""
        response = await self.api.get(f"/console/threads/{thread}")
        assert response.status_code == 200, response.text
        row: dict[str, Any] = response.json()
        return row

    async def tries(self, move: str, thread: str, **fields: Any) -> httpx2.Response:
        """A move of a thread as it stands now, unless a revision is given."""
        if "revision" not in fields or (move == "resolve" and "seen" not in fields):
            row = await self.row(thread)
            fields.setdefault("revision", row["revision"])
            if move == "resolve":
                fields.setdefault("seen", row["last_seq"])
        body = {"move": move, **fields}
        return await self.api.post(f"/console/threads/{thread}/moves", json=body)

    async def does(self, move: str, thread: str, **fields: Any) -> dict[str, Any]:
        """A move that must succeed; the thread afterwards.

        Without a revision it is made again as often as the server has moved the thread meanwhile.
        """
        response = await self.tries(move, thread, **fields)
        while response.status_code == 409 and "revision" not in fields:
            assert response.json()["code"] == "stale", response.text
            response = await self.tries(move, thread, **fields)
        assert response.status_code == 200, response.text
        row: dict[str, Any] = response.json()
        return row

    async def replies(self, thread: str, text: str = "How may I help?", **fields: Any) -> int:
        """Answers a customer; the answer's seq."""
        body = {"client_key": fresh_key(), "text": text, **fields}
        response = await self.api.post(f"/console/threads/{thread}/messages", json=body)
        assert response.status_code == 201, response.text
        seq: int = response.json()["seq"]
        return seq

    async def notes(self, thread: str, text: str, *mentions: str) -> dict[str, Any]:
        """Writes a private note."""
        body = {"client_key": fresh_key(), "text": text, "mentions": list(mentions)}
        response = await self.api.post(f"/console/threads/{thread}/notes", json=body)
        assert response.status_code == 201, response.text
        note: dict[str, Any] = response.json()
        return note


class Town:
    """Makes what a test needs."""

    def __init__(self, parley: Parley) -> None:
        self.parley = parley
        self.backend = parley.client(headers=bearer(API_KEY))

    async def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A PUT of the backend that must succeed."""
        response = await self.backend.put(f"/backend/{path}", json=body)
        assert response.status_code == 200, response.text
        stands: dict[str, Any] = response.json()
        return stands

    async def person(self, role: str = "buyer", name: str = "", key: str = "") -> Customer:
        """Somebody."""
        key = key or fresh(role)
        name = name or key.title()
        stands = await self.put(f"people/{key}", {"name": name, "version": 1})
        return Customer(self.parley, key, stands["id"], name, role)

    async def visitor(self, locale: str = "en") -> Visitor:
        """Somebody who is not signed in."""
        response = await self.parley.client().post("/visitors", json={"locale": locale})
        assert response.status_code == 201, response.text
        given = response.json()
        visitor = Visitor(self.parley, given["person"]["id"], given["token"])
        visitor.renew()
        return visitor

    async def colleague(self, role: str = "supervisor", *, signed_in: bool = True) -> Colleague:
        """Somebody who works here."""
        ctx, email = self.parley.ctx, f"{fresh(role)}@staff.example"
        hashed = _hashed(STAFF_PASSWORD)
        await put_staff(ctx.store, ctx.clock, ctx.ids, email, role.title(), role, hashed)
        colleague = Colleague(self.parley, email)
        if signed_in:
            response = await colleague.sign_in()
            assert response.status_code == 200, response.text
        return colleague

    async def outsider(self) -> Colleague:
        """An agent who is not in the team that everybody turns to."""
        agent = await self.colleague("agent", signed_in=False)
        leaving = Statement("leave_teams", {"person_id": read(agent.id)}, ANY)
        await self.parley.ctx.store.commit(Commit([leaving]))
        await agent.sign_in()
        return agent

    async def in_queue(self, customer: Customer, text: str = "I want a person") -> str:
        """A support thread of his that waits for an agent; on a node without a bot, so at once."""
        thread = await customer.ask_support()
        await customer.say(thread, text)
        with anyio.fail_after(PATIENCE_S):
            while (await customer.view(thread))["state"] == "bot":  # noqa: ASYNC110
                await anyio.sleep(0.002)
        return thread

    async def buyer(self, name: str = "") -> Customer:
        """Somebody who buys."""
        return await self.person("buyer", name)

    async def seller(self, name: str = "") -> Customer:
        """Somebody who sells, once he is in a shop."""
        return await self.person("seller", name)

    async def shop(self, people: Sequence[Customer], *, key: str = "", version: int = 1) -> Shop:
        """A shop with these people."""
        key = key or fresh("shop")
        name = key.title()
        body = {"name": name, "version": version, "members": [person.key for person in people]}
        stands = await self.put(f"shops/{key}", body)
        return Shop(key, stands["id"], name)

    async def product(self, shop: Shop, title: str = "Lamp") -> Product:
        """Something that the shop sells."""
        key = fresh("product")
        price = {"amount": "12.50", "currency": "EUR"}
        body = {"shop": shop.key, "title": title, "version": 1, "price": price}
        stands = await self.put(f"products/{key}", body)
        return Product(key, stands["id"], shop)

    async def order(self, buyer: Customer, shop: Shop, state: str = "paid", **fields: Any) -> Order:
        """An order in a state, with the dates that belong to it."""
        now = self.parley.clock.now_ms()
        price = {"amount": "12.50", "currency": "EUR"}
        body: dict[str, Any] = {
            "buyer": buyer.key,
            "shop": shop.key,
            "state": state,
            "version": 1,
            "lines": [{"key": "a", "title": "Lamp", "price": price}],
            "total": price,
            "placed_at": now,
            **fields,
        }
        if state != "placed":
            body.setdefault("paid_at", now)
        if state in ("shipped", "received"):
            body.setdefault("shipped_at", now)
        order = Order(fresh("order"), "", 0, body)
        return await self.move(order)

    async def move(self, order: Order, **fields: Any) -> Order:
        """The next version of an order."""
        order.version += 1
        order.body = {**order.body, **fields, "version": order.version}
        stands = await self.put(f"orders/{order.key}", order.body)
        order.id = stands["id"]
        return order

    async def ship(self, order: Order, days: int = 5) -> Order:
        """The order is on its way."""
        now = self.parley.clock.now_ms()
        return await self.move(order, state="shipped", shipped_at=now, promised_days=days)


@dataclasses.dataclass(frozen=True)
class Pair:
    """A buyer, a seller with his shop, and where they talk."""

    town: Town
    buyer: Customer
    seller: Customer
    shop: Shop
    product: Product
    thread: str

    @property
    def parley(self) -> Parley:
        """Where they live."""
        return self.town.parley


async def meet(town: Town) -> Pair:
    """A buyer and a seller with a thread about a product, in which nothing has been said."""
    buyer, seller = await town.buyer(), await town.seller()
    shop = await town.shop([seller])
    product = await town.product(shop)
    return Pair(town, buyer, seller, shop, product, await buyer.open(product))


__all__ = ["DAY", "HOST", "Customer", "Order", "Pair", "Product", "Shop", "Town", "bearer", "sign"]
