"""No screen has a fault that a machine can find: in four languages, light and dark, on a phone and on a desk."""

import itertools
from typing import Any, Final

import pytest
from playwright.async_api import expect

from tests.browser.faults import Checker
from tests.browser.screens import Inbox, Widget, chord
from tests.browser.visitors import DESKTOP, PHONE, Visitor, Visitors

pytestmark = pytest.mark.browser

SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
LANGS: Final = ("en", "ru", "ar", "es")

everywhere = pytest.mark.parametrize(("lang", "size"), list(itertools.product(LANGS, SIZES)))
# Pages with little on them: each language and each size, and not each with each.
here_and_there = pytest.mark.parametrize(
    ("lang", "size"),
    [("en", "phone"), ("en", "desktop"), ("ru", "phone"), ("ar", "desktop"), ("es", "phone")],
)


async def newcomer(visitors: Visitors, lang: str, size: str) -> Visitor:
    """Somebody whose device has this size."""
    return await visitors.new(lang=lang, color_scheme="light", **SIZES[size])


@everywhere
async def test_the_market_has_no_fault(visitors: Visitors, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    page = await (await newcomer(visitors, lang, size)).market("ana", lang=lang)

    await expect(page.locator(".card").first).to_be_visible()
    await checker.look("front", page)
    await page.locator(".who").click()
    await expect(page.locator("dialog[open]")).to_be_visible()
    await checker.look("people", page)
    await page.keyboard.press("Escape")
    await page.goto(f"{page.url.partition('#')[0]}#/product/liman-teapot")
    await expect(page.locator(".detail")).to_be_visible()
    await checker.look("product", page)

    assert checker.verdict == ""


@everywhere
async def test_the_widget_has_no_fault(visitors: Visitors, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    visitor = await newcomer(visitors, lang, size)
    widget = await visitor.widget("ana", lang=lang)
    visitor.watch.forgive("404 .*orders/none")
    page, frame = widget.page, widget.frame

    await expect(widget.items.first).to_be_visible()
    await checker.look("home", page, frame)
    await frame.locator("[role=tab]").nth(1).click()
    await expect(widget.items.first).to_be_visible()
    await checker.look("messages", page, frame)
    await widget.items.filter(has_text="Liman").first.click()
    await expect(widget.talk.bubbles.first).to_be_visible()
    await checker.look("conversation", page, frame)
    await page.evaluate("parley('contactSeller', 'faro-radio')")
    await expect(frame.locator(".message-rows .empty")).to_be_visible()
    await checker.look("empty conversation", page, frame)
    await page.evaluate("parley('openOrder', 'none')")
    await expect(frame.locator(".empty .button")).to_be_visible()
    await checker.look("what is not there", page, frame)
    await look_at_orders(checker, widget)
    await page.evaluate("parley('identify', { getToken: null })")
    await expect(frame.locator(".help-list button").first).to_be_visible()
    await checker.look("nobody", page, frame)

    assert checker.verdict == ""


async def look_at_orders(checker: Checker, widget: Widget) -> None:
    """The list, and one of them."""
    page, frame = widget.page, widget.frame
    await frame.locator(".head button").first.click()
    await frame.locator("[role=tab]").nth(2).click()
    await expect(frame.locator(".order-item").first).to_be_visible()
    await checker.look("orders", page, frame)
    await frame.locator(".order-item").last.click()
    await expect(frame.locator(".deeds")).to_be_visible()
    await checker.look("order", page, frame)


@everywhere
async def test_the_inbox_has_no_fault(visitors: Visitors, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    inbox = await (await newcomer(visitors, lang, size)).inbox("ion")
    page = inbox.page

    await expect(inbox.rows.first).to_be_visible()
    await checker.look("list", page)
    await page.keyboard.press("Shift+?")
    await expect(page.locator("dialog[open]")).to_be_visible()
    await checker.look("keys", page)
    await page.keyboard.press("Escape")
    await inbox.rows.filter(has_text="Sol planter").click()
    await expect(inbox.talk.bubbles.first).to_be_visible()
    await checker.look("conversation about a product", page)
    await page.keyboard.press("Escape")
    await chord(page, "g", "o")
    await inbox.rows.filter(has_text="KV-10482").click()
    await expect(inbox.talk.bubbles.first).to_be_visible()
    if size == "phone":
        await page.keyboard.press("d")
    await expect(page.locator(".details")).to_be_visible()
    await checker.look("conversation about an order", page)
    await page.keyboard.press("Escape")
    await look_at_searches(checker, inbox)

    assert checker.verdict == ""


async def look_at_searches(checker: Checker, inbox: Inbox) -> None:
    """What was found, and nothing found."""
    page = inbox.page
    await page.goto(f"{page.url.partition('#')[0]}#/")
    for name, words, shown in (
        ("found", "Sol", "mark"),
        ("not found", "zzzz", ".list-scroll .empty"),
    ):
        await page.locator("input[type=search]").fill(words)
        await expect(page.locator(shown).first).to_be_visible()
        await checker.look(name, page)


@here_and_there
async def test_the_doors_have_no_fault(visitors: Visitors, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    visitor = await newcomer(visitors, lang, size)
    visitor.watch.forgive()
    page, url = await visitor.page(), visitor.node.url

    await page.goto(f"{url}/inbox")
    await expect(page.locator(".door .empty")).to_be_visible()
    await checker.look("no session", page)
    await page.goto("about:blank")
    await page.goto(f"{url}/inbox#token=used")
    await expect(page.locator(".door .empty")).to_be_visible()
    await checker.look("used link", page)
    await page.goto(f"{url}/side-by-side")
    await expect(page.locator(".pane iframe")).to_have_count(2)
    await checker.look("side by side", page)

    assert checker.verdict == ""


async def test_the_page_of_the_api_has_no_fault(visitors: Visitors) -> None:
    checker = Checker("en")
    page = await (await newcomer(visitors, "en", "desktop")).page()

    await page.goto(f"{visitors.url}/docs")
    await checker.look("the API", page)

    assert checker.verdict == ""


async def test_nothing_that_opens_above_a_conversation_has_a_fault(visitors: Visitors) -> None:
    checker = Checker("en")
    visitor = await newcomer(visitors, "en", "desktop")
    widget = await visitor.about("emma", "orla-vase")
    page, frame = widget.page, widget.frame
    theirs = frame.locator(".bubble-row-theirs").first

    for deed, what in (("Reply", ".context-bar"), ("Report", "dialog[open]")):
        await theirs.hover()
        await theirs.get_by_role("button", name="Message actions").click()
        await expect(frame.get_by_role("menuitem", name=deed)).to_be_visible()
        await checker.look("menu of a message", page, frame)
        await frame.get_by_role("menuitem", name=deed).click()
        await expect(frame.locator(what)).to_be_visible()
        await checker.look(deed, page, frame)
        await page.keyboard.press("Escape")
        await expect(frame.locator(what)).to_have_count(0)
    await frame.get_by_role("button", name="Emoji").click()
    await expect(frame.get_by_role("dialog", name="Emoji")).to_be_visible()
    await checker.look("emoji", page, frame)
    await page.keyboard.press("Escape")
    await widget.talk.do_all("Block")
    await expect(frame.get_by_role("dialog")).to_be_visible()
    await checker.look("Block", page, frame)
    await page.keyboard.press("Escape")

    assert checker.verdict == ""


async def test_no_window_of_the_inbox_has_a_fault(visitors: Visitors) -> None:
    checker = Checker("en")
    inbox = await (await newcomer(visitors, "en", "desktop")).inbox("ion")
    page = inbox.page
    await inbox.open("Emma Clarke", "Orla vase")

    await page.get_by_role("button", name="Settings").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await checker.look("settings", page)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Quick replies").click()
    await expect(page.get_by_role("menuitem", name="Edit quick replies")).to_be_visible()
    await checker.look("quick replies", page)
    await page.get_by_role("menuitem", name="Edit quick replies").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await checker.look("edit quick replies", page)
    await page.keyboard.press("Escape")
    await inbox.group("Archive")
    await expect(page.locator(".list-scroll .empty")).to_be_visible()
    await checker.look("empty archive", page)

    assert checker.verdict == ""
