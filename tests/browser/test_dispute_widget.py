"""Buyers whose parcel broke, or did not come: they open a dispute with a phone, and settle it in its room."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx2
import pytest
from playwright.async_api import Browser, FilePayload, Frame, Page, expect

from tests.api.pictures import jpeg
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.screens import Widget, widget_frame
from tests.browser.visitors import PHONE, Visitors
from tests.factories_sql import fresh_key

pytestmark = pytest.mark.browser

ON_PHONE: Final[dict[str, Any]] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
PHOTO: Final[FilePayload] = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
LISTEN: Final = """() => {
  window.heard = [];
  parley('on', 'dispute:changed', ({ state }) => heard.push(state));
}"""


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """A demo of these tests alone: a dispute is settled once."""
    node = DemoNode(tmp_path_factory.mktemp("disputes") / "demo")
    await node.start()
    yield node
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture
async def buyers(browser: Browser, market: DemoNode) -> AsyncIterator[Visitors]:
    """People who have bought something."""
    async with Visitors(browser, market) as visitors:
        yield visitors


class Disputing:
    """The screens on which somebody disputes, in English."""

    def __init__(self, widget: Widget) -> None:
        self.widget = widget
        self.page: Page = widget.page
        self.frame: Frame = widget.frame
        self.room = self.frame.locator(".dispute-overview")
        self.window = self.frame.get_by_role("dialog")
        self.fault = self.frame.get_by_role("alert").filter(has_text=re.compile("."))

    async def order(self, number: str) -> None:
        """Goes to an order."""
        await self.widget.tab("Orders")
        await self.frame.locator(".order-item").filter(has_text=number).click()

    async def enter(self, number: str) -> None:
        """Goes to the dispute about an order."""
        await self.order(number)
        await self.press("See the dispute")
        await expect(self.room.locator(".timeline-step").first).to_be_visible()

    async def press(self, name: str) -> None:
        """Presses what is called so, or begins so."""
        await self.frame.get_by_role("button", name=re.compile(f"^{name}")).first.click()

    async def confirm(self, name: str) -> None:
        """Presses a button of the window above the screen."""
        await self.window.get_by_role("button", name=name, exact=True).click()

    async def hears(self, *states: str) -> None:
        """The page around, which hears a little later than the widget, has been told of these and of no others."""
        await self.page.wait_for_function("(count) => heard.length >= count", arg=len(states))
        assert await self.page.evaluate("heard") == list(states)

    async def pick(self, name: str) -> None:
        """Chooses one of several."""
        await self.frame.get_by_role("radio", name=re.compile(name)).check()


async def disputing(buyers: Visitors, person: str, *, forgives: str = "") -> Disputing:
    """Somebody with a phone, whose page listens; `forgives` is what the test brings about on purpose."""
    visitor = await buyers.new(**ON_PHONE)
    if forgives:
        visitor.watch.forgive(forgives)
    page = await visitor.market(person)
    await widget_frame(page)
    await page.evaluate(LISTEN)
    return Disputing(await visitor.panel(page))


async def seller_does(market: DemoNode, seller: str, number: str, act: str, **step: Any) -> None:
    """A step of a seller in the dispute about an order."""
    async with httpx2.AsyncClient(base_url=market.url, timeout=30) as http:
        token = (await http.post("/demo/token", json={"person": seller})).json()["token"]
        http.headers["authorization"] = f"Bearer {token}"
        shops = (await http.get("/api/v1/me")).json()["shops"]
        for shop in shops:
            found = (await http.get(f"/api/v1/shops/{shop['id']}/disputes")).json()["disputes"]
            for view in found:
                if view["order_number"] == number:
                    body = {"client_key": fresh_key(), "act": act, "revision": view["revision"]}
                    url = f"/api/v1/disputes/{view['id']}/moves"
                    answer = await http.post(url, json={**body, **step})
                    assert answer.status_code == 200, answer.text
                    return
    raise AssertionError(f"{seller} has no dispute about {number}")


async def test_a_buyer_opens_a_dispute_in_four_steps_and_a_reload_loses_nothing(
    buyers: Visitors,
) -> None:
    emma = await disputing(buyers, "emma")
    await emma.order("KV-10441")
    await emma.press("Open a dispute")

    await expect(emma.frame.get_by_text("Have you written to the seller?")).to_be_visible()
    await emma.press("Next")
    await expect(emma.fault).to_have_text("Please choose what happened.")
    await emma.pick("It came damaged")
    await emma.press("Next")
    await emma.pick("A part of the money back")
    await emma.frame.locator(".amount input").fill("5000")
    await expect(emma.fault.first).to_contain_text("That is too much")
    await emma.frame.locator(".amount input").fill("12,5")
    await emma.press("Next")
    await emma.frame.get_by_label("In your words").fill("The lid is cracked.")
    await emma.press("Next")
    await expect(emma.fault).to_contain_text("at least one photo")
    await emma.frame.locator("input[type=file]").set_input_files(PHOTO)
    await expect(emma.frame.locator(".tray-item")).to_have_count(1)
    await expect(emma.frame.locator(".tray-item progress")).to_have_count(0)
    await emma.press("Next")
    await expect(emma.frame.get_by_role("heading", name="Is this right?")).to_be_visible()

    await emma.widget.reload()
    emma = Disputing(emma.widget)
    await emma.page.evaluate(LISTEN)
    await emma.order("KV-10441")
    await emma.press("Open a dispute")
    await expect(emma.frame.locator(".summary")).to_contain_text("Partial refund: €12.50")
    await expect(emma.frame.locator(".summary .tray-item")).to_have_count(1)
    await emma.press("Open the dispute")

    await expect(emma.frame.get_by_role("heading", name="The dispute is open")).to_be_visible()
    await expect(emma.frame.locator(".countdown")).to_contain_text("you get what you asked for")
    await emma.hears("seller_turn")
    await emma.press("See the dispute")
    await expect(emma.room.locator(".timeline-step")).to_contain_text("The lid is cracked.")
    await expect(emma.room.locator(".evidence-photo img").first).to_be_visible()


async def test_a_room_follows_what_the_seller_does_and_nobody_answers_what_is_gone(
    buyers: Visitors, market: DemoNode
) -> None:
    ana = await disputing(buyers, "ana", forgives="status of 409")
    await ana.enter("KV-10446")
    await ana.press("Withdraw the dispute")
    offer = {"kind": "partial", "amount": {"amount": "20.00", "currency": "EUR"}}

    text = {"text": "I can pay for one cup."}
    await seller_does(market, "ion", "KV-10446", "counter", wish=offer, evidence=text)
    await expect(ana.room.locator(".offers")).to_contain_text("Partial refund: €20")
    await ana.confirm("Withdraw")
    await expect(ana.frame.locator(".toasts")).to_contain_text("Somebody was faster")

    await expect(ana.window).to_have_count(0)
    await ana.press("Accept")
    await expect(ana.window).to_contain_text("Partial refund: €20")
    await ana.confirm("Accept")
    await expect(ana.room).to_contain_text("Agreed by both")
    await expect(ana.room).to_contain_text("Usually takes 3–15 days")
    await ana.hears("buyer_turn", "refund_pending")


async def test_goods_go_back_with_a_carrier_and_a_number(buyers: Visitors) -> None:
    mikhail = await disputing(buyers, "mikhail")
    await mikhail.enter("KV-10424")
    await expect(mikhail.room.locator("address")).to_be_visible()

    await mikhail.press("I have sent it back")
    await mikhail.confirm("Tell the seller")
    await expect(mikhail.fault).to_have_text("Please name the carrier and the tracking number.")
    await mikhail.window.get_by_label("Carrier").fill("Nova")
    await mikhail.window.get_by_label("Tracking number").fill("NV-1")
    await mikhail.confirm("Tell the seller")

    await expect(mikhail.room.locator(".way")).to_contain_text("Nova · NV-1")
    await expect(mikhail.room.locator(".badge").first).to_contain_text("Return on its way")


async def test_who_confirms_receipt_of_what_he_missed_agrees_to_withdraw(buyers: Visitors) -> None:
    layla = await disputing(buyers, "layla")
    await layla.order("KV-10421")
    await expect(layla.frame.locator(".line-dispute")).to_be_visible()

    await layla.frame.locator(".deeds .button-primary").click()
    yes = layla.window.locator(".button-primary")
    await expect(yes).to_be_disabled()
    await layla.window.get_by_role("checkbox").check()
    await yes.click()

    await expect(layla.frame.locator(".line-dispute")).to_contain_text("Withdrawn")


async def test_the_bots_button_leads_to_the_thing_and_says_from_when(buyers: Visitors) -> None:
    ana = await disputing(buyers, "ana")
    await ana.page.evaluate("parley('ask', 'open a dispute for order KV-10482')")

    await ana.press("Open a dispute")
    await expect(ana.frame.get_by_role("heading", name="What is it about?")).to_be_visible()
    await ana.press("Liman teapot")

    await expect(ana.frame.get_by_text("It is too early for that")).to_be_visible()
    await expect(ana.frame.get_by_text(re.compile("You can say from .* on"))).to_be_visible()


async def test_news_are_told_in_passing_and_lead_to_the_room(
    buyers: Visitors, market: DemoNode
) -> None:
    mikhail = await disputing(buyers, "mikhail")
    await mikhail.widget.tab("Messages")
    row = mikhail.frame.locator(".thread-item").filter(has=mikhail.frame.locator(".badge"))
    await expect(row.first).to_be_visible()

    more = {"text": "This is how I packed it."}
    await seller_does(market, "ion", "KV-10433", "evidence", evidence=more)
    toast = mikhail.frame.locator(".toasts")
    await expect(toast).to_contain_text("There is news in the dispute about")
    await toast.get_by_role("button", name="Show").click()

    await expect(mikhail.room.locator(".timeline-step").last).to_contain_text(more["text"])


async def test_the_four_steps_need_no_mouse(buyers: Visitors) -> None:
    emma = await disputing(buyers, "emma")
    press = emma.page.keyboard.press
    await emma.order("KV-10302")
    await emma.press("Open a dispute")
    await emma.frame.get_by_role("radio").first.focus()

    await press("Space")
    await press("Enter")
    await expect(emma.frame.get_by_text("What do you want?")).to_be_focused()
    await press("Tab")
    await press("ArrowDown")
    await press("ArrowUp")
    await press("Enter")

    await expect(emma.frame.get_by_role("heading", name="Show what is wrong")).to_be_focused()
    await press("Tab")
    await expect(emma.frame.get_by_role("button", name="Add photos")).to_be_focused()


async def test_the_screens_of_disputes_have_no_fault(buyers: Visitors) -> None:
    checker = Checker("disputes")
    mikhail = await disputing(buyers, "mikhail")
    await mikhail.enter("KV-10433")
    await checker.look("the room", mikhail.page, mikhail.frame)
    await mikhail.press("Ask for something else")
    await mikhail.pick("A part of the money back")
    await expect(mikhail.window.locator(".amount input")).to_be_visible()
    await checker.look("something else is asked for", mikhail.page, mikhail.frame)
    await mikhail.confirm("Cancel")
    emma = await disputing(buyers, "emma")
    await emma.order("KV-10302")
    await emma.press("Open a dispute")
    await expect(emma.frame.get_by_role("radio").first).to_be_visible()
    await checker.look("what happened", emma.page, emma.frame)

    assert not checker.verdict, checker.verdict
