"""What the tests of the gateways share: asyncio, as the server runs on it."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
