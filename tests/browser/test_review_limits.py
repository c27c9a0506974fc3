"""What nobody may do to a review: it is refused with a reason and in words, and no screen offers it."""

import dataclasses
import re
from collections.abc import AsyncIterator
from typing import Any, Final, NamedTuple

import pytest
from playwright.async_api import Browser, expect

from chat_server.wire.bodies import PutShop
from tests.browser.deals import Bought
from tests.browser.everybody import Buyer, Market, buttons_of, enters, open_market, reads
from tests.browser.opinions import SELLER, SHOP
from tests.browser.rooms import Rooms
from tests.browser.shop import Shop
from tests.factories_sql import fresh_key

pytestmark = pytest.mark.browser

AUTHOR: Final = "oleg"
FIRST: Final = "Кипит быстро."
LATER: Final = "Кипит и через месяц."


@dataclasses.dataclass
class Done:
    """A review to which everything was said, and what may not be rated."""

    market: Market
    review: str
    bought: Bought
    coming: Bought
    """Not received yet."""
    late: Bought
    """Received thirty days ago."""
    own: Bought
    """Of a shop that its buyer has come to work for."""


@pytest.fixture(scope="module")
async def done(tmp_path_factory: pytest.TempPathFactory, shop: Shop) -> AsyncIterator[Done]:
    """On a server of its own."""
    async with open_market(tmp_path_factory.mktemp("limits"), shop) as market:
        opinions = market.opinions
        await opinions.offers("kettle")
        bought = await opinions.sold("kettle", AUTHOR, name="Олег")
        review = await opinions.rates(bought, 4, FIRST)
        await opinions.moderates()
        await opinions.adds(bought, review, LATER)
        await opinions.moderates()
        for part in ("reply", "followup_reply"):
            await opinions.replies(review, "Thank you!", part)
        await opinions.moderates()
        coming = await opinions.sold("kettle", "vera", state="shipped")
        late, own = [await opinions.sold("kettle", who) for who in ("boris", "colleague")]
        opinions.came_before(late, 30)
        await opinions.backend.put_shop(SHOP.lower(), PutShop(SHOP, 2, [SELLER, "colleague"]))
        yield Done(market, review, bought, coming, late, own)


@pytest.fixture
async def rooms(browser: Browser, done: Done) -> AsyncIterator[Rooms]:
    """Browser profiles for all of them."""
    async with Rooms(browser, done.market.node, done.market.reviewers) as rooms:
        yield rooms


class Move(NamedTuple):
    """What somebody tries, and what he is told."""

    who: str
    method: str
    path: str
    body: dict[str, Any]
    told: tuple[int, str, str, str]


def right(reason: str, sentence: str) -> tuple[int, str, str, str]:
    """It is not for him to do."""
    return 403, "not_allowed", reason, sentence


def time(reason: str, sentence: str) -> tuple[int, str, str, str]:
    """It is not the time for it."""
    return 409, "wrong_state", reason, sentence


def moves(done: Done) -> list[Move]:
    """All that is forbidden."""
    parts, vote = f"/reviews/{done.review}/parts", f"/reviews/{done.review}/vote"
    stars = {"client_key": fresh_key(), "stars": 5}
    words = {"client_key": fresh_key(), "text": "Другое."}
    nobody_else = right("not_author", "Это может сделать только автор.")
    no_vote = right("own_review", "Автор и магазин за отзыв не голосуют.")
    sent = time("already_sent", "Это уже отправлено.")
    rated = time("already_rated", "Оценка уже поставлена и не меняется.")
    early = time("not_received", "Оценить можно после получения.")
    over = time("review_window", "Время для оценки прошло.")
    buyer = right("not_buyer", "Оценить может только покупатель.")
    own = right("review_own_shop", "Нельзя оценивать товар собственного магазина.")
    shop = right("not_shop", "Ответить на отзыв может только магазин.")
    report = {"reason": "other", "text": ""}
    unknown = (404, "not_found", "", "Этого нет или больше нет.")
    helpful = {"helpful": True}
    return [
        Move(SELLER, "PUT", f"{parts}/text", words, nobody_else),
        Move(SELLER, "PUT", f"{parts}/followup", words, nobody_else),
        Move(SELLER, "PUT", f"{parts}/reply", words, sent),
        Move(SELLER, "POST", f"{done.bought.path}/review", stars, buyer),
        Move(SELLER, "PUT", vote, helpful, no_vote),
        Move(AUTHOR, "PUT", f"{parts}/text", words, sent),
        Move(AUTHOR, "PUT", f"{parts}/followup", words, sent),
        Move(AUTHOR, "PUT", f"{parts}/reply", words, shop),
        Move(AUTHOR, "POST", f"{done.bought.path}/review", stars, rated),
        Move(AUTHOR, "PUT", vote, helpful, no_vote),
        Move(
            AUTHOR,
            "POST",
            f"{parts}/text/report",
            report,
            right("own_words", "Это ваши собственные слова."),
        ),
        Move(AUTHOR, "POST", f"{done.late.path}/review", stars, unknown),
        Move("vera", "POST", f"{done.coming.path}/review", stars, early),
        Move("boris", "POST", f"{done.late.path}/review", stars, over),
        Move("colleague", "POST", f"{done.own.path}/review", stars, own),
    ]


async def test_whatever_is_forbidden_is_refused_with_a_reason_and_in_the_readers_words(
    done: Done,
) -> None:
    opinions = done.market.opinions
    for who, method, path, body, told in moves(done):
        role = "seller" if who == SELLER else "buyer"
        assert await opinions.refused(method, path, who, role, **body) == told, (who, path)


async def test_there_is_no_way_to_delete_a_review(done: Done) -> None:
    for path in (f"/reviews/{done.review}", f"/reviews/{done.review}/parts/text"):
        for who, role in ((SELLER, "seller"), (AUTHOR, "buyer")):
            refused = await done.market.opinions.refused("DELETE", path, who, role)
            assert refused[:2] in {(404, "not_found"), (405, "method_not_allowed")}
            assert re.search("[а-я]", refused[3])


async def test_whoever_has_said_everything_is_offered_nothing_more(
    rooms: Rooms, done: Done
) -> None:
    buyer = await Buyer.at(rooms, done.market, AUTHOR)

    await expect(await buyer.reviews()).to_contain_text(LATER)

    await expect(buyer.own.get_by_role("button")).to_have_count(0)
    await buyer.back()
    await buyer.order()
    await expect(buyer.frame.locator(".line-given")).to_be_visible()
    await expect(buyer.button("Оценить")).to_have_count(0)


@pytest.mark.parametrize("who", ["vera", "boris", "colleague"])
async def test_nobody_is_asked_to_rate_too_early_too_late_or_his_own_shop(
    rooms: Rooms, done: Done, who: str
) -> None:
    buyer = await Buyer.at(rooms, done.market, who)

    await buyer.widget.tab("Заказы")
    await buyer.button("Мои отзывы").click()

    await expect(buyer.frame.get_by_text("Оценок пока нет")).to_be_visible()
    await buyer.back()
    await buyer.order()
    await expect(buyer.button("Написать продавцу")).to_be_visible()
    await expect(buyer.button("Оценить")).to_have_count(0)
    await buyer.back()
    await buyer.widget.tab("Главная")
    await expect(buyer.frame.locator(".rate-card")).to_have_count(0)


async def test_a_shop_that_has_replied_can_do_nothing_more_to_a_review(
    rooms: Rooms, done: Done
) -> None:
    seller = await enters(rooms, done.market)

    await seller.page.get_by_role("tab", name="All").click()

    card = seller.card("Kettle").filter(has_text=FIRST)
    await expect(card.get_by_text("Published", exact=True)).to_have_count(2)
    assert await buttons_of(card) == []


@pytest.mark.parametrize(
    ("who", "buttons"),
    [(AUTHOR, []), (SELLER, ["Пожаловаться"]), ("reader", ["Полезно", "Пожаловаться"])],
)
async def test_author_and_shop_are_not_asked_whether_it_helped(
    rooms: Rooms, done: Done, who: str, buttons: list[str]
) -> None:
    product = await reads(rooms, done.market, who, "kettle")

    foot = product.locator(".foot-deeds")

    await expect(foot).to_be_attached()
    await expect(foot.get_by_role("button")).to_have_text(buttons)
