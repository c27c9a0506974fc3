"""A node with a mail server, and what tests do there."""

import contextlib
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2

from chat_server.actions import deadlines
from chat_server.actions.mailing import LEASE_MS
from tests.api.harness import Parley, SetClock, running, until
from tests.factories import Colleague, Town
from tests.services.mail import Delivered, PostOffice

FROM = "support@chat.example"
SHOP = "https://shop.example/help"


class Mailroom(Town):
    """A town whose mail comes to an office."""

    def __init__(self, parley: Parley, office: PostOffice) -> None:
        super().__init__(parley)
        self.office = office

    async def mail(self, number: int = 1) -> Delivered:
        """The mail of this number, once so many have come and the outbox is empty."""
        await until(lambda: len(self.office.delivered) >= number)
        await self.rest()
        assert len(self.office.delivered) == number
        return self.office.delivered[-1]

    async def rest(self) -> None:
        """Waits until nothing is due and nothing is being sent."""
        self.parley.ctx.mail_queued.set()
        await until(lambda: not self._due())

    def _due(self) -> list[Any]:
        return self.parley.rows(
            "SELECT id FROM mails WHERE sent_at IS NULL AND failed = 0 AND (next_at <= ? OR next_at = ?)",
            self.parley.clock.now_ms(),
            self.parley.clock.now_ms() + LEASE_MS,
        )

    async def invite(self, supervisor: Colleague, **changes: Any) -> httpx2.Response:
        """Tries to."""
        body = {"email": "new.hand@staff.example", "name": "Nova", "role": "agent", **changes}
        return await supervisor.api.post("/console/people", json=body)

    async def choose(self, token: str, password: str = "quite long enough") -> httpx2.Response:
        """Tries a link in a browser of its own."""
        browser = self.parley.client(headers={"x-parley": "1"})
        body = {"token": token, "password": password}
        return await browser.post("/console/password-links", json=body)

    async def answer(self, thread: str, text: str, agent: Colleague) -> int:
        """An agent takes the thread, where it is not his, and says this; its seq."""
        me = (await agent.api.get("/console/me")).json()["id"]
        if (await agent.row(thread)).get("agent", {}).get("id") != me:
            await agent.does("claim", thread)
        return await agent.replies(thread, text)

    def id_of(self, colleague: Colleague) -> int:
        """Ours."""
        [(number,)] = self.parley.rows("SELECT id FROM people WHERE email = ?", colleague.email)
        return int(number)

    def change(self, sql: str, *values: Any) -> None:
        """Changes what is stored, behind everybody's back."""
        path = self.parley.settings.store.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute(sql, values)
            db.commit()

    async def pass_time(self, ms: int) -> None:
        """Time passes, and what is due by then happens."""
        self.parley.clock.advance(ms)
        await deadlines.fire_due(self.parley.ctx)
        await self.rest()


def secret_in(mail: Delivered) -> str:
    """What stands behind the # of the mail's link."""
    found = re.search(r"https?://\S+#(?:\w+=)?([\w-]{20,})", mail.text)
    assert found is not None, mail.text
    return found[1]


@contextlib.asynccontextmanager
async def mailroom(
    folder: Path,
    template: Path,
    office: PostOffice,
    clock: SetClock | None = None,
    **changes: Any,
) -> AsyncIterator[Mailroom]:
    """A node that sends mail."""
    settings = {"smtp": office.url, "mail_from": FROM, "marketplace_url": SHOP, **changes}
    async with running(folder, template, clock, **settings) as parley:
        yield Mailroom(parley, office)
