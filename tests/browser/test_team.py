"""A supervisor's rooms: who works here, when teams are there, what is said and done often, and how it all looks."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import anyio
import httpx2
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from chat_server.client import new_key
from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.patience import PATIENCE_S
from tests.services.mail import PostOffice, post_office

pytestmark = pytest.mark.browser

SUPERVISOR, AGENT = STAFF[0][0], STAFF[1][0]
SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
ROOMS: Final = {
    "en": ("Team", "Settings"),
    "ru": ("Команда", "Настройки"),
    "ar": ("الفريق", "الإعدادات"),
    "es": ("Equipo", "Ajustes"),
}
here_and_there = pytest.mark.parametrize(
    ("lang", "size"),
    [("en", "phone"), ("en", "desktop"), ("ru", "desktop"), ("ar", "phone"), ("es", "phone")],
)
SPEAKS: Final = """try {
  localStorage.setItem('parley.console.preferences', %s);
} catch { /* a page without an origin keeps nothing */ }"""


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    """Where invitations arrive."""
    with post_office() as found:
        yield found


@pytest.fixture(scope="module")
async def market(
    tmp_path_factory: pytest.TempPathFactory, office: PostOffice
) -> AsyncIterator[DemoNode]:
    """A demo that sends mail, and whose teams these tests change as they like."""
    folder = tmp_path_factory.mktemp("team") / "demo"
    node = DemoNode(folder, smtp=office.url, mail_from="desk@karavela.example")
    await node.start()
    yield node
    await node.stop()


@pytest.fixture(scope="module")
async def sessions(market: DemoNode) -> dict[str, str]:
    """The session of each who works there: they sign in once, since tries at one account are counted."""
    found: dict[str, str] = {}
    for email, _, _ in STAFF:
        async with httpx2.AsyncClient(
            base_url=market.url, headers={"x-parley": "1"}, timeout=PATIENCE_S
        ) as http:
            body = {"email": email, "password": STAFF_PASSWORD}
            answer = await http.post("/api/v1/console/session", json=body)
            assert answer.is_success, answer.text
            found[email] = str(http.cookies["parley_staff"])
    return found


class Rooms(Visitors):
    """People of that demo who have signed in to its console."""

    def __init__(self, browser: Browser, node: DemoNode, sessions: dict[str, str]) -> None:
        super().__init__(browser, node)
        self._sessions = sessions

    async def console(
        self, *, lang: str = "en", email: str = SUPERVISOR, forgive: str = "", **options: Any
    ) -> Page:
        """The console of somebody who reads this language; `forgive` is what is refused on purpose."""
        visitor = await self.new(lang=lang, **options)
        if forgive:
            visitor.watch.forgive(f"status of {forgive}")
        kept = json.dumps(json.dumps({"theme": "auto", "locale": lang}))
        await visitor.context.add_init_script(SPEAKS % kept)
        await visitor.context.add_cookies(
            [{"name": "parley_staff", "value": self._sessions[email], "url": self.url}]
        )
        page = await visitor.page()
        await page.goto(f"{self.url}/console")
        await expect(page.locator(".rail-rooms")).to_be_visible()
        return page

    async def never_closes(self) -> None:
        """The first team answers around the clock."""
        cookies = {"parley_staff": self._sessions[SUPERVISOR]}
        headers = {"x-parley": "1"}
        async with httpx2.AsyncClient(
            base_url=f"{self.url}/api/v1/console",
            headers=headers,
            cookies=cookies,
            timeout=PATIENCE_S,
        ) as http:
            team = (await http.get("/teams")).json()["teams"][0]
            windows = [{"weekday": day, "opens": 0, "minutes": 1440} for day in range(7)]
            wished = {key: team[key] for key in ("name", "zone", "revision")}
            answer = await http.put(f"/teams/{team['id']}", json={**wished, "windows": windows})
            assert answer.is_success, answer.text


@pytest.fixture
async def rooms(
    browser: Browser, market: DemoNode, sessions: dict[str, str]
) -> AsyncIterator[Rooms]:
    """People of that demo."""
    async with Rooms(browser, market, sessions) as rooms:
        yield rooms


async def room(page: Page, place: int, lang: str = "en") -> None:
    """Goes to the team room (0) or the settings (1)."""
    rail = page.get_by_role("navigation").first
    await rail.get_by_role("button", name=ROOMS[lang][place], exact=True).click()
    await expect(page.locator(".room-head")).to_be_visible()


async def new_team(page: Page, name: str) -> None:
    """A team that is being written."""
    await room(page, 0)
    await page.get_by_role("tab", name="Teams").click()
    await page.get_by_role("button", name="New team").click()
    await page.get_by_label("Name of the team").fill(name)


async def save(page: Page) -> None:
    """Saves what is open."""
    # What is said of an earlier save goes first: it would be taken for what is said of this one.
    saved = page.get_by_text("Saved.", exact=True)
    await expect(saved).to_have_count(0)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(saved).to_be_visible()


async def box(place: Locator) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    found = await place.bounding_box()
    assert found is not None
    left, top = found["x"], found["y"]
    return left, top, left + found["width"], top + found["height"]


async def waiting(url: str, text: str) -> None:
    """A visitor who waits for a person, without a browser."""
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=PATIENCE_S) as http:
        visitor = (await http.post("/visitors", json={})).json()
        http.headers["authorization"] = f"Visitor {visitor['token']}"
        thread = (await http.post("/threads", json={"support": "help"})).json()["id"]
        body = {"client_key": new_key(), "text": text, "pick": "human"}
        answer = await http.post(f"/threads/{thread}/messages", json=body)
        assert answer.status_code == 201, answer.text


async def test_a_canned_reply_is_written_by_one_and_used_by_another(rooms: Rooms) -> None:
    page = await rooms.console(forgive="422")
    await room(page, 1)
    await page.get_by_role("button", name="New reply").click()
    await page.get_by_label("Name", exact=True).fill("Where we are")
    await page.get_by_label("Shortcut, typed after /").fill("where")
    await page.get_by_label("English").fill("{agent} here. {nobody} waits behind the lighthouse.")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("stands for nothing")
    await page.get_by_label("English").fill("{agent} here. We are behind the lighthouse.")
    await save(page)
    await expect(page.get_by_role("button", name="Where we are /where")).to_be_visible()
    await page.close()
    await rooms.never_closes()

    agent = await rooms.console(email=AGENT)
    await waiting(rooms.url, "Where are you, please?")
    await agent.get_by_text("Where are you, please?").first.click()
    field = agent.locator(".composer-text")
    await field.fill("/wher")
    await agent.get_by_role("option", name="Where we are").click()

    await expect(field).to_have_value("Amir Haddad here. We are behind the lighthouse.")


async def test_hours_past_midnight_are_written_drawn_and_kept(rooms: Rooms) -> None:
    page = await rooms.console()
    await new_team(page, "Night watch")
    zone = page.get_by_role("combobox", name="Time zone")
    await zone.fill("chisinau")
    await zone.press("Enter")
    await expect(zone).to_have_value("Europe/Chisinau")

    await page.get_by_role("button", name="Add hours: Monday").click()
    await page.get_by_label("From, Monday").fill("22:00")
    await page.get_by_label("To, Monday").fill("06:00")

    await expect(page.get_by_text("next day", exact=True)).to_be_visible()
    block = page.get_by_role("button", name="Monday, 10:00 PM to 06:00 AM on the next day")
    await expect(block).to_be_visible()
    tuesday = page.locator('.week-block-rest[data-column="1"]')
    await expect(tuesday).to_have_count(1)
    await page.get_by_role("button", name="Copy to all days: Monday").click()
    await expect(page.locator(".week-block-rest")).to_have_count(7)
    await page.get_by_role("checkbox", name="Amir Haddad").check()
    await save(page)

    await page.reload()
    await room(page, 0)
    await page.get_by_role("tab", name="Teams").click()
    await page.get_by_role("button", name="Night watch").click()
    await expect(zone).to_have_value("Europe/Chisinau")
    await expect(page.locator(".week-block-rest")).to_have_count(7)
    await expect(page.get_by_role("checkbox", name="Amir Haddad")).to_be_checked()


async def test_hours_are_drawn_pulled_and_stretched_with_a_pointer(rooms: Rooms) -> None:
    page = await rooms.console(viewport={"width": 1440, "height": 1200})
    await new_team(page, "Drawn")
    wednesday, thursday = (page.locator(f'.week-day[data-day="{day}"]') for day in (2, 3))
    left, top, right, bottom = await box(wednesday)
    hour, middle = (bottom - top) / 24, (left + right) / 2

    await page.mouse.move(middle, top + 18 * hour)
    await page.mouse.down()
    await page.mouse.move(middle, top + 22 * hour, steps=4)
    await page.mouse.up()
    evening = page.get_by_role("button", name="Wednesday, 06:00 PM to 10:00 PM")
    await expect(evening).to_be_visible()

    # Its lower edge goes over midnight into the next column.
    next_left, _, next_right, _ = await box(thursday)
    await page.mouse.move(middle, top + 22 * hour - 3)
    await page.mouse.down()
    await page.mouse.move((next_left + next_right) / 2, top + 2 * hour, steps=6)
    await page.mouse.up()
    late = page.get_by_role("button", name="Wednesday, 06:00 PM to 02:00 AM on the next day")
    await expect(late).to_be_visible()
    await expect(page.locator('.week-block-rest[data-column="3"]')).to_have_count(1)

    # The whole of it goes an hour up; Escape leaves it where it was.
    await page.mouse.move(middle, top + 20 * hour)
    await page.mouse.down()
    await page.mouse.move(middle, top + 10 * hour, steps=3)
    await page.keyboard.press("Escape")
    await page.mouse.up()
    await expect(late).to_be_visible()
    await page.mouse.move(middle, top + 20 * hour)
    await page.mouse.down()
    await page.mouse.move(middle, top + 19 * hour, steps=3)
    await page.mouse.up()
    moved = page.get_by_role("button", name="Wednesday, 05:00 PM to 01:00 AM on the next day")
    await expect(moved).to_be_visible()


async def test_hours_are_moved_stretched_and_removed_by_keyboard(rooms: Rooms) -> None:
    page = await rooms.console()
    await new_team(page, "By keyboard")
    await page.get_by_role("button", name="Add hours: Sunday").click()
    block = page.locator("button.week-block")
    await block.focus()

    for keys, said in (
        ("ArrowDown", "Sunday, 09:15 AM to 06:15 PM"),
        ("Shift+ArrowDown", "Sunday, 09:15 AM to 06:30 PM"),
        ("Alt+ArrowUp", "Sunday, 09:00 AM to 06:30 PM"),
        ("ArrowRight", "Monday, 09:00 AM to 06:30 PM"),
    ):
        await page.keyboard.press(keys)
        await expect(page.get_by_role("button", name=said, exact=True)).to_be_focused()
        await expect(page.locator(".week-editor [role=status]").first).to_have_text(said)
    await page.keyboard.press("Delete")

    await expect(block).to_have_count(0)


async def test_a_holiday_is_kept_and_a_team_goes_once_it_is_empty(rooms: Rooms) -> None:
    page = await rooms.console(forgive="409")
    await new_team(page, "For a day")
    await page.get_by_role("button", name="Add a date").click()
    await page.get_by_label("Date", exact=True).fill("2031-01-07")
    await page.get_by_role("checkbox", name="Vera Lindqvist").check()
    await save(page)
    await page.reload()
    await room(page, 0)
    await page.get_by_role("tab", name="Teams").click()
    await page.get_by_role("button", name="For a day").click()
    await expect(page.get_by_label("Date", exact=True)).to_have_value("2031-01-07")

    async def remove() -> None:
        await page.get_by_role("button", name="Remove", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()

    visitor_is_told = page.get_by_text("The team still has people or threads")
    await remove()
    await expect(visitor_is_told.first).to_be_visible()
    await page.get_by_role("checkbox", name="Vera Lindqvist").uncheck()
    await save(page)
    await remove()

    await expect(page.get_by_role("button", name="For a day")).to_have_count(0)


async def test_two_supervisors_do_not_overwrite_each_other(rooms: Rooms) -> None:
    one, other = [await rooms.console(forgive="409") for _ in range(2)]
    await new_team(one, "Shared")
    await save(one)
    await room(other, 0)
    await other.get_by_role("tab", name="Teams").click()
    await other.get_by_role("button", name="Shared").click()
    await one.get_by_label("Name of the team").fill("Shared by all")
    await save(one)

    await other.get_by_label("Name of the team").fill("Mine alone")
    await other.get_by_role("button", name="Save", exact=True).click()

    await expect(other.get_by_role("alert")).to_contain_text("changed this meanwhile")
    await other.get_by_role("button", name="Load again").click()
    await expect(other.get_by_label("Name of the team")).to_have_value("Shared by all")


async def test_somebody_is_invited_changed_and_deactivated(
    rooms: Rooms, office: PostOffice
) -> None:
    page = await rooms.console()
    await room(page, 0)
    await page.get_by_role("button", name="Invite", exact=True).click()
    await page.get_by_label("E-mail").fill("noor@karavela.example")
    await page.get_by_label("Name", exact=True).fill("Noor Aziz")
    await page.get_by_role("button", name="Send the invitation").click()

    row = page.get_by_role("row").filter(has_text="Noor Aziz")
    await expect(row).to_contain_text("Invited")
    with anyio.fail_after(PATIENCE_S):
        while not office.delivered:  # noqa: ASYNC110  Another thread does it.
            await anyio.sleep(0.05)
    assert office.delivered[-1].recipients == ["noor@karavela.example"]

    more = row.get_by_role("button", name="Actions for Noor Aziz")
    await more.click()
    await page.get_by_role("menuitem", name="Change").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="More", exact=True).click()
    await dialog.get_by_role("checkbox", name="Decides disputes").check()
    await dialog.get_by_role("button", name="Save", exact=True).click()
    await expect(row).to_contain_text("Decides disputes")
    await expect(row.locator(".figures")).to_have_text("5")

    await more.click()
    await page.get_by_role("menuitem", name="Deactivate").click()
    await page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    await expect(row).to_contain_text("Deactivated")
    await more.click()
    await page.get_by_role("menuitem", name="Activate").click()
    await page.get_by_role("dialog").get_by_role("button", name="Activate").click()
    await expect(row).to_contain_text("Invited")


async def test_a_macro_keeps_the_order_of_its_steps(rooms: Rooms) -> None:
    page = await rooms.console()
    await room(page, 1)
    await page.get_by_role("tab", name="Macros").click()
    await page.get_by_role("button", name="New macro").first.click()
    await page.get_by_label("Name", exact=True).fill("Thank and close")
    await page.get_by_label("Step 1", exact=True).select_option("resolve")
    await page.get_by_role("button", name="Add a step").click()
    await page.get_by_label("Step 2", exact=True).select_option("reply")
    await page.get_by_label("With what, step 2").fill("Thank you, {customer}.")
    up = page.get_by_role("button", name="Move step 2 up")
    await up.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Step 1", exact=True)).to_be_focused()
    await save(page)

    await page.reload()
    await room(page, 1)
    await page.get_by_role("tab", name="Macros").click()
    await page.get_by_role("button", name="Thank and close").click()

    await expect(page.get_by_label("Step 1", exact=True)).to_have_value("reply")
    await expect(page.get_by_label("With what, step 1")).to_have_value("Thank you, {customer}.")
    await expect(page.get_by_label("Step 2", exact=True)).to_have_value("resolve")


async def test_a_label_that_could_not_be_seen_gets_a_better_colour(rooms: Rooms) -> None:
    page = await rooms.console()
    await room(page, 1)
    await page.get_by_role("tab", name="Labels").click()
    await page.get_by_role("button", name="Add a label").click()
    await page.get_by_label("Name of the label").last.fill("Very late")
    await page.get_by_label("Colour of Very late").fill("#ffe08a")
    await page.get_by_role("button", name="Take this one").click()
    await expect(page.get_by_text("Hard to see")).to_have_count(0)
    await save(page)

    await page.reload()
    await room(page, 1)
    await page.get_by_role("tab", name="Labels").click()

    await expect(page.get_by_text("very-late", exact=True)).to_be_visible()


async def test_another_brand_is_seen_before_it_is_saved_and_on_the_next_page(
    rooms: Rooms,
) -> None:
    page = await rooms.console(color_scheme="light", forgive="422")
    await room(page, 1)
    await page.get_by_role("tab", name="Brand").click()
    color = page.get_by_label("Colour (#rrggbb)")
    await color.fill("#fffff0")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("cannot be told from white")
    await color.fill("#2f6fd0")
    mine = page.locator(".preview-mine").first
    await expect(mine).to_have_css("background-color", "rgb(47, 111, 208)")
    await save(page)

    with anyio.fail_after(PATIENCE_S):
        while await page.locator("html").get_attribute("data-brand") != "#2f6fd0":
            await page.reload()


@here_and_there
async def test_no_part_of_the_rooms_has_a_fault(rooms: Rooms, lang: str, size: str) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    page = await rooms.console(lang=lang, color_scheme="light", **SIZES[size])

    await room(page, 0, lang)
    await expect(page.locator(".people tbody tr").first).to_be_visible()
    await checker.look("people", page)
    await page.locator(".people-more button").first.click()
    await page.get_by_role("menuitem").first.click()
    await expect(page.locator("dialog[open]")).to_be_visible()
    await checker.look("person", page)
    await page.keyboard.press("Escape")
    await page.locator(".room-tools button").click()
    await expect(page.locator("dialog[open]")).to_be_visible()
    await checker.look("invitation", page)
    await page.keyboard.press("Escape")
    await page.get_by_role("tab").nth(1).click()
    await checker.look("teams", page)
    await page.locator(".entry-row").first.click()
    await expect(page.locator(".week-block").first).to_be_visible()
    await page.locator(".dates + .button").click()
    await page.locator(".date-head select").last.select_option("open")
    await page.locator(".zone input").fill("a")
    await expect(page.locator(".zone-list li").first).to_be_visible()
    await checker.look("team", page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await look_at_settings(checker, page, lang)

    assert checker.verdict == ""


async def look_at_settings(checker: Checker, page: Page, lang: str) -> None:
    """Each tab of the settings, with its editor open."""
    await room(page, 1, lang)
    tabs = page.locator(".room-head").get_by_role("tab")
    signs = (".wordings", ".steps", ".labels", ".previews")
    for place, sign in enumerate(signs):
        await tabs.nth(place).click()
        await checker.look(f"list {place}", page)
        if place < 2:
            await page.locator(".room-body .button-primary").first.click()
        elif place == 2:
            await page.locator(".room-body .button:not(.button-primary)").last.click()
            await page.locator(".label-name").last.fill("Late")
            await page.locator("input[type=color]").last.fill("#ffe08a")
        await expect(page.locator(sign)).to_be_visible()
        await checker.look(f"editor {place}", page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("lang", "is_rtl"), [("en", False), ("ar", True)])
async def test_the_week_runs_in_the_direction_of_the_language(
    rooms: Rooms, lang: str, is_rtl: bool
) -> None:
    page = await rooms.console(lang=lang)
    await room(page, 0, lang)
    await page.get_by_role("tab").nth(1).click()
    await page.locator(".entry-row").first.click()
    monday = await box(page.locator('.week-day[data-day="0"]'))
    sunday = await box(page.locator('.week-day[data-day="6"]'))

    assert (monday[0] > sunday[0]) == is_rtl
    block = page.locator('button.week-block[data-column="0"]')
    await block.focus()
    await page.keyboard.press("ArrowLeft" if is_rtl else "ArrowRight")
    await expect(page.locator('button.week-block[data-column="1"]')).to_have_count(2)
