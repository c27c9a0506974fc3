"""Who writes reviews, whom they are about, and who moderates them: a market of its own, without a browser."""

from types import TracebackType
from typing import Any, Final, Self

import anyio
import httpx2

from chat_server.client import Backend, new_key, sign
from chat_server.wire.bodies import PutOrder, PutOrderLine, PutPerson, PutProduct, PutShop
from chat_server.wire.shapes import Money
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID, ServerNode
from tests.patience import PATIENCE_S

PRICE: Final = Money("12.50", "EUR")
PLACED: Final = 1_700_000_000_000
SUPERVISOR, AGENT, MODERATOR = "vera@market.example", "amir@market.example", "nadia@market.example"
NAMES: Final = {
    SUPERVISOR: "Vera Lindqvist",
    AGENT: "Amir Haddad",
    MODERATOR: "Nadia Marin",
}
TITLES: Final = ("Orla vase", "Liman teapot", "Dune chair", "Sol planter", "Mara lamp")
COOKIE: Final = "parley_staff"


class Reviewers:
    """Everybody, and what they did last. Each text is about an order of its own."""

    def __init__(self, node: ServerNode) -> None:
        self._node = node
        self._url = f"{node.url}/api/v1"
        self._orders = 0
        self.sessions: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        self._http = httpx2.AsyncClient(base_url=self._url, timeout=PATIENCE_S)
        async with Backend(self._node.url, API_KEY) as backend:
            people = {
                "ana": "Ana Rusu",
                "boris": "Борис Иванов",
                "layla": "ليلى حداد",
                "ion": "Ion",
            }
            for key, name in people.items():
                await backend.put_person(key, PutPerson(name, 1))
            await backend.put_shop("karavela", PutShop("Karavela Home", 1, ["ion"]))
            for title in TITLES:
                await backend.put_product(_key(title), PutProduct("karavela", title, 1))
        for email, name in NAMES.items():
            role = "supervisor" if email == SUPERVISOR else "agent"
            said = self._node.run("user", email, "--name", name, "--role", role)
            await self._sign_in(email, said.rpartition("Password: ")[2].strip())
        await self._let_moderate()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def says(
        self, text: str, stars: int = 5, *, by: str = "ana", photos: tuple[bytes, ...] = ()
    ) -> str:
        """A review; its id."""
        line = await self._received(by)
        stored = [await self._upload(by, photo) for photo in photos]
        body = {"client_key": new_key(), "stars": stars, "text": text, "photos": stored}
        return str((await self.customer(by, "POST", f"{line}/review", body))["id"])

    async def sends(self, review: str, part: str, text: str, by: str) -> None:
        """A part, once more where it was refused."""
        body = {"client_key": new_key(), "text": text}
        await self.customer(by, "PUT", f"/reviews/{review}/parts/{part}", body)

    async def reports(self, review: str, by: str, reason: str, text: str = "") -> None:
        """A reader has something against it."""
        body = {"reason": reason, "text": text}
        await self.customer(by, "POST", f"/reviews/{review}/parts/text/report", body)

    async def queue(self) -> dict[str, Any]:
        """What moderators are shown."""
        found: dict[str, Any] = await self.staff(SUPERVISOR, "GET", "/console/moderation")
        return found

    async def decides(self, move: str = "publish", **fields: str) -> None:
        """Somebody decides about everything that waits."""
        texts = (await self.queue())["texts"]
        seen = ("review_id", "part", "revision")
        decisions = [{key: t[key] for key in seen} | {"move": move, **fields} for t in texts]
        if decisions:
            body = {"decisions": decisions}
            await self.staff(MODERATOR, "POST", "/console/moderation/decisions", body)

    async def settles(self) -> None:
        """Nothing waits any more, and nothing is reported."""
        await self.decides()
        for text in (await self.queue()).get("reported", ()):
            path = f"/console/reviews/{text['review_id']}/parts/{text['part']}/reports"
            await self.staff(MODERATOR, "PUT", path, {"revision": text["revision"]})

    async def states(self, by: str = "ana") -> dict[str, tuple[str, str | None]]:
        """What became of a buyer's texts: by text, the state and the reason."""
        mine = await self.customer(by, "GET", "/reviews/mine")
        texts = [text for review in mine["reviews"] for text in review["texts"]]
        return {text["text"]: (text["state"], text.get("reason")) for text in texts}

    async def outcome(self, text: str, by: str = "ana") -> tuple[str, str | None]:
        """The same of one text, once somebody has decided: a page tells nobody when the server has heard it."""
        return await self.changed(text, "pending", by)

    async def changed(self, text: str, before: str, by: str = "ana") -> tuple[str, str | None]:
        """The same of one text, once it is in another state than before."""
        with anyio.fail_after(PATIENCE_S):
            while True:
                found = (await self.states(by))[text]
                if found[0] != before:
                    return found
                await anyio.sleep(0.05)

    async def customer(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """What a buyer or seller asks."""
        return _read(await self._http.request(method, path, headers=_token(who), json=body))

    async def staff(self, email: str, method: str, path: str, body: Any = None) -> Any:
        """What somebody of the console asks."""
        headers = {"x-parley": "1", "cookie": f"{COOKIE}={self.sessions[email]}"}
        return _read(await self._http.request(method, path, headers=headers, json=body))

    async def _received(self, buyer: str) -> str:
        """The path of a line that this buyer has just received."""
        self._orders += 1
        title, key = TITLES[self._orders % len(TITLES)], f"order-{self._orders}"
        lines = [PutOrderLine("a", title, PRICE, product=_key(title))]
        order = PutOrder(buyer, "karavela", "shipped", 1, lines, PRICE, PLACED)
        async with Backend(self._node.url, API_KEY) as backend:
            await backend.put_order(key, order)
        (placed,) = (await self.customer(buyer, "GET", "/orders?limit=1"))["orders"]
        body = {"client_key": new_key()}
        await self.customer(buyer, "POST", f"/orders/{placed['id']}/receipt", body)
        return f"/orders/{placed['id']}/lines/{placed['lines'][0]['id']}"

    async def _upload(self, who: str, photo: bytes) -> str:
        headers = {**_token(who), "content-type": "image/*", "x-client-key": new_key()}
        answer = await self._http.post("/photos", headers=headers, content=photo)
        return str(_read(answer)["id"])

    async def _sign_in(self, email: str, password: str) -> None:
        body = {"email": email, "password": password}
        async with httpx2.AsyncClient(
            base_url=self._url, headers={"x-parley": "1"}, timeout=PATIENCE_S
        ) as http:
            _read(await http.post("/console/session", json=body))
            self.sessions[email] = str(http.cookies[COOKIE])

    async def _let_moderate(self) -> None:
        people = (await self.staff(SUPERVISOR, "GET", "/console/people"))["people"]
        (one,) = [p for p in people if p["email"] == MODERATOR]
        change = {"permissions": ["moderate"], "revision": one["revision"]}
        await self.staff(SUPERVISOR, "PATCH", f"/console/people/{one['id']}", change)


def _key(title: str) -> str:
    return title.lower().replace(" ", "-")


def _token(who: str) -> dict[str, str]:
    role = "seller" if who == "ion" else "buyer"
    return {"authorization": f"Bearer {sign(JWT_KEY, KEY_ID, who, role)}"}


def _read(answer: httpx2.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None
