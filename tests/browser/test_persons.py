"""One browser, several people: nobody finds there what another one has left."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.screens import Widget
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

DRAFT: Final = "A secret that I have only begun"
LETTER: Final = "A secret on its way"

KEPT: Final = "Object.entries(localStorage).flat().filter((text) => text.includes('secret')).length"


async def sign_in(page: Page, name: str) -> None:
    """By the market's own dialog."""
    await page.locator(".who").click()
    await page.get_by_role("dialog").get_by_role("button", name=name).click()
    await expect(page.locator(".who")).to_contain_text(name)


async def leave_secrets(widget: Widget) -> None:
    """A draft in one conversation, a message that cannot go in another."""
    await widget.talk.say("Hello")
    await expect(widget.talk.mark("Hello")).to_have_text("Sent")
    await widget.page.context.set_offline(True)
    await widget.talk.say(LETTER)
    await expect(widget.talk.mark(LETTER)).to_have_text("Sending")
    await widget.talk.field.fill(DRAFT)
    await widget.back()
    await widget.tab("Messages")
    await expect(widget.item("Draft")).to_contain_text(DRAFT)


async def test_somebody_else_in_the_same_browser_finds_nothing_of_the_first(
    visitors: Visitors,
) -> None:
    visitor = await visitors.new()
    widget = await visitor.about("emma", "ilo-cups")
    visitor.watch.forgive()
    # The socket is told to stay away, so that only the change of person decides what is sent.
    await leave_secrets(widget)

    await sign_in(widget.page, "Ana Rusu")
    await widget.page.context.set_offline(False)
    await expect(widget.frame.get_by_role("heading", name="Hello, Ana")).to_be_visible(
        timeout=45_000
    )
    await widget.tab("Messages")
    await expect(widget.item("Atelier Liman").first).to_be_visible()
    await expect(widget.frame.get_by_text("secret")).to_have_count(0)
    await widget.page.evaluate("parley('contactSeller', 'ilo-cups')")
    await widget.talk.opened()
    await expect(widget.talk.field).to_have_value("")
    await expect(widget.talk.bubbles).to_have_count(0)
    assert await visitors.node.stored(LETTER) == []

    await sign_in(widget.page, "Emma Clarke")
    talk = await widget.open("Ilo espresso cups")
    await expect(talk.field).to_have_value(DRAFT)
    await expect(talk.mark(LETTER)).to_have_text("Sent")
    assert len(await visitors.node.stored(LETTER)) == 1


async def test_signing_out_leaves_nothing_in_the_browser(visitors: Visitors) -> None:
    visitor = await visitors.new()
    widget = await visitor.about("emma", "sol-planter")
    visitor.watch.forgive()
    await leave_secrets(widget)
    assert await widget.frame.evaluate(KEPT) > 0

    await widget.page.evaluate("parley('shutdown')")

    await expect(widget.page.locator("iframe")).to_have_count(0)
    assert await widget.page.evaluate(KEPT) == 0
    assert await visitors.node.stored(LETTER) == []


async def test_a_seller_signs_out_and_the_link_opens_nothing_again(visitors: Visitors) -> None:
    visitor = await visitors.new()
    link = await visitor.inbox_link("daria")
    page = await visitor.page()
    await page.goto(visitors.node.url + link)
    await expect(page.locator(".list-scroll")).to_be_visible()
    assert "token" not in page.url

    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_text("Your session has ended")).to_be_visible()

    visitor.watch.forgive()
    await page.goto("about:blank")
    await page.goto(visitors.node.url + link)
    await expect(page.get_by_text("This link no longer works")).to_be_visible()
