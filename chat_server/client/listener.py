"""What a program may be told of while it is connected."""

from chat_server.wire.frames import Welcome
from chat_server.wire.shapes import Event, OrderView, SideMark, SideName, ThreadView


class Listener:
    """Override what you care for. Called on the event loop, in the order of the frames; must not block."""

    def connected(self, welcome: Welcome) -> None:
        """The connection is open, and what was missed is in the logs."""

    def disconnected(self, code: int | None) -> None:
        """The connection ended, with this close code; the client comes back unless it must stay away."""

    def event(self, thread_id: str, event: Event) -> None:
        """The next event of a thread: in order of `seq`, once, without a hole; own ones too."""

    def reset(self, thread_id: str) -> None:
        """Too much was missed in this thread: the log begins anew; `history` has the rest."""

    def reload(self) -> None:
        """The store was restored from a backup: everything held is dropped, the outbox is offered again."""

    def gone(self, thread_id: str) -> None:
        """This thread can no longer be read."""

    def thread(self, view: ThreadView) -> None:
        """A thread is new, or what is shown of it has changed."""

    def order(self, order: OrderView) -> None:
        """An order has a new version."""

    def marks(self, thread_id: str, mark: SideMark) -> None:
        """One side has received or read more."""

    def typing(self, thread_id: str, side: SideName) -> None:
        """Somebody of that side is typing; forget it after 5 s. Only of watched threads."""

    def queue(self, thread_id: str, position: int, expected_ms: int | None) -> None:
        """Where this customer of support stands in the queue, and how long that may take where it is known."""

    def presence(self, thread_id: str, side: SideName, *, online: bool) -> None:
        """The other side came or went. Only of watched threads."""
