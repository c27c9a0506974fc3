"""Translations that a node was told of late, and those that it asks for now. Where they come from is not known here."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

HELD: Final = 1000
LONGEST_HELD: Final = 4000
"""So many texts are held, of at most so many code points each: some megabytes."""

_LEFT: Final = object()
"""In the place of an answer: whoever asked went away before there was one."""


class KnownTranslations:
    """Each is asked for once at a time, however many want it."""

    def __init__(self) -> None:
        self._held: OrderedDict[bytes, str] = OrderedDict()
        self._asked: dict[bytes, asyncio.Future[object]] = {}

    async def get(self, key: bytes, ask: Callable[[], Awaitable[str | None]]) -> str | None:
        """What is held, or what `ask` gives; those that come while it is asked share its answer, None as well."""
        while (held := self._held.get(key)) is None:
            asked = self._asked.get(key)
            if asked is None:
                return await self._ask(key, ask)
            answer = await asyncio.shield(asked)
            if answer is not _LEFT:
                return answer if isinstance(answer, str) else None
        self._held.move_to_end(key)
        return held

    async def _ask(self, key: bytes, ask: Callable[[], Awaitable[str | None]]) -> str | None:
        asked = self._asked[key] = asyncio.get_running_loop().create_future()
        answer: object = _LEFT
        try:
            answer = text = await ask()
            if text is not None:
                self._hold(key, text)
            return text
        finally:
            del self._asked[key]
            asked.set_result(answer)

    def _hold(self, key: bytes, text: str) -> None:
        if len(text) <= LONGEST_HELD:
            self._held[key] = text
            if len(self._held) > HELD:
                self._held.popitem(last=False)
