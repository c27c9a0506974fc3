"""The outbox of mail as a node empties it: at least once, each mail under the same Message-ID, later and later."""

import logging
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable
from chat_server.domain.ids import show
from chat_server.domain.rules import MINUTE_MS
from chat_server.ports import ANY, Commit, Conflict, Letter, Mail, MailRefused, Query, Statement

logger = logging.getLogger("parley.mail")

LEASE_MS: Final = 90_000
"""How long a node may take to send one; after it another may try."""

BACK_OFF_MS: Final = tuple(minutes * MINUTE_MS for minutes in (1, 5, 30, 120, 360))
"""How long after each try in vain the next one comes; after the last it is given up."""


class _Waiting(NamedTuple):
    id: int
    kind: str
    attempts: int


_DUE: Final = Query("due_mails", _Waiting)


async def send_due(ctx: Context, mail: Mail) -> int:
    """Sends up to 20 that are due; how many were looked at."""
    waiting = await ctx.store.all(_DUE, at=ctx.clock.now_ms())
    for one in waiting:
        await _send(ctx, mail, one)
    return len(waiting)


async def _send(ctx: Context, mail: Mail, waiting: _Waiting) -> None:
    facts = {"mail": show(waiting.id), "kind": waiting.kind, "attempt": waiting.attempts + 1}
    letter = await _claim(ctx, waiting)
    if letter is None:
        return
    try:
        await mail.send(letter)
    except MailRefused:
        logger.warning("mail.refused", extra=facts)
        await _write(ctx, "mail_failed", waiting.id)
    except Unavailable:
        await _later(ctx, waiting, facts)
    else:
        await _write(ctx, "mail_sent", waiting.id)
        logger.info("mail.sent", extra=facts)


async def _claim(ctx: Context, waiting: _Waiting) -> Letter | None:
    """The letter, which is this node's until its lease ends; None where another node was faster."""
    claim = {
        "id": waiting.id,
        "attempts": waiting.attempts,
        "lease": ctx.clock.now_ms() + LEASE_MS,
    }
    try:
        applied = await ctx.store.commit(Commit([Statement("claim_mail", claim)]))
    except Conflict:
        return None
    row = applied.rows[0]
    assert row is not None
    to, subject, text, html = row
    host = urlsplit(ctx.settings.public_url).hostname or "localhost"
    message_id = f"<{show(waiting.id)}@{host}>"
    return Letter(to, subject, text, html, message_id, {"X-Auto-Response-Suppress": "All"})


async def _later(ctx: Context, waiting: _Waiting, facts: dict[str, object]) -> None:
    if waiting.attempts >= len(BACK_OFF_MS):
        logger.error("mail.given_up", extra=facts)
        await _write(ctx, "mail_failed", waiting.id)
        return
    logger.warning("mail.server_away", extra=facts)
    again = {
        "id": waiting.id,
        "attempts": waiting.attempts + 1,
        "next_at": ctx.clock.now_ms() + BACK_OFF_MS[waiting.attempts],
    }
    await ctx.store.commit(Commit([Statement("retry_mail", again, ANY)]))


async def _write(ctx: Context, name: str, mail_id: int) -> None:
    values = {"id": mail_id, "at": ctx.clock.now_ms()}
    await ctx.store.commit(Commit([Statement(name, values, ANY)]))
