"""A seller among the disputes and complaints about his shop: what he may do, what it brings about, how long he has."""

import datetime
import re
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.api.pictures import jpeg
from tests.browser.docket_room import DocketRoom
from tests.browser.faults import Checker
from tests.browser.quarrels import Quarrels
from tests.browser.screens import chord
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.e2e.node import ServerNode

pytestmark = pytest.mark.browser

PHOTO: Final[FilePayload] = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}


@pytest.fixture(scope="module")
async def quarrels(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Quarrels]:
    """A server with a market in which these tests argue."""
    folder = tmp_path_factory.mktemp("quarrels")
    node = ServerNode(folder, f"sqlite:///{folder / 'parley.sqlite3'}")
    await node.start()
    async with Quarrels(node) as quarrels:
        yield quarrels
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture
async def visitors(browser: Browser, quarrels: Quarrels) -> AsyncIterator[Visitors]:
    """Browser profiles for the sellers of that market."""
    async with Visitors(browser, quarrels.node) as visitors:
        yield visitors


async def enter(
    visitors: Visitors, quarrels: Quarrels, seller: str, *, forgives: str = "", **options: Any
) -> DocketRoom:
    """A seller's inbox; `forgives`: what its browser may complain about."""
    visitor = await visitors.new(**options)
    if forgives:
        visitor.watch.forgive(forgives)
    return DocketRoom(await visitor.enter(await quarrels.inbox(seller)))


async def test_a_dispute_comes_by_itself_is_counted_and_accepted_with_its_consequences_said(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("alba", "Alba Amber")
    room = await enter(visitors, quarrels, "alba")
    await room.open()
    await expect(room.page.get_by_text("No disputes")).to_be_visible()

    bought = await quarrels.buys("Alba Amber", "Amber ring")
    dispute = await quarrels.opens(bought, photos=2)
    await expect(room.way_in).to_contain_text("1 case waits for you")
    await expect(room.row("Amber ring")).to_contain_text("5 days left")
    await expect(room.row("Amber ring")).to_contain_text("€12.50")
    await room.case("Amber ring")
    await expect(room.file).to_contain_text("the buyer gets what was asked for")
    await expect(room.file).to_contain_text("It came damaged")
    await expect(room.file.locator(".evidence-of").first.get_by_role("img")).to_have_count(2)
    dialog = await room.begins("Accept")
    await expect(dialog).to_contain_text("The buyer gets €12.50 back")
    await expect(dialog).to_contain_text("This cannot be taken back.")
    await room.page.keyboard.press("Escape")
    await expect(room.file.get_by_role("button", name="Accept")).to_be_focused()
    assert (await quarrels.dispute(dispute, bought.buyer))["state"] == "seller_turn"

    await room.begins("Accept")
    await room.confirms("Accept")

    await expect(room.state).to_have_text("Refund on its way")
    await expect(room.file).to_contain_text("Usually takes 3–15 days")
    await expect(room.page.locator("#conversation")).to_be_focused()
    await expect(room.way_in).not_to_contain_text("waits for you")
    assert (await quarrels.dispute(dispute, bought.buyer))["state"] == "refund_pending"


async def test_an_offer_that_was_begun_survives_a_reload_and_stands_beside_the_wish(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("boris", "Boris Bowls")
    bought = await quarrels.buys("Boris Bowls", "Oak bowl")
    dispute = await quarrels.opens(bought)
    room = await enter(visitors, quarrels, "boris")
    await room.open()
    await room.case("Oak bowl")

    dialog = await room.begins("Make another offer")
    send = dialog.get_by_role("button", name="Send the offer")
    await dialog.get_by_label("A part of the money back").check()
    await dialog.get_by_role("textbox", name="Amount").fill("20")
    await expect(dialog).to_contain_text("That is too much: at most €12.50")
    await dialog.get_by_role("textbox", name="Amount").fill("5,20")
    await expect(send).to_be_disabled()
    await dialog.get_by_label("What you say to it").fill("The bottom is whole.")
    await dialog.locator("input[type=file]").set_input_files(PHOTO)
    await expect(send).to_be_enabled()
    await room.page.reload()
    await expect(room.file).to_be_visible()
    await room.begins("Make another offer")
    await expect(dialog.get_by_role("textbox", name="Amount")).to_have_value("5,20")
    await expect(dialog.get_by_label("What you say to it")).to_have_value("The bottom is whole.")
    await room.confirms("Send the offer")

    await expect(room.state).to_have_text("Buyer’s turn")
    await expect(room.offers).to_contain_text("Full refund: €12.50")
    await expect(room.offers).to_contain_text("Partial refund: €5.20")
    await expect(room.file.locator(".timeline")).to_contain_text("The bottom is whole.")
    seen = await quarrels.dispute(dispute, bought.buyer)
    assert seen["offer"] == {"kind": "partial", "amount": {"amount": "5.20", "currency": "EUR"}}
    await quarrels.does(bought.buyer, dispute, "accept", wish=seen["offer"])
    await expect(room.state).to_have_text("Refund on its way")


async def test_a_rejection_needs_words_and_opens_the_way_to_a_mediator(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("clara", "Clara Cups")
    await quarrels.opens(await quarrels.buys("Clara Cups", "Blue cup"))
    room = await enter(visitors, quarrels, "clara")
    await room.open()
    await room.case("Blue cup")
    await expect(room.file).to_contain_text("You may ask for a mediator from")
    await expect(room.file.get_by_role("button", name="Ask for a mediator")).to_have_count(0)

    dialog = await room.begins("Reject")
    await expect(dialog.get_by_role("button", name="Reject")).to_be_disabled()
    await dialog.get_by_label("What you say to it").fill("It was whole when we packed it.")
    await room.confirms("Reject")
    await expect(room.offers).to_contain_text("Nothing is on offer")
    await room.begins("Ask for a mediator")
    await expect(dialog).to_contain_text("There is no appeal.")
    await room.confirms("Ask for a mediator")

    await expect(room.state).to_have_text("With a mediator")
    dialog = await room.begins("Add evidence")
    await dialog.locator("input[type=file]").set_input_files(PHOTO)
    await room.confirms("Add")
    mine = room.file.locator(".evidence-of").nth(1)
    await expect(mine.get_by_role("img")).to_have_count(1)


async def test_goods_come_back_to_the_address_that_was_given_or_not_as_they_were_sent(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("dora", "Dora Dishes")
    room = await enter(visitors, quarrels, "dora")
    for title in ("Deep dish", "Flat dish"):
        bought = await quarrels.buys("Dora Dishes", title)
        dispute = await quarrels.opens(bought, "return")
        await room.open()
        await room.case(title)
        dialog = await room.begins("Accept")
        await expect(dialog).to_contain_text("Give a return address within 3 days")
        await expect(dialog).to_contain_text("The buyer pays for sending it back")
        await room.confirms("Accept")
        await room.begins("Give the return address")
        await dialog.get_by_label("Address").fill("Strada Mare 1\nChișinău")
        await room.confirms("Send the address")
        await expect(room.file.locator(".way")).to_contain_text("Strada Mare 1")
        await quarrels.does(bought.buyer, dispute, "ship", carrier="Post", tracking="RR 1")
        await expect(room.file.locator(".way")).to_contain_text("RR 1")

    dialog = await room.begins("Not arrived, or not as sent")
    await expect(dialog.get_by_role("button", name="Report it")).to_be_disabled()
    await dialog.get_by_label("In your own words").fill("There is a brick in the parcel.")
    await room.confirms("Report it")
    await expect(room.state).to_have_text("With a mediator")
    await room.case("Deep dish")
    dialog = await room.begins("The goods are back")
    await expect(dialog).to_contain_text("the refund of €12.50 is passed to the marketplace")
    await room.confirms("Yes, pay the money back")
    await expect(room.state).to_have_text("Refund on its way")


async def test_who_was_overtaken_is_told_and_sees_how_it_stands(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("emil", "Emil Easels")
    bought = await quarrels.buys("Emil Easels", "Easel")
    dispute = await quarrels.opens(bought)
    room = await enter(visitors, quarrels, "emil", forgives="409 .*/moves")
    await room.open()
    await room.case("Easel")
    await room.begins("Accept")

    await quarrels.does(bought.buyer, dispute, "withdraw")

    await expect(room.page.locator(".case-head")).to_contain_text("Withdrawn")
    await room.confirms("Accept")
    await expect(room.page.locator(".toast")).to_be_visible()
    assert (await quarrels.dispute(dispute, bought.buyer))["state"] == "withdrawn"


async def test_the_list_is_walked_by_keys_and_the_two_talk_beside_it(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("fina", "Fina Forks")
    for title in ("First fork", "Second fork"):
        await quarrels.opens(await quarrels.buys("Fina Forks", title))
    room = await enter(visitors, quarrels, "fina")
    await expect(room.way_in).to_contain_text("2 cases wait for you")

    keys = room.page.keyboard
    await chord(room.page, "g", "d")
    await expect(room.rows).to_have_count(2)
    await keys.press("j")
    await expect(room.page.locator(".case-head")).to_contain_text("First fork")
    await keys.press("j")
    await expect(room.page.locator(".case-head")).to_contain_text("Second fork")
    await keys.press("r")
    await expect(room.inbox.talk.field).to_be_focused()
    await keys.type("We look for it.")
    await keys.press("Enter")
    await expect(room.inbox.talk.bubble("We look for it.")).to_be_visible()
    await keys.press("Escape")
    await keys.press("Escape")
    await expect(room.file).to_have_count(0)
    await keys.press("Escape")
    await expect(room.page.locator(".disputes-pane")).to_have_count(0)


async def test_a_notice_and_an_order_lead_to_the_dispute(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("gina", "Gina Glass")
    bought = await quarrels.buys("Gina Glass", "Green glass")
    await quarrels.writes(bought, "It is in pieces!")
    await quarrels.opens(bought)
    room = await enter(visitors, quarrels, "gina")
    await room.page.keyboard.press("n")

    await room.dialog.get_by_role("button", name=re.compile("Green glass")).click()

    await expect(room.page.locator(".case-head")).to_contain_text("Green glass")
    await room.page.locator(".case-head a").click()
    await expect(room.inbox.talk.bubble("It is in pieces!")).to_be_visible()
    details = room.page.locator(".details-pane")
    await details.get_by_role("link", name=re.compile("Green glass")).click()
    await expect(room.file).to_be_visible()


async def test_a_complaint_is_answered_once_in_the_time_that_is_left(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("hugo", "Hugo Hats")
    bought = await quarrels.buys("Hugo Hats", "Straw hat")
    await quarrels.complains(bought, "Where is my hat?", "Nobody answers me.")
    room = await enter(visitors, quarrels, "hugo")
    await expect(room.way_in).to_contain_text("1 case waits for you")
    await room.open()
    await room.page.get_by_role("tab", name="Complaints").click()
    await room.rows.first.click()
    await expect(room.file).to_contain_text("If you do not answer by")
    await expect(room.file).to_contain_text("Without an answer for 3 days")
    await expect(room.file).to_contain_text("Where is my hat?")
    await expect(room.file).to_contain_text("Nobody answers me.")

    box = room.page.get_by_role("textbox", name="Your answer")
    await box.fill("It left today.")
    await box.press("Control+Enter")

    await expect(box).to_have_count(0)
    await expect(room.state).to_have_text("Answered")
    await expect(room.file).to_contain_text("It left today.")
    await expect(room.way_in).not_to_contain_text("waits for you")
    await room.file.get_by_role("link", name="Open the conversation").click()
    await expect(room.inbox.talk.bubble("Where is my hat?")).to_be_visible()


async def test_the_response_rate_is_explained_to_the_last_message(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("ida", "Ida Inks")
    for number in range(5):
        thread = await quarrels.writes(await quarrels.buys("Ida Inks"), f"Question {number}")
        await quarrels.answers("ida", thread, "Yes.")
    await quarrels.writes(await quarrels.buys("Ida Inks"), "And this one?")
    room = await enter(visitors, quarrels, "ida")
    await chord(room.page, "g", "f")

    rate = room.page.locator(".standing-rate").first
    await expect(rate).to_have_text("100%")
    await room.page.get_by_role("button", name="Why this number?").first.click()
    lines = room.page.locator(".opening-line")
    await expect(lines.filter(has_text="in time")).to_have_count(5)
    await room.page.get_by_role("tab", name="Waiting now (1)").click()
    await lines.click()
    await expect(room.inbox.talk.bubble("And this one?")).to_be_visible()


async def test_hours_and_holidays_are_put_and_no_more_than_may_be(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("jan", "Jan Jars")
    room = await enter(visitors, quarrels, "jan", forgives="422 .*/hours")
    await room.figures()
    await expect(room.page.get_by_text("Not known yet")).to_be_visible()
    change = room.page.get_by_role("button", name="Change", exact=True)
    await change.click()
    await room.dialog.get_by_role("button", name="Add hours on Monday").click()
    await room.dialog.get_by_label("Monday, until").fill("17:30")
    await room.dialog.get_by_role("button", name="Add a holiday").click()
    first, last = (room.dialog.get_by_label(f"Holiday 1, {day} day") for day in ("first", "last"))
    now = await room.page.evaluate("Date.now() / 1000")
    today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
    await first.fill((today + datetime.timedelta(10)).isoformat())
    await last.fill((today + datetime.timedelta(60)).isoformat())
    await room.dialog.get_by_role("button", name="Save").click()
    await expect(room.page.locator(".toast")).to_be_visible()
    await expect(room.dialog).to_be_visible()
    await last.fill((today + datetime.timedelta(12)).isoformat())
    await room.confirms("Save")

    await expect(room.page.locator(".presence-week")).to_contain_text("09:00 – 17:30")
    await expect(room.page.get_by_text("Holidays: ")).to_be_visible()
    await change.click()
    await expect(room.dialog).to_contain_text("27 days left")
    await room.dialog.get_by_role("button", name="Remove holiday 1").click()
    await room.confirms("Save")
    await expect(room.page.get_by_text("No holidays are planned.")).to_be_visible()


async def test_on_a_phone_the_focus_goes_with_the_case_and_comes_back(
    visitors: Visitors, quarrels: Quarrels
) -> None:
    await quarrels.sells("kira", "Kira Knives")
    await quarrels.opens(await quarrels.buys("Kira Knives", "Bread knife"))
    room = await enter(visitors, quarrels, "kira", **SIZES["phone"])
    await room.open()

    await room.case("Bread knife")
    await expect(room.page.locator("#conversation")).to_be_focused()
    await room.page.get_by_role("tab", name="Messages").click()
    await room.inbox.talk.say("We are sorry.")
    await expect(room.inbox.talk.bubble("We are sorry.")).to_be_visible()
    await room.page.get_by_role("button", name="Back").click()

    await expect(room.row("Bread knife")).to_be_focused()


@pytest.mark.parametrize(
    ("lang", "size"),
    [("en", "phone"), ("en", "desktop"), ("ar", "phone"), ("ar", "desktop"), ("ru", "phone")],
)
async def test_the_rooms_have_no_fault(
    visitors: Visitors, quarrels: Quarrels, lang: str, size: str
) -> None:
    seller, shop = f"lena-{lang}-{size}", f"Lena {lang} {size}"
    await quarrels.sells(seller, shop, f"{shop} two")
    long_name = "A lamp with a name that is longer than any phone is wide, and that nobody reads"
    await quarrels.opens(await quarrels.buys(shop, long_name), photos=2)
    await quarrels.complains(await quarrels.buys(shop), "Where is it?\n" + "w" * 200, "Well?")
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    options = {"lang": lang, "color_scheme": "light", **SIZES[size]}
    room = await enter(visitors, quarrels, seller, **options)
    page = room.page

    await room.open()
    await expect(room.rows).to_have_count(1)
    await look(checker, "list", page)
    await room.case(long_name)
    await expect(page.locator(".timeline-step")).to_have_count(1)
    await look(checker, "case", page)
    await page.locator(".case-steps .button").first.click()
    await page.locator(".choice").first.click()
    await look(checker, "offer", page)
    await page.keyboard.press("Escape")
    await page.locator(".offer .button").click()
    await expect(page.locator(".step-sum")).to_be_visible()
    await look(checker, "accept", page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.locator(".docket-list .tab").last.click()
    await room.rows.first.click()
    await expect(page.locator(".case-answer")).to_be_visible()
    await look(checker, "complaint", page)
    await page.keyboard.press("Escape")
    await page.locator(".room-shop").select_option(index=1)
    await expect(page.locator(".docket-list .empty")).to_be_visible()
    await look(checker, "nothing", page)
    await room.figures()
    await page.locator(".figures-part").first.locator(".standing .button").click()
    await expect(page.locator(".explained-rules")).to_be_visible()
    await look(checker, "figures", page)
    await page.locator(".figures-part").last.get_by_role("button").click()
    await expect(page.locator(".hours-day")).to_have_count(7)
    await page.locator(".hours-day .icon-button").first.click()
    await look(checker, "hours", page)

    assert checker.verdict == ""


async def look(checker: Checker, screen: str, page: Page) -> None:
    """For faults, and for what is wider than the screen."""
    await checker.look(screen, page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
