"""A seller among the reviews of his shop: what comes while he looks, what he may say, and why the number."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.deals import Deals
from tests.browser.faults import Checker
from tests.browser.screens import chord
from tests.browser.shop_room import Room
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.e2e.node import ServerNode

pytestmark = pytest.mark.browser

SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}


@pytest.fixture(scope="module")
async def deals(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Deals]:
    """A server with a market in which these tests buy and sell."""
    folder = tmp_path_factory.mktemp("deals")
    node = ServerNode(folder, f"sqlite:///{folder / 'parley.sqlite3'}")
    await node.start()
    async with Deals(node) as deals:
        yield deals
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture
async def visitors(browser: Browser, deals: Deals) -> AsyncIterator[Visitors]:
    """Browser profiles for the sellers of that market."""
    async with Visitors(browser, deals.node) as visitors:
        yield visitors


async def enter(visitors: Visitors, deals: Deals, seller: str, **options: Any) -> Room:
    """A seller's inbox."""
    visitor = await visitors.new(**options)
    return Room(await visitor.enter(await deals.inbox(seller)))


async def test_a_review_that_is_published_comes_by_itself_and_is_counted(
    visitors: Visitors, deals: Deals
) -> None:
    await deals.sells("nadia", "Nadia Lamps")
    room = await enter(visitors, deals, "nadia")
    await room.open()
    await expect(room.page.get_by_text("Nothing to reply to")).to_be_visible()
    await room.page.get_by_role("button", name="Show all reviews").click()
    await expect(room.page.get_by_text("No reviews yet")).to_be_visible()

    bought = await deals.buys("Nadia Lamps", "Brass lamp", country="MD")
    await deals.rates(bought, 4, "Warm light.", photos=2)
    await expect(room.card("Brass lamp")).to_be_visible()
    await expect(room.card("Brass lamp")).not_to_contain_text("Warm light.")
    await deals.moderates()

    card = room.card("Brass lamp")
    await expect(card).to_contain_text("Warm light.")
    await expect(card).to_contain_text("B., Moldova")
    await expect(card.get_by_role("img", name="4 stars")).to_be_visible()
    await expect(room.way_in).to_contain_text("1 review to reply to")
    await expect(room.page).to_have_title(re.compile(r"^\(2\) "))


async def test_a_reply_is_written_by_keys_and_what_is_begun_survives_a_reload(
    visitors: Visitors, deals: Deals
) -> None:
    await deals.sells("otto", "Otto Pots")
    for title in ("Pot one", "Pot two"):
        await deals.rates(await deals.buys("Otto Pots", title), 5, f"Good: {title}")
    await deals.moderates()
    room = await enter(visitors, deals, "otto")
    await room.open()
    await expect(room.cards).to_have_count(2)

    keys = room.page.keyboard
    await keys.press("Escape")
    await expect(room.cards).to_have_count(0)
    await chord(room.page, "g", "r")
    await expect(room.cards).to_have_count(2)
    await keys.press("j")
    await expect(room.card("Pot two")).to_be_focused()
    await keys.press("j")
    await keys.press("k")
    await keys.press("j")
    await keys.press("r")
    await expect(room.box).to_be_focused()
    await keys.type("Thank y")
    await room.page.reload()
    await expect(room.box).to_have_value("Thank y")
    await keys.press("j")
    await expect(room.card("Pot two")).to_be_focused()
    await keys.press("j")
    await expect(room.card("Pot one")).to_be_focused()
    await keys.press("r")
    await expect(room.box).to_be_focused()
    await keys.press("End")
    await keys.type("ou!")
    await keys.press("Control+Enter")

    card = room.card("Pot one")
    await expect(card.get_by_text("Being checked")).to_be_visible()
    await expect(card).to_be_focused()
    await expect(room.box).to_have_count(0)
    await expect(room.way_in).to_contain_text("1 review to reply to")
    assert await deals.waits() == ["Thank you!"]
    await keys.press("Escape")
    await expect(room.page.locator(".reviews-pane")).to_have_count(0)
    await keys.press("/")
    await expect(room.page.get_by_role("searchbox")).to_be_focused()


async def test_whoever_turned_single_keys_off_is_not_sent_anywhere_by_them(
    visitors: Visitors, deals: Deals
) -> None:
    await deals.sells("pia", "Pia Prints")
    await deals.rates(await deals.buys("Pia Prints", "Print"), 5, "Fine.")
    await deals.moderates()
    room = await enter(visitors, deals, "pia")
    await room.page.get_by_role("button", name="Settings").click()
    await room.page.get_by_role("switch", name=re.compile("[Kk]ey")).click()
    await room.page.keyboard.press("Escape")

    await room.way_in.click()
    await expect(room.card("Print")).to_be_visible()
    await room.page.keyboard.press("j")
    await room.page.keyboard.press("r")

    await expect(room.box).to_have_count(0)
    await room.card("Print").get_by_role("button", name="Reply").click()
    await expect(room.box).to_be_focused()


async def test_a_refused_reply_says_why_and_is_sent_again(visitors: Visitors, deals: Deals) -> None:
    await deals.sells("rosa", "Rosa Rugs")
    bought = await deals.buys("Rosa Rugs", "Rug")
    await deals.rates(bought, 2, "Thin.")
    await deals.moderates()
    room = await enter(visitors, deals, "rosa")
    await room.open()
    await room.card("Rug").get_by_role("button", name="Reply").click()
    await room.box.fill("Call me at +373 69 123 456")
    await room.page.get_by_role("button", name="Send reply").click()
    await expect(room.card("Rug").get_by_text("Being checked")).to_be_visible()

    await deals.moderates("refuse", reason="personal_data")

    card = room.card("Rug")
    await expect(card.get_by_text("Not published")).to_be_visible()
    await expect(card).to_contain_text("It contains personal data")
    await card.get_by_role("button", name="Change and send again").click()
    await expect(room.box).to_have_value("Call me at +373 69 123 456")
    await room.box.fill("We send another one.")
    await room.page.get_by_role("button", name="Send reply").click()
    await expect(card.get_by_text("Being checked")).to_be_visible()
    await deals.moderates()
    await expect(card.get_by_text("Published", exact=True)).to_be_visible()
    await expect(card).to_contain_text("We send another one.")


async def test_nothing_that_was_said_can_be_changed_or_taken_away(
    visitors: Visitors, deals: Deals
) -> None:
    await deals.sells("sven", "Sven Stools")
    bought = await deals.buys("Sven Stools", "Stool")
    review = await deals.rates(bought, 1, "It wobbles.", photos=1)
    await deals.moderates()
    await deals.adds(bought, review, "Still wobbles.")
    await deals.moderates()
    room = await enter(visitors, deals, "sven")
    await room.open()
    card = room.card("Stool")

    for button, part in (("Reply", "review"), ("Reply to the follow-up", "follow-up")):
        await card.get_by_role("button", name=button, exact=True).click()
        box = room.page.get_by_role("textbox", name=f"Public reply to the {part}")
        await box.fill(f"An answer to the {part}.")
        await box.press("Control+Enter")
        await expect(card).to_contain_text(f"An answer to the {part}.")
        await expect(box).to_have_count(0)
    await deals.moderates()

    await expect(card.get_by_text("Published", exact=True)).to_have_count(2)
    names = await card.get_by_role("button").evaluate_all("all => all.map((b) => b.ariaLabel)")
    assert names == ["Open photo 1 of 1"]
    await card.get_by_role("button").click()
    photo = room.page.get_by_role("dialog", name="1 of 1").get_by_role("img")
    await expect(photo).to_have_js_property("naturalWidth", 320)
    await room.page.keyboard.press("Escape")
    await expect(card.get_by_role("button")).to_be_focused()


async def test_the_explanation_adds_up(visitors: Visitors, deals: Deals) -> None:
    await deals.sells("tara", "Tara Tea")
    for stars in (5, 5, 4, 3, 1, 2):
        await deals.rates(await deals.buys("Tara Tea"), stars)
    for stars in (5, 4):
        await deals.rates(await deals.buys("Tara Tea", buyer="anna"), stars)
    await deals.annuls(await deals.rates(await deals.buys("Tara Tea"), 5))
    gone = await deals.buys("Tara Tea")
    await deals.rates(gone, 1)
    await deals.refunds(gone)
    room = await enter(visitors, deals, "tara")
    await room.open()
    await expect(room.page.locator(".standing-rate")).to_have_text("66.6%")

    await room.page.get_by_role("button", name="Why this number?").click()

    dialog = room.page.get_by_role("dialog", name="Why this number?")
    await expect(dialog).to_contain_text("4 positive ÷ (4 positive + 2 negative) = 66.6%")
    await expect(dialog).to_contain_text("Counted: 7, merged into them: 1, not counted: 2.")
    for tone, count in (("positive", 4), ("neutral", 1), ("negative", 2)):
        await expect(dialog.locator(".badge", has_text=tone)).to_have_count(count)
    await expect(dialog.get_by_text("2 ratings together: 4★")).to_be_visible()
    await dialog.get_by_role("tab", name="Not counted (2)").click()
    await expect(dialog.get_by_text("annulled by a supervisor")).to_be_visible()
    await dialog.get_by_role("button", name=re.compile("nothing arrived")).click()
    await expect(dialog).to_have_count(0)
    await expect(room.page.locator(".shop-review-current")).to_be_focused()
    await expect(room.page.locator(".shop-review-current")).to_contain_text("Lamp")


async def test_a_new_seller_has_no_percentage(visitors: Visitors, deals: Deals) -> None:
    await deals.sells("uma", "Uma Urns")
    await deals.rates(await deals.buys("Uma Urns"), 5)
    room = await enter(visitors, deals, "uma")

    await room.open()

    await expect(room.page.locator(".standing-rate")).to_have_text("New seller")
    await expect(room.page.locator(".standing")).not_to_contain_text("%")


async def test_a_notice_comes_by_itself_is_read_once_and_leads_to_its_review(
    visitors: Visitors, deals: Deals
) -> None:
    await deals.sells("vera", "Vera Vases", "Vera Veils")
    early = await deals.buys("Vera Veils", "Early veil")
    await deals.rates(early, 5, "Light.")
    await deals.moderates()
    for number in range(25):
        await deals.rates(await deals.buys("Vera Veils", f"Veil {number}"), 4)
    room = await enter(visitors, deals, "vera")
    second = await enter(visitors, deals, "vera")
    bell = room.page.get_by_role("button", name=re.compile("27 new notifications"))
    await expect(bell).to_be_visible()

    dialog = await room.notices()
    first = dialog.get_by_role("listitem").first
    await expect(first).to_contain_text("Veil 24")
    await expect(bell).to_have_count(0)
    await expect(
        second.page.get_by_role("button", name="Notifications", exact=True)
    ).to_be_visible()
    await deals.rates(await deals.buys("Vera Vases", "Blue vase"), 3)
    await expect(first).to_contain_text("New rating for Blue vase: 3 of 5")
    await expect(first).to_contain_text("Vera Vases")
    await dialog.get_by_role("button", name=re.compile("New review of Early veil")).click()

    card = room.card("Early veil")
    await expect(card).to_be_focused()
    await expect(card).to_be_in_viewport()
    shop = room.page.get_by_role("combobox", name="Shop")
    await expect(shop.locator("option:checked")).to_have_text("Vera Veils (1)")
    await shop.select_option(label="Vera Vases")
    await expect(room.page.get_by_text("Nothing to reply to")).to_be_visible()
    await room.page.get_by_role("tab", name="All").click()
    await expect(room.card("Blue vase")).to_be_visible()


async def test_a_long_list_comes_as_it_is_scrolled(visitors: Visitors, deals: Deals) -> None:
    await deals.sells("will", "Will Wares")
    for number in range(45):
        await deals.rates(await deals.buys("Will Wares", f"Ware {number}"), 5)
    room = await enter(visitors, deals, "will")
    await room.open()
    await room.page.get_by_role("tab", name="All").click()
    await expect(room.cards).to_have_count(20)

    for count in (40, 45):
        await room.cards.last.scroll_into_view_if_needed()
        await expect(room.cards).to_have_count(count)

    await expect(room.cards.last).to_contain_text("Ware 0")


@pytest.mark.parametrize(
    ("lang", "size"),
    [("en", "phone"), ("en", "desktop"), ("ar", "phone"), ("ar", "desktop"), ("ru", "phone")],
)
async def test_the_reviews_have_no_fault(
    visitors: Visitors, deals: Deals, lang: str, size: str
) -> None:
    seller, shop = f"xena-{lang}-{size}", f"Xena {lang} {size}"
    await deals.sells(seller, shop, f"{shop} two")
    long_name = "A lamp with a name that is longer than any phone is wide, and that nobody reads"
    bought = await deals.buys(shop, long_name)
    await deals.rates(bought, 5, "Shines.\n" + "w" * 200, photos=3)
    await deals.rates(await deals.buys(shop, "Vase"), 1, "Broken.")
    await deals.rates(await deals.buys(shop, "Bowl", country=""), 3)
    await deals.moderates()
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    options = {"lang": lang, "color_scheme": "light", **SIZES[size]}
    room = await enter(visitors, deals, seller, **options)
    page = room.page

    await room.open()
    await expect(room.cards).to_have_count(2)
    await look(checker, "to reply", page)
    await page.keyboard.press("r")
    await expect(page.locator(".reply-box textarea")).to_be_focused()
    await page.keyboard.type("Thanks")
    await look(checker, "reply", page)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".shop-review .badge")).to_be_visible()
    await deals.moderates("refuse", reason="insult")
    await expect(page.locator(".answer-why")).to_be_visible()
    await look(checker, "refused", page)
    await page.locator(".standing .button").click()
    await expect(page.locator(".explained-line").first).to_be_visible()
    await look(checker, "why", page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await expect(page.locator(".notice-item").first).to_be_visible()
    await look(checker, "notices", page)
    await page.keyboard.press("Escape")
    await page.locator(".room-shop").select_option(index=1)
    await expect(page.locator(".reviews-column .empty")).to_be_visible()
    await look(checker, "nothing", page)

    assert checker.verdict == ""


async def look(checker: Checker, screen: str, page: Page) -> None:
    """For faults, and for what is wider than the screen."""
    await checker.look(screen, page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
