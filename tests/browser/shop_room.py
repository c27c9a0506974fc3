"""The reviews in a seller's inbox, as he uses them."""

import re

from playwright.async_api import Locator, expect

from tests.browser.screens import Inbox


class Room:
    """The reviews in a seller's inbox."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox, self.page = inbox, inbox.page
        self.cards = self.page.locator(".shop-review")
        self.box = self.page.get_by_role("textbox", name="Public reply to the review")
        self.way_in = self.page.get_by_role("navigation", name="Groups").get_by_role(
            "button", name=re.compile("Reviews")
        )

    def card(self, title: str) -> Locator:
        """The review of something."""
        return self.page.get_by_role("article", name=title, exact=True)

    async def open(self) -> None:
        """Goes there, in any language."""
        await self.page.locator(".group:visible").nth(4).click()
        await expect(self.page.locator(".standing-rate")).to_be_visible()

    async def notices(self) -> Locator:
        """Opens what the shop was told."""
        await self.page.get_by_role("button", name=re.compile("^Notifications")).click()
        return self.page.get_by_role("dialog", name="Notifications")
