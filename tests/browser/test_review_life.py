"""The whole life of a review with everybody at once: buyer and reader in Russian, seller and moderators in English."""

import dataclasses
import re
from collections.abc import AsyncIterator
from typing import Final

import httpx2
import pytest
from playwright.async_api import Browser, expect

from tests.browser.everybody import Buyer, Judges, Market, buttons_of, enters, open_market, reads
from tests.browser.opinions import SHOP
from tests.browser.reviewers import SUPERVISOR
from tests.browser.rooms import Rooms, press, sent
from tests.browser.shop import Shop
from tests.browser.shop_room import Room
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

NUMBER: Final = "+373 69 123 456"
FIRST: Final = f"Светит слабо. Звоните, расскажу: {NUMBER}"
WORDS: Final = "Светит слабо и мигает."
REPLY: Final = "We are sorry. Another lamp is on its way."
LATER: Final = "Прислали другую, она светит ровно."


@pytest.fixture
async def market(tmp_path_factory: pytest.TempPathFactory, shop: Shop) -> AsyncIterator[Market]:
    """Nobody else is there."""
    async with open_market(tmp_path_factory.mktemp("life"), shop) as market:
        yield market


@pytest.fixture
async def rooms(browser: Browser, market: Market) -> AsyncIterator[Rooms]:
    """Browser profiles for all of them."""
    async with Rooms(browser, market.node, market.reviewers) as rooms:
        yield rooms


@dataclasses.dataclass
class Cast:
    """Who sits before his screen all the time, and where others come from."""

    rooms: Rooms
    market: Market
    seller: Room
    judges: Judges
    buyer: Buyer


async def test_a_review_is_given_refused_mended_read_answered_followed_up_and_hidden(
    rooms: Rooms, market: Market
) -> None:
    await market.opinions.offers("lamp")
    for stars in (5, 5, 5, 4):
        await market.opinions.rated("lamp", stars)
    await market.opinions.sold("lamp", "olga", name="Ольга Петрова", state="shipped")
    seller = await enters(rooms, market)
    judges = Judges(await rooms.moderation())
    cast = Cast(rooms, market, seller, judges, await Buyer.at(rooms, market, "olga"))

    await it_is_received_and_rated(cast)
    await it_is_refused_by_key(cast)
    await it_is_mended_and_published(cast)
    await it_is_read_found_helpful_and_reported(cast)
    await the_shop_replies_once(cast)
    await reader_and_buyer_see_the_reply(cast)
    await a_day_later_there_is_more_to_say(cast)
    await the_figure_is_explained(cast)
    await the_words_are_hidden_and_the_stars_stay(cast)


async def it_is_received_and_rated(cast: Cast) -> None:
    """The buyer confirms receipt, is asked, and gives two stars, words with a telephone number, and a photo."""
    buyer = cast.buyer
    await buyer.order()
    await expect(buyer.button("Оценить")).to_have_count(0)
    await buyer.confirms()
    await expect(buyer.button("Оценить")).to_be_visible()
    await buyer.back()
    await buyer.widget.tab("Сообщения")
    await buyer.told("Как вам покупка? Оцените Lamp")
    await buyer.rates(2, FIRST)
    await buyer.back()


async def it_is_refused_by_key(cast: Cast) -> None:
    """With the reason that what was found speaks for."""
    judges = cast.judges
    await judges.looks()
    await expect(judges.page.locator("mark.found .found-words")).to_have_text(NUMBER)
    await expect(judges.page.locator(".judged-photo img")).to_have_js_property("complete", True)
    await press(judges.page, "r")
    await expect(judges.page.get_by_role("button", name="Personal data")).to_be_focused()
    await press(judges.page, "Enter")
    await sent(judges.page)


async def it_is_mended_and_published(cast: Cast) -> None:
    """The buyer is told why, and leaves the number out; the moderator looks a second time."""
    buyer, judges = cast.buyer, cast.judges
    await buyer.told("Ваш отзыв о товаре Lamp не опубликован")
    refused = buyer.frame.locator(".own-review:focus")
    await expect(refused).to_contain_text("В тексте есть личные данные")
    await refused.get_by_role("button", name="Изменить и отправить снова").click()
    await expect(buyer.words).to_have_value(FIRST)
    await buyer.words.fill(WORDS)
    await buyer.send()
    await expect(buyer.own.get_by_text("На проверке")).to_be_visible()
    await judges.looks()
    await expect(judges.page.get_by_text("Second look: sent 2 times").first).to_be_visible()
    await expect(judges.page.locator("del.changed").last).to_contain_text(NUMBER)
    await judges.publishes(WORDS)
    await expect(buyer.own.get_by_text("Опубликовано")).to_be_visible()
    await expect(buyer.own.get_by_text("Дополнить отзыв можно с")).to_be_visible()

    await buyer.aside()


async def it_is_read_found_helpful_and_reported(cast: Cast) -> None:
    """By another buyer, on the product's page."""
    reader = await reads(cast.rooms, cast.market, "reader")
    review = reader.locator(".review")
    await expect(review).to_contain_text(WORDS)
    await expect(review).to_contain_text("О.")
    await expect(reader.get_by_role("button", name="2 звезды: 1 оценка")).to_be_visible()
    await expect(reader.get_by_role("button", name="5 звёзд: 3 оценки")).to_be_visible()
    helpful = review.get_by_role("button", name="Полезно")
    await helpful.click()
    await expect(helpful).to_have_text("Полезно · 1")
    await review.get_by_role("button", name="Пожаловаться").click()
    await review.get_by_label("Не о товаре").check()
    await review.get_by_role("button", name="Отправить жалобу").click()
    await expect(review).to_contain_text("Спасибо. Модератор посмотрит.")


async def the_shop_replies_once(cast: Cast) -> None:
    """It is told at once; the reply is published, and the review stands."""
    seller, judges = cast.seller, cast.judges
    news = await seller.notices()
    await news.get_by_role("button", name=re.compile("New review of Lamp")).click()
    card = seller.card("Lamp").filter(has_text=WORDS)
    await expect(card).to_be_focused()
    await card.get_by_role("button", name="Reply").click()
    await seller.box.fill(REPLY)
    await seller.box.press("Control+Enter")
    await expect(card.get_by_text("Being checked")).to_be_visible()
    await judges.looks()
    await expect(judges.page.locator(".judged-answers")).to_contain_text(WORDS)
    await judges.publishes(REPLY)
    await judges.reported()
    await press(judges.page, "l")
    await sent(judges.page)
    await expect(judges.page.get_by_text("No reports")).to_be_visible()
    await expect(card.get_by_text("Published", exact=True)).to_be_visible()
    assert await buttons_of(card) == ["Open photo 1 of 1"]


async def reader_and_buyer_see_the_reply(cast: Cast) -> None:
    """The reader somewhere else, where his vote is known as well; the buyer by himself."""
    buyer = cast.buyer
    again = (await reads(cast.rooms, cast.market, "reader")).locator(".review")
    await expect(again).to_contain_text(f"Ответ магазина {SHOP}")
    await expect(again).to_contain_text(REPLY)
    await expect(again.get_by_role("button", name="Полезно")).to_have_attribute(
        "aria-pressed", "true"
    )
    await buyer.told(f"{SHOP} отвечает на ваш отзыв о товаре Lamp")
    await expect(buyer.own).to_contain_text(REPLY)
    await expect(buyer.own).to_contain_text("Помогло 1 читателю")


async def a_day_later_there_is_more_to_say(cast: Cast) -> None:
    """Once, and then nothing can be added."""
    buyer, judges, opinions = cast.buyer, cast.judges, cast.market.opinions
    mine = await opinions.says("GET", "/reviews/mine", who="olga")
    opinions.dates_back(mine["reviews"][0]["id"], 1)
    await buyer.aside()
    await (await buyer.reviews()).get_by_role("button", name="Дополнить отзыв").click()
    await buyer.words.fill(LATER)
    await buyer.send()
    await expect(buyer.own.get_by_text("Дополнение", exact=True)).to_be_visible()
    await judges.page.get_by_role("tab").first.click()
    await judges.publishes(LATER)
    await expect(buyer.own.get_by_text("Опубликовано")).to_have_count(2)
    await expect(buyer.own.locator(".own-words-again button")).to_have_count(0)


async def the_figure_is_explained(cast: Cast) -> None:
    """With this rating in it."""
    page = cast.seller.page
    await expect(page.locator(".standing-rate")).to_have_text("80%")
    await page.get_by_role("button", name="Why this number?").click()
    why = page.get_by_role("dialog", name="Why this number?")
    await expect(why).to_contain_text("4 positive ÷ (4 positive + 1 negative) = 80%")
    await expect(why.locator(".badge", has_text="negative")).to_have_count(1)


async def the_words_are_hidden_and_the_stars_stay(cast: Cast) -> None:
    """By a supervisor, after another report."""
    market, buyer = cast.market, cast.buyer
    photo = await photo_of(market, "lamp")
    assert await status_of(photo) == 200
    mine = await market.opinions.says("GET", "/reviews/mine", who="olga")
    path = f"/reviews/{mine['reviews'][0]['id']}/parts/text/report"
    await market.opinions.says("POST", path, who="other", reason="insult", text="")
    boss = Judges(await cast.rooms.moderation(SUPERVISOR))
    await boss.reported()
    await press(boss.page, "h", "Enter")
    await expect(boss.page.get_by_text("No reports")).to_be_visible()
    # What its author is told has happened.
    await expect(buyer.own).to_contain_text("Он больше не виден другим. Причина: Оскорбление")
    assert await status_of(photo) == 404
    late = await reads(cast.rooms, market, "latecomer")
    await expect(late.get_by_text(WORDS)).to_have_count(0)
    await expect(late.get_by_text(REPLY)).to_have_count(0)
    await expect(late.get_by_text(LATER)).to_be_visible()
    await expect(late.get_by_text("2 звезды: 1 оценка")).to_have_count(1)
    await expect(late.get_by_role("region", name="О продавце")).to_contain_text("80\xa0%")


async def photo_of(market: Market, product: str) -> str:
    """The address of the first photo that the public sees of a product."""
    page = await market.opinions.says("GET", f"/products/{product}/reviews", who="reader")
    name = page["reviews"][0]["text"]["photos"][0]["name"]
    return f"{market.node.url}/api/v1/review-photos/{name}/full"


async def status_of(address: str) -> int:
    """What the server answers to who asks for it now."""
    async with httpx2.AsyncClient(timeout=PATIENCE_S) as http:
        return (await http.get(address)).status_code
