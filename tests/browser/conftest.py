"""One browser and one demo for all of these tests; each test brings its own people."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.demo import DemoNode
from tests.browser.shop import Shop, open_shop
from tests.browser.visitors import Visitors
from tests.e2e.node import ServerNode
from tests.patience import PATIENCE_S
from tests.services.chromium import LaunchOptions

PATIENCE_MS = PATIENCE_S * 1000


@pytest.fixture(scope="package")
def anyio_backend() -> str:
    """One loop for all of them: the browser and the server are of this loop."""
    return "asyncio"


@pytest.fixture(scope="package")
async def browser(chromium_options: LaunchOptions) -> AsyncIterator[Browser]:
    """Chromium. What it shows waits for nobody longer than PATIENCE_MS."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**chromium_options)
        yield browser
        await browser.close()


@pytest.fixture(scope="package")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """The demo that those tests share which leave it running."""
    node = DemoNode(tmp_path_factory.mktemp("browser") / "demo")
    await node.start()
    yield node
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture
async def own_demo(tmp_path: Path) -> AsyncIterator[DemoNode]:
    """A demo that one test may kill."""
    node = DemoNode(tmp_path / "demo")
    await node.start()
    yield node
    await node.stop()


@pytest.fixture
async def visitors(browser: Browser, demo: DemoNode) -> AsyncIterator[Visitors]:
    """Browser profiles for people."""
    async with Visitors(browser, demo) as visitors:
        yield visitors


@pytest.fixture(scope="package")
def shop() -> Iterator[Shop]:
    """A marketplace on another site."""
    with open_shop() as shop:
        yield shop


@pytest.fixture(scope="package")
async def served(tmp_path_factory: pytest.TempPathFactory, shop: Shop) -> AsyncIterator[ServerNode]:
    """A server as it runs for that marketplace, and for no other."""
    folder = tmp_path_factory.mktemp("served")
    node = ServerNode(folder, f"sqlite:///{folder / 'parley.sqlite3'}", origins=shop.origin)
    await node.start()
    yield node
    await node.stop()
