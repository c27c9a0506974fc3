"""What the accessibility checker finds on a screen that is shown."""

from typing import Any, Final

from playwright.async_api import Frame, Page

from tests.services.chromium import axe_source

Options = dict[str, dict[str, Any]]

RUN: Final = """async (options) => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...options });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`));
}"""

OF_COLOUR: Final = ("color-contrast", "link-in-text-block")
"""The rules whose outcome depends on whether it is light or dark, and not on the language."""
ALL: Final[Options] = {}
WITHOUT_COLOUR: Final[Options] = {"rules": {rule: {"enabled": False} for rule in OF_COLOUR}}
COLOUR: Final[Options] = {"runOnly": {"type": "rule", "values": list(OF_COLOUR)}}

# Two turns of the page: a change of scheme has reached every colour by then.
SETTLED: Final = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Checker:
    """Looks at screens, and notes what is found under the screen's name."""

    def __init__(self, name: str, *, colours: bool = True) -> None:
        """`colours`: whether those count too, in light and in dark. They are the same in every language."""
        self._name = name
        self._colours = colours
        self.found: list[str] = []

    async def look(self, screen: str, page: Page, frame: Frame | None = None) -> None:
        """Looks at a page, or at a frame of it."""
        root = frame or page
        if not await root.evaluate("'axe' in globalThis"):
            await root.evaluate(axe_source())
        await self._run(f"{screen}, light", root, ALL if self._colours else WITHOUT_COLOUR)
        if self._colours:
            await page.emulate_media(color_scheme="dark")
            await self._run(f"{screen}, dark", root, COLOUR)
            await page.emulate_media(color_scheme="light")

    async def _run(self, screen: str, root: Page | Frame, options: Options) -> None:
        await root.evaluate(SETTLED)
        faults: list[str] = await root.evaluate(RUN, options)
        self.found += [f"{self._name}, {screen}: {fault}" for fault in faults]

    @property
    def verdict(self) -> str:
        """All that was found, each fault once with the screens that have it; empty where there is none."""
        by_fault: dict[str, list[str]] = {}
        for line in self.found:
            screen, _, fault = line.partition(": ")
            by_fault.setdefault(fault, []).append(screen)
        return "\n".join(f"{fault}\n    on {'; '.join(on)}" for fault, on in by_fault.items())
