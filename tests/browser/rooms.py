"""People of the console in front of their browsers, and their room of moderation."""

import json
from typing import Any, Final

from playwright.async_api import Browser, Page, expect

from tests.browser.reviewers import COOKIE, MODERATOR, Reviewers
from tests.browser.visitors import Visitors
from tests.e2e.node import ServerNode

SPEAKS: Final = "try { localStorage.setItem('parley.console.preferences', %s); } catch { }"


class Rooms(Visitors):
    """People of the console who have signed in."""

    def __init__(self, browser: Browser, node: ServerNode, reviewers: Reviewers) -> None:
        super().__init__(browser, node)
        self._sessions = reviewers.sessions

    async def console(
        self, email: str = MODERATOR, *, lang: str = "en", forgive: str = "", **options: Any
    ) -> Page:
        """The console; `forgive` is what is refused on purpose."""
        visitor = await self.new(lang=lang, **options)
        if forgive:
            visitor.watch.forgive(forgive)
        kept = json.dumps(json.dumps({"theme": "auto", "locale": lang}))
        await visitor.context.add_init_script(SPEAKS % kept)
        cookie = {"name": COOKIE, "value": self._sessions[email], "url": self.url}
        await visitor.context.add_cookies([cookie])  # type: ignore[list-item]
        page = await visitor.page()
        await page.goto(f"{self.url}/console")
        await expect(page.locator(".rail-rooms")).to_be_visible()
        return page

    async def moderation(self, email: str = MODERATOR, **options: Any) -> Page:
        """The room, once there is something in it or nothing at all."""
        page = await self.console(email, **options)
        await page.locator(".rail-room").nth(1).click()
        await expect(page.locator(".judged-row, .judging .empty").first).to_be_visible()
        return page


async def press(page: Page, *keys: str) -> None:
    """One after another."""
    for key in keys:
        await page.keyboard.press(key)


async def sent(page: Page) -> None:
    """Everything that was decided is sent."""
    await expect(page.locator(".status-line-held")).to_have_count(0)
