"""One browser, several people: nobody finds there what another one has left."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.demo import DemoNode
from tests.browser.screens import Widget
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

DRAFT: Final = "A secret that I have only begun"

KEPT: Final = "Object.entries(localStorage).flat().filter((text) => text.includes('secret')).length"


async def sign_in(page: Page, name: str) -> None:
    """By the market's own dialog."""
    await page.locator(".who").click()
    await page.get_by_role("dialog").get_by_role("button", name=name).click()
    await expect(page.locator(".who")).to_contain_text(name)


async def leave_secrets(widget: Widget, letter: str) -> None:
    """A message that cannot go, and a draft."""
    await widget.talk.say("Hello")
    await expect(widget.talk.mark("Hello")).to_have_text("Sent")
    await widget.loses_the_network()
    await widget.talk.say(letter)
    await expect(widget.talk.mark(letter)).to_have_text("Sending")
    await widget.talk.field.fill(DRAFT)
    await widget.back()
    await expect(widget.item("Draft")).to_contain_text(DRAFT)


async def test_somebody_else_in_the_same_browser_finds_nothing_of_the_first(
    visitors: Visitors, demo: DemoNode
) -> None:
    visitor = await visitors.new()
    widget = await visitor.about("emma", "ilo-cups")
    visitor.watch.forgive()
    letter = "A secret on its way"
    await leave_secrets(widget, letter)

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
    assert await demo.stored(letter) == []

    await sign_in(widget.page, "Emma Clarke")
    talk = await widget.open("Ilo espresso cups")
    await expect(talk.field).to_have_value(DRAFT)
    await expect(talk.mark(letter)).to_have_text("Sent")
    assert len(await demo.stored(letter)) == 1


async def test_signing_out_leaves_nothing_in_the_browser(
    visitors: Visitors, demo: DemoNode
) -> None:
    visitor = await visitors.new()
    widget = await visitor.about("emma", "sol-planter")
    visitor.watch.forgive()
    letter = "A secret that never goes"
    await leave_secrets(widget, letter)
    assert await widget.frame.evaluate(KEPT) > 0

    async with widget.page.expect_event("framedetached"):
        await widget.page.evaluate("parley('shutdown')")

    assert await widget.page.evaluate(KEPT) == 0
    assert await demo.stored(letter) == []


async def test_a_seller_signs_out_and_the_link_opens_nothing_again(
    visitors: Visitors, demo: DemoNode
) -> None:
    visitor = await visitors.new()
    link = await visitor.inbox_link("daria")
    page = await visitor.page()
    await page.goto(demo.url + link)
    await expect(page.locator(".list-scroll")).to_be_visible()
    assert "token" not in page.url

    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_text("Your session has ended")).to_be_visible()

    visitor.watch.forgive()
    await page.goto("about:blank")
    await page.goto(demo.url + link)
    await expect(page.get_by_text("This link no longer works")).to_be_visible()
