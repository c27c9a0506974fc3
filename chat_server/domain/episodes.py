"""An episode, which is one run of a thread with people: how long its parts took, and what promises it kept.

Times are milliseconds. What is made of many of them stands in `domain.reports`.
"""

from typing import NamedTuple

from chat_server.domain.worktime import Worktime


class Episode(NamedTuple):
    """One run of a thread with people, as it is stored."""

    thread_id: int
    number: int
    team_id: int
    agent_id: int | None
    language: str
    asked_at: int
    cause: str
    first_due: int | None
    resolve_due: int | None
    assigned_at: int | None
    answered_at: int | None
    resolved_at: int | None
    transfers: int
    csat: int | None
    comment: str
    rated_at: int | None


Duration = tuple[int, int]
"""What passed on the clock, and what of it was the team's working time."""


class Took(NamedTuple):
    """How long the parts of an episode took; None for what has not been done."""

    first: Duration | None
    resolution: Duration | None
    wait: Duration | None


def took(e: Episode, work: Worktime) -> Took:
    """How long the parts of an episode took."""
    began = work.until(e.asked_at)

    def since(at: int | None) -> Duration | None:
        return None if at is None else (at - e.asked_at, work.until(at) - began)

    return Took(since(e.answered_at), since(e.resolved_at), since(e.assigned_at))


def first_kept(e: Episode, now: int) -> bool | None:
    """Whether the first answer came in time; None while it may, or where it was over before it was due."""
    if e.first_due is None:
        return None
    if e.answered_at is not None:
        return e.answered_at <= e.first_due
    return None if (now if e.resolved_at is None else e.resolved_at) <= e.first_due else False


def resolution_kept(e: Episode, now: int) -> bool | None:
    """Whether the end came in time; None while it may."""
    if e.resolve_due is None:
        return None
    if e.resolved_at is not None:
        return e.resolved_at <= e.resolve_due
    return None if now <= e.resolve_due else False
