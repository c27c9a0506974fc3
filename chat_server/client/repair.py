"""What comes in by asking: threads of which only events are known, and events that are missing in a log."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final

from chat_server.client.errors import Lost, Refused, Stopped, Unreachable
from chat_server.client.held import Held
from chat_server.client.session import Session, expect
from chat_server.wire.frames import Page, ReadHistory
from chat_server.wire.shapes import ThreadView

AFTER_S: Final = 0.25
"""An event that came early is given so long for those before it, an own ack mostly, to arrive."""

PAGE: Final = 100
RETRY_S: Final = 1.0


class Repair:
    """`run` it in a task; `held.changed` wakes it."""

    def __init__(
        self, session: Session, held: Held, look: Callable[[str], Awaitable[ThreadView]]
    ) -> None:
        """`look` asks how a thread is shown now. May raise Refused, Unreachable."""
        self._session, self._held, self._look = session, held, look

    async def run(self) -> None:
        """For ever."""
        changed = self._held.changed
        while True:
            await changed.wait()
            changed.clear()
            for thread_id in self._held.unseen():
                await self._see(thread_id)
            if not self._held.behind():
                continue
            await asyncio.sleep(AFTER_S)
            for thread_id in self._held.behind():
                with contextlib.suppress(Lost, Stopped):
                    await self._fill(thread_id)

    async def _see(self, thread_id: str) -> None:
        try:
            view = await self._look(thread_id)
        except Refused as refused:
            if refused.retryable:
                await asyncio.sleep(_pause(refused))
                self._held.changed.set()
            else:
                self._held.forget(thread_id)
        except Unreachable:
            # Without a connection the next welcome brings it; a request may have failed by itself.
            if self._session.connection is not None:
                await asyncio.sleep(RETRY_S)
                self._held.changed.set()
        else:
            self._held.see(view)
            self._held.listener.thread(view)

    async def _fill(self, thread_id: str) -> None:
        while (log := self._held.logs.get(thread_id)) is not None and log.behind:
            asked = ReadHistory(1, thread_id, after=log.upto, limit=PAGE)
            try:
                page = expect(await self._session.ask(asked), Page)
            except Refused as refused:
                if not refused.retryable:
                    self._held.forget(thread_id)
                    return
                await asyncio.sleep(_pause(refused))
            else:
                self._held.take(thread_id, page.events)


def _pause(refused: Refused) -> float:
    hint = refused.retry_after_ms
    return hint / 1000 if hint is not None else RETRY_S
