"""Webhooks in the console: an endpoint is added, tried, changed, and what it never got is sent again."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, Page, expect
from standardwebhooks import Webhook

from tests.api.harness import until
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.staff import Staff
from tests.browser.test_team import SIZES, SUPERVISOR, Rooms, room
from tests.patience import PATIENCE_S
from tests.services.receivers import Receiver, webhook_receiver

pytestmark = pytest.mark.browser

TABS = {"en": "Webhooks", "ar": "خطافات الويب"}


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """A demo whose settings allow endpoints on loopback."""
    folder = tmp_path_factory.mktemp("webhooks") / "demo"
    node = DemoNode(folder, webhook_networks="127.0.0.0/8")
    await node.start()
    yield node
    await node.stop()


@pytest.fixture(scope="module")
async def sessions(market: DemoNode) -> dict[str, str]:
    """The supervisor's, who signs in once."""
    async with Staff(market) as staff:
        return {SUPERVISOR: str(staff.api.cookies["parley_staff"])}


@pytest.fixture
async def rooms(
    browser: Browser, market: DemoNode, sessions: dict[str, str]
) -> AsyncIterator[Rooms]:
    """People of that demo."""
    async with Rooms(browser, market, sessions) as rooms:
        yield rooms


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The marketplace's backend."""
    with webhook_receiver() as found:
        yield found


async def opened(page: Page, lang: str = "en") -> None:
    """The tab of webhooks."""
    await room(page, 1, lang)
    await page.get_by_role("tab", name=TABS[lang], exact=True).click()


async def added(page: Page, name: str, url: str) -> str:
    """Another endpoint; its secret."""
    await page.get_by_role("button", name="New endpoint").click()
    await page.get_by_label("Name", exact=True).fill(name)
    await page.get_by_label("Address").fill(url)
    await page.get_by_role("button", name="Add", exact=True).click()
    secret = await page.get_by_role("dialog").get_by_label("Secret").input_value()
    await page.get_by_role("button", name="Done").click()
    await expect(page.get_by_role("heading", name=name)).to_be_focused()
    return secret


async def test_an_endpoint_is_added_tried_paused_and_gets_another_secret(
    rooms: Rooms, receiver: Receiver
) -> None:
    page = await rooms.console()
    await opened(page)
    secret = await added(page, "Refund desk", receiver.url)

    await page.get_by_role("button", name="Send a test").click()
    await expect(page.locator(".delivery")).to_contain_text("Delivered")
    [came] = receiver.came
    told = Webhook(secret).verify(came.body, dict(came.headers))
    assert told["data"] == {"endpoint": "Refund desk"}

    await page.get_by_role("button", name="New secret").click()
    await page.get_by_role("dialog").get_by_role("button", name="New secret").click()
    fresh = await page.get_by_role("dialog").get_by_label("Secret").input_value()
    await page.get_by_role("button", name="Done").click()
    await expect(page.get_by_text("The previous secret also signs until")).to_be_visible()
    await page.get_by_role("button", name="Send a test").click()
    await until(lambda: len(receiver.came) == 2)
    for known in (secret, fresh):
        Webhook(known).verify(receiver.came[1].body, dict(receiver.came[1].headers))

    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_text("While it is paused, messages wait.")).to_be_visible()
    await expect(page.get_by_role("button", name="Send a test")).to_be_disabled()

    await page.get_by_role("button", name="Remove").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("No endpoints yet")).to_be_visible()


async def test_who_types_an_address_of_our_own_network_is_told_why_it_is_refused(
    rooms: Rooms,
) -> None:
    page = await rooms.console(forgive="422")
    await opened(page)
    await page.get_by_role("button", name="New endpoint").click()
    await page.get_by_label("Name", exact=True).fill("Inside")
    await page.get_by_label("Address").fill("http://169.254.169.254/latest/meta-data")
    await page.get_by_role("button", name="Add", exact=True).click()

    await expect(page.get_by_role("alert")).to_contain_text("does not lead to a public web server")


async def test_dead_letters_are_sent_again(
    rooms: Rooms, market: DemoNode, receiver: Receiver
) -> None:
    receiver.status = 500
    page = await rooms.console()
    await opened(page)
    await added(page, "Warehouse", receiver.url)
    await page.get_by_role("button", name="Send a test").click()
    await expect(page.locator(".delivery")).to_contain_text("Answered with 500")
    path = market.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE_S)) as db, db:
        db.execute("UPDATE webhook_deliveries SET state = 'dead'")

    await page.get_by_role("tab", name="Dead letters").click()
    await expect(page.get_by_role("button", name="Send again")).to_be_visible()
    # Not before: a second try that was under way would bring the dead letter where it belongs.
    receiver.status = 204
    await page.get_by_role("button", name="Send again").click()

    await expect(page.get_by_text("No dead letters.")).to_be_visible()
    await page.get_by_role("tab", name="All").click()
    await expect(page.locator(".delivery")).to_contain_text("Delivered")
    assert len({came.headers["webhook-id"] for came in receiver.came}) == 1


@pytest.mark.parametrize(("lang", "size"), [("en", "desktop"), ("ar", "phone")])
async def test_no_part_of_it_has_a_fault(
    rooms: Rooms, market: DemoNode, receiver: Receiver, lang: str, size: str
) -> None:
    async with Staff(market) as staff:
        body = {"name": f"Stock {lang}", "url": receiver.url}
        made = (await staff.api.post("/console/webhooks", json=body)).json()["endpoint"]
        await staff.api.post(f"/console/webhooks/{made['id']}/tests")
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    page = await rooms.console(lang=lang, **SIZES[size])
    await opened(page, lang)
    await checker.look("list", page)

    await page.get_by_role("button", name=f"Stock {lang}").click()
    await expect(page.locator(".delivery").first).to_be_visible()
    await checker.look("endpoint", page)

    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert checker.verdict == ""
