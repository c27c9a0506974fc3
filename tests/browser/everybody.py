"""Everybody whom a review concerns, each in front of a browser: buyer and reader in Russian, the others in English."""

import contextlib
import dataclasses
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from playwright.async_api import FilePayload, Frame, Locator, Page, expect

from tests.api.pictures import jpeg
from tests.browser.opinions import SELLER, Opinions
from tests.browser.reviewers import Reviewers
from tests.browser.rooms import Rooms, press, sent
from tests.browser.screens import Widget, reviews_frame
from tests.browser.shop import Shop
from tests.browser.shop_room import Room
from tests.e2e.node import ServerNode

PHOTO: Final[FilePayload] = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}


@dataclasses.dataclass
class Market:
    """A server, the marketplace's own pages, and everybody who is not in front of a browser."""

    node: ServerNode
    shop: Shop
    opinions: Opinions
    reviewers: Reviewers

    def page(self, person: str) -> str:
        """The address of a page with the widget, in Russian."""
        return self.shop.put_embedding(f"/home-{person}", self.node.url, person, locale="ru")

    def product(self, product: str, person: str) -> str:
        """The address of a product's page, in Russian."""
        path = f"/{product}-{person}"
        return self.shop.put_product(path, self.node.url, product, person, "ru")


@contextlib.asynccontextmanager
async def open_market(folder: Path, shop: Shop) -> AsyncIterator[Market]:
    """On a server of its own, which must not fail."""
    node = ServerNode(folder, f"sqlite:///{folder / 'parley.sqlite3'}", origins=shop.origin)
    await node.start()
    async with Opinions(node) as opinions, Reviewers(node) as reviewers:
        yield Market(node, shop, opinions, reviewers)
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


class Buyer:
    """The widget of somebody who bought something, in Russian."""

    def __init__(self, widget: Widget) -> None:
        self.widget, self.frame = widget, widget.frame
        self.news = self.frame.locator(".notices-row")
        self.words = self.frame.locator(".words-text")
        self.own = self.frame.locator(".own-review")

    @classmethod
    async def at(cls, rooms: Rooms, market: Market, person: str) -> "Buyer":
        """At home, in a browser of his own."""
        visitor = await rooms.new(lang="ru", origins=[market.shop.origin])
        page = await visitor.page()
        await page.goto(market.page(person))
        return cls(await visitor.panel(page))

    def button(self, name: str) -> Locator:
        """By its whole name."""
        return self.frame.get_by_role("button", name=name, exact=True)

    async def order(self) -> None:
        """Opens the first of the orders."""
        await self.widget.tab("Заказы")
        await self.frame.locator(".order-item").first.click()
        await expect(self.frame.locator(".order-line").first).to_be_visible()

    async def reviews(self) -> Locator:
        """Goes to "My reviews"; the newest of them."""
        await self.widget.tab("Заказы")
        await self.button("Мои отзывы").click()
        await expect(self.own.first).to_be_visible()
        return self.own.first

    async def back(self) -> None:
        """One screen back."""
        await self.button("Назад").click()

    async def aside(self) -> None:
        """Back from a notice to the messages, by way of the others, which are read with that."""
        await self.back()
        await expect(self.frame.locator(".notice-item").first).to_be_visible()
        await self.back()
        await expect(self.news).to_be_visible()
        await expect(self.news.locator(".count")).to_have_count(0)

    async def told(self, words: str) -> None:
        """Waits among the messages for what comes by itself, and opens it."""
        await expect(self.news).to_contain_text("1 новое уведомление")
        await expect(self.news).to_contain_text(words)
        await self.news.click()
        await self.frame.locator(".notice-item").first.click()

    async def confirms(self) -> None:
        """It is there."""
        await self.button("Получено").click()
        await self.button("Да, всё получено").click()
        await expect(self.frame.get_by_text("Получение подтверждено")).to_be_visible()

    async def rates(self, stars: int, text: str) -> None:
        """Gives stars, words and a photo."""
        await self.frame.get_by_role("radio").nth(stars - 1).click()
        await expect(self.frame.get_by_text("Плохо", exact=True)).to_be_visible()
        await self.words.fill(text)
        async with self.widget.page.expect_file_chooser() as chooser:
            await self.button("Добавить фото").click()
        await (await chooser.value).set_files(PHOTO)
        await expect(self.frame.locator(".tray-item")).to_have_count(1)
        await expect(self.frame.get_by_role("progressbar")).to_have_count(0)
        await self.send()
        await expect(self.frame.locator(".finished")).to_contain_text("Отзыв проверяется")
        await self.button("Готово").click()

    async def send(self) -> None:
        """Away with it."""
        await self.button("Отправить").click()


class Judges:
    """The room of moderation, in English."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.locator(".judged-text")

    async def looks(self) -> None:
        """Comes back to the tab, which asks what waits now."""
        await self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    async def publishes(self, text: str) -> None:
        """By key."""
        await self.looks()
        await expect(self.text.last).to_have_text(text)
        await press(self.page, "p")
        await sent(self.page)
        await expect(self.page.get_by_text("Nothing waits for you")).to_be_visible()

    async def reported(self) -> None:
        """Goes to what was reported."""
        await self.looks()
        await self.page.get_by_role("tab", name=re.compile("^Reported")).click()
        await expect(self.page.locator(".reports-all")).to_be_visible()


async def reads(rooms: Rooms, market: Market, person: str, product: str = "lamp") -> Frame:
    """What somebody who has never been there before reads about a product, on its page."""
    visitor = await rooms.new(lang="ru", origins=[market.shop.origin])
    page = await visitor.page()
    await page.goto(market.product(product, person))
    frame = await reviews_frame(page)
    await expect(frame.locator(".review, .empty").first).to_be_visible()
    return frame


async def enters(rooms: Rooms, market: Market) -> Room:
    """The seller, among the reviews of his shop."""
    visitor = await rooms.new()
    room = Room(await visitor.enter(await market.opinions.inbox(SELLER)))
    await room.open()
    return room


async def buttons_of(card: Locator) -> list[str]:
    """All that can be pressed in it."""
    names = "all => all.map((b) => b.ariaLabel ?? b.textContent)"
    found: list[str] = await card.get_by_role("button").evaluate_all(names)
    return found
