"""How far this person has come, told at most once a second; marks rise and never go back. No IO here."""

from collections.abc import Mapping

from chat_server.wire.frames import MarkItem
from chat_server.wire.shapes import ThreadView

MOST_AT_ONCE = 200


class Marks:
    """What was reached, and what of it the server has not been told."""

    def __init__(self) -> None:
        self._reached: dict[str, MarkItem] = {}
        self._untold: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._untold)

    @property
    def reached(self) -> list[MarkItem]:
        """All that was reached, told or not."""
        return list(self._reached.values())

    def reach(self, thread_id: str, delivered: int = 0, read: int = 0) -> None:
        """This person has received, or read, up to here."""
        old = self._reached.get(thread_id, MarkItem(thread_id))
        new = MarkItem(thread_id, max(old.delivered, delivered, read), max(old.read, read))
        if new != old:
            self._reached[thread_id] = new
            self._untold.add(thread_id)

    def take(self) -> list[MarkItem]:
        """What is to be told next."""
        told = sorted(self._untold)[:MOST_AT_ONCE]
        self._untold.difference_update(told)
        return [self._reached[thread_id] for thread_id in told]

    def untold(self, items: list[MarkItem]) -> None:
        """These did not arrive."""
        self._untold.update(item.thread_id for item in items)

    def again(self, views: Mapping[str, ThreadView]) -> None:
        """A mark has no answer: after a lost connection, what the server does not show is told once more."""
        self._untold.update(
            mark.thread_id for mark in self.reached if not _shows(views.get(mark.thread_id), mark)
        )

    def forget(self) -> None:
        """The store was restored: numbers mean something else now."""
        self._reached.clear()
        self._untold.clear()


def _shows(view: ThreadView | None, mark: MarkItem) -> bool:
    """Of delivered marks only the farthest of a side is shown: one that is not farther matters to nobody."""
    if view is None or view.read < mark.read:
        return False
    return any(m.side == view.my_side and m.delivered >= mark.delivered for m in view.marks)
