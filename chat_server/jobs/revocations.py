"""Ends the sockets of whoever was signed out on any node, with or without a broker."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final, NamedTuple

from chat_server.domain.errors import Unavailable
from chat_server.ports import Query, Store

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 1.0


class Revocation(NamedTuple):
    """Whose sockets must end, and what they are told."""

    position: int
    person_id: int
    code: int


_AFTER: Final = Query("revocations_after", Revocation, light=True)
_LAST: Final = Query("last_revocation", lambda position: int(position), light=True)


async def follow_revocations(store: Store, cut: Callable[[int, int, int], None]) -> None:
    """Runs for ever; `cut` takes the person, the close code and the revocation's place.

    On the node that gave the order the sockets are closed already, but for those that were just opening.
    """
    place = await store.one(_LAST) or 0
    while True:
        await asyncio.sleep(POLL_S)
        try:
            revocations = await store.all(_AFTER, position=place)
        except Unavailable:
            logger.warning("revocations.store_away")
            continue
        for revocation in revocations:
            cut(revocation.person_id, revocation.code, revocation.position)
            place = revocation.position
