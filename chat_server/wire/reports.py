"""What supervisors read about the desk: figures, and who did what. Nothing here is ever sent to a customer."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.wire.desk import Team
from chat_server.wire.shapes import Id, Millis, PersonView, Shape

Date = Annotated[str, Meta(description="Such as 2026-11-29, in the zone of the report.")]
ReportTable = Literal["episodes", "agents", "days", "csat"]


class Spread(Shape, frozen=True):
    """How long something took, in milliseconds: the median, and what nine of ten stayed below (nearest rank)."""

    count: int
    median: Millis | None = None
    p90: Millis | None = None
    worked_median: Millis | None = None
    """Of the team's working time alone."""
    worked_p90: Millis | None = None


class ScoreFigures(Shape, frozen=True):
    """What customers said of it."""

    counts: list[int]
    """Of the scores 1 to 5."""
    rated: int
    mean: float | None = None


class ReportLine(Shape, frozen=True):
    """Figures of the episodes that were asked on a day, that an agent had last, or of all."""

    asked: int
    answered: int
    resolved: int
    transfers: int
    first: Spread
    """From asking to the first answer."""
    resolution: Spread
    """From asking to the end."""
    wait: Spread
    """From asking until an agent had it."""
    score: ScoreFigures


class ReportDay(Shape, frozen=True):
    """One day."""

    date: Date
    line: ReportLine


class ReportAgent(Shape, frozen=True):
    """One agent."""

    agent: PersonView
    line: ReportLine


class KeptLevel(Shape, frozen=True):
    """How often a promise was kept and broken; what is still running or was never promised is in neither."""

    kept: int
    broken: int


class BrokenPromise(Shape, frozen=True):
    """A promise that was broken."""

    thread_id: Id
    number: int
    what: Literal["first", "resolution"]
    team_id: Id
    due: Millis
    late: Millis
    """Working time since it was due, until it was done or until now."""
    agent: PersonView | None = None
    done_at: Millis | None = None


class ReportComment(Shape, frozen=True):
    """What a customer said in words."""

    thread_id: Id
    number: int
    at: Millis
    score: int
    text: str
    language: str
    agent: PersonView | None = None


class DeskReport(Shape, frozen=True):
    """All figures of some days. An episode counts on the day on which it was asked."""

    zone: str
    """IANA: whose days and hours these are."""
    teams: list[Team]
    """All that may be asked for."""
    languages: list[str]
    """All that were spoken on these days."""
    total: ReportLine
    days: list[ReportDay]
    hours: list[list[int]]
    """How many asked: seven weekdays from Monday, of 24 hours each."""
    agents: list[ReportAgent]
    """The busiest first."""
    talks: int
    """In which the bot was asked: a thread and day each."""
    reached: int
    """Of them, those in which people were reached within a day."""
    first_level: KeptLevel
    resolution_level: KeptLevel
    breaches: list[BrokenPromise]
    """The newest 50."""
    comments: list[ReportComment]
    """The newest 50."""


class AuditEntry(Shape, frozen=True):
    """Somebody who works here did something; without `actor` it was the system."""

    id: Id
    at: Millis
    action: str
    details: dict[str, int | str | bool | list[str] | None]
    """Facts by name; people and teams are called by their names."""
    actor: PersonView | None = None
    thread_id: Id | None = None


class AuditPage(Shape, frozen=True):
    """What was done, newest first; `next` goes into `before`, and is empty at the end."""

    entries: list[AuditEntry]
    actions: list[str]
    people: list[PersonView]
    """All that can be asked for."""
    next: str = ""
