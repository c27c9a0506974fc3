"""A text in another language: masked, looked up, asked for, checked, and put together again.

There is nothing to be refused here and nothing to wait for: where there is no translation, the original is shown.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable
from chat_server.domain.translation import LONGEST, Masked, NoTranslation, Span, mask
from chat_server.ports import Commit, Query, Statement, Translator, Value

logger = logging.getLogger("parley.translation")


class Translated(NamedTuple):
    """A text in another language. It is plain text of a stranger's, and is to be shown as such, and as translated."""

    text: str
    source: str
    target: str
    provider: str


_KNOWN = Query("translation", lambda text: str(text), light=True)


async def translated(
    ctx: Context, text: str, source: str, target: str, *, found: Iterable[Span] = ()
) -> Translated | None:
    """The text in the language `target`; without a `source`, that is guessed. None: show the original.

    `found` is what moderation has found in it, and does not leave either. Takes up to
    `translator_seconds`, and never raises what a provider or the store does.
    """
    if ctx.translator is None or len(text) > LONGEST:
        return None
    source = source or await language_of(ctx, text)
    masked = mask(text, found)
    if not source or source == target or not masked.is_translatable:
        return None
    translator = ctx.translator
    key = key_of(translator.name, source, target, masked)
    answer = await ctx.translations.get(
        key, lambda: _found(ctx, translator, key, masked, source, target)
    )
    shown = masked.restored(answer) if answer is not None else None
    if shown is None or shown == text:
        return None
    return Translated(shown, source, target, translator.name)


async def language_of(ctx: Context, text: str, hints: Sequence[str] = ()) -> str:
    """The language that a text is in; empty where it does not say. `hints` are those that its author uses."""
    return await ctx.languages.detect(text, hints) if ctx.languages is not None else ""


def key_of(provider: str, source: str, target: str, masked: Masked) -> bytes:
    """What a translation is known by. What was masked is no part of it."""
    whole = "\0".join((provider, source, target, masked.text))
    return hashlib.sha256(whole.encode(errors="surrogatepass")).digest()


async def _found(
    ctx: Context, translator: Translator, key: bytes, masked: Masked, source: str, target: str
) -> str | None:
    """From the store, else from the provider; the store may be away."""
    known = await _known(ctx, key)
    if known is not None:
        return known
    answer = await translator.translate(masked, source, target)
    if isinstance(answer, NoTranslation):
        logger.info(
            "translation.none", extra={"why": answer.value, "source": source, "target": target}
        )
        return None
    await _keep(ctx, key, answer)
    return answer


async def _known(ctx: Context, key: bytes) -> str | None:
    try:
        return await ctx.store.one(_KNOWN, hash=key)
    except Unavailable:
        return None


async def _keep(ctx: Context, key: bytes, answer: str) -> None:
    row: dict[str, Value] = {"hash": key, "text": answer, "at": ctx.clock.now_ms()}
    try:
        await ctx.store.commit(Commit([Statement("keep_translation", row)]))
    except Unavailable:
        logger.warning("translation.store_away")
