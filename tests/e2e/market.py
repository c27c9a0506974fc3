"""A small market: shops with their sellers, buyers with a thread in each shop, and an outsider who has none."""

import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chat_server.client import Backend, sign
from chat_server.client.http import new_http
from chat_server.client.requests import Requests
from chat_server.wire.bodies import PutPerson, PutProduct, PutShop
from chat_server.wire.shapes import Money, ThreadView
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID
from tests.e2e.waiting import told

PRICE = Money("12.50", "EUR")
OUTSIDER = "eve"


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody by the marketplace's id, and what Parley calls him."""

    key: str
    role: str
    id: str

    def token(self) -> str:
        """A fresh one."""
        return sign(JWT_KEY, KEY_ID, self.key, self.role)


@dataclasses.dataclass
class Market:
    """Who is there, and where they talk."""

    people: dict[str, Person]
    outsider: Person
    threads: dict[str, list[str]]
    """By thread: the keys of all who take part, the buyer first."""

    def threads_of(self, person: Person) -> list[str]:
        """Where somebody takes part."""
        return [thread for thread, keys in self.threads.items() if person.key in keys]


async def build_market(
    url: str, *, buyers: int = 3, shops: int = 2, sellers: int = 1, each: int | None = None
) -> Market:
    """Tells the server of all of them, and opens a thread of each buyer in each shop, or in `each` of them.

    The outsider sells too, but nobody talks with him.
    """
    people: dict[str, Person] = {}
    threads: dict[str, list[str]] = {}
    async with Backend(url, API_KEY) as backend:
        for number in range(buyers):
            await _put(backend, people, f"buyer-{number}", "buyer")
        for shop in range(shops):
            names = [f"seller-{shop}-{number}" for number in range(sellers)]
            for name in names:
                await _put(backend, people, name, "seller")
            await _put_shop(backend, f"shop-{shop}", names)
        outsider = await _put(backend, {}, f"{OUTSIDER}", "seller")
        await _put_shop(backend, f"shop-of-{OUTSIDER}", [outsider.key])
    for number in range(buyers):
        buyer = people[f"buyer-{number}"]
        for shop in range(number, number + (each or shops)):
            thread = await open_thread(url, buyer, f"shop-{shop % shops}-lamp")
            names = [f"seller-{shop % shops}-{n}" for n in range(sellers)]
            threads[thread.id] = [buyer.key, *names]
    return Market(people, outsider, threads)


async def open_thread(url: str, buyer: Person, product: str) -> ThreadView:
    """The buyer asks about a product, without being connected."""
    async with requests_of(url, buyer) as requests:
        return await told(lambda: requests.open_thread(product=product))


@asynccontextmanager
async def requests_of(url: str, person: Person) -> AsyncIterator[Requests]:
    """HTTP as one person, without a socket."""
    async with new_http(url) as http:
        yield Requests(url, person.token, http)


async def _put(backend: Backend, people: dict[str, Person], key: str, role: str) -> Person:
    stands = await told(lambda: backend.put_person(key, PutPerson(key, 1)))
    person = people[key] = Person(key, role, stands.id)
    return person


async def _put_shop(backend: Backend, key: str, members: list[str]) -> None:
    lamp = PutProduct(key, "A lamp", 1, price=PRICE)
    await told(lambda: backend.put_shop(key, PutShop(key, 1, members)))
    await told(lambda: backend.put_product(f"{key}-lamp", lamp))
