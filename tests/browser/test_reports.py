"""The reports room: a supervisor reads how the desk does, takes it along as a table, and sees who did what."""

import csv
import io
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

import anyio
import httpx2
import pytest
from playwright.async_api import Page, expect

from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

SUPERVISOR, AGENT = STAFF[0][0], STAFF[1][0]
Opener = Callable[..., Awaitable[Page]]
SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
ROOM: Final = {
    "en": "Reports",
    "ru": "Отчёты",
    "ar": "التقارير",
    "es": "Informes",
    "ro": "Rapoarte",
}
SPEAKS: Final = """try {
  localStorage.setItem('parley.console.preferences', %s);
} catch { /* a page without an origin keeps nothing */ }"""


@pytest.fixture(scope="module")
async def sessions(demo: DemoNode) -> dict[str, str]:
    """Who has signed in, once for all of these tests: tries from one address are counted."""
    found = {}
    for email in (SUPERVISOR, AGENT):
        async with httpx2.AsyncClient(base_url=f"{demo.url}/api/v1", timeout=PATIENCE_S) as http:
            body = {"email": email, "password": STAFF_PASSWORD}
            answer = await http.post("/console/session", json=body, headers={"x-parley": "1"})
            assert answer.status_code == 200, answer.text
            found[email] = http.cookies["parley_staff"]
    return found


@pytest.fixture
def console(visitors: Visitors, sessions: dict[str, str]) -> Opener:
    """Opens the console of somebody who has signed in."""

    async def open_console(
        lang: str = "en", email: str = SUPERVISOR, forgives: str = "", **options: Any
    ) -> Page:
        visitor = await visitors.new(**options)
        if forgives:
            visitor.watch.forgive(forgives)
        cookie = {"name": "parley_staff", "value": sessions[email], "url": visitors.url}
        await visitor.context.add_cookies([cookie])  # type: ignore[list-item]
        kept = json.dumps(json.dumps({"theme": "auto", "locale": lang}))
        await visitor.context.add_init_script(SPEAKS % kept)
        page = await visitor.page()
        await page.goto(f"{visitors.url}/console")
        await expect(page.locator(".rail")).to_be_visible()
        return page

    return open_console


@pytest.fixture
def reports(console: Opener) -> Opener:
    """Opens the room, and waits for its figures."""

    async def open_reports(lang: str = "en", **options: Any) -> Page:
        page = await console(lang, **options)
        await page.get_by_role("button", name=ROOM[lang], exact=True).click()
        await expect(page.locator(".report-tiles")).to_be_visible()
        return page

    return open_reports


def tile(page: Page, name: str) -> Any:
    """The number under a name."""
    return page.locator(".report-tile").filter(has_text=name).locator(".report-tile-number")


async def test_figures_follow_the_days_and_the_language_that_are_asked_for(
    reports: Opener,
) -> None:
    page = await reports()
    asked = tile(page, "Conversations")
    month = int(await asked.inner_text())

    await page.get_by_role("button", name="7 d").click()
    await expect(asked).not_to_have_text(str(month))
    week = int(await asked.inner_text())
    assert 0 < week < month
    await page.get_by_label("Language").select_option("ru")
    await expect(asked).not_to_have_text(str(week))
    assert 0 < int(await asked.inner_text()) < week
    await page.get_by_label("From").fill("2026-01-02")
    await page.get_by_label("To").fill("2026-01-01")
    await expect(page.get_by_role("alert").first).to_have_text(
        "Choose days in their order, 400 at most."
    )
    await page.get_by_label("To").fill("2026-01-05")
    await expect(page.get_by_text("Nobody asked in these days")).to_be_visible()


async def test_every_chart_is_a_table_as_well(reports: Opener) -> None:
    page = await reports()
    figure = page.get_by_role("figure").filter(has_text="Conversations by day")

    await expect(figure.locator("canvas")).to_be_visible()
    await figure.get_by_text("As a table").click()

    rows = figure.get_by_role("row")
    await expect(rows).to_have_count(31)
    asked = await figure.locator("tbody td:nth-child(2)").all_inner_texts()
    assert sum(map(int, asked)) == int(await tile(page, "Conversations").inner_text())
    hours = page.get_by_role("table", name="When people ask")
    busy = await hours.locator("tbody td").all_inner_texts()
    assert len(busy) == 7 * 24
    await expect(page.get_by_role("table", name="Satisfaction").get_by_role("row")).to_have_count(6)


async def test_a_table_is_taken_along_and_the_log_says_so(reports: Opener) -> None:
    page = await reports()

    await page.get_by_role("button", name="Download as a table").click()
    async with page.expect_download() as taken:
        await page.get_by_role("menuitem", name="Every conversation (CSV)").click()
    download = await taken.value

    content = await anyio.Path(await download.path()).read_bytes()
    assert download.suggested_filename.startswith("episodes_")
    assert content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == int(await tile(page, "Conversations").inner_text())
    await page.get_by_role("tab", name="Audit log").click()
    await page.get_by_label("What").select_option("exported")
    deed = page.locator(".audit-row").first
    await expect(deed).to_contain_text("Vera Lindqvist")
    await expect(deed).to_contain_text("Downloaded a table")
    await expect(deed).to_contain_text("episodes")
    await page.get_by_label("Who").select_option("Amir Haddad")
    await expect(page.get_by_text("Nothing of this kind was done")).to_be_visible()


async def test_what_fails_to_load_says_so_and_is_asked_for_again(console: Opener) -> None:
    page = await console(forgives="503")
    await page.route("**/console/reports?*", lambda route: route.fulfill(status=503))
    await page.get_by_role("button", name="Reports", exact=True).click()
    again = page.get_by_role("button", name="Try again")
    await expect(again).to_be_visible()

    await page.unroute("**/console/reports?*")
    await again.click()

    await expect(page.locator(".report-tiles")).to_be_visible()


async def test_an_agent_is_shown_no_reports(console: Opener) -> None:
    page = await console(email=AGENT)

    await expect(page.get_by_role("button", name="Reports", exact=True)).to_have_count(0)


@pytest.mark.parametrize(
    ("lang", "size"),
    [("en", "phone"), ("en", "desktop"), ("ru", "phone"), ("ar", "desktop"), ("ar", "phone")],
)
async def test_no_part_of_the_room_has_a_fault(reports: Opener, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    page = await reports(lang, color_scheme="light", **SIZES[size])

    await checker.look("figures", page)
    for table in await page.locator(".report-as-table summary").all():
        await table.click()
    await checker.look("tables", page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.locator("input[type=date]").first.fill("2026-01-02")
    await page.locator("input[type=date]").last.fill("2026-01-01")
    await expect(page.locator(".report-filters-wrong")).not_to_be_empty()
    await checker.look("no such days", page)
    await page.locator("input[type=date]").last.fill("2026-01-05")
    await expect(page.locator(".reports .empty")).to_be_visible()
    await checker.look("nothing", page)
    await page.get_by_role("tab").last.click()
    await expect(page.locator(".audit-row").first).to_be_visible()
    await checker.look("log", page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    assert checker.verdict == ""


@pytest.mark.parametrize("lang", ["en", "ar"])
async def test_charts_and_hours_run_in_the_direction_of_the_language(
    reports: Opener, lang: str
) -> None:
    page = await reports(lang)

    async def sides(place: str) -> tuple[float, float]:
        box = await page.locator(place).first.bounding_box()
        assert box is not None
        return box["x"], box["x"] + box["width"]

    first, last = await sides(".heat thead th >> nth=0"), await sides(".heat thead th >> nth=23")
    assert (first > last) == (lang == "ar")
    whole, inner = await sides(".report-plot .u-wrap"), await sides(".report-plot .u-over")
    # The heights stand where reading begins.
    assert (whole[1] - inner[1] > inner[0] - whole[0]) == (lang == "ar")
