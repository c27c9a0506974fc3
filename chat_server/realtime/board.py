"""The numbers of the desk: counted when something stirs, at most once a second, and shown to who is connected here.

Customers in a queue are told their place, agents the counts beside their lists. Every node counts for its own.
"""

import asyncio
import logging
from typing import Final

from chat_server.actions import desk_lists, routing
from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable
from chat_server.domain.ids import show
from chat_server.ports import Query
from chat_server.realtime.hub import EVERY_TEAM, Hub, person_channel, team_channel
from chat_server.realtime.transport import text_frame
from chat_server.wire import desk_views
from chat_server.wire.codec import encode
from chat_server.wire.desk import DeskCounts
from chat_server.wire.frames import DeskCountsPush, QueuePush

logger = logging.getLogger("parley.realtime")

PAUSE_S: Final = 1.0
MINUTE_MS: Final = 60_000

_PLACES: Final = Query("queue_places", lambda id, customer_id: (int(id), int(customer_id)))


class Board:
    """One a node."""

    def __init__(self, ctx: Context, hub: Hub) -> None:
        self._ctx, self._hub = ctx, hub
        self._stirred = asyncio.Event()
        self._teams: set[int] = set()
        self._told: dict[int, dict[int, tuple[int, int | None]]] = {}
        """Team to queued thread to what its customer was told last."""
        self.counts = DeskCounts(teams=[], agents=[])
        """As they were last counted."""

    def stir(self, team_id: int) -> None:
        """Something of a team, or with 0 of all, may be another than before."""
        self._teams.add(team_id)
        self._stirred.set()

    async def keep(self) -> None:
        """Runs for ever."""
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            teams, self._teams = self._teams, set()
            try:
                await self.show(teams)
            except Unavailable:
                logger.warning("board.store_away")
                self._teams |= teams
            await asyncio.sleep(PAUSE_S)

    async def show(self, teams: set[int]) -> None:
        """Counts, and tells who listens here."""
        found = await desk_lists.numbers(self._ctx)
        counts = self.counts = desk_views.desk_counts(*found)
        for team_id in found.teams:
            self._tell(team_channel(team_id), desk_views.of_teams(counts, {team_id}))
        self._tell(EVERY_TEAM, counts)
        for team_id in found.teams if 0 in teams else teams & set(found.teams):
            await self._tell_places(team_id)

    def _tell(self, channel: str, counts: DeskCounts) -> None:
        if self._hub.members(channel):
            self._hub.deliver(channel, text_frame(encode(DeskCountsPush(counts=counts))))

    async def _tell_places(self, team_id: int) -> None:
        """Each customer of a queue who is here, where he stands, if that is new to him."""
        places = await self._ctx.store.all(_PLACES, team_id=team_id)
        pace = await routing.expected(self._ctx, team_id, 1) if places else None
        before = self._told.get(team_id, {})
        told = self._told[team_id] = {}
        for position, (thread_id, customer_id) in enumerate(places, 1):
            channel = person_channel(customer_id)
            if not self._hub.members(channel):
                continue
            wait = None if pace is None else _whole_minutes(pace * position)
            told[thread_id] = (position, wait)
            if before.get(thread_id) != (position, wait):
                frame = QueuePush(thread_id=show(thread_id), position=position, expected_ms=wait)
                self._hub.deliver(channel, text_frame(encode(frame)))


def _whole_minutes(ms: int) -> int:
    """Foretold waits are no stopwatch."""
    return -(-ms // MINUTE_MS) * MINUTE_MS
