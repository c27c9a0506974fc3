"""The reports room: a supervisor reads how the desk does, takes it along as a table, and sees who did what."""

import csv
import io
import json
from typing import Any, Final

import anyio
import pytest
from playwright.async_api import Page, expect

from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.browser.faults import Checker
from tests.browser.visitors import DESKTOP, PHONE, Visitor, Visitors

pytestmark = pytest.mark.browser

SUPERVISOR, AGENT = STAFF[0][0], STAFF[1][0]
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


async def console(visitor: Visitor, lang: str = "en", email: str = SUPERVISOR) -> Page:
    """The console of somebody who has signed in and reads this language."""
    # Who asks who he is before he has signed in is told 401, and Chromium writes that down.
    visitor.watch.forgive("401")
    kept = json.dumps(json.dumps({"theme": "auto", "locale": lang}))
    await visitor.context.add_init_script(SPEAKS % kept)
    page = await visitor.page()
    await page.goto(f"{visitor.node.url}/console")
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(STAFF_PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("navigation")).to_be_visible()
    return page


async def reports(visitor: Visitor, lang: str = "en") -> Page:
    """The room, once its figures are there."""
    page = await console(visitor, lang)
    await page.get_by_role("button", name=ROOM[lang], exact=True).click()
    await expect(page.locator(".report-tiles")).to_be_visible()
    return page


def tile(page: Page, name: str) -> Any:
    """The number under a name."""
    return page.locator(".report-tile").filter(has_text=name).locator(".report-tile-number")


async def test_figures_follow_the_days_and_the_language_that_are_asked_for(
    visitors: Visitors,
) -> None:
    page = await reports(await visitors.new())
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


async def test_every_chart_is_a_table_as_well(visitors: Visitors) -> None:
    page = await reports(await visitors.new())
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


async def test_a_table_is_taken_along_and_the_log_says_so(visitors: Visitors) -> None:
    page = await reports(await visitors.new())

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


async def test_what_fails_to_load_says_so_and_is_asked_for_again(visitors: Visitors) -> None:
    visitor = await visitors.new()
    visitor.watch.forgive("503")
    page = await console(visitor)
    await page.route("**/console/reports?*", lambda route: route.fulfill(status=503))
    await page.get_by_role("button", name="Reports", exact=True).click()
    again = page.get_by_role("button", name="Try again")
    await expect(again).to_be_visible()

    await page.unroute("**/console/reports?*")
    await again.click()

    await expect(page.locator(".report-tiles")).to_be_visible()


async def test_an_agent_is_shown_no_reports(visitors: Visitors) -> None:
    page = await console(await visitors.new(), email=AGENT)

    await expect(page.get_by_role("button", name="Reports", exact=True)).to_have_count(0)


@pytest.mark.parametrize(
    ("lang", "size"),
    [("en", "phone"), ("en", "desktop"), ("ru", "phone"), ("ar", "desktop"), ("ar", "phone")],
)
async def test_no_part_of_the_room_has_a_fault(visitors: Visitors, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    page = await reports(await visitors.new(color_scheme="light", **SIZES[size]), lang)

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
    visitors: Visitors, lang: str
) -> None:
    page = await reports(await visitors.new(), lang)

    async def sides(place: str) -> tuple[float, float]:
        box = await page.locator(place).first.bounding_box()
        assert box is not None
        return box["x"], box["x"] + box["width"]

    first, last = await sides(".heat thead th >> nth=0"), await sides(".heat thead th >> nth=23")
    assert (first > last) == (lang == "ar")
    whole, inner = await sides(".report-plot .u-wrap"), await sides(".report-plot .u-over")
    # The heights stand where reading begins.
    assert (whole[1] - inner[1] > inner[0] - whole[0]) == (lang == "ar")
