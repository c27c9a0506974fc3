"""After each run: was what was acknowledged delivered exactly once, in order, and is it stored?"""

from collections.abc import Sequence

from benchmarks.generator import Chair, Talks
from benchmarks.target import Received, Target


class BrokenPromise(Exception):
    """What the server did is not what it acknowledged."""


def check(talks: Talks) -> int:
    """Compares every log with its counterpart and the store, and empties the logs.

    Returns how many messages were checked; raises BrokenPromise.
    """
    if not talks.target.push:
        return 0
    checked = 0
    for a, b in talks.pairs:
        rows = _check_way(talks.target, a, b) + _check_way(talks.target, b, a)
        _check_order(rows)
        _check_store(talks.target.stored(a.seat.talk), rows)
        checked += len(rows)
        for chair in (a, b):
            chair.sent.clear()
            chair.frames.clear()
    return checked


def _check_way(target: Target, sender: Chair, reader: Chair) -> list[Received]:
    acks = [target.read(f) for f in sender.frames if f.startswith(target.ack)]
    pushes = [target.read(f) for f in reader.frames if f.startswith(target.push)]
    if sorted(row.number for row in acks) != sender.sent:
        raise BrokenPromise(f"{sender.seat}: what was sent is not what was acknowledged")
    if [row.number for row in pushes] != sender.sent:
        raise BrokenPromise(f"{reader.seat}: what was delivered is not what was sent, in its order")
    if sorted(acks) != sorted(pushes):
        raise BrokenPromise(f"{sender.seat}: the seq of an ack is not that of the delivery")
    return acks


def _check_order(rows: list[Received]) -> None:
    seqs = sorted(row.seq for row in rows)
    if seqs and seqs != list(range(seqs[0], seqs[0] + len(seqs))):
        raise BrokenPromise("the seqs of a talk have a hole or a repeat")


def _check_store(stored: Sequence[Received] | None, rows: list[Received]) -> None:
    if stored is None or not rows:
        return
    rows.sort(key=lambda row: row.seq)
    if [row for row in stored if row.seq >= rows[0].seq] != rows:
        raise BrokenPromise("the rows of the store are not what was acknowledged")
