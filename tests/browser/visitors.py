"""People in front of their browsers: buyers on the market's page, sellers in their inbox."""

import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final, Self

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.screens import Inbox, Widget, widget_frame
from tests.browser.watch import Watch
from tests.e2e.node import ServerNode

PHONE: Final = {"width": 390, "height": 844}
DESKTOP: Final = {"width": 1440, "height": 900}

PREFER: Final = """try {
  const name = 'parley.inbox.preferences';
  localStorage.getItem(name) ?? localStorage.setItem(name, JSON.stringify(%s));
} catch { /* a page without an origin keeps nothing */ }"""


class Visitor:
    """One browser profile: its cookies, its storage, its complaints."""

    def __init__(self, context: BrowserContext, node: ServerNode, origins: Sequence[str]) -> None:
        self.context = context
        self.node = node
        self.watch = Watch(context, {node.url, node.url.replace("http", "ws", 1), *origins})

    async def page(self) -> Page:
        """Another tab."""
        return await self.context.new_page()

    async def market(self, person: str, *, lang: str = "en", path: str = "") -> Page:
        """The market's page with somebody signed in, in a new tab; `path` is its own, after the `#`."""
        page = await self.page()
        await page.goto(f"{self.node.url}/?as={person}&lang={lang}#{path}")
        return page

    async def widget(self, person: str, *, lang: str = "en", path: str = "") -> Widget:
        """The market's page with the panel open at its home."""
        return await self.panel(await self.market(person, lang=lang, path=path))

    async def panel(self, page: Page) -> Widget:
        """The panel of a page that embeds Parley, open at its home."""
        frame = await widget_frame(page)
        await page.evaluate("parley('open')")
        await expect(frame.locator(".home")).to_be_visible()
        return Widget(page, frame)

    async def about(self, person: str, product: str, *, lang: str = "en") -> Widget:
        """The conversation about a product, as the product's own page opens it."""
        page = await self.market(person, lang=lang, path=f"/product/{product}")
        await page.locator(".detail-words .button-primary").click()
        widget = Widget(page, await widget_frame(page))
        await widget.talk.opened()
        return widget

    async def inbox(self, person: str) -> Inbox:
        """A seller's inbox, opened with a fresh link in a new tab."""
        return await self.enter(self.node.url + await self.inbox_link(person))

    async def enter(self, link: str) -> Inbox:
        """An inbox that somebody has given a link to, in a new tab."""
        page = await self.page()
        await page.goto(link)
        inbox = Inbox(page)
        await inbox.opened()
        return inbox

    async def inbox_link(self, person: str) -> str:
        """A link that opens a seller's inbox once, without the origin."""
        answer = await self.context.request.post(
            f"{self.node.url}/demo/inbox-link", data={"person": person}
        )
        return str((await answer.json())["url"])


class Visitors:
    """Everybody of one test. At its end every browser is closed, and none may have complained."""

    def __init__(self, browser: Browser, node: ServerNode) -> None:
        self._browser = browser
        self._node = node
        self.url = node.url
        self._all: list[Visitor] = []

    async def new(
        self, *, lang: str = "en", origins: Sequence[str] = (), **options: Any
    ) -> Visitor:
        """A fresh browser profile that sees the inbox in `lang`.

        `origins` are those beside Parley's that its pages may ask; `options` are Playwright's.
        """
        # Nothing moves while it is looked at, and each wait is for a state, not for an animation.
        options = {"viewport": DESKTOP, "reduced_motion": "reduce", "locale": "en-GB", **options}
        context = await self._browser.new_context(**options)
        await context.add_init_script(PREFER % json.dumps({"locale": lang}))
        visitor = Visitor(context, self._node, origins)
        self._all.append(visitor)
        return visitor

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        complaints = [said for visitor in self._all for said in visitor.watch.complaints]
        for visitor in self._all:
            await visitor.context.close()
        if kind is None:
            assert not complaints, "\n".join(complaints)
