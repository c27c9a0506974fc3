"""A shift at the support desk, in a browser each: two buyers, a visitor, two agents, and the supervisor who watches."""

import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.browser.demo import DemoNode
from tests.browser.screens import Widget
from tests.browser.staff import WEEK, Staff
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

VERA, AMIR, NADIA = STAFF
NOBODY: Final = "nobody"
WISH: Final = "I want to talk to a person"
STORED: Final = re.compile("Sent|Delivered|Read")
"""Whoever reads along may have a message as soon as the server does."""
NOTE: Final = "Speaks little English, has a parcel at the customs"


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """A demo whose desk is open around the clock."""
    node = DemoNode(tmp_path_factory.mktemp("shift") / "demo")
    await node.start()
    async with Staff(node) as staff:
        await staff.works(WEEK)
    yield node
    await node.stop()


@pytest.fixture
async def people(browser: Browser, market: DemoNode) -> AsyncIterator[Visitors]:
    """Browsers for everybody."""
    async with Visitors(browser, market) as people:
        yield people


class Desk:
    """The console's inbox of somebody who works here."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.head = page.locator(".thread-head")
        self.rows = page.locator(".desk-row")
        self.reply = page.get_by_role("textbox", name="Message", exact=True)

    @classmethod
    async def begin(cls, people: Visitors, who: tuple[str, str, str]) -> "Desk":
        """Somebody signs in."""
        visitor = await people.new()
        visitor.watch.forgive("401")  # Who is not signed in yet asks who he is, and is told.
        page = await visitor.page()
        await page.goto(f"{people.url}/console")
        await page.get_by_label("E-mail").fill(who[0])
        await page.get_by_label("Password", exact=True).fill(STAFF_PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("tab", name="Mine")).to_be_visible()
        return cls(page)

    async def open(self, words: str, inside: str = "Mine") -> None:
        """Opens the conversation in whose row these words stand."""
        await self.page.get_by_role("tab", name=inside).click()
        await self.rows.filter(has_text=words).click()
        await expect(self.page.locator(".bubble-row").first).to_be_visible()

    async def says(self, text: str) -> None:
        """Answers."""
        await self.reply.fill(text)
        await self.reply.press("Enter")
        await expect(self.said(text).locator(".progress")).to_have_text(STORED)

    def said(self, text: str) -> Locator:
        """A message."""
        return self.page.locator(".bubble-row").filter(has_text=text)

    def note(self, text: str) -> Locator:
        """A private note."""
        return self.page.locator(".note").filter(has_text=text)

    async def gives(self, team: str, note: str) -> None:
        """Back to the queue of a team, with a word for whoever comes next."""
        await self.page.keyboard.press("Escape")
        await self.page.keyboard.press("t")
        window = self.page.get_by_role("dialog", name="Transfer to a team or the bot")
        await window.get_by_role("radio", name=team).check()
        await window.get_by_label("A private note").fill(note)
        await window.get_by_role("button", name="Transfer").click()
        await expect(window).to_have_count(0)

    async def is_(self, availability: str) -> None:
        """Says whether he wishes to be given conversations; returns once the desk has heard it."""
        await self.page.get_by_role("combobox").first.select_option(label=availability)
        heard = re.compile(rf"\bshift-{availability.lower()}\b")
        await expect(self.page.locator(".shift-choice")).to_have_class(heard)


async def asks(people: Visitors, person: str, text: str) -> Widget:
    """Somebody says this to support."""
    visitor = await people.new()
    page = await visitor.market(person)
    widget = await visitor.panel(page)
    await page.evaluate("parley('ask', '')")
    await writes(widget, text)
    return widget


async def writes(widget: Widget, text: str) -> None:
    """A customer writes."""
    field = widget.frame.locator(".composer-text")
    await field.fill(text)
    await field.press("Enter")
    await expect(widget.talk.bubble(text)).to_be_visible()


def heard(widget: Widget, text: str) -> Locator:
    """A message in a customer's conversation that has these words."""
    return widget.frame.locator(".bubble-row").filter(has_text=text)


async def test_from_the_bot_to_a_person_to_another_to_the_end_and_back(people: Visitors) -> None:
    vera, amir = await Desk.begin(people, VERA), await Desk.begin(people, AMIR)
    await vera.is_("Away")

    # The bot has answered, and was not enough: whoever is there gets the visitor within a moment.
    visitor = await asks(people, NOBODY, "how long do refunds take")
    await expect(visitor.frame.locator(".bubble-row-theirs")).to_have_count(1)
    await writes(visitor, WISH)
    await expect(visitor.frame.locator(".head-note")).to_contain_text("Amir Haddad answers")
    await amir.open(WISH)
    await expect(amir.page.locator(".details-pane")).to_contain_text("how long do refunds take")
    await amir.says("Hello, this is Amir. Let me look.")
    await expect(heard(visitor, "Let me look.")).to_be_visible()

    # Two buyers come; each has his own agent and sees nothing of the other.
    await amir.is_("Away")
    nadia = await Desk.begin(people, NADIA)
    emma = await asks(people, "emma", WISH)
    await expect(emma.frame.locator(".head-note")).to_contain_text("Nadia Marin answers")
    layla = await asks(people, "layla", WISH)
    await expect(layla.frame.locator(".head-note")).to_contain_text("Nadia Marin answers")
    await writes(emma, "My vase is broken")
    await nadia.open("My vase is broken")
    await nadia.says("I am sorry, Emma. A photo, please?")
    await expect(heard(emma, "A photo, please?")).to_be_visible()
    await expect(layla.frame.get_by_text("A photo, please?")).to_have_count(0)

    # A transfer with a note: the note is the desk's, the conversation goes on under another name.
    await amir.gives("back to the queue", NOTE)
    await expect(visitor.frame.locator(".head-note")).to_contain_text("Nadia Marin answers")
    await nadia.open("Let me look.")
    await expect(nadia.note(NOTE)).to_be_visible()
    await vera.open("Let me look.", "All")
    await expect(vera.note(NOTE)).to_be_visible()
    await nadia.says("Your parcel has left the customs today.")
    await expect(heard(visitor, "left the customs today.")).to_be_visible()
    assert NOTE not in await visitor.frame.content()

    # The end, and what the customer made of it.
    await nadia.page.keyboard.press("Escape")
    await nadia.page.keyboard.press("e")
    rating = visitor.frame.get_by_role("group", name="How was it?")
    await rating.locator(".csat-score").last.click()
    await visitor.frame.locator(".csat").get_by_role("button", name="Send").click()
    await expect(visitor.frame.locator(".csat")).to_contain_text("Your rating")

    # Who writes again comes back to whom he knows.
    await writes(visitor, "And my other parcel?")
    await expect(visitor.frame.locator(".head-note")).to_contain_text("Nadia Marin answers")
    await nadia.open("And my other parcel?")
    await expect(nadia.head).to_contain_text("You")
