"""A node with its bot, for those who ask for one."""

import copy
import functools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import Bot, load_corpus
from chat_server.actions.live_faq import LiveFaq
from tests.api.harness import running
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
