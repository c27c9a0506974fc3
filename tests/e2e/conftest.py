"""Nodes and stores for tests with real processes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.node import ServerNode


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[ServerNode]:
    """A server on a fresh SQLite file, started."""
    node = ServerNode(tmp_path / "node", f"sqlite:///{tmp_path / 'parley.sqlite3'}")
    await node.start()
    yield node
    await node.stop()
