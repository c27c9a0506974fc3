"""A node with its bot, for those who ask for one."""

import asyncio
import copy
import functools
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import Bot, load_corpus
from chat_server.actions.live_faq import LiveFaq
from tests.api.harness import Parley, running
from tests.factories import Town


@functools.cache
def shipped_bot() -> Bot:
    """Built once in a process: it takes a second."""
    return Bot(load_corpus())


@pytest.fixture
async def nameless(tmp_path: Path, store_template: Path) -> AsyncIterator[Town]:
    """A node that shows customers no names of agents."""
    async with running(tmp_path, store_template, agent_names=False) as node:
        yield Town(node)


@pytest.fixture
async def helpful(tmp_path: Path, store_template: Path) -> AsyncIterator[Town]:
    """A node with its bot."""
    faq = LiveFaq(lambda: copy.deepcopy(shipped_bot()))
    async with running(tmp_path, store_template, faq=faq, bot=True) as node:
        yield Town(node)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, store_template: Path) -> Path:
    """The files of a node whose store holds the demo: it is put before deadlines begin to be looked at."""
    folder = tmp_path_factory.mktemp("demo")

    async def put() -> None:
        async with running(folder, store_template, demo=True):
            pass

    asyncio.run(put())
    return folder


@pytest.fixture
async def demo(tmp_path: Path, seeded: Path) -> AsyncIterator[Parley]:
    """A node whose store holds the demo."""
    folder = Path(shutil.copytree(seeded, tmp_path / "demo"))
    async with running(folder, folder / "store.sqlite3") as parley:
        yield parley
