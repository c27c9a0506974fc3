"""The broker across Redis: one broadcast channel per installation, presence and limits in its keys.

Redis is a wake-up, never the truth: nothing here raises to callers, blocks them, or waits for long.
What a node cannot ask, it answers from what it knows itself.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence

from chat_server.brokers.keeper import Keeper, Reports
from chat_server.brokers.limits import Limits
from chat_server.brokers.link import Link
from chat_server.brokers.node import Counts
from chat_server.brokers.pace import WAITING_BYTES, Pace
from chat_server.brokers.parcels import Mailbag, Note, unpack
from chat_server.brokers.pauses import Settled, Spaced
from chat_server.brokers.presence import Presence
from chat_server.brokers.questions import Ask, Questions, pack
from chat_server.ports import BrokerSink

logger = logging.getLogger(__name__)


class RedisBroker:
    """One node's end. All names in Redis begin with the namespace: two installations never meet."""

    def __init__(self, url: str, namespace: str, pace: Pace | None = None) -> None:
        """Raises ValueError, whose text does not repeat the URL."""
        self.counts = Counts()
        self._pace = pace = pace or Pace()
        node = secrets.token_hex(4)
        self._link = Link(url, f"parley-{node}", f"{namespace}:frames", pace.connect_s)
        self._limit_prefix = f"{namespace}:limit:".encode()
        self._bag = Mailbag(node, WAITING_BYTES)
        self._note = Note.NOTHING
        self._waker = Spaced(self._note_wake, pace.wake_s)
        self._loss = Settled(self._lose_place, pace.settle_s)
        self._questions = Questions()
        self._limits = Limits()
        self._presence = Presence(f"{namespace}:here:", node, pace, self._ask, self._tell)
        self._sink: BrokerSink | None = None
        reports = Reports(
            self._exchange,
            self._heard,
            self._opened,
            self._ticked,
            self._questions.give_up,
            self._closed,
        )
        self._keeper = Keeper(self._link, pace, reports)

    @property
    def healthy(self) -> bool:
        """Whether Redis is connected and answers."""
        return self._keeper.answers

    async def start(self, sink: BrokerSink) -> None:
        """Connects; where that fails, goes on trying in the background."""
        self._sink = sink
        await self._keeper.start()

    async def stop(self) -> None:
        """Sends what waits, says that nobody is connected here any longer, and hangs up."""
        self._sink = None
        self._loss.cancel()
        try:
            async with asyncio.timeout(self._pace.goodbye_s):
                # Its answer tells that everything before it has arrived.
                await self._presence.leave_all()
        except TimeoutError:
            pass
        await self._keeper.stop()

    # Frames.

    def publish(self, channel: str, frame: bytes) -> None:
        """Puts a frame into this loop turn's parcel; drops it where there is no connection."""
        if self._keeper.is_open and self._bag.add(channel, frame):
            self._keeper.ring()
        else:
            self._drop(1)

    def wake(self) -> None:
        """Wakes the other nodes with the next parcel, or with one a few milliseconds later."""
        if Note.WOKEN not in self._note:
            self._waker.ring()

    def _note_wake(self) -> None:
        if not self._keeper.is_open:
            # Whoever learns that frames were lost reads the store anyway.
            self._note |= Note.LOST
            return
        self._note |= Note.WOKEN
        self._keeper.ring()

    def _drop(self, frames: int) -> None:
        self.counts.frames_dropped += frames
        self._note |= Note.LOST

    async def _exchange(self) -> None:
        """One round trip with everything that waits; where that is nothing, a sign of life."""
        note, self._note = self._note, Note.NOTHING
        parcels = list(self._bag.empty_into(note))
        self.counts.frames_sent += sum(frames for _, frames in parcels)
        asks = self._questions.next_batch()
        if self._questions:
            self._keeper.ring()
        published, answer = False, None
        try:
            published, answer = await self._link.exchange(
                [parcel for parcel, _ in parcels], [ask.key for ask in asks], pack(asks)
            )
        finally:
            if parcels and not published:
                self._note |= Note.LOST
            self._questions.settle(answer)

    def _heard(self, packed: bytes) -> None:
        if self._sink is None or self._bag.is_ours(packed):
            return
        parcel = unpack(packed)
        if parcel is None:
            logger.warning("broker.strange_parcel", extra={"size": len(packed)})
            return
        self.counts.frames_received += len(parcel.frames)
        if parcel.note & Note.LOST:
            self._may_have_missed()
        received = self._sink.received
        for channel, frame in parcel.frames:
            try:
                received(channel, frame)
            except Exception:  # A mistake of the sink costs this frame, not the connection.
                logger.exception("broker.sink_failed")
        if parcel.note & Note.WOKEN:
            self._tell_sink(self._sink.woken)

    def _may_have_missed(self) -> None:
        """Of an outage each node hears once for itself and once from every other that was cut, so
        the sink is told when all are back; the store is read at once.
        """
        self._loss.ring()
        if self._sink is not None:
            self._tell_sink(self._sink.woken)

    def _lose_place(self) -> None:
        if self._sink is not None:
            self._tell_sink(self._sink.lost_place)

    def _tell_sink(self, tell: Callable[[], None]) -> None:
        try:
            tell()
        except Exception:  # As above.
            logger.exception("broker.sink_failed")

    # Presence and limits.

    async def arrive(self, subject: str, token: str) -> bool:
        """True where it is the first connection here, and no other node has one."""
        return await self._presence.arrive(subject, token)

    async def leave(self, subject: str, token: str) -> bool:
        """True where it was the last connection here, and no other node has one."""
        return await self._presence.leave(subject, token)

    async def online(self, subjects: Sequence[str]) -> set[str]:
        """Who is connected here, and who is elsewhere as far as Redis can tell now."""
        return await self._presence.online(subjects)

    async def take(self, key: str, limit: int, window_ms: int) -> int:
        """Counts one use over all nodes; over this one alone while Redis does not answer.

        What this node has counted by itself is refused without asking: a flood ends here.
        """
        wait = self._limits.wait(key, limit, window_ms)
        if wait:
            return wait
        asked_at = self._limits.now_ms()
        waits = await self._ask([Ask("take", self._limit_prefix + key.encode(), limit, window_ms)])
        if waits is None:
            return self._limits.take(key, limit, window_ms)
        if waits[0] == 0:
            # Counted as of before Redis did, so that we never refuse what Redis would allow.
            self._limits.count(key, limit, window_ms, asked_at)
        return waits[0]

    async def _ask(self, asks: Sequence[Ask]) -> list[int] | None:
        """A whole number for each; None where Redis is away, silent or refuses."""
        if not self._keeper.answers:
            return None
        answers = self._questions.ask(asks)
        self._keeper.ring()
        return await answers

    def _tell(self, asks: Sequence[Ask]) -> None:
        if self._keeper.answers:
            self._questions.tell(asks)
            self._keeper.ring()

    # What the keeper reports.

    def _opened(self) -> None:
        self.counts.connections += 1
        self._presence.announce_all(asyncio.get_running_loop().time())
        self._keeper.ring()
        if not self._keeper.is_first:
            self._may_have_missed()

    def _ticked(self) -> None:
        self._presence.tick(asyncio.get_running_loop().time())

    def _closed(self) -> None:
        """What was not sent by now would come too late: typing and presence are never replayed."""
        dropped = self._bag.clear()
        if dropped or Note.WOKEN in self._note:
            self._note = Note.NOTHING
            self._drop(dropped)
