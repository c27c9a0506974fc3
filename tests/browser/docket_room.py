"""What is in dispute, what buyers complain about and how the shop stands, in a seller's inbox, as he uses it."""

import re

from playwright.async_api import Locator, expect

from tests.browser.screens import Inbox


class DocketRoom:
    """The room of disputes in a seller's inbox."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox, self.page = inbox, inbox.page
        self.rows = self.page.locator(".docket-rows .row")
        self.file = self.page.locator(".case-file")
        self.offers = self.file.locator(".offers")
        self.state = self.page.locator(".case-head .badge")
        groups = self.page.get_by_role("navigation", name="Groups")
        self.way_in = groups.get_by_role("button", name=re.compile("Disputes"))
        self.dialog = self.page.get_by_role("dialog")

    def row(self, title: str) -> Locator:
        """A case in the list, by what it is about."""
        return self.rows.filter(has_text=title)

    async def open(self) -> None:
        """Goes there, in any language."""
        await self.page.locator(".group:visible").nth(3).click()
        await expect(self.page.locator(".docket-list")).to_be_visible()

    async def case(self, title: str) -> None:
        """Opens a case of the list."""
        await self.row(title).click()
        await expect(self.file).to_be_visible()

    async def begins(self, step: str) -> Locator:
        """Presses the button of a step; the dialog that opens."""
        await self.file.get_by_role("button", name=step, exact=True).click()
        await expect(self.dialog).to_be_visible()
        return self.dialog

    async def confirms(self, button: str) -> None:
        """Makes the step that the open dialog is about."""
        await self.dialog.get_by_role("button", name=button, exact=True).click()
        await expect(self.dialog).to_have_count(0)

    async def figures(self) -> None:
        """Goes to the shop's figures, in any language."""
        await self.page.locator(".group:visible").last.click()
        await expect(self.page.locator(".standing-rate").first).to_be_visible()
