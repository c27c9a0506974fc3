"""Texts in other languages, by a provider outside: at most so many at once, so long, and never in anybody's way."""

import asyncio
import logging
import re
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from chat_server.domain.breaker import Breaker
from chat_server.domain.translation import Masked, NoTranslation
from chat_server.gateways.translation_http import Away, Exchange, Slow, Unsupported
from chat_server.gateways.translation_providers import PROVIDERS, Call
from chat_server.ports import Clock
from chat_server.settings import Settings

logger = logging.getLogger("parley.translation")

QUEUE: Final = 16
"""Texts that may wait for a thread; one more is refused at once."""

FAILURES: Final = 5
PAUSE_MS: Final = 30_000
"""After so many failures in a row the provider is left alone for so long, then tried with one text."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_FAILED: Final = frozenset({NoTranslation.SLOW, NoTranslation.AWAY})

Outcome = str | NoTranslation


class Provided:
    """`ports.Translator` over one provider.

    A call that has taken too long is answered as such; its thread is free again when its connection is,
    at most twice the time limit after it began, and counts as taken until then.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Settings have been checked to name a provider and what it needs."""
        self.name = settings.translator
        self._provider = PROVIDERS[settings.translator]
        self._settings = settings
        self._clock = clock
        self._seconds = settings.translator_seconds
        self._exchange = Exchange(settings.translator_threads)
        self._threads = ThreadPoolExecutor(settings.translator_threads, "translator")
        self._most = settings.translator_threads + QUEUE
        self._breaker = Breaker(FAILURES, PAUSE_MS)
        self._lock = threading.Lock()
        self._held = 0
        self._closing = False

    @property
    def held(self) -> int:
        """Texts that are on their way or wait for a thread."""
        return self._held

    async def translate(self, masked: Masked, source: str, target: str) -> Outcome:
        """The answer with its marks, checked (`Masked.read`); or why there is none. Never raises."""
        if not masked.is_translatable:
            return NoTranslation.NOTHING
        if not self._takes(masked.text, source, target):
            return NoTranslation.UNSUPPORTED
        if self._held >= self._most or self._closing:
            return NoTranslation.BUSY
        if not self._breaker.lets(self._clock.now_ms()):
            return NoTranslation.RESTING
        outcome = await self._asked(masked.text, source, target)
        self._note(outcome)
        if isinstance(outcome, NoTranslation):
            return outcome
        return masked.read(outcome) or NoTranslation.SPOILT

    def close(self) -> None:
        """Takes no more texts. Connections end with the last thread that uses one; nobody waits for it."""
        with self._lock:
            self._closing = True
            last = self._held == 0
        self._threads.shutdown(wait=False)
        if last:
            self._exchange.close()

    def _takes(self, text: str, source: str, target: str) -> bool:
        known = all(_LANGUAGE.fullmatch(language) for language in (source, target))
        return known and source != target and len(text) <= self._provider.longest

    async def _asked(self, text: str, source: str, target: str) -> Outcome:
        codes = self._provider.codes
        call = Call(
            exchange=self._exchange,
            until=time.monotonic() + self._seconds,
            url=self._settings.translator_url,
            key=self._settings.translator_key,
            region=self._settings.translator_region,
            text=text,
            source=codes.get(source, source),
            target=codes.get(target, target),
        )
        with self._lock:
            self._held += 1
        asked = self._threads.submit(self._ask, call)
        asked.add_done_callback(self._freed)
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(asked)
        except TimeoutError:
            return NoTranslation.SLOW

    def _ask(self, call: Call) -> Outcome:
        """In a thread. Whatever a provider or its library does is one of a few things to us."""
        try:
            answer = self._provider.ask(call)
            return answer if isinstance(answer, str) else NoTranslation.SPOILT
        except Unsupported:
            return NoTranslation.UNSUPPORTED
        except Slow:
            return NoTranslation.SLOW
        except Away:
            return NoTranslation.AWAY
        except Exception:  # noqa: BLE001  # deep-translator raises three families, and what a strange answer makes it.
            return NoTranslation.AWAY

    def _freed(self, _: Future[Outcome]) -> None:
        with self._lock:
            self._held -= 1
            last = self._closing and self._held == 0
        if last:
            self._exchange.close()

    def _note(self, outcome: Outcome) -> None:
        was_open = self._breaker.is_open
        if outcome in _FAILED:
            self._breaker.failed(self._clock.now_ms())
        else:
            self._breaker.succeeded()
        if self._breaker.is_open != was_open:
            name = "translator.works_again" if was_open else "translator.left_alone"
            logger.warning(name, extra={"provider": self.name})
