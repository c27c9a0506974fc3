"""Which language a text is in: letters first, then lingua. What a reader is shown is not decided here."""

import asyncio
import re
from collections.abc import Sequence
from typing import Final

from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

KNOWN: Final = ("en", "ru", "ro", "es", "ar", "uk", "zh", "de", "fr")
"""Ours, and others that a marketplace hears. More of them cost more than they give: guesses among twelve were worse."""

FEWEST: Final = 4
"""Letters below which nothing is guessed."""

MOST: Final = 500
"""Code points that are looked at."""

SURE: Final = 0.6
LIKELY: Final = 0.25
"""From which share of lingua's belief on a language is taken; from which on one that was hinted at."""

_NO_WORD: Final = re.compile(r"\S*[\d@/{}]\S*")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_UKRAINIAN: Final = re.compile(r"[їєґ]")
_FOREIGN: Final = re.compile(
    r"[ãõğışçłęążźśńćčřůőűđåøæþ"  # Portuguese, Turkish, Polish, Czech, Hungarian, the North
    r"پچژگکیٹڈےۀ"  # Persian, Urdu
    r"ўәғқңөұүһјљњћђџѓќѕ"  # Belarusian, Kazakh, Serbian, Macedonian
    r"\u0370-\u03ff\u0590-\u05ff\u0900-\u0fff\u10a0-\u10ff\u0530-\u058f\u3040-\u30ff\uac00-\ud7af]"
)
"""Letters of languages that are not among those we know, and of none that is."""

_SHARED: Final = frozenset("çşıæ")
"""Foreign ones that French and old Romanian spelling have as well."""


class Lingua:
    """`ports.Languages`. The models of low accuracy are loaded at the first question, in a thread: some 16 MB."""

    def __init__(self) -> None:
        self._detector: LanguageDetector | None = None
        self._lock = asyncio.Lock()

    async def detect(self, text: str, hints: Sequence[str] = ()) -> str:
        """The code of the language; empty where the text says too little, or is in none that is known."""
        words = _NO_WORD.sub(" ", text[:MOST])
        if (by_letters := _by_letters(words)) is not None:
            return by_letters
        values = (await self._ready()).compute_language_confidence_values(words)
        belief = {value.language.iso_code_639_1.name.lower(): value.value for value in values}
        return _chosen(belief, hints)

    async def _ready(self) -> LanguageDetector:
        async with self._lock:
            if self._detector is None:
                self._detector = await asyncio.to_thread(_built)
            return self._detector


def _built() -> LanguageDetector:
    codes = [IsoCode639_1.from_str(code.upper()) for code in KNOWN]
    builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes)
    return builder.with_low_accuracy_mode().with_preloaded_language_models().build()


def _by_letters(words: str) -> str | None:
    """What the letters alone say: a language, none (empty), or nothing (None)."""
    words = words.casefold()
    letters = sum(map(str.isalpha, words))
    foreign = set(_FOREIGN.findall(words)) - _SHARED
    if foreign or not letters:
        return ""
    if 2 * len(_HAN.findall(words)) > letters:
        return "zh"
    if letters < FEWEST:
        return ""
    if 2 * len(_ARABIC.findall(words)) > letters:
        return "ar"
    return "uk" if _UKRAINIAN.search(words) else None


def _chosen(belief: dict[str, float], hints: Sequence[str]) -> str:
    hinted = [hint for hint in hints if belief.get(hint, 0.0) >= LIKELY]
    best = max(hinted or belief, key=lambda language: belief[language])
    return best if hinted or belief[best] >= SURE else ""
