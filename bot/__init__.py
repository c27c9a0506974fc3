"""Parley's FAQ bot: a pure package. Text in, decision out; no clock, no database, no network.

    bot = Bot(load_corpus())
    bot.turn("where is my parcel", "en")      -> Answer(entry="order_status", why=...)

`build` is the matcher alone, for measuring it on any knowledge base.
"""

from collections import defaultdict
from collections.abc import Iterable

from bot import language as languages
from bot.corpus import load_corpus
from bot.dialogue import Bot, Ranker
from bot.lexicon import shipped
from bot.matching import Matcher

__all__ = ["Bot", "Ranker", "build", "load_corpus"]


def build(entries: Iterable[tuple[str, str]], language: str | None = None) -> Ranker:
    """A matcher for texts of topics: pairs of topic and text.

    `language` is that of all texts and questions; without it, each Latin or Cyrillic knowledge base is
    guessed to be in one language, and one with both alphabets is read text by text.
    """
    pairs = list(entries)
    spoken = language if language is not None else languages.language_of(text for _, text in pairs)
    matcher = Matcher(shipped(), spoken)
    topics: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for topic, text in pairs:
        topics[topic].append((text, spoken if spoken is not None else languages.guess(text)))
    for topic, texts in topics.items():
        matcher.add(topic, texts)
    return Ranker(matcher)
