"""Somebody of support, as far as customers notice him: what he does in the console, done over HTTP."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final, Self

import anyio
import httpx2

from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.e2e.node import ServerNode
from tests.factories_sql import fresh_key
from tests.patience import PATIENCE_S

WEEK: Final = range(7)
DAY_MINUTES: Final = 24 * 60
DAY_MS: Final = DAY_MINUTES * 60_000
FIRST_DAY: Final = 3
"""1970 began on a Thursday."""

Row = dict[str, Any]


class Staff:
    """The demo's supervisor with a browser of her own."""

    def __init__(self, node: ServerNode) -> None:
        self.api = httpx2.AsyncClient(
            base_url=f"{node.url}/api/v1", headers={"x-parley": "1"}, timeout=PATIENCE_S
        )

    async def __aenter__(self) -> Self:
        await self._ask("POST", "/console/session", email=STAFF[0][0], password=STAFF_PASSWORD)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.api.aclose()

    async def waiting(self, text: str, topic: str = "help") -> str:
        """The id of the queued thread in which this was said last, once there is one."""
        with anyio.fail_after(PATIENCE_S):
            while True:
                page = await self._ask("GET", "/console/threads?list=unassigned&limit=100")
                for row in page["threads"]:
                    if row["topic"] == topic and row.get("last", {}).get("text", "") == text:
                        return str(row["id"])
                await anyio.sleep(0.05)

    async def row(self, thread: str) -> Row:
        """A thread as the desk shows it."""
        row: Row = await self._ask("GET", f"/console/threads/{thread}")
        return row

    async def does(self, move: str, thread: str, **fields: Any) -> None:
        """A move of a thread as it stands now; where it moves before he has done so, as it stands then."""
        if not await self._tries(move, await self.row(thread), **fields):
            assert await self._tries(move, await self.row(thread), **fields), (
                "it moves all the time"
            )

    async def _tries(self, move: str, row: Row, **fields: Any) -> bool:
        """Whether a thread that he has seen like this was moved, and had not moved on."""
        body = {"move": move, "revision": row["revision"], **fields}
        if move == "resolve":
            body.setdefault("seen", row["last_seq"])
        answer = await self.api.post(f"/console/threads/{row['id']}/moves", json=body)
        if answer.status_code == httpx2.codes.CONFLICT and answer.json()["code"] == "stale":
            return False
        assert answer.is_success, answer.text
        return True

    async def says(self, thread: str, text: str) -> None:
        """Answers a customer."""
        key = fresh_key()
        await self._ask("POST", f"/console/threads/{thread}/messages", client_key=key, text=text)

    async def address(self, thread: str) -> str:
        """Where the customer asked to be written to."""
        context = await self._ask("GET", f"/console/threads/{thread}/context")
        return str(context.get("email", ""))

    async def rating(self, thread: str) -> tuple[int | None, str]:
        """What the customer made of the last episode that was closed, and his words."""
        context = await self._ask("GET", f"/console/threads/{thread}/context")
        closed = [one for one in context["episodes"] if one.get("resolved_at") is not None]
        newest = max(closed, key=lambda one: one["number"])
        return newest.get("csat"), newest.get("comment", "")

    async def works(self, days: Sequence[int]) -> None:
        """From now on people answer on these days of the week, the whole day, in UTC."""
        teams = (await self._ask("GET", "/console/teams"))["teams"]
        for team in teams:
            windows = [{"weekday": day, "opens": 0, "minutes": DAY_MINUTES} for day in days]
            hours = {"zone": "UTC", "windows": windows, "exceptions": []}
            kept = {name: team[name] for name in ("name", "revision")}
            await self._ask("PUT", f"/console/teams/{team['id']}", **kept, **hours)

    async def clears(self) -> None:
        """Ends what others left in the queue: of one address only few may wait."""
        path = "/console/threads?list=all&limit=100"
        with anyio.fail_after(PATIENCE_S):
            while rows := (await self._ask("GET", path))["threads"]:
                for row in rows:  # What moves meanwhile stands in the next list.
                    is_queued = row["state"] in ("queued", "queued_offline")
                    await self._tries("claim" if is_queued else "resolve", row)

    async def leaves(self) -> None:
        """From now on nobody answers until the day after tomorrow."""
        now = (await self._ask("GET", "/console/desk"))["now"]
        await self.works([(now // DAY_MS + FIRST_DAY + 2) % 7])

    async def _ask(self, method: str, path: str, **body: Any) -> Any:
        response = await self.api.request(method, path, json=body or None)
        assert response.is_success, response.text
        return response.json() if response.content else None
