"""The screens as a person uses them: what is read there, what is pressed. No test's expectation stands here."""

import asyncio
import re
from typing import Final

from playwright.async_api import Frame, Locator, Page, expect

WIDGET: Final = re.compile(r"/widget\.html")
REVIEWS: Final = re.compile(r"/reviews\.html")


async def chord(page: Page, *keys: str) -> None:
    """One right after another, without a pause that would tear them apart: a key waits for its second a moment only."""
    await asyncio.gather(*(page.keyboard.press(key) for key in keys))


async def widget_frame(page: Page) -> Frame:
    """The widget's frame, once it is there."""
    return await _frame(page, WIDGET)


async def reviews_frame(page: Page) -> Frame:
    """The frame of a product's reviews, once it is there."""
    return await _frame(page, REVIEWS)


async def _frame(page: Page, address: re.Pattern[str]) -> Frame:
    """Our frames stand in a closed shadow, where no selector reaches."""
    for known in page.frames:
        if address.search(known.url):
            return known
    async with page.expect_event(
        "framenavigated", lambda frame: address.search(frame.url) is not None
    ) as found:
        pass
    frame: Frame = await found.value
    return frame


class Talk:
    """One conversation that is open, in the widget or in the inbox, in English."""

    def __init__(self, root: Frame | Page) -> None:
        self.root = root
        self.field = root.get_by_role("textbox", name="Message", exact=True)
        self.bubbles = root.locator("li.bubble-row")

    async def opened(self) -> None:
        """Returns once one may write."""
        await expect(self.root.locator(".composer-text")).to_be_visible()

    async def say(self, text: str) -> None:
        """Writes it and presses Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    def bubble(self, text: str) -> Locator:
        """The message with exactly this text, sent or on its way."""
        exactly = re.compile(rf"^{re.escape(text)}$")
        said = self.root.locator(".bubble-text, .bubble-emoji").filter(has_text=exactly)
        return self.bubbles.filter(has=said)

    def mark(self, text: str) -> Locator:
        """How far that message has come; it must be the last of its group."""
        return self.bubble(text).locator(".progress")

    async def do(self, text: str, deed: str) -> None:
        """Picks something from a message's menu."""
        bubble = self.bubble(text)
        await bubble.hover()
        await bubble.get_by_role("button", name="Message actions").click()
        await self.root.get_by_role("menuitem", name=deed, exact=True).click()

    async def do_all(self, deed: str) -> None:
        """Picks something from the conversation's own menu."""
        await self.root.get_by_role("button", name="More actions").click()
        await self.root.get_by_role("menuitem", name=deed, exact=True).click()


class Widget:
    """The panel on the market's page."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self.page = page
        self.frame = frame
        self.talk = Talk(frame)
        self.items = frame.locator(".thread-item")

    async def reload(self) -> None:
        """Loads the page anew and opens the panel at its home."""
        await self.page.reload()
        self.frame = await widget_frame(self.page)
        self.talk, self.items = Talk(self.frame), self.frame.locator(".thread-item")
        await self.page.evaluate("parley('open')")
        await expect(self.frame.locator(".home")).to_be_visible()

    async def loses_the_network(self) -> None:
        """Takes it from the whole browser; returns once this panel has noticed."""
        await self.page.context.set_offline(True)
        await self.notices_its_loss()

    async def notices_its_loss(self) -> None:
        """Returns once this panel knows that there is no network: from then on nothing goes."""
        await expect(
            self.frame.get_by_text("You are offline. What you write is kept")
        ).to_be_visible()

    def item(self, words: str) -> Locator:
        """A conversation in the list."""
        return self.items.filter(has_text=words)

    async def tab(self, name: str) -> None:
        """Goes to Home, Messages or Orders."""
        await self.frame.get_by_role("tab", name=name).click()

    async def back(self) -> None:
        """One screen back."""
        await self.frame.get_by_role("button", name="Back", exact=True).click()

    async def open(self, words: str) -> Talk:
        """Opens a conversation of the list."""
        await self.tab("Messages")
        await self.item(words).click()
        await self.talk.opened()
        return self.talk


class Inbox:
    """A seller's inbox."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.talk = Talk(page)
        self.rows = page.locator(".row")

    async def opened(self) -> None:
        """Returns once the list is there."""
        await expect(self.page.locator(".list-scroll")).to_be_visible()

    def row(self, name: str, about: str) -> Locator:
        """A conversation in the list, by whom it is with and what it is about."""
        return self.rows.filter(has_text=name).filter(has_text=about)

    async def group(self, name: str) -> None:
        """Goes to a group of conversations."""
        groups = self.page.get_by_role("navigation", name="Groups")
        await groups.get_by_role("button", name=name).click()

    async def open(self, name: str, about: str) -> Talk:
        """Opens a conversation of all that there are."""
        await self.group("All")
        await self.row(name, about).click()
        await self.talk.opened()
        return self.talk
