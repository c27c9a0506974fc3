"""Buyers and shops in dispute, buyers who get no answer, and the mediators who decide: a market without its screens."""

from typing import Any, Final, Self

import httpx2
from typing_extensions import override

from tests.browser.deals import Bought, Deals
from tests.factories_sql import fresh_key
from tests.patience import PATIENCE_S

SUPERVISOR: Final = "vera@market.example"
MEDIATOR: Final = "nadia@market.example"
COLLEAGUE: Final = "omar@market.example"
AGENT: Final = "amir@market.example"
NAMES: Final = {
    SUPERVISOR: "Vera Lindqvist",
    MEDIATOR: "Nadia Marin",
    COLLEAGUE: "Omar Haddad",
    AGENT: "Amir Said",
}
COOKIE: Final = "parley_staff"
SHOP: Final = "Karavela Home"


class Cases(Deals):
    """A market in which things come broken. Each case is about an order of its own."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.sessions: dict[str, str] = {}

    @override
    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.shops = await self.sells("ion", SHOP)
        for email, name in NAMES.items():
            role = "supervisor" if email == SUPERVISOR else "agent"
            said = self.node.run("user", email, "--name", name, "--role", role)
            await self._sign_in(email, said.rpartition("Password: ")[2].strip())
        await self._let_mediate(MEDIATOR, COLLEAGUE)
        return self

    async def case(self, title: str = "Orla vase", *, words: str = "", buyer: str = "") -> str:
        """Something came broken, the shop offered little, and a mediator was asked; the dispute's id."""
        bought = await self.buys(SHOP, title, buyer=buyer)
        order = bought.path.split("/")[2]
        if words:
            await self.writes(bought, words)
        photos = [await self._upload(bought.buyer, number) for number in range(2)]
        body = {
            "client_key": fresh_key(),
            "reason": "damaged",
            "wish": {"kind": "full"},
            "evidence": {"text": "It came in three pieces.", "photos": photos},
        }
        opened = await self.says("POST", f"{bought.path}/disputes", who=bought.buyer, **body)
        assert opened["order_id"] == order
        dispute = str(opened["id"])
        await self.does("ion", dispute, "reject", text="It was whole when we packed it.")
        await self.does(bought.buyer, dispute, "escalate")
        return dispute

    async def writes(self, bought: Bought, text: str) -> str:
        """The buyer writes about his order; the conversation's id."""
        order = bought.path.split("/")[2]
        thread = str((await self.says("POST", "/threads", who=bought.buyer, order=order))["id"])
        said = {"client_key": fresh_key(), "text": text}
        await self.says("POST", f"/threads/{thread}/messages", who=bought.buyer, **said)
        return thread

    async def dispute(self, dispute: str, who: str = "ion") -> Any:
        """A dispute as somebody sees it."""
        return await self.says("GET", f"/disputes/{dispute}", who=who)

    async def buyer_of(self, dispute: str) -> str:
        """The marketplace's own id of a dispute's buyer."""
        return str((await self.dispute(dispute))["buyer"]["name"]).lower()

    async def does(self, who: str, dispute: str, act: str, text: str = "", **fields: Any) -> None:
        """A party makes a step."""
        seen = await self.dispute(dispute, who)
        step = {"client_key": fresh_key(), "act": act, "revision": seen["revision"], **fields}
        step["evidence"] = {"text": text}
        await self.says("POST", f"/disputes/{dispute}/moves", who=who, **step)

    async def mediates(self, email: str, dispute: str, act: str, text: str = "") -> None:
        """A mediator makes a step."""
        seen = await self.console(email, "GET", f"/console/disputes/{dispute}")
        step = {"client_key": fresh_key(), "act": act, "revision": seen["revision"]}
        step |= {"evidence": {"text": text}, "wish": {"kind": "none"}} if act == "decide" else {}
        await self.console(email, "POST", f"/console/disputes/{dispute}/moves", step)

    async def settles(self) -> None:
        """Nothing waits for a mediator any more."""
        for case in (await self.console(SUPERVISOR, "GET", "/console/disputes"))["disputes"]:
            await self.mediates(COLLEAGUE, case["id"], "take")
            await self.mediates(COLLEAGUE, case["id"], "decide", "It is over, for this test.")
        found = await self.console(SUPERVISOR, "GET", "/console/complaints")
        for one in found["complaints"]:
            step = {"client_key": fresh_key(), "act": "reject", "revision": one["revision"]}
            step["text"] = "It is over, for this test."
            await self.console(SUPERVISOR, "POST", f"/console/complaints/{one['id']}/moves", step)

    async def complains(self, text: str = "Where is my parcel?") -> str:
        """Somebody waited for days, complained, and was not helped by the answer; the complaint's id."""
        bought = await self.buys(SHOP)
        thread = await self.writes(bought, text)
        self._passes(
            thread,
            3,
            "UPDATE threads SET waiting_since = waiting_since - :ms WHERE id = :id",
            "UPDATE events SET at = at - :ms WHERE thread_id = :id",
        )
        body = {"client_key": fresh_key(), "text": "Nobody answers me."}
        path = f"/threads/{thread}/complaints"
        one = await self.says("POST", path, who=bought.buyer, **body)
        for who, act, words in (
            ("ion", "answer", "We were busy."),
            (bought.buyer, "not_solved", "That is no answer."),
        ):
            step = {"client_key": fresh_key(), "act": act, "revision": one["revision"]}
            path = f"/complaints/{one['id']}/moves"
            one = await self.says("POST", path, who=who, **step, text=words)
        return str(one["id"])

    async def serves(self, buyer: str) -> None:
        """The supervisor answers a buyer in support."""
        thread = (await self.says("POST", "/threads", who=buyer, support="help"))["id"]
        said = {"client_key": fresh_key(), "text": "I want a person"}
        await self.says("POST", f"/threads/{thread}/messages", who=buyer, **said)
        path = f"/console/threads/{thread}"
        while not await self._claims(path):
            pass  # The server has moved it meanwhile.
        answer = {"client_key": fresh_key(), "text": "I am here."}
        await self.console(SUPERVISOR, "POST", f"{path}/messages", answer)

    async def _claims(self, path: str) -> bool:
        seen = await self.console(SUPERVISOR, "GET", path)
        claim = {"move": "claim", "revision": seen["revision"]}
        answer = await self._asks(SUPERVISOR, "POST", f"{path}/moves", claim)
        assert answer.is_success or answer.json()["code"] == "stale", answer.text
        return answer.is_success

    async def console(self, email: str, method: str, path: str, body: Any = None) -> Any:
        """What somebody of the console asks."""
        answer = await self._asks(email, method, path, body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def _asks(self, email: str, method: str, path: str, body: Any) -> httpx2.Response:
        headers = {"x-parley": "1", "cookie": f"{COOKIE}={self.sessions[email]}"}
        async with httpx2.AsyncClient(
            base_url=f"{self.node.url}/api/v1", timeout=PATIENCE_S
        ) as http:
            return await http.request(method, path, headers=headers, json=body)

    async def _sign_in(self, email: str, password: str) -> None:
        body = {"email": email, "password": password}
        url = f"{self.node.url}/api/v1"
        headers = {"x-parley": "1"}
        async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE_S) as http:
            answer = await http.post("/console/session", json=body)
            assert answer.is_success, answer.text
            self.sessions[email] = str(http.cookies[COOKIE])

    async def _let_mediate(self, *emails: str) -> None:
        people = (await self.console(SUPERVISOR, "GET", "/console/people"))["people"]
        for one in people:
            if one["email"] in emails:
                change = {"permissions": ["mediate"], "revision": one["revision"]}
                await self.console(SUPERVISOR, "PATCH", f"/console/people/{one['id']}", change)
