"""Who is here and who is typing, told only to those who have the thread open; nothing of it is stored."""

from typing import Final, Protocol, TypeVar

from chat_server.domain.ids import show
from chat_server.domain.people import Side
from chat_server.domain.threads import Thread, other_side
from chat_server.realtime.hub import Listener
from chat_server.realtime.transport import text_frame
from chat_server.wire.codec import encode
from chat_server.wire.frames import PresencePush, TypingPush
from chat_server.wire.views import SIDE_NAMES

WATCHED_AT_ONCE: Final = 20
"""Threads that one connection may have open."""


class Watch:
    """One connection that has one thread open, and on which side it stands."""

    __slots__ = ("listener", "side", "subject", "thread")

    def __init__(self, listener: Listener, thread: Thread, side: Side, subject: str) -> None:
        self.listener = listener
        self.thread = thread
        self.side = side
        self.subject = subject
        """Whose presence is watched: `p<person>` or `s<shop>`."""


class Broadcast(Protocol):
    """To the other nodes."""

    def publish(self, channel: str, frame: bytes) -> None:
        """Never blocks, may lose it."""


class Presence:
    """Watches by subject (who comes and goes) and by thread (who is typing)."""

    def __init__(self, broker: Broadcast) -> None:
        self._broker = broker
        self._by_subject: dict[str, list[Watch]] = {}
        self._by_thread: dict[int, list[Watch]] = {}

    def watch(self, watch: Watch) -> None:
        """From now on this connection hears of the thread's other side."""
        self._by_subject.setdefault(watch.subject, []).append(watch)
        self._by_thread.setdefault(watch.thread.id, []).append(watch)

    def watches(self, watch: Watch) -> bool:
        """Whether it still holds: it may have been ended from this side."""
        return watch in self._by_thread.get(watch.thread.id, ())

    def unwatch(self, watch: Watch) -> None:
        """The thread was left, or the connection ended."""
        _drop(self._by_subject, watch.subject, watch)
        _drop(self._by_thread, watch.thread.id, watch)

    def heard(self, channel: str, frame: bytes) -> bool:
        """Takes what another node says of presence and typing; False where it is something else."""
        kind, _, about = channel.partition(":")
        if kind == "on":
            self.changed(about, online=frame == b"1")
        elif kind == "typing":
            self.typed(int(about), Side(frame[0]))
        else:
            return False
        return True

    def part(self, customer_id: int, shop_id: int) -> None:
        """These two blocked each other out: neither hears of the other any more."""
        pair = [
            watch
            for watches in self._by_thread.values()
            for watch in watches
            if watch.thread.customer_id == customer_id and watch.thread.shop_id == shop_id
        ]
        for watch in pair:
            self._tell(watch, online=False)
            self.unwatch(watch)

    def leave(self, thread_id: int) -> None:
        """The thread is another team's now: whoever still may watch it says so again."""
        for watch in tuple(self._by_thread.get(thread_id, ())):
            if watch.side is Side.STAFF:
                self.unwatch(watch)

    def announce(self, subject: str, *, online: bool) -> None:
        """Somebody came or went, as seen over all nodes."""
        self.changed(subject, online=online)
        self._broker.publish(f"on:{subject}", b"1" if online else b"0")

    def changed(self, subject: str, *, online: bool) -> None:
        """Tells those who watch on this node."""
        for watch in tuple(self._by_subject.get(subject, ())):
            self._tell(watch, online=online)

    def typing(self, thread_id: int, side: Side) -> None:
        """Somebody of this side is typing: the other side's screens show it, on every node."""
        self.typed(thread_id, side)
        self._broker.publish(f"typing:{thread_id}", bytes([side]))

    def typed(self, thread_id: int, side: Side) -> None:
        """Tells those who watch on this node."""
        watches = self._by_thread.get(thread_id)
        if not watches:
            return
        frame = text_frame(encode(TypingPush(thread_id=show(thread_id), side=SIDE_NAMES[side])))
        for watch in tuple(watches):
            if watch.side != side:
                watch.listener.write(frame)

    def _tell(self, watch: Watch, *, online: bool) -> None:
        side = SIDE_NAMES[other_side(watch.thread, watch.side)]
        push = PresencePush(thread_id=show(watch.thread.id), side=side, online=online)
        watch.listener.write(text_frame(encode(push)))


Key = TypeVar("Key")


def _drop(index: dict[Key, list[Watch]], key: Key, watch: Watch) -> None:
    watches = index.get(key, [])
    if watch in watches:
        watches.remove(watch)
    if not watches:
        index.pop(key, None)
