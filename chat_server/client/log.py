"""One thread as a client holds it: a run of events without a hole, and what came too early. No IO here."""

from msgspec.structs import replace

from chat_server.wire.shapes import Edited, Event, Posted, Withdrawn


class ThreadLog:
    """Events `base + 1` to `upto`, each once and in order.

    A message says what it says now: edits and withdrawals are applied to it as they come.
    """

    def __init__(self, base: int, keep: int | None = None) -> None:
        """Holds nothing up to `base`, and of what comes at most the newest `keep` events."""
        self.base = base
        self.end = base
        """The highest seq that is known to exist."""
        self.events: list[Event] = []
        self._keep = keep
        self._early: dict[int, Event] = {}

    @property
    def upto(self) -> int:
        """The last event of the run."""
        return self.base + len(self.events)

    @property
    def behind(self) -> bool:
        """Whether events are known to exist that are not in the run."""
        return self.end > self.upto

    @property
    def messages(self) -> list[Posted]:
        """The messages of the run, as they read now."""
        return [event for event in self.events if isinstance(event, Posted)]

    def after(self, seq: int) -> list[Event]:
        """The events of the run behind this one."""
        return self.events[max(0, seq - self.base) :]

    def exists(self, seq: int) -> None:
        """There is an event of this number."""
        self.end = max(self.end, seq)

    def take(self, event: Event) -> list[Event]:
        """Puts an event in its place; those that joined the run by it, in order. A repetition joins none."""
        self.exists(event.seq)
        if event.seq <= self.upto:
            return []
        self._early[event.seq] = event
        joined: list[Event] = []
        while (following := self._early.pop(self.upto + 1, None)) is not None:
            self.events.append(following)
            self._apply(following)
            joined.append(following)
        self._trim()
        return joined

    def restart(self, base: int) -> None:
        """Drops the run; the next one begins after `base`."""
        self.base, self.events = base, []
        self._early = {seq: event for seq, event in self._early.items() if seq > base}
        self.exists(base)

    def prepend(self, older: list[Event]) -> None:
        """Puts a page that ends at `base` in front of the run; any other page is passed over."""
        if older and older[-1].seq == self.base:
            self.base -= len(older)
            self.events = [*older, *self.events]

    def _apply(self, event: Event) -> None:
        if not isinstance(event, Edited | Withdrawn) or event.target <= self.base:
            return
        place = event.target - self.base - 1
        message = self.events[place]
        if isinstance(message, Posted):
            self.events[place] = _changed(message, event)

    def _trim(self) -> None:
        surplus = len(self.events) - self._keep if self._keep is not None else 0
        if surplus > 0:
            del self.events[:surplus]
            self.base += surplus


def _changed(message: Posted, event: Edited | Withdrawn) -> Posted:
    if isinstance(event, Withdrawn):
        return replace(message, text="", photos=[], withdrawn=True)
    return message if message.withdrawn else replace(message, text=event.text, edited_at=event.at)
