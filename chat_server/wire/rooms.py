"""The rooms of supervisors: teams with their hours, what is said often, labels, and the marketplace's look."""

from typing import Annotated

from msgspec import Meta

from chat_server.domain.ids import END
from chat_server.wire.desk import CannedReply, Label, Macro, MacroStep, Revision, Slug
from chat_server.wire.shapes import Id, Millis, PersonView, Shape

Language = Annotated[str, Meta(pattern=rf"^[a-z]{{2}}{END}")]
MinuteOfDay = Annotated[int, Meta(ge=0, le=1439, description="Minutes after midnight on the wall.")]
LengthMinutes = Annotated[int, Meta(ge=1, le=1440)]


class HoursWindow(Shape, frozen=True):
    """Opens on every such weekday, 0 being Monday; it may run past midnight."""

    weekday: Annotated[int, Meta(ge=0, le=6)]
    opens: MinuteOfDay
    minutes: LengthMinutes


class HoursSpan(Shape, frozen=True):
    """A window of one date."""

    opens: MinuteOfDay
    minutes: LengthMinutes


class HoursException(Shape, frozen=True):
    """What opens on a date in place of the windows; without spans it is a holiday."""

    date: Annotated[str, Meta(pattern=rf"^\d{{4}}-\d{{2}}-\d{{2}}{END}")]
    spans: Annotated[list[HoursSpan], Meta(max_length=50)] = []


class TeamDetails(Shape, frozen=True):
    """A team with all that may be set of it, and whether somebody is there now."""

    id: Id
    name: str
    languages: list[str]
    """Those that it takes; none: every one."""
    topics: list[str]
    """The same."""
    zone: str
    windows: list[HoursWindow]
    exceptions: list[HoursException]
    first_answer_minutes: int
    resolution_minutes: int
    members: list[PersonView]
    revision: Revision
    is_open: bool
    next_opening: Millis | None = None
    next_closing: Millis | None = None


class TeamList(Shape, frozen=True):
    """Every team, the default one first, and what a team may be for."""

    teams: list[TeamDetails]
    topics: list[str]


class PutTeam(Shape, frozen=True):
    """A team as it is to be. `revision` is the one that its writer has seen, 0 for a new one."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    zone: Annotated[str, Meta(min_length=1, max_length=64)]
    windows: Annotated[list[HoursWindow], Meta(max_length=50)]
    exceptions: Annotated[list[HoursException], Meta(max_length=400)] = []
    languages: Annotated[list[Language], Meta(max_length=20)] = []
    topics: Annotated[list[Slug], Meta(max_length=20)] = []
    first_answer_minutes: Annotated[int, Meta(ge=1, le=10_080)] = 15
    resolution_minutes: Annotated[int, Meta(ge=1, le=43_200)] = 1440
    revision: Revision = 0


class PutTeamMembers(Shape, frozen=True):
    """Everybody who is to be in the team."""

    members: Annotated[list[Id], Meta(max_length=1000)]
    revision: Revision


class CannedReplies(Shape, frozen=True):
    """All of them, by shortcut."""

    canned: list[CannedReply]


class PutCanned(Shape, frozen=True):
    """A canned reply as it is to be."""

    shortcut: Slug
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    texts: dict[Language, Annotated[str, Meta(min_length=1, max_length=4000)]]
    team_id: Id | None = None
    revision: Revision = 0


class Macros(Shape, frozen=True):
    """All of them, by name."""

    macros: list[Macro]


class PutMacro(Shape, frozen=True):
    """A macro as it is to be."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    steps: Annotated[list[MacroStep], Meta(min_length=1, max_length=20)]
    team_id: Id | None = None
    revision: Revision = 0


class Labels(Shape, frozen=True):
    """The whole list, as it is and as it is to be."""

    labels: Annotated[list[Label], Meta(max_length=100)]
    revision: Revision = 0


class BrandLook(Shape, frozen=True):
    """The marketplace's name and colour, as they are and as they are to be."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    color: Annotated[str, Meta(pattern=rf"^#[0-9a-f]{{6}}{END}")]
    revision: Revision = 0
