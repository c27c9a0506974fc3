"""Buyers whom a seller does not answer: they say so with a phone, in the conversation, and follow what comes of it."""

import datetime
import re
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Frame, Locator, Page, expect

from tests.browser.faults import Checker
from tests.browser.quarrels import Quarrels
from tests.browser.screens import Widget
from tests.browser.shop import Shop
from tests.browser.visitors import PHONE, Visitors
from tests.e2e.node import ServerNode

pytestmark = pytest.mark.browser

ON_PHONE: Final[dict[str, Any]] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
ASK: Final = "No answer for 3 days? Tell us"
OPENS: Final = """(day) => new Date(`${day}T00:00Z`).toLocaleDateString('en', { month: 'long', day: 'numeric' })"""
"""The day on which it is opened again, where the browser is."""


@pytest.fixture(scope="module")
async def quarrels(tmp_path_factory: pytest.TempPathFactory, shop: Shop) -> AsyncIterator[Quarrels]:
    """A server with a market in which messages wait."""
    folder = tmp_path_factory.mktemp("silence")
    node = ServerNode(folder, f"sqlite:///{folder / 'parley.sqlite3'}", origins=shop.origin)
    await node.start()
    async with Quarrels(node) as quarrels:
        yield quarrels
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture
async def visitors(browser: Browser, quarrels: Quarrels) -> AsyncIterator[Visitors]:
    """Browser profiles for the buyers of that market."""
    async with Visitors(browser, quarrels.node) as visitors:
        yield visitors


class Complaining:
    """The screens on which somebody complains, in English."""

    def __init__(self, widget: Widget) -> None:
        self.widget = widget
        self.page: Page = widget.page
        self.frame: Frame = widget.frame
        self.ask = self.frame.locator(".complaint-ask")
        self.card = self.frame.locator(".complaint-card")
        self.room = self.frame.locator(".dispute-overview")
        self.state = self.room.get_by_role("status")
        self.window = self.frame.get_by_role("dialog")

    def button(self, name: str) -> Locator:
        """By its whole name."""
        return self.frame.get_by_role("button", name=name, exact=True)


async def complaining(visitors: Visitors, shop: Shop, buyer: str) -> Complaining:
    """The widget of somebody with a phone."""
    visitor = await visitors.new(origins=[shop.origin], **ON_PHONE)
    page = await visitor.page()
    await page.goto(shop.put_embedding(f"/silence-{buyer}", visitor.node.url, buyer))
    return Complaining(await visitor.panel(page))


async def test_a_buyer_complains_is_answered_says_that_it_is_not_solved_and_sees_why_he_was_right(
    visitors: Visitors, quarrels: Quarrels, shop: Shop
) -> None:
    await quarrels.sells("sil", "Silent Socks")
    bought = await quarrels.buys("Silent Socks", "Wool socks", buyer="ada")
    await quarrels.waited(bought, "Do they shrink?")
    ada = await complaining(visitors, shop, "ada")
    await ada.widget.open("Silent Socks")
    await expect(ada.ask).to_have_text(ASK)
    await ada.ask.click()

    await expect(ada.room).to_contain_text("Do they shrink?")
    await expect(ada.room).to_contain_text("Waiting for 3 days")
    await expect(ada.room).to_contain_text("too few messages for a response rate")
    await ada.room.get_by_role("textbox").fill("It was a simple question.")
    await ada.button("Send the complaint").click()
    await expect(ada.state).to_have_text("The shop was told")
    await expect(ada.room).to_contain_text(re.compile(r"(1 day|23 hours.*) left"))
    await expect(ada.room).to_contain_text("a mediator looks into it")
    await expect(ada.room).to_contain_text("It was a simple question.")

    complaint = await quarrels.complaint_of("ada")
    await quarrels.moves(complaint, "answer", "Sometimes.", who="sil")
    await expect(ada.state).to_have_text("The shop has answered")
    await expect(ada.room).to_contain_text("Sometimes.")
    await expect(ada.room).to_contain_text("the complaint counts as solved")
    await ada.button("It is not solved").click()
    await ada.window.get_by_role("button", name="Send").click()
    await expect(ada.window.get_by_role("alert")).to_contain_text("what is missing")
    await ada.window.get_by_role("textbox").fill("When, and how much?")
    await ada.window.get_by_role("button", name="Send").click()

    await expect(ada.state).to_have_text("Under review")
    await expect(ada.button("It is not solved")).to_have_count(0)
    await expect(ada.room).to_be_focused()
    await quarrels.moves(complaint, "uphold", "A shop has to say how its wool is washed.")
    await expect(ada.state).to_have_text("Upheld")
    await expect(ada.room).to_contain_text("A shop has to say how its wool is washed.")
    await ada.widget.back()
    await expect(ada.card).to_contain_text("Upheld")
    await expect(ada.card).to_contain_text("A shop has to say how its wool is washed.")
    await expect(ada.frame.locator(".system-line").last).to_contain_text("The complaint was upheld")
    await expect(ada.ask).to_have_count(0)


async def test_nobody_is_asked_before_two_days_are_over(
    visitors: Visitors, quarrels: Quarrels, shop: Shop
) -> None:
    await quarrels.sells("early", "Early Eggs")
    bought = await quarrels.buys("Early Eggs", "Egg cup", buyer="bea")
    thread = await quarrels.waited(bought, "Is it blue?", days=1)
    bea = await complaining(visitors, shop, "bea")
    talk = await bea.widget.open("Early Eggs")
    await expect(talk.bubble("Is it blue?")).to_be_visible()
    await expect(bea.ask).to_have_count(0)

    await quarrels.answers("early", thread, "It is.")
    await expect(bea.frame.get_by_text("It is.", exact=True)).to_be_visible()
    await expect(bea.ask).to_have_count(0)


async def test_the_menu_asks_too_and_a_complaint_is_taken_back_from_the_list_of_all(
    visitors: Visitors, quarrels: Quarrels, shop: Shop
) -> None:
    await quarrels.sells("mute", "Mute Mugs")
    bought = await quarrels.buys("Mute Mugs", "Tall mug", buyer="cleo")
    await quarrels.waited(bought, "Is it tall?")
    await quarrels.opens(bought)
    cleo = await complaining(visitors, shop, "cleo")
    talk = await cleo.widget.open("Is it tall?")
    await expect(cleo.ask).to_be_visible()
    await talk.do_all(ASK)
    await cleo.button("Send the complaint").click()
    await expect(cleo.state).to_have_text("The shop was told")
    await cleo.widget.back()
    await expect(cleo.card).to_contain_text("The shop was told")
    await cleo.widget.back()

    await cleo.widget.tab("Orders")
    await cleo.button("My disputes and complaints").click()
    cases = cleo.frame.locator(".case-item")
    await expect(cases).to_have_count(2)
    await expect(cases.first).to_contain_text("Seller’s turn")
    await cases.last.click()
    await cleo.button("Withdraw the complaint").click()
    await cleo.window.get_by_role("button", name="Withdraw the complaint").click()

    await expect(cleo.state).to_have_text("Withdrawn")


async def test_a_notice_leads_to_the_complaint(
    visitors: Visitors, quarrels: Quarrels, shop: Shop
) -> None:
    await quarrels.sells("note", "Note Nuts")
    bought = await quarrels.buys("Note Nuts", "Walnuts", buyer="dora")
    complaint = await quarrels.complains(bought, "Are they fresh?")
    await quarrels.moves(complaint, "answer", "Of this autumn.", who="note")
    dora = await complaining(visitors, shop, "dora")
    await dora.widget.tab("Messages")
    await dora.frame.locator(".notices-row").click()
    await dora.frame.locator(".notice-item").filter(has_text="news in the complaint").click()

    await expect(dora.state).to_have_text("The shop has answered")
    await expect(dora.room).to_contain_text("Of this autumn.")


async def test_a_shop_that_is_away_says_so_above_the_conversation(
    visitors: Visitors, quarrels: Quarrels, shop: Shop
) -> None:
    shops = await quarrels.sells("gone", "Gone Gloves")
    bought = await quarrels.buys("Gone Gloves", "Gloves", buyer="edda")
    await quarrels.complains(bought, "Are they warm?")
    edda = await complaining(visitors, shop, "edda")
    now = await edda.page.evaluate("Date.now() / 1000")
    today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
    await quarrels.leaves("gone", shops["Gone Gloves"], today, days=5)
    back = today + datetime.timedelta(5)
    await edda.widget.reload()
    edda = Complaining(edda.widget)
    await edda.widget.open("Gone Gloves")

    until = await edda.page.evaluate(OPENS, back.isoformat())
    await expect(edda.frame.locator(".head-note")).to_contain_text(f"Away until {until}")
    await edda.card.click()
    await expect(edda.room).to_contain_text("its time to answer stands still")


async def test_the_screens_of_complaints_have_no_fault(
    visitors: Visitors, quarrels: Quarrels, shop: Shop
) -> None:
    checker = Checker("complaints")
    await quarrels.sells("axel", "Axel Axes")
    bought = await quarrels.buys("Axel Axes", "Axe", buyer="fay")
    await quarrels.waited(bought, "Is it sharp?")
    fay = await complaining(visitors, shop, "fay")
    await fay.widget.open("Axel Axes")
    await expect(fay.ask).to_be_visible()
    await checker.look("asked in the conversation", fay.page, fay.frame)
    await fay.ask.click()
    await expect(fay.button("Send the complaint")).to_be_visible()
    await checker.look("before it is sent", fay.page, fay.frame)
    await fay.button("Send the complaint").click()
    await expect(fay.state).to_have_text("The shop was told")
    await quarrels.moves(await quarrels.complaint_of("fay"), "answer", "Very.", who="axel")
    await expect(fay.room).to_contain_text("Very.")
    await checker.look("answered", fay.page, fay.frame)
    await fay.button("It is not solved").click()
    await expect(fay.window).to_be_visible()
    await checker.look("not solved", fay.page, fay.frame)
    await fay.window.get_by_role("button", name="Cancel").click()
    await fay.widget.back()
    await expect(fay.card).to_be_visible()
    await checker.look("its card", fay.page, fay.frame)
    await fay.widget.back()
    await fay.widget.tab("Orders")
    await fay.button("My disputes and complaints").click()
    await expect(fay.frame.locator(".case-item")).to_have_count(1)
    await checker.look("all of them", fay.page, fay.frame)

    assert not checker.verdict, checker.verdict
