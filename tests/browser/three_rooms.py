"""A dispute as buyer, seller and mediator have it before them, each on a page of his own that stays open all along."""

import re
from typing import Final

from playwright.async_api import BrowserContext, Frame, Locator, Page, expect

from tests.browser.docket_room import DocketRoom
from tests.browser.screens import Widget

LOOK_MS: Final = 25_000
"""A console asks again after less than that."""


def left(days: int) -> re.Pattern[str]:
    """So many days, though some minutes of them may be over."""
    return re.compile(rf"^({days} days?|{days - 1} days? 23 hours) left$")


async def listed(row: Locator, state: str, days: int) -> None:
    """Where a dispute stands according to a list, and how long there is."""
    await expect(row.locator(".badge")).to_have_text(state)
    clock = row.locator(".countdown-compact")
    await expect(clock).to_have_text([left(days)] if days else [])


class Seen:
    """How a dispute stands on somebody's screen, and how he makes a step."""

    def __init__(self, root: Frame | Page, state: Locator) -> None:
        self.root, self.state = root, state
        self.left = root.locator(".countdown-left")
        self.then = root.locator(".countdown-then")
        self.offers = root.get_by_role("region", name="What is asked and offered")
        self.outcome = root.get_by_role("region", name="What came of it")
        self.goods = root.get_by_role("region", name="Return", exact=True)
        self.refund = root.get_by_role("region", name=re.compile("^Refund($| of)"))
        self.deeds = root.get_by_role("region", name="What you can do")
        self.history = root.locator(".timeline-step")
        self.dialog = root.get_by_role("dialog")

    async def shows(self, state: str, *history: str) -> None:
        """Where it stands, and what happened last."""
        await expect(self.state).to_have_text(state)
        for words in history:
            await expect(self.history.last).to_contain_text(words)

    async def counts(self, days: int, then: str) -> None:
        """How long there is, and what happens then."""
        await expect(self.left).to_have_text(left(days))
        await expect(self.then).to_contain_text(then)

    async def is_not_hurried(self) -> None:
        """Nobody's time runs."""
        await expect(self.left).to_have_count(0)

    async def may_not(self, step: str) -> None:
        """This is not his to do, or not yet."""
        await expect(self.button(step)).to_have_count(0)

    def button(self, name: str) -> Locator:
        """What is called exactly so."""
        return self.root.get_by_role("button", name=name, exact=True)

    async def does(
        self,
        step: str,
        confirm: str,
        *,
        kind: str = "",
        amount: str = "",
        words: str = "",
        means: str = "",
        **fields: str,
    ) -> None:
        """Makes a step in its window; `means` is what is said there of what it brings about."""
        await self.button(step).first.click()
        if means:
            await expect(self.dialog).to_contain_text(means)
        if kind:
            await self.dialog.get_by_role("radio", name=re.compile(kind)).check()
        if amount:
            await self.dialog.get_by_role("textbox", name="Amount").fill(amount)
        if words:
            await self.dialog.locator("textarea").fill(words)
        for label, text in fields.items():
            await self.dialog.get_by_label(re.compile(label, re.IGNORECASE)).fill(text)
        await self.dialog.get_by_role("button", name=confirm, exact=True).click()
        await expect(self.dialog).to_have_count(0)


class Buyer(Seen):
    """The widget on the market's page."""

    def __init__(self, widget: Widget) -> None:
        self.widget = widget
        super().__init__(widget.frame, widget.frame.locator(".dispute-about").get_by_role("status"))
        self.lines = widget.frame.locator(".order-line")

    def line(self, title: str) -> Locator:
        """The dispute of one thing, in its order."""
        named = self.root.locator(".order-line-title").filter(has_text=title)
        return self.lines.filter(has=named).locator(".line-dispute")

    async def order(self) -> None:
        """Goes to the one order."""
        await self.widget.tab("Orders")
        await self.widget.frame.locator(".order-item").click()
        await expect(self.lines.first).to_be_visible()

    async def lists(self, title: str, state: str, days: int = 0) -> None:
        """What the order says of a dispute."""
        await listed(self.line(title), state, days)

    async def enter(self, title: str) -> None:
        """From the order to one of its disputes."""
        await self.line(title).click()
        await expect(self.history.first).to_be_visible()

    async def leave(self) -> None:
        """Back to the order."""
        await self.widget.back()
        await expect(self.lines.first).to_be_visible()


class Seller(Seen):
    """The room of disputes in the inbox."""

    def __init__(self, room: DocketRoom) -> None:
        self.room = room
        super().__init__(room.page, room.state)

    async def lists(self, title: str, state: str, days: int = 0) -> None:
        """What the list says of a dispute."""
        await listed(self.room.row(title), state, days)

    async def enter(self, title: str) -> None:
        """Opens a case of the list."""
        await self.room.case(title)
        await expect(self.root.locator(".case-head")).to_contain_text(title)


class Mediator(Seen):
    """The docket in the console."""

    def __init__(self, page: Page, context: BrowserContext, shop: str) -> None:
        """What other shops are in dispute about is not looked at."""
        self.page, self.context = page, context
        super().__init__(page, page.locator(".case-head .badge"))
        self.rows = page.locator(".docket-row").filter(has_text=shop)
        self.form = page.get_by_role("form")

    def row(self, title: str) -> Locator:
        """A case in the list."""
        return self.rows.filter(has_text=title)

    async def looks(self) -> None:
        """The page asks again by itself after some seconds: they pass."""
        await self.context.clock.fast_forward(LOOK_MS)

    async def shelf(self, name: str) -> None:
        """Goes to one of the lists."""
        await self.page.get_by_role("tab", name=re.compile(f"^{name}")).click()

    async def enter(self, title: str) -> None:
        """Opens a case of the list."""
        await self.looks()
        await self.row(title).click()
        await expect(self.history.first).to_be_visible()

    async def takes(self) -> None:
        """The open case is his."""
        await self.page.get_by_role("button", name="Take the case").click()
        await expect(self.page.get_by_role("button", name="Propose a solution")).to_be_visible()

    async def writes(
        self, begin: str, send: str, kind: str, *, amount: str = "", words: str, means: str
    ) -> None:
        """A proposal or a decision; `means` is what is said there of what it brings about."""
        await self.page.get_by_role("button", name=re.compile(f"^{begin}")).click()
        await self.form.get_by_role("radio", name=re.compile(kind)).check()
        if amount:
            await self.form.get_by_role("textbox", name="Amount").fill(amount)
        await self.form.locator("textarea").fill(words)
        await expect(self.form).to_contain_text(means)
        await self.form.get_by_role("button", name=send).click()
        await expect(self.form.get_by_role("button", name=send)).to_have_count(0)
