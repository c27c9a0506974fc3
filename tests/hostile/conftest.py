"""What the hostile tests share: asyncio, as the server runs on it."""

import pytest


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"
