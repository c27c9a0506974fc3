"""What all tests share: asyncio, as the server runs on it, and a node of Parley for those who ask for one."""

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.api.harness import Parley, make_template, running
from tests.factories import Pair, Town, meet
from tests.faults.scale import SOAK

# How long an example takes is up to the machine. In `make test` they are the same each time, as the seeds of walks
# are, so that a finding can be found again; in the soak they are new ones.
settings.register_profile(
    "parley",
    deadline=None,
    derandomize=not SOAK,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("parley")


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay to the end: nobody looks through them for rubbish again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated store to copy."""
    return make_template(tmp_path_factory.mktemp("store"))


@pytest.fixture
async def parley(tmp_path: Path, store_template: Path) -> AsyncIterator[Parley]:
    """A running node."""
    async with running(tmp_path, store_template) as node:
        yield node


@pytest.fixture
def town(parley: Parley) -> Town:
    """The marketplace's backend."""
    return Town(parley)


@pytest.fixture
async def pair(town: Town) -> Pair:
    """A buyer and a seller who have opened a thread."""
    return await meet(town)
