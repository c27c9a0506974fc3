"""The services as pytest fixtures: each starts when a test first asks, once per pytest process.

Fault tests take `own_postgres()` and `own_redis()` instead, which nobody else uses.
"""

from collections.abc import Iterator

import pytest

from tests.services.chromium import LaunchOptions, launch_options
from tests.services.mail import PostOffice, post_office
from tests.services.postgres import Postgres, shared_postgres
from tests.services.redis import Redis, shared_redis
from tests.services.s3 import S3, s3_store
from tests.services.translators import Bureau, translation_bureau


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with shared_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    with shared_redis() as server:
        yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    with s3_store() as store:
        yield store


@pytest.fixture(scope="session")
def chromium_options() -> LaunchOptions:
    return launch_options()


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


@pytest.fixture
def bureau() -> Iterator[Bureau]:
    with translation_bureau() as found:
        yield found
