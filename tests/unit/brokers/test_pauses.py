"""What rings often is done seldom, and never forgotten."""

import asyncio

import pytest

from chat_server.brokers.pauses import Settled, Spaced


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


class Acts:
    def __init__(self) -> None:
        self.at: list[float] = []
        self._more = asyncio.Event()

    def __call__(self) -> None:
        self.at.append(asyncio.get_running_loop().time())
        self._more.set()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(30):
            while len(self.at) < count:
                self._more.clear()
                await self._more.wait()


async def test_spaced_acts_at_once_and_the_rest_together_after_the_pause() -> None:
    acts = Acts()
    spaced = Spaced(acts, 0.05)

    spaced.ring()
    assert len(acts.at) == 1
    for _ in range(10):
        spaced.ring()
    assert len(acts.at) == 1
    await acts.until(2)
    spaced.ring()
    await acts.until(3)

    assert acts.at[1] - acts.at[0] >= 0.049
    assert acts.at[2] - acts.at[1] >= 0.049


async def test_settled_acts_once_for_many_and_again_for_later_ones() -> None:
    acts = Acts()
    settled = Settled(acts, 0.02)
    began = asyncio.get_running_loop().time()

    for _ in range(10):
        settled.ring()
    assert acts.at == []
    await acts.until(1)
    settled.ring()
    await acts.until(2)

    assert len(acts.at) == 2
    assert acts.at[0] - began >= 0.019


async def test_settled_may_be_cancelled() -> None:
    acts, later = Acts(), Acts()
    settled, other = Settled(acts, 0.01), Settled(later, 0.02)

    settled.cancel()
    settled.ring()
    settled.cancel()
    other.ring()
    await later.until(1)

    assert acts.at == []
