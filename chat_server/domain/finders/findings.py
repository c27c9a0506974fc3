"""What may be found in a text, and what becomes of findings that overlap."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """What was found. Where two overlap, the one that stands first here counts."""

    IBAN = "iban"
    CARD = "card"
    EMAIL = "email"
    HANDLE = "handle"
    LINK = "link"
    PHONE = "phone"
    INSULT = "insult"


_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}


class Found(NamedTuple):
    """A finding: what, from where to where in the text as it was written, and by what it was known.

    The reason is a word for whoever decides: a messenger's name, the language of an insult,
    `plain` or `spelled`.
    """

    kind: Kind
    start: int
    end: int
    reason: str


def settle(found: Iterable[Found]) -> list[Found]:
    """Findings in the order of the text, none over another: the stronger kind stays, then the longer."""
    kept: list[Found] = []
    taken = Places()
    for one in sorted(_joined(found), key=lambda f: (_RANK[f.kind], f.start - f.end, f.start)):
        if not taken.touch(one.start, one.end):
            taken.take(one.start, one.end)
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _joined(found: Iterable[Found]) -> list[Found]:
    """Two of one kind over each other are one finding."""
    joined: list[Found] = []
    for one in sorted(found, key=lambda f: (f.kind, f.start, -f.end)):
        last = joined[-1] if joined else None
        if last is not None and last.kind is one.kind and one.start < last.end:
            joined[-1] = last._replace(end=max(last.end, one.end))
        else:
            joined.append(one)
    return joined


class Places:
    """Places of a text that are taken. Asking costs what the span is long, however many there are."""

    def __init__(self) -> None:
        self._taken = bytearray()

    def take(self, start: int, end: int) -> None:
        """Takes a span."""
        if len(self._taken) < end:
            self._taken.extend(bytes(end - len(self._taken)))
        self._taken[start:end] = b"\1" * (end - start)

    def touch(self, start: int, end: int) -> bool:
        """Whether any of the span is taken."""
        return 1 in self._taken[start:end]
