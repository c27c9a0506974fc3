"""What is due: deadlines, orphans, things that ran out; and the search index, which follows the events."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from chat_server.actions import deadlines, photos, search, webhook_sending
from chat_server.actions.context import Context
from chat_server.domain import notices
from chat_server.domain.errors import Unavailable
from chat_server.domain.orders import DAY_MS
from chat_server.ports import ANY, Commit, Statement

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 3.0
INDEX_S: Final = 0.5
BUSY: Final = 200
"""Messages in `INDEX_S` from which on the index takes only one batch in that time."""
CLEAN_S: Final = 300.0
FILES_S: Final = 12 * 3600.0
HOUR_MS: Final = 3_600_000
MAILS_MS: Final = 30 * 24 * HOUR_MS
"""For so long it is kept what became of a mail."""
TRANSLATIONS_MS: Final = 90 * DAY_MS
"""For so long a translation is kept; one that is still read is asked for anew then."""

PASSING: Final = (
    "drop_old_tickets",
    "drop_old_inbox_links",
    "drop_old_mail_links",
    "drop_old_sessions",
)


async def fire_deadlines(ctx: Context) -> None:
    """Runs for ever: fires what is due, and sleeps until the next is, at most a few seconds."""
    while True:
        wait = POLL_S
        try:
            while await deadlines.fire_due(ctx):
                pass
            wait = min(POLL_S, await deadlines.seconds_to_next(ctx))
        except Unavailable:
            logger.warning("sweeper.store_away")
        await asyncio.sleep(max(0.05, wait))


async def index_messages(ctx: Context, posted: Callable[[], int]) -> None:
    """Runs for ever: the index follows at once in quiet moments, and makes way for people in busy ones.

    `posted` is how many messages this process has taken so far.
    """
    while True:
        before = posted()
        await asyncio.sleep(INDEX_S)
        try:
            while await search.index_messages(ctx) == search.BATCH and posted() - before < BUSY:
                pass
        except Unavailable:
            logger.warning("search.store_away")


async def sweep_files(ctx: Context) -> None:
    """Runs for ever: looks through the photo store for files that no photo knows of, twice a day."""
    while True:
        await asyncio.sleep(FILES_S)
        try:
            await photos.sweep_files(ctx)
        except Unavailable:
            logger.warning("cleaner.photos_away")


async def clean_up(ctx: Context) -> None:
    """Runs for ever: removes what nobody needs any more."""
    while True:
        try:
            await photos.sweep_photos(ctx)
            now = ctx.clock.now_ms()
            for name in PASSING:
                await ctx.store.commit(Commit([Statement(name, {"at": now}, ANY)]))
            old = Statement("drop_old_revocations", {"before": now - HOUR_MS}, ANY)
            mails = Statement("drop_old_mails", {"before": now - MAILS_MS}, ANY)
            days = Statement("drop_old_mail_days", {"day": now // DAY_MS}, ANY)
            texts = Statement("drop_old_translations", {"before": now - TRANSLATIONS_MS}, ANY)
            told = Statement("drop_old_notices", {"before": now - notices.KEPT_MS}, ANY)
            await ctx.store.commit(Commit([old, mails, days, texts, told]))
            await webhook_sending.clean(ctx)
        except Unavailable:
            logger.warning("cleaner.store_away")
        await asyncio.sleep(CLEAN_S)
