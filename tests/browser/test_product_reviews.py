"""Reviews on a marketplace's own product page, on another site: what is read, and that neither breaks the other."""

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Frame, Locator, Page, expect

from tests.browser.faults import Checker
from tests.browser.opinions import Opinions
from tests.browser.screens import reviews_frame
from tests.browser.shop import Shop, open_shop
from tests.browser.visitors import PHONE, Visitor, Visitors
from tests.e2e.node import ServerNode
from tests.services.translators import Bureau, translation_bureau

pytestmark = pytest.mark.browser

WRITTEN: Final = "What the page has written itself"
HOSTILE: Final = (
    "<img src=x onerror=\"parent.postMessage('x', '*')\"><script>alert(1)</script> {{7*7}}"
)
LONG: Final = "The light is warm and even. " * 60
ROMANIAN: Final = "Lampa este foarte frumoasă și lumina este caldă și plăcută."

EMBED: Final = """<script async src="{parley}/reviews.js"></script>
<parley-reviews product="{product}" locale="{locale}"><p>{written}</p></parley-reviews>
<p id="below">Below it</p>
<script>
  window.told = [];
  for (const name of ['parley-sign-in', 'parley-error'])
    document.addEventListener(name, (event) => told.push([name, event.detail]));
</script>"""

BELOW: Final = "scrollY + document.querySelector('#below').getBoundingClientRect().top"
"""How far down the page goes on."""

SIGN_IN: Final = """(person) => {
  document.querySelector('parley-reviews').getToken =
    () => fetch(`/token?person=${person}`).then((answer) => answer.text());
}"""

SEEN: Final = "[scrollY, document.documentElement.scrollHeight]"

UNFRIENDLY: Final = """<style>
* { all: unset !important; color: red !important; font: 40px serif !important }
main { transform: translateX(10px); overflow: hidden; filter: blur(0) }
iframe, dialog, button { display: none !important; width: 1px !important; height: 1px !important }
</style>"""


@dataclasses.dataclass
class Market:
    """A server with much said of a lamp, the shop's pages, and who translates."""

    node: ServerNode
    shop: Shop
    opinions: Opinions
    bureau: Bureau

    def page(self, path: str, product: str = "lamp", *, locale: str = "en", head: str = "") -> str:
        """The address of a product page, as docs/embedding.md says to write it."""
        words = {"parley": self.node.url, "product": product, "locale": locale, "written": WRITTEN}
        viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        return self.shop.put(path, EMBED.format(**words), viewport + head)


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory, shop: Shop) -> AsyncIterator[Market]:
    """What everybody in these tests reads. Who changes it takes a product of his own."""
    folder: Path = tmp_path_factory.mktemp("opinions")
    with translation_bureau() as bureau:
        node = ServerNode(
            folder,
            f"sqlite:///{folder / 'parley.sqlite3'}",
            origins=shop.origin,
            translator="libretranslate",
            translator_url=bureau.url,
        )
        await node.start()
        async with Opinions(node) as opinions:
            await say_much(opinions)
            yield Market(node, shop, opinions, bureau)
        log = node.log()
        await node.stop()
    assert "Traceback" not in log, log[-4000:]


async def say_much(opinions: Opinions) -> None:
    """Of a lamp: five reviews, and many who gave stars alone; of other things less."""
    for product in ("lamp", "vase", "bowl"):
        await opinions.offers(product)
    for _ in range(6):
        await opinions.rated("lamp", 5, details=(5, 5, 4))
    old = await opinions.rated("lamp", 5, LONG, name="Emma Clarke", country="GB", photos=2)
    bad = await opinions.rated("lamp", 1, HOSTILE, name="Zoe", country="US")
    await opinions.rated("lamp", 4, ROMANIAN, name="Maria", country="RO")
    await opinions.rated("lamp", 5, "Bright enough to read by.", name="Kim", country="DE")
    await opinions.rated("vase", 4)
    await opinions.moderates()
    await opinions.replies(bad, "We are sorry, and have sent another.")
    await opinions.follows_up(old, "It still works after two months.")
    await opinions.moderates()


@pytest.fixture
async def visitors(browser: Browser, market: Market) -> AsyncIterator[Visitors]:
    """People who look at the shop's pages."""
    async with Visitors(browser, market.node) as visitors:
        yield visitors


async def opened(visitor: Visitor, address: str) -> tuple[Page, Frame]:
    """A product page in a new tab, and the reviews on it, once they are there."""
    page = await visitor.page()
    await page.goto(address)
    frame = await reviews_frame(page)
    await expect(frame.locator(".review, .empty").first).to_be_visible()
    await expect(page.get_by_text(WRITTEN)).to_be_hidden()
    return page, frame


async def settled(page: Page, frame: Frame) -> float:
    """How far down the page goes on, once the frame is as high as what it shows."""
    await frame.wait_for_function("Math.ceil(document.body.offsetHeight) === innerHeight")
    return float(await page.evaluate(BELOW))


async def sign_in(page: Page, person: str) -> None:
    """Returns once the frame knows who reads, and what he has voted for."""
    async with page.expect_response(lambda response: response.url.endswith("/votes")):
        await page.evaluate(SIGN_IN, person)


async def newcomer(visitors: Visitors, market: Market, **options: Any) -> Visitor:
    """Somebody whose browser may ask the shop as well."""
    return await visitors.new(origins=[market.shop.origin], **options)


def saying(frame: Frame, words: str) -> Locator:
    """The review with these words."""
    return frame.locator(".review").filter(has_text=words)


async def test_a_product_page_shows_what_is_said_of_the_product_and_of_its_seller(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    page, frame = await opened(visitor, market.page("/lamp"))

    await expect(page.get_by_text(WRITTEN)).to_be_hidden()
    await expect(frame.get_by_role("img", name="4.5 out of 5")).to_be_visible()
    await expect(frame.locator(".mean")).to_contain_text("10 ratings")
    await expect(frame.get_by_role("button", name="5 stars: 8 ratings")).to_be_visible()
    seller = frame.get_by_role("region", name="About the seller")
    await expect(seller).to_contain_text("Lumen")
    await expect(seller).to_contain_text("% positive")
    await expect(seller.locator("div", has_text="Shipping").last).to_contain_text("4.0")
    await expect(frame.locator(".count")).to_have_text("4 reviews")
    bad = saying(frame, "{{7*7}}")
    await expect(bad).to_contain_text("United States")
    await expect(bad).to_contain_text("Reply from Lumen")
    await expect(saying(frame, "warm and even")).to_contain_text("It still works")


async def test_the_frame_is_as_high_as_what_it_shows_and_has_no_scroll_bar(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    page, frame = await opened(visitor, market.page("/height"))

    top = await settled(page, frame)
    words = saying(frame, "warm and even")

    await words.get_by_role("button", name="Read more").click()
    await page.wait_for_function(f"{BELOW} > {top}")
    await words.get_by_role("button", name="Show less").click()
    await page.wait_for_function(f"{BELOW} === {top}")
    assert await frame.evaluate("document.documentElement.scrollHeight <= innerHeight")
    below = await page.locator("#below").bounding_box()
    box = await (await frame.frame_element()).bounding_box()
    assert below is not None and box is not None
    assert below["y"] >= box["y"] + box["height"]


async def test_bars_and_choices_filter_and_what_is_left_is_said_aloud(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    _, frame = await opened(visitor, market.page("/filters"))
    bar = frame.get_by_role("button", name="5 stars: 8 ratings")
    count = frame.get_by_role("status").filter(has_text="review")

    await bar.click()
    await expect(bar).to_have_attribute("aria-pressed", "true")
    await expect(count).to_have_text("2 reviews")
    await frame.get_by_role("button", name="With photos").click()
    await expect(count).to_have_text("1 review")
    await frame.get_by_label("Stars", exact=True).select_option("1")
    await expect(frame.get_by_text("No review is like that")).to_be_visible()
    await frame.locator(".empty").get_by_role("button", name="Clear filters").click()
    await expect(count).to_have_text("4 reviews")
    await frame.get_by_label("Language").select_option("ro")
    await expect(count).to_have_text("1 review")
    await expect(saying(frame, "Lampa este")).to_be_visible()


async def test_the_order_can_be_chosen_and_more_comes_page_by_page(
    visitors: Visitors, market: Market
) -> None:
    await market.opinions.offers("chair")
    first = await market.opinions.rated("chair", 3, "The very first of them.")
    for number in range(24):
        await market.opinions.rated("chair", 5, f"Chair number {number} is good.")
    await market.opinions.moderates()
    await market.opinions.says("PUT", f"/reviews/{first}/vote", who="reader-1", helpful=True)
    visitor = await newcomer(visitors, market)
    _, frame = await opened(visitor, market.page("/chair", "chair"))

    await expect(frame.locator(".count")).to_have_text("20 reviews shown, there are more")
    await frame.get_by_role("button", name="Show more reviews").press("Enter")
    await expect(frame.locator(".count")).to_have_text("25 reviews")
    await expect(frame.locator(".review").nth(20)).to_be_focused()
    await frame.get_by_label("Sort by").select_option("helpful")
    await expect(frame.locator(".review").first).to_contain_text("The very first of them.")


async def test_who_is_not_signed_in_is_asked_to_and_who_is_votes_once_and_takes_it_back(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    page, frame = await opened(visitor, market.page("/votes"))
    one = saying(frame, "Bright enough")
    button = one.get_by_role("button", name="Helpful")

    await button.click()
    await expect(one).to_contain_text("Please sign in")
    await page.wait_for_function("told.length > 0")
    assert await page.evaluate("told") == [["parley-sign-in", {"wish": "vote"}]]

    await sign_in(page, "reader-1")
    async with page.expect_response(lambda response: response.url.endswith("/vote")) as sent:
        await button.click()
    assert (await sent.value).status == 204
    await expect(button).to_have_text("Helpful · 1")
    await expect(button).to_have_attribute("aria-pressed", "true")
    assert all("token" not in known.url for known in page.frames)
    async with page.expect_response(lambda response: response.url.endswith("/vote")):
        await button.click()
    await expect(button).to_have_attribute("aria-pressed", "false")


async def test_nobody_votes_on_his_own_review(visitors: Visitors, market: Market) -> None:
    visitor = await newcomer(visitors, market)
    page, frame = await opened(visitor, market.page("/own"))
    author = list(market.opinions.authors.values())[9]

    await page.evaluate(SIGN_IN, author)

    own = frame.locator(".review").filter(has_text="Your review")
    await expect(own).to_contain_text("Bright enough")
    await expect(own.get_by_role("button", name="Helpful")).to_have_count(0)


async def test_a_review_is_reported_in_its_place_and_reaches_a_moderator(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    page, frame = await opened(visitor, market.page("/report"))
    await sign_in(page, "reader-1")
    one = saying(frame, "{{7*7}}")
    flag = one.get_by_role("button", name="Report", exact=True)

    await expect(one.get_by_role("button", name="Helpful")).to_be_enabled()
    await flag.press("Enter")
    await expect(one.get_by_label("Personal data")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(flag).to_be_focused()
    await flag.press("Enter")
    await one.get_by_label("Advertising").check()
    await one.get_by_role("button", name="Send report").click()

    await expect(one).to_contain_text("A moderator will look at it.")
    assert await market.opinions.reports() == [(HOSTILE, "advertising")]


async def test_a_text_is_translated_on_tap_and_back_and_a_failure_leaves_the_original(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    _, frame = await opened(visitor, market.page("/translated"))
    one = saying(frame, "Lampa este")

    await expect(
        saying(frame, "Bright").get_by_role("button", name="Show translation")
    ).to_have_count(0)
    await one.get_by_role("button", name="Show translation").click()
    await expect(one).to_contain_text(f"<en> {ROMANIAN}")
    await expect(one).to_contain_text("Translated from Romanian")
    await one.get_by_role("button", name="Show original").click()
    await expect(one.locator(".text")).to_have_text(ROMANIAN)
    await expect(one.locator(".text")).to_have_attribute("lang", "ro")

    _, other = await opened(visitor, market.page("/russian", locale="ru"))
    market.bureau.status = 500
    await saying(other, "Lampa este").get_by_role("button", name="Показать перевод").click()
    await expect(saying(other, "Lampa este")).to_contain_text("Перевода сейчас нет")
    await expect(saying(other, "Lampa este").locator(".text")).to_have_text(ROMANIAN)
    market.bureau.status = 200


async def test_hostile_words_stay_words(visitors: Visitors, market: Market) -> None:
    visitor = await newcomer(visitors, market)
    _, frame = await opened(visitor, market.page("/hostile"))

    await expect(saying(frame, "{{7*7}}").locator(".text").first).to_have_text(HOSTILE)
    assert await frame.locator(".text img, .text script").count() == 0


@pytest.mark.parametrize("size", [None, PHONE])
async def test_photos_fill_the_window_whatever_the_page_does_and_the_focus_comes_back(
    visitors: Visitors, market: Market, size: dict[str, int] | None
) -> None:
    options: dict[str, Any] = {"viewport": size, "has_touch": True} if size else {}
    visitor = await newcomer(visitors, market, **options)
    page, frame = await opened(visitor, market.page("/photos", head=UNFRIENDLY))
    photo = frame.get_by_role("button", name="Photo 1 of 2")
    await settled(page, frame)
    await photo.scroll_into_view_if_needed()
    before = await page.evaluate(SEEN)

    await photo.press("Enter")
    shown = frame.get_by_role("dialog")
    await expect(shown.get_by_role("img", name="Photo 1 of 2")).to_be_visible()
    inner = await page.evaluate("[innerWidth, innerHeight]")
    await frame.wait_for_function("([w, h]) => innerWidth === w && innerHeight === h", arg=inner)
    await page.keyboard.press("ArrowRight")
    await expect(shown.get_by_role("img", name="Photo 2 of 2")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(shown).to_have_count(0)
    await expect(photo).to_be_focused()
    await expect(photo).to_be_visible()
    await settled(page, frame)
    assert await page.evaluate(SEEN) == before


async def test_styles_of_the_page_do_not_reach_the_reviews(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    page, frame = await opened(visitor, market.page("/unfriendly", head=UNFRIENDLY))

    await settled(page, frame)
    box = await (await frame.frame_element()).bounding_box()
    assert box is not None and box["width"] > 1000 and box["height"] > 600
    look = "getComputedStyle(document.querySelector('.text')).fontSize"
    assert await frame.evaluate(look) == "15px"
    assert await page.evaluate("document.styleSheets.length") == 1


async def test_what_there_is_not_is_said_kindly(visitors: Visitors, market: Market) -> None:
    visitor = await newcomer(visitors, market)
    visitor.watch.forgive("404")

    _, bowl = await opened(visitor, market.page("/bowl", "bowl"))
    await expect(bowl.locator(".empty")).to_contain_text("No ratings yet")
    _, vase = await opened(visitor, market.page("/vase", "vase"))
    await expect(vase.locator(".empty")).to_contain_text("Stars, and no words yet")
    _, unknown = await opened(visitor, market.page("/unknown", "nobody-has-told"))
    await expect(unknown.locator(".empty")).to_contain_text("No ratings yet")


async def test_what_the_page_wrote_stays_where_the_reviews_cannot_be_had(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    visitor.watch.forgive()
    page = await visitor.page()
    await page.route("**/api/v1/products/**", lambda route: route.abort())
    await page.goto(market.page("/away"))
    await page.wait_for_function("told.length > 0")

    assert await page.evaluate("told") == [["parley-error", {"code": "offline"}]]
    await expect(page.get_by_text(WRITTEN)).to_be_visible()
    await page.unroute("**/api/v1/products/**")
    await (await reviews_frame(page)).evaluate("dispatchEvent(new Event('online'))")
    await expect(page.get_by_text(WRITTEN)).to_be_hidden()


async def test_where_the_page_wrote_nothing_a_failure_is_told_and_can_be_tried_again(
    visitors: Visitors, market: Market
) -> None:
    visitor = await newcomer(visitors, market)
    visitor.watch.forgive()
    page = await visitor.page()
    await page.route("**/api/v1/products/**", lambda route: route.abort())
    empty = market.shop.put(
        "/empty",
        f'<script async src="{market.node.url}/reviews.js"></script>'
        '<parley-reviews product="lamp" locale="en"></parley-reviews>',
    )
    await page.goto(empty)
    frame = await reviews_frame(page)

    await expect(frame.get_by_role("alert")).to_contain_text("The reviews did not load")
    await page.unroute("**/api/v1/products/**")
    await frame.get_by_role("button", name="Try again").click()
    await expect(frame.locator(".count")).to_have_text("4 reviews")


async def test_a_page_of_nobody_we_know_cannot_put_the_reviews_into_a_frame(
    visitors: Visitors, market: Market
) -> None:
    with open_shop() as stranger:
        visitor = await visitors.new(origins=[stranger.origin])
        visitor.watch.forgive(r"frame-ancestors")
        page = await visitor.page()
        words = {"parley": market.node.url, "product": "lamp", "locale": "en", "written": WRITTEN}
        async with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            await page.goto(stranger.put("/", EMBED.format(**words)))

        await expect(page.get_by_text(WRITTEN)).to_be_visible()
        assert all(market.node.url not in frame.url for frame in page.frames)


async def test_the_reviews_alone_in_a_tab_show_nothing(visitors: Visitors, market: Market) -> None:
    page = await (await visitors.new()).page()

    await page.goto(f"{market.node.url}/reviews.html#host=https%3A%2F%2Fevil.example")

    await expect(page.locator("#app")).to_be_empty()


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1440, "height": 900}])
async def test_no_part_of_it_has_a_fault(
    visitors: Visitors, market: Market, lang: str, size: dict[str, int]
) -> None:
    visitor = await newcomer(visitors, market, viewport=size)
    scheme = '<meta name="color-scheme" content="light dark">'
    page, frame = await opened(visitor, market.page(f"/axe-{lang}", locale=lang, head=scheme))
    await sign_in(page, "reader-1")
    # The ground is the page's, which the checker does not see from within.
    await frame.evaluate("document.body.style.background = 'Canvas'")
    checker = Checker(f"{lang} {size['width']}", colours=lang == "en")

    await expect(frame.locator(".foot-deeds").first).to_be_visible()
    await checker.look("list", page, frame)
    await saying(frame, "{{7*7}}").locator(".foot .button-quiet").click()
    await expect(frame.locator(".report")).to_be_visible()
    await checker.look("report", page, frame)
    await frame.locator(".photo").first.click()
    await expect(frame.locator(".lightbox img")).to_be_visible()
    await checker.look("photo", page, frame)

    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert checker.verdict == ""
