"""Reading what people who work here did and looked at; how a row is written stands in `actions.audit`."""

import json
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.actions.audit import Detail
from chat_server.actions.context import Context
from chat_server.actions.staff import STAFF_NAMES
from chat_server.domain.ids import ID_PATTERN, read, show
from chat_server.ports import Query

PAGE: Final = 50
_NEWEST: Final = 2**62

_OF_PEOPLE: Final = frozenset({"agent", "person", "members"})
_OF_TEAMS: Final = frozenset({"team"})
"""Details that name people and teams by their ids."""


class Deed(NamedTuple):
    """A row of the log; without an actor it was the system."""

    id: int
    at: int
    actor_id: int | None
    actor_name: str | None
    action: str
    thread_id: int | None
    details: str


class Search(NamedTuple):
    """Which rows: of a thread, an actor, an action, and older than a row; None and empty take all."""

    thread_id: int | None = None
    actor_id: int | None = None
    action: str = ""
    before: int | None = None


class Trail(NamedTuple):
    """A page of the log, newest first, and what is needed to read it."""

    deeds: list[Deed]
    more: bool
    people: dict[int, str]
    teams: dict[int, str]

    def facts(self, deed: Deed) -> dict[str, Detail]:
        """The details of a deed, with the names of people and teams where they stand by their ids."""
        facts: dict[str, Detail] = json.loads(deed.details)
        for key, value in facts.items():
            names = self.people if key in _OF_PEOPLE else self.teams if key in _OF_TEAMS else None
            if names is None:
                continue
            if isinstance(value, list):
                facts[key] = [_called(each, names) for each in value]
            elif isinstance(value, int | str):
                facts[key] = _called(value, names)
        return facts


_PAGE: Final = Query("audit_page", Deed)
_PAGE_OF_THREAD: Final = Query("audit_page_of_thread", Deed)
_TEAMS: Final = Query("report_teams", lambda id, name, *_: (int(id), str(name)))


async def deeds(ctx: Context, search: Search) -> Trail:
    """A page of the log."""
    before = _NEWEST if search.before is None else search.before
    wish = {"actor_id": search.actor_id, "action": search.action, "before": before}
    if search.thread_id is None:
        found = await ctx.store.all(_PAGE, **wish, limit=PAGE + 1)
    else:
        thread = search.thread_id
        found = await ctx.store.all(_PAGE_OF_THREAD, **wish, thread_id=thread, limit=PAGE + 1)
    people, teams = await ctx.store.all(STAFF_NAMES), await ctx.store.all(_TEAMS)
    return Trail(found[:PAGE], len(found) > PAGE, dict(people), dict(teams))


def _called(id: int | str, names: Mapping[int, str]) -> str:
    """The name of what is meant; its id where it has none any more."""
    if isinstance(id, str):
        return names.get(read(id), id) if re.match(ID_PATTERN, id) else id
    return names.get(id, show(id))
