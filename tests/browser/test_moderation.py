"""The moderation room: texts decided by keyboard, several at once, a second look, reports, and who may come in."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.api.pictures import jpeg
from tests.browser.faults import Checker
from tests.browser.reviewers import AGENT, MODERATOR, SUPERVISOR, Reviewers
from tests.browser.rooms import Rooms, press, sent
from tests.browser.visitors import DESKTOP, PHONE
from tests.e2e.node import ServerNode
from tests.e2e.waiting import eventually
from tests.services.translators import Bureau, translation_bureau

pytestmark = pytest.mark.browser


SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
HELD: Final = """() => {
  const later = window.setTimeout;
  window.setTimeout = (call, ms, ...given) => later(call, ms === 4_000 ? 2_000_000_000 : ms, ...given);
}"""
"""From now on a decision can be taken back for as long as the page is there, and not for four seconds."""

here_and_there = pytest.mark.parametrize(
    ("lang", "size"),
    [("en", "phone"), ("en", "desktop"), ("ru", "desktop"), ("ar", "phone"), ("ar", "desktop")],
)


@pytest.fixture(scope="module")
def house() -> Iterator[Bureau]:
    """Who translates."""
    with translation_bureau() as found:
        yield found


@pytest.fixture(scope="module")
async def market(
    tmp_path_factory: pytest.TempPathFactory, house: Bureau
) -> AsyncIterator[ServerNode]:
    """A server whose reviews are these tests' own."""
    folder = tmp_path_factory.mktemp("moderation")
    store = f"sqlite:///{folder / 'parley.sqlite3'}"
    translates = {"translator": "libretranslate", "translator_url": house.at("libre")}
    node = ServerNode(folder, store, **translates)
    await node.start()
    yield node
    await node.stop()


@pytest.fixture(scope="module")
async def everybody(market: ServerNode) -> AsyncIterator[Reviewers]:
    """Who writes, and who moderates."""
    async with Reviewers(market) as found:
        yield found


@pytest.fixture
async def reviewers(everybody: Reviewers) -> Reviewers:
    """The same, with nothing that waits."""
    await everybody.settles()
    return everybody


@pytest.fixture
async def rooms(browser: Browser, market: ServerNode, everybody: Reviewers) -> AsyncIterator[Rooms]:
    """People of that market's console."""
    async with Rooms(browser, market, everybody) as rooms:
        yield rooms


async def test_ten_texts_are_decided_by_keyboard_alone(rooms: Rooms, reviewers: Reviewers) -> None:
    fine = [f"The lamp number {number} shines." for number in range(8)]
    for text in fine:
        await reviewers.says(text)
    await reviewers.says("Call me at 069 123 456 🎉, please.")
    await reviewers.says("Buy my own lamps, they are cheaper.")
    page = await rooms.moderation()

    for text in fine:
        await expect(page.locator(".judged-text")).to_have_text(text)
        await press(page, "p")
    await expect(page.locator("mark.found")).to_contain_text("069 123 456")
    await expect(page.locator("mark.found")).to_contain_text("Phone")
    await press(page, "r")
    await expect(page.get_by_role("button", name="Personal data")).to_be_focused()
    await press(page, "Enter")
    await expect(page.locator(".judged-text")).to_contain_text("cheaper")
    await press(page, "r", "3")

    await expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    await expect(page.locator(".judging-nothing")).to_be_focused()
    await expect(page.locator(".rail-room .count")).to_have_count(0)
    assert [await reviewers.outcome(text) for text in fine] == [("published", None)] * 8
    refused = await reviewers.outcome("Call me at 069 123 456 🎉, please.")
    assert refused == ("refused", "personal_data")
    refused = await reviewers.outcome("Buy my own lamps, they are cheaper.")
    assert refused == ("refused", "advertising")


async def test_the_last_decision_is_taken_back(rooms: Rooms, reviewers: Reviewers) -> None:
    await reviewers.says("Too early to say.")
    await reviewers.says("Rather nice.")
    page = await rooms.moderation()
    await page.evaluate(HELD)

    await press(page, "p")
    await expect(page.get_by_text("1 text published")).to_be_visible()
    await expect(page.locator(".judged-text")).to_have_text("Rather nice.")
    await press(page, "z")

    await expect(page.locator(".judged-text")).to_have_text("Too early to say.")
    await expect(page.locator(".rail-room .count")).to_contain_text("2")
    await press(page, "j", "p")
    await expect(page.locator(".judged-text")).to_have_text("Too early to say.")
    await page.goto("about:blank")
    assert await reviewers.outcome("Rather nice.") == ("published", None)
    assert (await reviewers.states())["Too early to say."] == ("pending", None)


async def test_several_are_decided_at_once_and_each_outcome_is_told(
    rooms: Rooms, reviewers: Reviewers
) -> None:
    texts = [f"Fine, says buyer {number}." for number in range(5)]
    for text in texts[:2]:
        await reviewers.says(text)
    page = await rooms.moderation(forgive="503")
    await expect(page.locator(".judged-row")).to_have_count(2)
    # Nothing is asked for anew until all is decided: a colleague is faster meanwhile.
    held = Held(page)
    await held.begin()
    await reviewers.decides("refuse", reason="other")
    await press(page, "s", "j", "s")
    await expect(page.get_by_text("2 selected")).to_be_visible()

    await press(page, "Shift+P")

    await expect(page.get_by_text("2 were decided by somebody else")).to_be_visible()
    await held.end()
    for text in texts[2:]:
        await reviewers.says(text)
    await page.reload()
    await page.locator(".rail-room").nth(1).click()
    await page.evaluate(HELD)
    await page.get_by_role("checkbox", name="Select all").click()
    await press(page, "Shift+R", "4")
    await expect(page.get_by_text("3 texts refused")).to_be_visible()
    await expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    await page.goto("about:blank")
    assert [await reviewers.outcome(text) for text in texts[:2]] == [("refused", "other")] * 2
    assert [await reviewers.outcome(text) for text in texts[2:]] == [("refused", "off_topic")] * 3


class Held:
    """The room does not hear what waits now."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def begin(self) -> None:
        """From now on."""
        await self._page.route("**/console/moderation", self._stale)

    async def end(self) -> None:
        """It hears again."""
        await self._page.unroute("**/console/moderation")

    async def _stale(self, route: Route) -> None:
        await route.fulfill(status=503, json={"code": "unavailable"})


async def test_what_comes_again_is_shown_beside_what_it_said(
    rooms: Rooms, reviewers: Reviewers
) -> None:
    review = await reviewers.says("A good lamp. Ring me on 069 765 432.", 4)
    await reviewers.decides("refuse", reason="personal_data")
    await reviewers.sends(review, "text", "A good lamp. It shines.", "ana")
    page = await rooms.moderation()

    await expect(page.get_by_text("Second look: sent 2 times")).to_have_count(2)
    await expect(page.locator("del.changed")).to_have_text("Ring me on 069 765 432.")
    await expect(page.locator("ins.changed")).to_have_text("It shines.")
    await press(page, "p")

    assert await reviewers.outcome("A good lamp. It shines.") == ("published", None)


async def test_a_reply_stands_below_what_it_answers_and_a_foreign_text_is_translated(
    rooms: Rooms, reviewers: Reviewers
) -> None:
    review = await reviewers.says("Лампа светит мягко и тепло, спасибо!", by="boris")
    await reviewers.decides()
    await reviewers.sends(review, "reply", "Thank you for these words, Boris.", "ion")
    await reviewers.says("Чайник хороший и красивый, спасибо магазину.", by="boris")
    page = await rooms.moderation()

    await expect(page.locator(".judged-answers")).to_contain_text("Лампа светит")
    await press(page, "j", "t")

    await expect(page.get_by_text("<en> Чайник хороший")).to_be_visible()


async def test_photos_are_looked_at_one_by_one(rooms: Rooms, reviewers: Reviewers) -> None:
    await reviewers.says("See!", photos=(jpeg(64, 48), jpeg(48, 64)))
    page = await rooms.moderation()
    first = page.get_by_role("button", name="Photo 1")

    await first.click()
    box = page.get_by_role("dialog")
    await expect(box.get_by_role("img", name="Photo 1")).to_be_visible()
    await press(page, "ArrowRight")
    await expect(box.get_by_role("img", name="Photo 2")).to_be_visible()
    # Keys of the room are none of its business.
    await press(page, "p", "Escape")

    await expect(first).to_be_focused()
    await expect(page.locator(".status-line-held")).to_have_count(0)
    await expect(first.get_by_role("img")).to_have_js_property("naturalWidth", 64)


async def test_reported_texts_stand_or_are_hidden_by_a_supervisor(
    rooms: Rooms, reviewers: Reviewers
) -> None:
    for text in ("Pours well.", "You all are fools here."):
        review = await reviewers.says(text, by="boris")
        await reviewers.decides()
        await reviewers.reports(review, "ana", "insult", "He is rude.")
    page = await rooms.moderation()
    await page.get_by_role("tab", name="Reported").click()
    await expect(page.locator(".reports-all")).to_contain_text("He is rude.")
    await expect(page.get_by_text("a supervisor decides")).to_be_visible()

    await press(page, "h", "2", "l")
    await expect(page.locator(".judged-row")).to_have_count(1)
    await eventually(lambda: one_is_reported(reviewers), "the first text stands")
    boss = await rooms.moderation(SUPERVISOR)
    await boss.get_by_role("tab", name="Reported").click()
    await expect(boss.locator(".judged-text")).to_have_text("You all are fools here.")
    await boss.get_by_role("button", name="Annul the rating").click()
    await boss.get_by_label("Reason, for the record").fill("He never bought it.")
    await boss.get_by_role("dialog").get_by_role("button", name="Annul the rating").click()
    await expect(boss.get_by_text("The rating counts no more.")).to_be_visible()
    await boss.get_by_role("button", name="Let it count again").click()
    await expect(boss.get_by_text("The rating counts again.")).to_be_visible()
    await press(boss, "h", "2")

    await expect(boss.get_by_text("No reports")).to_be_visible()
    hidden = await reviewers.changed("You all are fools here.", "published", "boris")
    assert hidden == ("hidden", "insult")
    assert (await reviewers.states("boris"))["Pours well."] == ("published", None)


async def one_is_reported(reviewers: Reviewers) -> bool:
    """Whether the server has heard of the other."""
    return len((await reviewers.queue())["reported"]) == 1


async def test_only_moderators_see_the_room(rooms: Rooms, reviewers: Reviewers) -> None:
    await reviewers.says("Waits.")

    agent = await rooms.console(AGENT)
    await expect(agent.locator(".desk")).to_be_visible()
    await expect(agent.get_by_role("button", name="Moderation")).to_have_count(0)
    moderator = await rooms.console(MODERATOR)
    room = moderator.get_by_role("button", name="Moderation")
    await expect(room).to_contain_text("1 text waits")
    await expect(moderator.get_by_role("button", name="Knowledge")).to_have_count(0)
    await expect(
        (await rooms.console(SUPERVISOR)).get_by_role("button", name="Moderation")
    ).to_be_visible()


async def test_where_single_keys_are_turned_off_the_room_works_with_tab_and_enter(
    rooms: Rooms, reviewers: Reviewers
) -> None:
    await reviewers.says("By hand.")
    page = await rooms.moderation()
    await press(page, "?")
    await page.get_by_role("dialog").get_by_role("switch").click()
    await press(page, "Escape", "p")
    await expect(page.locator(".judged-text")).to_have_text("By hand.")
    await page.evaluate(HELD)

    await page.get_by_role("button", name="Refuse").focus()
    await press(page, "Enter", "Tab", "Enter")

    await expect(page.get_by_text("1 text refused")).to_be_visible()
    await page.goto("about:blank")
    assert await reviewers.outcome("By hand.") == ("refused", "insult")


async def test_what_was_decided_is_decided_though_the_page_is_left_at_once(
    rooms: Rooms, reviewers: Reviewers
) -> None:
    await reviewers.says("In a hurry.")
    await reviewers.says("In a hurry too.")
    page = await rooms.moderation()

    await press(page, "p")
    await page.goto("about:blank")

    assert await reviewers.outcome("In a hurry.") == ("published", None)
    assert (await reviewers.states())["In a hurry too."] == ("pending", None)


@here_and_there
async def test_no_part_of_the_room_has_a_fault(
    rooms: Rooms, reviewers: Reviewers, lang: str, size: str
) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    review = await reviewers.says("Pours well.", by="boris")
    again = await reviewers.says("Ring me on 069 765 432.", 4)
    await reviewers.decides("refuse", reason="personal_data")
    await reviewers.sends(again, "text", "Ring me, you idiot, on 069 765 432 🎉.", "ana")
    await reviewers.sends(review, "text", "Льётся хорошо.", "boris")
    published = await reviewers.says("المصباح جميل", by="layla")
    page = await rooms.moderation(SUPERVISOR, lang=lang, color_scheme="light", **SIZES[size])

    await checker.look("queue", page)
    await page.locator(".entry-row").first.click()
    await expect(page.locator("mark.found").first).to_be_visible()
    await checker.look("second look", page)
    await press(page, "r")
    await checker.look("reasons", page)
    await press(page, "Escape", "s")
    await checker.look("selection", page)
    await press(page, "Escape", "?")
    await checker.look("keys", page)
    await press(page, "Escape", "p")
    await checker.look("decided", page)
    await sent(page)
    await reviewers.settles()
    await reviewers.reports(published, "ana", "other", "Is it true?")
    await page.reload()
    await page.locator(".rail-room").nth(1).click()
    await expect(page.locator(".judging .empty")).to_be_visible()
    await checker.look("nothing", page)
    await page.get_by_role("tab").nth(1).click()
    await page.locator(".entry-row").first.click()
    await expect(page.locator(".reports-all")).to_be_visible()
    await checker.look("reported", page)
    await page.locator(".verdict-apart").click()
    await checker.look("annulling", page)

    assert checker.verdict == ""
