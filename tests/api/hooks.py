"""A town whose marketplace has a backend that is told things: what tests of webhooks begin with."""

import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

from standardwebhooks import Webhook

from chat_server.actions.webhook_sending import LEASE_MS
from chat_server.domain.webhooks import secret_of
from chat_server.gateways.clock import SystemClock
from tests.api.harness import Parley, SetClock, running, until
from tests.factories import Colleague, Town
from tests.services.receivers import Came, Receiver

SECRET: Final = secret_of(b"the operator's, and 32 bytes long")


class Hooked(Town):
    """A town with a receiver on loopback, whose network the settings allow."""

    def __init__(self, parley: Parley, receiver: Receiver) -> None:
        super().__init__(parley)
        self.receiver = receiver

    async def adds(self, who: Colleague, name: str = "Shop", **fields: Any) -> tuple[str, str]:
        """A supervisor adds the receiver; the endpoint's id and its secret."""
        body = {"name": name, "url": self.receiver.url, **fields}
        answer = await who.api.post("/console/webhooks", json=body)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return made["endpoint"]["id"], made["secret"]

    async def tests(self, who: Colleague, endpoint: str) -> None:
        """A supervisor sends something to try it with."""
        answer = await who.api.post(f"/console/webhooks/{endpoint}/tests")
        assert answer.status_code == 204, answer.text

    async def endpoint(self, who: Colleague, endpoint: str) -> dict[str, Any]:
        """As a supervisor sees it."""
        found = (await who.api.get("/console/webhooks")).json()["endpoints"]
        return next(one for one in found if one["id"] == endpoint)

    async def puts(self, who: Colleague, endpoint: str, **fields: Any) -> Any:
        """A supervisor changes it as it stands now, or tries to."""
        now = await self.endpoint(who, endpoint)
        kept = {field: now[field] for field in ("name", "url", "active", "revision")}
        return await who.api.put(f"/console/webhooks/{endpoint}", json={**kept, **fields})

    async def deliveries(self, who: Colleague, endpoint: str, **query: Any) -> list[dict[str, Any]]:
        """What goes and went there, newest first."""
        answer = await who.api.get(f"/console/webhooks/{endpoint}/deliveries", params=query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["deliveries"]
        return found

    async def came(self, number: int) -> Came:
        """The request of this number, once so many have come and nothing is on its way."""
        await until(lambda: len(self.receiver.came) >= number)
        await self.rest()
        assert len(self.receiver.came) == number
        return self.receiver.came[-1]

    async def rest(self) -> None:
        """Waits until nothing is due and nothing is being sent."""
        self.parley.ctx.webhooks_queued.set()
        await until(lambda: not self._due())

    async def wait(self, ms: int) -> None:
        """Time passes, and what is due is sent."""
        self.parley.clock.advance(ms)
        await self.rest()

    def change(self, sql: str, *values: Any) -> None:
        """Changes what is stored, behind everybody's back."""
        path = self.parley.settings.store.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path)) as db, db:
            db.execute(sql, values)

    def _due(self) -> list[Any]:
        now = self.parley.clock.now_ms()
        return self.parley.rows(
            "SELECT message_id FROM webhook_deliveries WHERE state = 'waiting' AND (next_at <= ? OR next_at = ?)",
            now,
            now + LEASE_MS,
        )


def checked(came: Came, secret: str) -> dict[str, Any]:
    """The payload, as a receiver takes it who trusts nothing but the standard's own library."""
    found: dict[str, Any] = Webhook(secret).verify(came.body, dict(came.headers))
    assert found == json.loads(came.body)
    return found


@contextlib.asynccontextmanager
async def hooked(
    folder: Path, template: Path, receiver: Receiver, **changes: Any
) -> AsyncIterator[Hooked]:
    """A node for the length of an `async with`; its clock shows the time, which is what signatures are checked by."""
    clock = SetClock()
    clock.at = SystemClock().now_ms()
    changes.setdefault("webhook_networks", ("127.0.0.0/8",))
    async with running(folder, template, clock, **changes) as node:
        yield Hooked(node, receiver)
