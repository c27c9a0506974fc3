"""The bot of a node: what is shipped, and what people have changed since, taken in while it is asked."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bot import Bot
from bot.corpus import Entry, load_corpus
from bot.exchange import from_toml
from chat_server.ports import Query, Store


class Newest(NamedTuple):
    """Which revision of an entry is in force."""

    entry: str
    revision: int


_NEWEST: Final = Query("faq_newest", Newest)
_BODY: Final = Query("faq_revision", lambda body: str(body))


class LiveFaq:
    """Built in a thread of its own the first time that it is wanted: that takes a second or two."""

    def __init__(self, build: Callable[[], Bot] = lambda: Bot(load_corpus())) -> None:
        self._build = build
        self._bot: Bot | None = None
        self.shipped: Mapping[str, Entry] = {}
        """The entries that come with Parley, once the bot was built."""
        self._known: dict[str, int] = {}
        self.version = 0
        """Rises with each change that was taken in."""
        self._lock = asyncio.Lock()

    async def bot(self, store: Store) -> Bot:
        """The bot with all that was published up to when it was built, or later."""
        if self._bot is None:
            async with self._lock:
                if self._bot is None:
                    bot = await asyncio.to_thread(self._build)
                    self.shipped = dict(bot.entries)
                    await self._take_in(store, bot)
                    self._bot = bot
        return self._bot

    async def refresh(self, store: Store) -> Bot:
        """The bot with all that was published up to now, by whichever node."""
        bot = await self.bot(store)
        async with self._lock:
            await self._take_in(store, bot)
        return bot

    async def _take_in(self, store: Store, bot: Bot) -> None:
        for entry, revision in await store.all(_NEWEST):
            if self._known.get(entry) == revision:
                continue
            body = await store.one(_BODY, entry=entry, revision=revision)
            if body:
                bot.put(from_toml(body, entry))
            else:
                bot.remove(entry)
            self._known[entry] = revision
            self.version += 1
            await asyncio.sleep(0)  # Each takes some milliseconds, in which nobody else is served.
