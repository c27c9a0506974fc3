"""The FAQ as people read it: entries with the marketplace's numbers in them, in the reader's words."""

import asyncio
import functools
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bot.corpus import Entry, load_entries, load_pages
from chat_server.actions.context import Context
from chat_server.domain import rules
from chat_server.i18n import quantity, zone_name

PLACEHOLDERS: Final = (*rules.RULES, *rules.HOURS)


class Link(NamedTuple):
    """An entry as it is pointed to."""

    id: str
    question: str


class Article(NamedTuple):
    """An entry as it is read."""

    id: str
    question: str
    answer: str
    related: tuple[Link, ...]


class Library(NamedTuple):
    """The whole FAQ in one language."""

    language: str
    name: str
    """The language, as its readers call it."""
    title: str
    related: str
    all: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    """Headings with their entries, none of them empty."""
    articles: Mapping[str, Article]


async def in_force(ctx: Context) -> tuple[int, Sequence[Entry]]:
    """All entries, and a number that rises when one of them changes."""
    if not ctx.settings.bot:
        return 0, await asyncio.to_thread(_shipped)
    bot = await ctx.faq.bot(ctx.store)
    return ctx.faq.version, tuple(bot.entries.values())


_shipped: Final = functools.cache(load_entries)


def libraries(entries: Sequence[Entry]) -> Mapping[str, Library]:
    """The FAQ by language. Reads a file: call it where waiting is allowed."""
    found = {}
    for language, said in load_pages().items():
        worded = {
            entry.id: entry.wordings[language] for entry in entries if language in entry.wordings
        }
        links = {name: Link(name, wording.question) for name, wording in worded.items()}
        shelves = {
            heading: tuple(links[e.id] for e in entries if e.group == group and e.id in links)
            for group, heading in said.groups.items()
        }
        articles = {
            e.id: Article(
                e.id,
                worded[e.id].question,
                rendered(worded[e.id].answer, language),
                tuple(links[other] for other in e.related if other in links),
            )
            for e in entries
            if e.id in worded
        }
        groups = tuple((heading, shelf) for heading, shelf in shelves.items() if shelf)
        found[language] = Library(
            language, said.name, said.title, said.related, said.all, groups, articles
        )
    return found


def rendered(answer: str, language: str) -> str:
    """An answer as it is shown: each `{name}` is a quantity in words. One that is not known stays, to be seen."""
    known = quantities(language)
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), answer)


@functools.cache
def quantities(language: str) -> Mapping[str, str]:
    """What each placeholder says in a language."""
    said = {name: quantity(rule.count, rule.unit, language) for name, rule in rules.RULES.items()}
    return said | {
        "hours": f"{rules.OPENS_AT}\u2013{rules.CLOSES_AT}",
        "hours_zone": zone_name(rules.ZONE, language),
    }
