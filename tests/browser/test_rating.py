"""Buyers say how it was: with taps and with keys, in their own time; and are told what became of their words."""

import sqlite3
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, FilePayload, Frame, Locator, expect

from tests.api.pictures import jpeg
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.screens import Widget, widget_frame
from tests.browser.staff import DAY_MS, Staff
from tests.browser.visitors import DESKTOP, PHONE, Visitors

pytestmark = pytest.mark.browser

SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
PHOTO: Final[FilePayload] = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
LISTEN: Final = """() => {
  window.heard = [];
  for (const name of ['rated', 'unread']) parley('on', name, (data) => heard.push([name, data]));
}"""
HEARD_UNREAD: Final = (
    "(count) => heard.findLast(([name]) => name === 'unread')?.[1].count === count"
)
PHONE_NUMBER: Final = "Lovely! Ring me for more pictures: +44 20 7946 0958"


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """A demo of these tests alone: a thing is rated once."""
    node = DemoNode(tmp_path_factory.mktemp("rating") / "demo")
    await node.start()
    yield node
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture(scope="module")
async def staff(market: DemoNode) -> AsyncIterator[Staff]:
    """Who decides about words. Signed in once: tries at one account are counted."""
    async with Staff(market) as staff:
        yield staff


@pytest.fixture
async def buyers(browser: Browser, market: DemoNode) -> AsyncIterator[Visitors]:
    """People who have received something."""
    async with Visitors(browser, market) as visitors:
        yield visitors


class Rating:
    """The screens on which somebody rates, in English."""

    def __init__(self, widget: Widget) -> None:
        self.widget = widget
        self.frame: Frame = widget.frame
        self.card = self.frame.locator(".rate-card")
        self.stars = self.frame.get_by_role("radiogroup", name="Your rating")
        self.words = self.frame.locator(".words-text")
        self.photos = self.frame.locator(".tray-item")
        self.send = self.frame.get_by_role("button", name="Send", exact=True)
        self.thanks = self.frame.locator(".finished")

    def star(self, stars: int) -> Locator:
        """One of the five."""
        return self.stars.get_by_role("radio").nth(stars - 1)

    def detail(self, name: str, stars: int) -> Locator:
        """One of the five that tell how the shop did."""
        group = self.frame.get_by_role("radiogroup", name=name)
        return group.get_by_role("radio").nth(stars - 1)

    async def begin(self, stars: int) -> None:
        """Taps a star of the card at home."""
        await self.card.get_by_role("button").nth(stars - 1).click()
        await expect(self.star(stars)).to_be_checked()

    async def mine(self) -> Locator:
        """Goes to "My reviews"; the newest of them."""
        await self.widget.tab("Orders")
        await self.frame.get_by_role("button", name="My reviews").click()
        newest = self.frame.locator(".own-review").first
        await expect(newest).to_be_visible()
        return newest


async def decide(staff: Staff, text: str, move: str, **fields: str) -> None:
    """What a moderator makes of words that wait."""
    queue = (await staff.api.get("/console/moderation")).json()
    (waiting,) = [one for one in queue["texts"] if one["text"] == text]
    decision = {name: waiting[name] for name in ("review_id", "part", "revision")}
    answer = await staff.api.post(
        "/console/moderation/decisions", json={"decisions": [{**decision, "move": move, **fields}]}
    )
    assert answer.json() == {"outcomes": ["ok"]}, answer.text


def a_day_passes(market: DemoNode, text: str) -> None:
    """What was published of these words was so a day earlier."""
    with sqlite3.connect(market.folder / "parley.sqlite3", timeout=15) as store:
        changed = store.execute(
            "UPDATE review_parts SET published_at = published_at - ?, decided_at = decided_at - ? WHERE text = ?",
            (DAY_MS, DAY_MS, text),
        )
        assert changed.rowcount == 1
    store.close()


async def test_a_tap_on_a_star_at_home_and_another_on_send_are_a_rating(buyers: Visitors) -> None:
    visitor = await buyers.new(**SIZES["phone"])
    page = await visitor.market("ana")
    await widget_frame(page)
    await page.evaluate(LISTEN)
    rating = Rating(await visitor.panel(page))

    await rating.begin(4)
    await expect(rating.frame.get_by_text("Good", exact=True)).to_be_visible()
    await rating.send.click()
    await expect(rating.thanks).to_contain_text("You can still add words")
    await rating.frame.get_by_role("button", name="Done").click()

    await expect(rating.frame.locator(".home")).to_be_visible()
    await page.wait_for_function("heard.some(([name]) => name === 'rated')")
    heard = await page.evaluate(
        "heard.filter(([name]) => name === 'rated').map(([, data]) => data)"
    )
    assert [told["score"] for told in heard] == [4]
    newest = await rating.mine()
    await expect(newest.get_by_role("img", name="4 stars")).to_be_visible()
    await expect(newest.get_by_role("button", name="Add a few words")).to_be_visible()


async def test_everything_is_given_with_the_keyboard_alone(buyers: Visitors) -> None:
    widget = await (await buyers.new(**SIZES["desktop"])).widget("mikhail")
    rating, press = Rating(widget), widget.page.keyboard.press

    await rating.card.get_by_role("button").first.focus()
    await press("Enter")
    await expect(rating.star(1)).to_be_checked()
    await rating.star(1).focus()
    for key, stars in [("End", 5), ("ArrowLeft", 4), ("Home", 1), ("3", 3), ("ArrowUp", 4)]:
        await press(key)
        await expect(rating.star(stars)).to_be_focused()
        await expect(rating.star(stars)).to_be_checked()
    await press("Tab")
    await expect(rating.words).to_be_focused()
    await widget.page.keyboard.type("Warm and light.")
    await press("Tab")
    await press("Tab")
    await press("5")
    await rating.send.focus()
    await press("Enter")

    await expect(rating.frame.get_by_text("Please give stars for all three")).to_be_visible()
    for name in ("Communication", "Shipping"):
        await rating.frame.get_by_role("radiogroup", name=name).get_by_role("radio").first.focus()
        await press("4")
    await press("Control+Enter")
    await expect(rating.thanks).to_contain_text("being checked")


async def test_a_draft_with_its_stars_and_its_photo_survives_a_reload(buyers: Visitors) -> None:
    rating = Rating(await (await buyers.new(**SIZES["phone"])).widget("layla"))
    await rating.begin(5)
    await rating.words.fill("So soft that the cat has moved in.")
    await rating.detail("Communication", 4).click()
    async with rating.widget.page.expect_file_chooser() as chooser:
        await rating.frame.get_by_role("button", name="Add photos").click()
    await (await chooser.value).set_files(PHOTO)
    await expect(rating.photos).to_have_count(1)
    await expect(rating.photos.get_by_role("progressbar")).to_have_count(0)

    await rating.widget.reload()
    rating = Rating(rating.widget)
    await rating.widget.tab("Orders")
    await rating.frame.locator(".order-item").filter(has_text="Rate").first.click()
    await rating.frame.locator(".order-line").get_by_role("button", name="Rate").click()

    await expect(rating.star(5)).to_be_checked()
    await expect(rating.words).to_have_value("So soft that the cat has moved in.")
    await expect(rating.photos).to_have_count(1)
    await expect(rating.detail("Communication", 4)).to_be_checked()
    for name in ("As described", "Shipping"):
        await rating.detail(name, 5).click()
    await rating.send.click()
    await expect(rating.thanks).to_be_visible()
    await rating.frame.get_by_role("button", name="My reviews").click()
    newest = rating.frame.locator(".own-review").first
    await expect(newest.locator(".own-words img")).to_have_count(1)
    await expect(newest.get_by_text("Being checked")).to_be_visible()
    small = newest.get_by_role("button", name="Open photo 1 of 1")
    await small.click()
    large = rating.frame.locator("dialog.lightbox img")
    await expect(large).to_have_attribute("alt", "Photo 1 of your review")
    await rating.widget.page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await expect(small).to_be_focused()


async def test_who_is_refused_reads_why_mends_it_is_published_and_comes_back_a_day_later(
    buyers: Visitors, market: DemoNode, staff: Staff
) -> None:
    widget = await (await buyers.new(**SIZES["phone"])).widget("emma")
    rating, page = Rating(widget), widget.page
    await widget.tab("Messages")
    row = widget.frame.locator(".notices-row")
    await row.click()
    await expect(widget.frame.locator(".notice-item").first).to_be_visible()
    await expect(widget.frame.get_by_role("heading", name="Notifications")).to_be_focused()
    await widget.back()
    await expect(row.locator(".count")).to_have_count(0)
    total = widget.frame.get_by_role("tab", name="Messages").locator(".count [aria-hidden]")
    before = int(await total.inner_text())
    await page.evaluate(LISTEN)
    await widget.tab("Home")
    await rating.begin(5)
    await rating.words.fill(PHONE_NUMBER)
    await rating.send.click()
    await expect(rating.thanks).to_be_visible()
    await rating.frame.get_by_role("button", name="Done").click()
    await widget.tab("Messages")

    await decide(staff, PHONE_NUMBER, "refuse", reason="personal_data")
    await expect(row.locator(".count")).to_have_text("11 new notification")
    await expect(row).to_contain_text("was not published")
    await expect(total).to_have_text(str(before + 1))
    await page.wait_for_function(HEARD_UNREAD, arg=before + 1)
    await row.click()
    notice = widget.frame.locator(".notice-item").first
    await expect(notice).to_contain_text("Reason: Personal data")
    await notice.click()
    review = widget.frame.locator(".own-review:focus")
    await expect(review).to_contain_text("It contains personal data")
    await review.get_by_role("button", name="Change and send again").click()
    await expect(rating.words).to_have_value(PHONE_NUMBER)
    await rating.words.fill("Lovely! Pours without a drop.")
    await rating.send.click()
    await expect(widget.frame.get_by_text("It is being checked")).to_be_visible()
    again = widget.frame.locator(".own-review", has_text="Pours without a drop")
    await expect(again.get_by_text("Being checked")).to_be_visible()
    await expect(again.get_by_role("button")).to_have_count(0)

    await decide(staff, "Lovely! Pours without a drop.", "publish")
    # It leaves by itself after a while, and comes first.
    await expect(widget.frame.locator(".toast")).to_contain_text(["is published"])
    await expect(again.get_by_text("Published")).to_be_visible()
    await expect(again.get_by_text("you can write a follow-up")).to_be_visible()
    a_day_passes(market, "Lovely! Pours without a drop.")
    await widget.reload()
    rating = Rating(widget)
    newest = await rating.mine()
    await newest.get_by_role("button", name="Write a follow-up").click()
    await rating.words.fill("Still as good.")
    await rating.send.click()
    await expect(newest.get_by_text("Follow-up")).to_be_visible()
    await expect(newest.get_by_role("button")).to_have_count(0)
    await page.close()


@pytest.mark.parametrize(("lang", "size"), [("en", "phone"), ("ru", "desktop"), ("ar", "phone")])
async def test_no_screen_of_it_has_a_fault(buyers: Visitors, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    widget = await (await buyers.new(lang=lang, color_scheme="light", **SIZES[size])).widget(
        "emma", lang=lang
    )
    page, frame = widget.page, widget.frame
    await expect(frame.locator(".rate-card")).to_be_visible()
    await checker.look("home", page, frame)
    await frame.locator(".rate-card .star-choice").nth(2).click()
    await expect(frame.locator(".words-text")).to_be_visible()
    await checker.look("rating", page, frame)
    await frame.locator(".head button").first.click()
    await frame.locator("[role=tab]").nth(2).click()
    await expect(frame.locator(".order-item").first).to_be_visible()
    await frame.locator(".head .button").click()
    await expect(frame.locator(".own-review").first).to_be_visible()
    await checker.look("my reviews", page, frame)
    await frame.locator(".own-words-again button").first.click()
    await expect(frame.locator(".words-text")).to_be_visible()
    await checker.look("writing", page, frame)
    for _ in ("writing", "my reviews"):
        await frame.locator(".head button").first.click()
    await frame.locator("[role=tab]").nth(1).click()
    await checker.look("messages", page, frame)
    await frame.locator(".notices-row").click()
    await expect(frame.locator(".notice-item").first).to_be_visible()
    await checker.look("notices", page, frame)

    assert checker.verdict == ""
