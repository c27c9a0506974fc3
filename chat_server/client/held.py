"""What a client holds: threads, their logs and views. Frames come in, the listener is told; no IO here."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

from msgspec.structs import replace

from chat_server.client.listener import Listener
from chat_server.client.log import ThreadLog
from chat_server.client.outbox import WriteFrame
from chat_server.wire.frames import (
    Ack,
    EditMessage,
    EventPush,
    Known,
    MarksPush,
    OrderPush,
    PresencePush,
    Push,
    QueuePush,
    SendMessage,
    ThreadPush,
    TypingPush,
    Welcome,
)
from chat_server.wire.shapes import (
    Edited,
    Event,
    PersonView,
    PhotoView,
    Posted,
    SideMark,
    ThreadView,
    Withdrawn,
)

KNOWN_AT_ONCE: Final = 500
FIRST_HELD: Final = 50
"""Of a thread that turns up later, so many of its events are asked for."""

MOST_UNREAD: Final = 1000
"""The server counts no further."""


class Held:
    """Grows by welcomes, pushes, acks and pages; a repetition changes nothing."""

    def __init__(self, listener: Listener, heard: Callable[[str, Event], None], keep: int) -> None:
        """`heard` is told of each event that joins a log, after the listener; `keep` bounds a log."""
        self.listener, self._heard, self._keep = listener, heard, keep
        self.changed = asyncio.Event()
        """Set when there may be something to ask for."""
        self.epoch = ""
        self.me: PersonView | None = None
        self.logs: dict[str, ThreadLog] = {}
        self.views: dict[str, ThreadView] = {}
        self.photos: dict[str, PhotoView] = {}
        """Own photos that were uploaded, so that a message with them can be shown at its ack."""

    def known(self) -> list[Known]:
        """For the hello: what is held without a hole; of very many threads those with the newest activity."""
        newest = sorted(self.logs, key=self._last_at, reverse=True)[:KNOWN_AT_ONCE]
        return [Known(thread_id, self.logs[thread_id].upto) for thread_id in newest]

    def behind(self) -> list[str]:
        """Threads of which events are known to exist that are not held."""
        return [thread_id for thread_id, log in self.logs.items() if log.behind]

    def unseen(self) -> list[str]:
        """Threads of which events came, and nothing else is known."""
        return [thread_id for thread_id in self.logs if thread_id not in self.views]

    def _last_at(self, thread_id: str) -> int:
        view = self.views.get(thread_id)
        return view.last_at if view is not None else 0

    # What comes in.

    def welcome(self, frame: Welcome) -> None:
        """The start of a connection."""
        self.changed.set()
        is_first = not self.epoch or frame.reload
        if frame.reload:
            self.logs.clear()
            self.views.clear()
        self.epoch, self.me = frame.epoch, frame.me
        if frame.reload:
            self.listener.reload()
        for thread_id in frame.gone:
            self.forget(thread_id)
        for sync in frame.sync:
            self.see(sync.thread)
            if sync.reset:
                self._log(sync.thread.id, 0).restart(sync.events[0].seq - 1)
                self.listener.reset(sync.thread.id)
            self.take(sync.thread.id, sync.events)
        for view in frame.threads:
            self.see(view, held=0 if is_first else FIRST_HELD)

    def push(self, frame: Push) -> None:
        """Something that nobody asked for."""
        self.changed.set()
        match frame:
            case EventPush():
                self.take(frame.thread_id, [frame.event])
            case ThreadPush():
                self.see(frame.thread)
                self.listener.thread(frame.thread)
            case OrderPush():
                self.listener.order(frame.order)
            case MarksPush():
                self._mark(frame)
            case TypingPush():
                self.listener.typing(frame.thread_id, frame.side)
            case PresencePush():
                self.listener.presence(frame.thread_id, frame.side, online=frame.online)
            case QueuePush():
                self.listener.queue(frame.thread_id, frame.position, frame.expected_ms)

    def take(self, thread_id: str, events: Iterable[Event]) -> None:
        """Events in rising order, from wherever; those that join on are told."""
        for event in events:
            for joined in self._log(thread_id, event.seq - 1).take(event):
                self._count(thread_id, joined)
                self.listener.event(thread_id, joined)
                self._heard(thread_id, joined)

    def acknowledged(self, write: WriteFrame, ack: Ack) -> None:
        """An own write has its place. Nobody pushes it here, so that it is made from what was sent."""
        self.changed.set()
        log = self._log(ack.thread_id, ack.seq - 1)
        log.exists(ack.seq)
        event = self._own(write, ack)
        if event is not None:
            self.take(ack.thread_id, [event])

    def see(self, view: ThreadView, held: int = 0) -> None:
        """A thread as it is shown now. Of a new one, its newest `held` events are wanted.

        What the server looked at may be older than what came meanwhile: that is added again.
        """
        log = self._log(view.id, max(0, view.last_seq - held))
        log.exists(view.last_seq)
        old = self.views.get(view.id)
        if old is not None and old.read >= view.read:
            view = replace(view, read=old.read, marks=_farther(old.marks, view.marks))
        self.views[view.id] = view
        for event in log.after(view.last_seq):
            self._count(view.id, event)
        self._recount(view.id)

    def forget(self, thread_id: str) -> None:
        """It can no longer be read."""
        self.logs.pop(thread_id, None)
        self.views.pop(thread_id, None)
        self.listener.gone(thread_id)

    # How.

    def _log(self, thread_id: str, base: int) -> ThreadLog:
        log = self.logs.get(thread_id)
        if log is None:
            log = self.logs[thread_id] = ThreadLog(base, self._keep)
        return log

    def _own(self, write: WriteFrame, ack: Ack) -> Event | None:
        view, me = self.views.get(ack.thread_id), self.me
        if view is None or me is None:
            return None
        seq, at, side, author = ack.seq, ack.at, view.my_side, me.id
        if isinstance(write, SendMessage):
            if any(photo not in self.photos for photo in write.photos):
                return None
            photos = [self.photos[photo] for photo in write.photos]
            key, reply = write.client_key, write.reply_to
            return Posted(seq, at, side, author, write.text, photos, reply_to=reply, client_key=key)
        if isinstance(write, EditMessage):
            return Edited(seq, at, side, write.seq, author, write.text)
        return Withdrawn(seq, at, side, write.seq, author)

    def _count(self, thread_id: str, event: Event) -> None:
        view = self.views.get(thread_id)
        if view is None or event.seq <= view.last_seq:
            return
        if isinstance(event, Posted):
            news = self._is_news(event) and event.seq > view.read
            unread = min(MOST_UNREAD, view.unread + news)
            view = replace(view, last=event, last_at=event.at, unread=unread)
        self.views[thread_id] = replace(view, last_seq=event.seq)

    def _mark(self, frame: MarksPush) -> None:
        """Two pushes of marks may overtake each other: the listener is told where the side stands by both."""
        view = self.views.get(frame.thread_id)
        if view is None:
            return  # Its view, which is on its way, has them.
        view = replace(view, marks=_farther(view.marks, [frame.mark]))
        if frame.read is not None and frame.read >= view.read:
            view = replace(view, read=frame.read, unread=frame.unread or 0)
        self.views[frame.thread_id] = view
        self._recount(frame.thread_id)
        mark = next(mark for mark in view.marks if mark.side == frame.mark.side)
        self.listener.marks(frame.thread_id, mark)

    def _recount(self, thread_id: str) -> None:
        """Counts unread messages where all of them are held: the server's number may have been taken
        before or after an event that is under way."""
        view, log = self.views[thread_id], self.logs[thread_id]
        if log.base <= view.read and not log.behind:
            unread = sum(self._is_news(event) for event in log.after(view.read))
            self.views[thread_id] = replace(view, unread=min(MOST_UNREAD, unread))

    def _is_news(self, event: Event) -> bool:
        mine = self.me is not None and event.author == self.me.id
        return isinstance(event, Posted) and not mine


def _farther(one: list[SideMark], other: list[SideMark]) -> list[SideMark]:
    """Marks never go back: of each side the farther one."""
    marks = {mark.side: mark for mark in one}
    for mark in other:
        old = marks.get(mark.side, mark)
        delivered, read = max(old.delivered, mark.delivered), max(old.read, mark.read)
        marks[mark.side] = SideMark(mark.side, delivered, read)
    return list(marks.values())
