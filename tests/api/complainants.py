"""A buyer whom nobody answers: what tests of complaints and response figures begin with."""

import dataclasses
from typing import Any

from tests.api.disputants import pass_time
from tests.api.harness import HOUR, fresh_key
from tests.factories import Colleague, Customer, Pair, Town, meet


@dataclasses.dataclass
class Ignored:
    """A buyer, the shop that does not answer, and his complaint as last seen."""

    pair: Pair
    view: dict[str, Any]

    @property
    def town(self) -> Town:
        """Where it happens."""
        return self.pair.town

    @property
    def state(self) -> str:
        """Where the complaint stands, as last seen."""
        return str(self.view["state"])

    async def later(self, ms: int) -> None:
        """Time passes, and what is due happens."""
        await pass_time(self.town, ms, self.pair.buyer, self.pair.seller)
        if self.view:
            await self.look()

    async def options(self, who: Customer | None = None) -> dict[str, Any]:
        """Whether somebody may complain now."""
        who = who or self.pair.buyer
        answer = await who.api.get(f"/threads/{self.pair.thread}/complaint-options")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def tries_to_complain(self, key: str = "", text: str = "Nobody answers.") -> Any:
        """Tries to complain."""
        body = {"client_key": key or fresh_key(), "text": text}
        return await self.pair.buyer.api.post(f"/threads/{self.pair.thread}/complaints", json=body)

    async def complains(self) -> dict[str, Any]:
        """Complains; the complaint."""
        answer = await self.tries_to_complain()
        assert answer.status_code == 201, answer.text
        self.view = answer.json()
        return self.view

    async def look(self, who: Customer | Colleague | None = None) -> dict[str, Any]:
        """The complaint as somebody sees it now; the buyer where nobody is named."""
        who = who or self.pair.buyer
        prefix = "/console" if isinstance(who, Colleague) else ""
        answer = await who.api.get(f"{prefix}/complaints/{self.view['id']}")
        assert answer.status_code == 200, answer.text
        self.view = answer.json()
        return self.view

    async def tries(
        self, who: Customer | Colleague, act: str, text: str = "", **fields: Any
    ) -> Any:
        """Tries to make a step, as the complaint was last seen."""
        body = {
            "client_key": fresh_key(),
            "act": act,
            "revision": self.view["revision"],
            "text": text,
            **fields,
        }
        prefix = "/console" if isinstance(who, Colleague) else ""
        return await who.api.post(f"{prefix}/complaints/{self.view['id']}/moves", json=body)

    async def does(
        self, who: Customer | Colleague, act: str, text: str = "", **fields: Any
    ) -> dict[str, Any]:
        """Makes a step; the complaint afterwards."""
        answer = await self.tries(who, act, text, **fields)
        assert answer.status_code == 200, answer.text
        self.view = answer.json()
        return self.view

    def codes(self) -> list[str]:
        """What happened in the conversation, step by step."""
        rows = self.town.parley.rows(
            "SELECT json_extract(body, '$.code') FROM events WHERE thread_id = ? AND kind = 4 ORDER BY seq",
            int(self.pair.thread, 16),
        )
        return [code for (code,) in rows]


async def unanswered(town: Town, hours: int = 49) -> Ignored:
    """A buyer has written, and nobody has answered for so long."""
    pair = await meet(town)
    await pair.buyer.say(pair.thread, "Is it still there?")
    one = Ignored(pair, {})
    await one.later(hours * HOUR)
    return one


async def complained(town: Town) -> Ignored:
    """He has complained."""
    one = await unanswered(town)
    await one.complains()
    return one


async def under_review(town: Town) -> Ignored:
    """The shop was silent to that as well."""
    one = await complained(town)
    await one.later(24 * HOUR + 1)
    return one
