"""Help, as visitors and buyers have it: they ask, choose what the bot offers, rate it, and call for a person."""

import base64
import hmac
import html
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Frame, Locator, Page, expect

from chat_server.client import Backend, sign
from chat_server.wire.bodies import PutPerson
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.screens import Widget, widget_frame
from tests.browser.shop import Shop
from tests.browser.staff import WEEK, Staff
from tests.browser.visitors import DESKTOP, PHONE, Visitor, Visitors
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID, ServerNode

pytestmark = pytest.mark.browser

CATALOGS: Final = Path(__file__).resolve().parents[2] / "web_client" / "src" / "i18n" / "catalogs"

NOBODY: Final = "nobody"
"""Who the market's page takes for not signed in."""

BUYERS: Final = {"en": "emma", "ru": "mikhail", "ro": "ana", "es": "layla"}
"""One for each language, so that each finds his support untouched."""

CLEAR: Final = {
    "en": ("refund_time", "how many days for refunds to show up"),
    "ru": ("refund_time", "сколько дней ждать возврат на карту"),
    "ro": ("refund_time", "cand imi dati banii inapoi"),
    "es": ("refund_time", "¿Cuántos días tarda el reembolso en aparecer en la tarjeta?"),
}
"""Questions of `faq_data/eval`, and the entry that answers them."""

VAGUE: Final = {"en": "delivery", "ru": "деньги", "ro": "bani", "es": "problema con el vendedor"}
"""What may mean three things."""

NONSENSE: Final = ("qwzx vbnk plmj", "zzxq wwkj")


def sentence(lang: str, key: str) -> str:
    """As the screen says it; in English where the language has no words of its own yet."""
    for language in (lang, "en"):
        for file in sorted(CATALOGS.glob(f"*.{language}.json")):
            said = json.loads(file.read_text(encoding="utf-8")).get(key)
            if said is not None:
                return str(said)
    raise KeyError(key)


async def answer_to(visitor: Visitor, lang: str, entry: str) -> str:
    """The first words of the FAQ's answer, as its public page shows them."""
    answer = await visitor.context.request.get(f"{visitor.node.url}/faq/{lang}/{entry}")
    page = await answer.text()
    found = re.search(r"</h1><p>(.*?)</p>", page, re.DOTALL)
    assert found is not None, page
    return html.unescape(found[1])[:60]


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """A demo where nobody else asks for help."""
    node = DemoNode(tmp_path_factory.mktemp("help") / "demo")
    await node.start()
    yield node
    await node.stop()


@pytest.fixture(scope="module")
async def staff(market: DemoNode) -> AsyncIterator[Staff]:
    """Who could answer, around the clock."""
    async with Staff(market) as staff:
        await staff.works(WEEK)
        yield staff


@pytest.fixture
async def askers(browser: Browser, market: DemoNode, staff: Staff) -> AsyncIterator[Visitors]:
    """People who need help. Nobody waits for it but they."""
    await staff.clears()
    async with Visitors(browser, market) as visitors:
        yield visitors


class Help:
    """The conversation with support."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.field = frame.locator(".composer-text")
        self.answers = frame.locator(".bubble-row-theirs")
        self.own = frame.locator(".bubble-row-mine")
        self.choices = frame.locator(".answer-choice")
        self.queued = frame.locator(".banner")

    async def say(self, text: str) -> None:
        """Writes something and waits for what the bot says to it."""
        await self.hears(text)

    async def hears(self, text: str, by: Locator | None = None) -> None:
        """Says `text`, by typing it or by the button `by`; one more answer is there afterwards."""
        count = await self.answers.count()
        if by is None:
            await self.field.fill(text)
            await self.field.press("Enter")
        else:
            await by.click()
        await expect(self.own.last).to_contain_text(text)
        await expect(self.answers).to_have_count(count + 1)


@pytest.mark.parametrize("who", ["visitor", "buyer"])
@pytest.mark.parametrize("lang", ["en", "ru", "ro", "es"])
async def test_somebody_is_helped_from_the_first_question_to_a_person(
    askers: Visitors, lang: str, who: str
) -> None:
    visitor = await askers.new(lang=lang)
    widget = await visitor.widget(BUYERS[lang] if who == "buyer" else NOBODY, lang=lang)
    frame, support = widget.frame, Help(widget.frame)
    entry, question = CLEAR[lang]

    # He asks in his own words, and is answered in his language.
    await frame.get_by_role("combobox").fill(question)
    await frame.get_by_role("combobox").press("Enter")
    await expect(support.answers).to_have_count(1)
    await expect(support.own).to_have_text(re.compile(re.escape(question)))
    await expect(support.answers).to_contain_text(await answer_to(visitor, lang, entry))
    await expect(frame.locator(".head-note")).to_have_text(sentence(lang, "support.note.bot"))

    # He says that it helped, and goes on with a question beside it.
    rating = frame.locator(".answer-rating")
    await rating.get_by_role("button", name=sentence(lang, "support.helpful")).click()
    await expect(rating).to_have_text(sentence(lang, "support.rated.helpful"))
    related = await support.choices.first.inner_text()
    await support.hears(related, support.choices.first)

    # What may mean three things is asked back.
    await support.say(VAGUE[lang])
    await expect(support.choices).to_have_count(3)
    chosen = await support.choices.nth(1).inner_text()
    await support.hears(chosen, support.choices.nth(1))
    await expect(rating.last).to_be_visible()

    # Twice misunderstood, he is offered a person first.
    for words in NONSENSE:
        await support.say(words)
    person = support.choices.first
    wish = await person.inner_text()
    await person.click()
    await expect(support.own.last).to_contain_text(wish)

    # And is told the truth: a person will answer here, and nobody is before him.
    await expect(support.queued).to_contain_text(sentence(lang, "support.queue.next"))
    await expect(frame.locator(".system-line").last).to_contain_text(
        sentence(lang, "event.support.queued")
    )
    await expect(support.choices).to_have_count(0)

    # All of it is there when he comes back, also what he said of the answer.
    said = await support.own.count()
    await widget.page.reload()
    again = await reopened(widget)
    await again.locator(".thread-item").first.click()
    support = Help(again)
    await expect(support.own).to_have_count(said)
    await expect(again.locator(".answer-rated")).to_have_text(
        sentence(lang, "support.rated.helpful")
    )
    await expect(support.queued).to_be_visible()


async def reopened(widget: Widget) -> Frame:
    """The panel of a page that was loaded again."""
    frame = await widget_frame(widget.page)
    await widget.page.evaluate("parley('open')")
    await expect(frame.locator(".home")).to_be_visible()
    return frame


async def test_a_question_of_the_faq_is_found_and_asked_by_keyboard_alone(
    askers: Visitors,
) -> None:
    widget = await (await askers.new()).widget(NOBODY)
    box = widget.frame.get_by_role("combobox")
    options = widget.frame.get_by_role("option")

    # In one go: what fits the first letters alone would be offered before, and go again under the arrow keys.
    await box.fill("refund")
    await expect(options.first).to_be_visible()
    await expect(box).to_have_attribute("aria-expanded", "true")
    await box.press("ArrowDown")
    await box.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    marked = await options.nth(1).get_attribute("id")
    assert await box.get_attribute("aria-activedescendant") == marked
    await box.press("Escape")
    await expect(widget.frame.locator("[aria-selected=true][role=option]")).to_have_count(0)
    await expect(box).to_have_value("refund")
    await box.press("ArrowUp")
    question = await options.last.inner_text()
    await box.press("Enter")

    support = Help(widget.frame)
    await expect(support.own).to_contain_text(question)
    await expect(support.answers).to_have_count(1)


async def test_escape_empties_the_field_before_it_closes_the_panel(askers: Visitors) -> None:
    widget = await (await askers.new()).widget(NOBODY)
    box = widget.frame.get_by_role("combobox")
    await widget.page.evaluate("window.times = 0; parley('on', 'closed', () => { times += 1 })")

    await box.fill("refund")
    await box.press("Escape")
    await expect(box).to_have_value("")
    assert await widget.page.evaluate("times") == 0
    await box.press("Escape")

    await widget.page.wait_for_function("times === 1")


async def test_nobody_becomes_a_visitor_before_he_asks(askers: Visitors) -> None:
    visitor = await askers.new()
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    widget = await visitor.widget(NOBODY)

    await expect(widget.frame.locator(".help-list button").first).to_be_visible()
    await widget.tab("Messages")
    await expect(widget.frame.get_by_text("Sign in to write to sellers")).to_be_visible()
    await widget.tab("Orders")
    await expect(widget.frame.get_by_text("Sign in to write to sellers")).to_be_visible()
    assert [url for url in asked if url.endswith(("/visitors", "/socket-tickets"))] == []
    await widget.tab("Home")
    await widget.frame.locator(".help-list button").first.click()

    await expect(Help(widget.frame).answers).to_have_count(1)
    assert len([url for url in asked if url.endswith("/visitors")]) == 1


async def test_a_page_asks_for_its_reader(askers: Visitors) -> None:
    page = await (await askers.new()).market(NOBODY)
    support = Help(await widget_frame(page))

    await page.evaluate("parley('ask', 'how many days for refunds to show up')")

    await expect(support.own).to_contain_text("how many days for refunds to show up")
    await expect(support.answers).to_have_count(1)


async def test_who_asks_for_a_person_in_the_menu_waits_for_one(askers: Visitors) -> None:
    widget = await (await askers.new()).widget(NOBODY)
    await widget.frame.locator(".help-list button").first.click()
    support = Help(widget.frame)
    await expect(support.answers).to_have_count(1)

    await widget.talk.do_all("Talk to a person")

    await expect(support.queued).to_contain_text(sentence("en", "support.queue.next"))
    await widget.frame.get_by_role("button", name="More actions").click()
    await expect(widget.frame.get_by_role("menuitem")).to_have_text(["Mute", "Archive"])


async def test_a_buyer_is_led_to_his_order(askers: Visitors) -> None:
    widget = await (await askers.new()).widget("ana")
    await widget.page.evaluate("parley('ask', 'wheres my stuff??')")

    shown = widget.frame.get_by_role("button", name=re.compile("^Show order ")).first
    number = (await shown.inner_text()).removeprefix("Show order ")
    await shown.click()

    await expect(widget.frame.locator(".head h1")).to_contain_text(number)
    await widget.back()
    await expect(shown).to_be_visible()


async def test_a_dead_token_is_replaced_without_a_word(askers: Visitors) -> None:
    visitor = await askers.new()
    visitor.watch.forgive("401")
    widget = await visitor.widget(NOBODY)
    await widget.frame.locator(".help-list button").first.click()
    await expect(Help(widget.frame).answers).to_have_count(1)
    await widget.frame.evaluate(
        "() => localStorage.setItem('parley:visitor:kept',"
        " JSON.stringify({ token: 'x'.repeat(43), id: '0000000000000001', saidAt: 0 }))"
    )

    await widget.page.reload()
    frame = await reopened(widget)
    await frame.locator(".help-list button").first.click()

    await expect(Help(frame).answers).to_have_count(1)
    await expect(Help(frame).own).to_have_count(1)


# A buyer who was a visitor.


def token(person: str, **more: str) -> str:
    """What the marketplace signs for a buyer, with claims of its own."""
    head, claims, _ = sign(JWT_KEY, KEY_ID, person, "buyer").split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    both = f"{head}.{unpadded(json.dumps({**told, **more}).encode())}"
    return f"{both}.{unpadded(hmac.digest(JWT_KEY.encode(), both.encode(), 'sha256'))}"


def unpadded(data: bytes) -> str:
    """As a token carries it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


SHOP_PAGE: Final = """
<script async src="{parley}/widget.js"></script>
<script>
  window.parley = window.parley || function () {{ (parley.q = parley.q || []).push(arguments) }};
  window.visitors = [];
  window.connections = 0;
  parley('on', 'visitor', ({{ id }}) => visitors.push(id));
  parley('on', 'connection', ({{ state }}) => {{ if (state === 'open') connections += 1; }});
  parley('init', {{ locale: 'en' }});
</script>"""


async def visit(askers: Visitors, served: ServerNode, shop: Shop) -> tuple[Page, Widget, str]:
    """Somebody has asked on the marketplace's page; its page knows who he is."""
    visitor: Visitor = await askers.new(origins=[shop.origin])
    page = await visitor.page()
    await page.goto(shop.put("/help", SHOP_PAGE.format(parley=served.url)))
    widget = await visitor.panel(page)
    await widget.frame.locator(".help-list button").first.click()
    await expect(Help(widget.frame).answers).to_have_count(1)
    # The page around is another process, which hears a little later.
    await page.wait_for_function("visitors.length > 0")
    known = await page.evaluate("visitors")
    assert len(known) == 1
    return page, widget, known[0]


@pytest.fixture(scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory, shop: Shop) -> AsyncIterator[ServerNode]:
    """A server with its bot, for that marketplace."""
    folder = tmp_path_factory.mktemp("helping")
    store = f"sqlite:///{folder / 'parley.sqlite3'}"
    node = ServerNode(folder, store, origins=shop.origin, bot="1")
    await node.start()
    yield node
    await node.stop()


@pytest.fixture
async def guests(browser: Browser, served: ServerNode) -> AsyncIterator[Visitors]:
    """People at the marketplace that the server runs for."""
    async with Backend(served.url, API_KEY) as backend:
        for person in ("bea", "cara", "dora"):
            await backend.put_person(person, PutPerson(f"{person.title()} Beyer", 1))
    async with Visitors(browser, served) as visitors:
        yield visitors


IDENTIFY: Final = "(token) => parley('identify', { getToken: () => token })"


async def test_a_conversation_goes_on_after_signing_in_where_its_buyer_says_so(
    guests: Visitors, served: ServerNode, shop: Shop
) -> None:
    page, widget, known = await visit(guests, served, shop)

    await page.evaluate(IDENTIFY, token("bea", merge=known))
    await widget.frame.get_by_role("button", name="Continue", exact=True).click()

    support = Help(widget.frame)
    await expect(support.own).to_have_count(1)
    await expect(support.answers).to_have_count(1)
    await expect(widget.frame.locator(".system-line").last).to_contain_text(
        "You continued the conversation from before you signed in."
    )
    kept = await widget.frame.evaluate("localStorage.getItem('parley:visitor:kept')")
    assert kept is None


async def test_a_buyer_who_says_no_is_not_asked_again(
    guests: Visitors, served: ServerNode, shop: Shop
) -> None:
    page, widget, known = await visit(guests, served, shop)
    await page.evaluate(IDENTIFY, token("cara", merge=known))
    await page.wait_for_function("connections >= 2")

    await widget.frame.get_by_role("button", name="No, leave it").click()
    await page.evaluate(IDENTIFY, token("cara", merge=known))
    await page.wait_for_function("connections >= 3")

    await expect(widget.frame.get_by_role("heading", name="Hello, Cara")).to_be_visible()
    await expect(widget.frame.get_by_text("Continue the conversation")).to_have_count(0)
    await expect(widget.items).to_have_count(0)


async def test_a_buyer_whom_the_marketplace_does_not_vouch_for_is_not_asked(
    guests: Visitors, served: ServerNode, shop: Shop
) -> None:
    page, widget, known = await visit(guests, served, shop)

    await page.evaluate(IDENTIFY, token("dora"))
    await expect(widget.frame.get_by_role("heading", name="Hello, Dora")).to_be_visible()
    await expect(widget.frame.get_by_text("No messages yet")).to_be_visible()
    await expect(widget.frame.get_by_text("Continue the conversation")).to_have_count(0)

    # Nobody is signed in again: the visitor is back, with what he had asked.
    await page.evaluate("parley('identify')")
    await expect(widget.items).to_have_count(1)
    assert set(await page.evaluate("visitors")) == {known}


SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}


@pytest.mark.parametrize(
    ("lang", "size"), [("en", "phone"), ("en", "desktop"), ("ru", "phone"), ("ar", "desktop")]
)
async def test_help_has_no_fault(askers: Visitors, lang: str, size: str) -> None:
    visitor = await askers.new(lang=lang, color_scheme="light", **SIZES[size])
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    widget = await visitor.widget(NOBODY, lang=lang)
    page, frame, support = widget.page, widget.frame, Help(widget.frame)

    await expect(frame.locator(".help-list button").first).to_be_visible()
    await checker.look("help", page, frame)
    if lang != "ar":  # The FAQ has no Arabic.
        await frame.get_by_role("combobox").fill({"en": "refund", "ru": "вернуть"}[lang])
        await expect(frame.get_by_role("option").first).to_be_visible()
        await frame.get_by_role("combobox").press("ArrowDown")
        await checker.look("type-ahead", page, frame)
        await frame.get_by_role("combobox").fill("")
    await page.evaluate("parley('ask', '')")
    await expect(support.choices.first).to_be_visible()
    await checker.look("nothing asked yet", page, frame)
    await support.choices.first.click()
    await expect(support.answers).to_have_count(1)
    await checker.look("answer", page, frame)
    await frame.locator(".head .menu button").click()
    await frame.get_by_role("menuitem").first.click()
    await expect(support.queued).to_be_visible()
    await checker.look("queued", page, frame)

    assert checker.verdict == ""
