"""Either engine, empty but for what a forgotten condition would return."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from chat_server.storage import AnyStore
from tests.contract.fragile import unprivileged_database
from tests.contract.stores import (
    Backend,
    Recorder,
    SqliteBackend,
    postgres_backend,
    sqlite_template,
)
from tests.factories_sql import block, meet, post
from tests.services.postgres import Postgres, own_postgres


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine; what only one of them must bear parametrises it anew."""
    return str(request.param)


@pytest.fixture
async def backend(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Backend]:
    with ExitStack() as stack:
        if engine == "sqlite":
            made: Backend = SqliteBackend(tmp_path, request.getfixturevalue("sqlite_file"))
        else:
            server = request.getfixturevalue("postgres_server")
            made = stack.enter_context(postgres_backend(server))
        yield made
        await made.close()


@pytest.fixture
def sink() -> Recorder:
    return Recorder()


@pytest.fixture
async def store(backend: Backend, sink: Recorder) -> AnyStore:
    """A started store with foreign people, threads, messages and blocks in it."""
    store = await backend.open(sink)
    for blocked in (False, True):
        pair = await meet(store)
        for author in (pair.buyer, pair.seller, pair.buyer):
            await post(store, pair.thread, author, "Foreign lamp, чужая лампа, 外国灯")
        if blocked:
            await block(store, pair)
    sink.told.clear()
    return store


@pytest.fixture(scope="module")
def fragile() -> Iterator[Postgres]:
    """A server that a module may kill, freeze and starve."""
    with own_postgres() as server:
        yield server


@pytest.fixture
async def url(fragile: Postgres) -> AsyncIterator[str]:
    """A database of the fragile server."""
    async with unprivileged_database(fragile) as url:
        yield url
