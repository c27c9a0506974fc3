"""What goes out by itself: the outbox, lane by lane, and marks once a second."""

import asyncio
from typing import Final

from chat_server.client.errors import Lost, Refused, Stopped
from chat_server.client.held import Held
from chat_server.client.marks import Marks
from chat_server.client.outbox import Outbox, Write, WriteFrame
from chat_server.client.session import Session, expect
from chat_server.client.tasks import Tasks
from chat_server.wire.frames import Ack, Failed, Mark, MarkItem

MARK_EVERY_S: Final = 1.0
LEAST_PAUSE_S: Final = 0.05


class Sender:
    """Sends until it is acknowledged, or refused for good."""

    def __init__(
        self, session: Session, outbox: Outbox, marks: Marks, held: Held, tasks: Tasks
    ) -> None:
        self._session, self._outbox, self._marks = session, outbox, marks
        self._held, self._tasks = held, tasks

    def start(self) -> None:
        """What an earlier run left in the outbox goes first."""
        self._tasks.start(self._tell_marks())
        for thread_id in self._outbox.lanes:
            self._tasks.start(self._empty(thread_id))

    async def write(self, frame: WriteFrame) -> Ack:
        """Puts it at the end of its lane, and waits. Raises Refused, Stopped."""
        if self._session.stopped is not None:
            raise self._session.stopped
        done: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        is_first = frame.thread_id not in self._outbox.lanes
        self._outbox.add(Write(frame, done))
        if is_first:
            self._tasks.start(self._empty(frame.thread_id))
        return await done

    async def _empty(self, thread_id: str) -> None:
        """One write after the other, so that they stand in the order of writing."""
        while (lane := self._outbox.lanes.get(thread_id)) is not None:
            write = lane[0]
            try:
                ack = expect(await self._session.ask(write.frame), Ack)
            except Lost:
                continue
            except Stopped as stopped:
                for waiting in lane:
                    waiting.refuse(stopped)
                return
            except Refused as refused:
                await self._refused(write, refused)
            else:
                self._outbox.settled(write)
                self._held.acknowledged(write.frame, ack)
                write.acknowledge(ack)

    async def _refused(self, write: Write, refused: Refused) -> None:
        if refused.retryable:
            await asyncio.sleep(max(LEAST_PAUSE_S, (refused.retry_after_ms or 0) / 1000))
        else:
            self._outbox.settled(write)
            write.refuse(refused)

    async def _tell_marks(self) -> None:
        while True:
            await asyncio.sleep(MARK_EVERY_S)
            if not self._marks or self._session.connection is None:
                continue
            items = self._marks.take()

            def refused(failed: Failed, items: list[MarkItem] = items) -> None:
                if failed.retryable:
                    self._marks.untold(items)

            if not await self._session.tell(Mark(1, items), refused):
                self._marks.untold(items)
