"""The FAQ in the hands of its keepers: reading, trying, publishing, undoing, and what could not be answered."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot import clusters as grouping
from bot import exchange
from bot.answer import Answer, DidYouMean, HandOff, Smalltalk, Why
from bot.corpus import ACTIONS, GROUPS, BadCorpus, Entry, lint, placeholders, read_entry
from bot.dialogue import ANSWER_AT, OFFER_AT
from bot.language import LANGUAGES
from bot.lexicon import shipped as shipped_lexicon
from chat_server.actions.context import Context
from chat_server.actions.faq import PLACEHOLDERS, rendered
from chat_server.domain.errors import Invalid, NotFound, Stale
from chat_server.domain.ids import ThreadId
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

LOOKED_BACK_MS: Final = 90 * DAY_MS
"""How long what could not be answered waits to be looked after."""

MOST_EXAMPLES: Final = 5


class Change(NamedTuple):
    """The last change of an entry."""

    entry: str
    revision: int
    at: int
    name: str | None


class Shelf(NamedTuple):
    """All entries in force, what is removed, and when each was changed."""

    entries: Mapping[str, Entry]
    removed: tuple[str, ...]
    changes: Mapping[str, Change]

    def revision(self, entry_id: str) -> int:
        """The revision of an entry that is in force; 0 as it is shipped."""
        change = self.changes.get(entry_id)
        return change.revision if change is not None else 0


class Revision(NamedTuple):
    """An entry as it was; None for one that was removed."""

    revision: int
    entry: Entry | None
    at: int
    name: str | None


class Turn(NamedTuple):
    """Names something that the bot said."""

    thread_id: ThreadId
    seq: int


class Cluster(NamedTuple):
    """Questions that mean much the same and had no answer that helped."""

    turns: tuple[Turn, ...]
    examples: tuple[str, ...]
    language: str
    nearest: str
    """The entry that was likeliest for most of them; empty where none was."""
    unhelpful: int
    """Of them, how many had an answer that did not help."""
    last_at: int


class Day(NamedTuple):
    """How the bot's turns of one day ended in one language."""

    day: int
    outcome: str
    language: str
    turns: int
    helped: int
    not_helped: int


class Given(NamedTuple):
    """How often an entry was the answer."""

    entry: str
    turns: int
    helped: int
    not_helped: int


class Figures(NamedTuple):
    """How the bot does."""

    days: list[Day]
    entries: list[Given]
    talks: int
    handed_off: int
    taken: int
    """Of the turns that offered guesses, how many were followed by a tap on one."""


class _Open(NamedTuple):
    thread_id: ThreadId
    seq: int
    at: int
    outcome: str
    entry: str
    language: str
    helpful: int | None
    text: str
    next_body: str | None


_CHANGES: Final = Query("faq_changes", Change)
_HISTORY: Final = Query(
    "faq_history", lambda revision, body, at, by: (int(revision), str(body), int(at), by)
)
_OPEN: Final = Query("open_turns", _Open)
_DAYS: Final = Query("turns_by_day", Day)
_GIVEN: Final = Query("turns_by_entry", Given)
_TAKEN: Final = Query("guesses_taken", lambda taken: int(taken))
_TALKS: Final = Query("talks_with_bot", lambda talks, handed: (int(talks), int(handed)))


def to_csv(entries: Iterable[Entry]) -> str:
    """All of them as RFC 4180 has it, safe to open in a spreadsheet."""
    return exchange.to_csv(entries)


def to_toml(entry: Entry) -> str:
    """One entry as its file has it."""
    return exchange.to_toml(entry)


async def shelf(ctx: Context) -> Shelf:
    """What the bot answers from now."""
    bot = await ctx.faq.refresh(ctx.store)
    changes = {change.entry: change for change in await ctx.store.all(_CHANGES)}
    removed = {*ctx.faq.shipped, *changes} - set(bot.entries)
    return Shelf(dict(bot.entries), tuple(sorted(removed)), changes)


async def entry_of(ctx: Context, entry_id: str) -> tuple[Entry, int]:
    """An entry and its revision. Raises NotFound."""
    found = await shelf(ctx)
    if entry_id not in found.entries:
        raise NotFound
    return found.entries[entry_id], found.revision(entry_id)


async def publish(
    ctx: Context, actor: Actor, entry: Entry, revision: int, settles: Sequence[Turn] = ()
) -> int:
    """Puts an entry in the place of its revision, live on all nodes within a second; its new revision.

    What it settles is no longer among the unanswered. Raises Invalid, Stale.
    """
    await _check(ctx, [entry])
    return await _write(ctx, actor, entry.id, exchange.to_toml(entry), revision, settles)


async def remove(ctx: Context, actor: Actor, entry_id: str, revision: int) -> int:
    """Takes an entry out of force; its history stays. Raises NotFound, Stale."""
    await entry_of(ctx, entry_id)
    return await _write(ctx, actor, entry_id, "", revision)


async def history(ctx: Context, entry_id: str) -> list[Revision]:
    """What an entry was, newest first, down to what is shipped. Raises NotFound."""
    await ctx.faq.bot(ctx.store)
    rows = await ctx.store.all(_HISTORY, entry=entry_id)
    found = [
        Revision(revision, exchange.from_toml(body) if body else None, at, by)
        for revision, body, at, by in rows
    ]
    if entry_id in ctx.faq.shipped:
        found.append(Revision(0, ctx.faq.shipped[entry_id], 0, None))
    if not found:
        raise NotFound
    return found


async def undo(ctx: Context, actor: Actor, entry_id: str, to: int, revision: int) -> int:
    """Publishes an earlier revision anew. Raises NotFound, Stale."""
    earlier = {r.revision: r.entry for r in await history(ctx, entry_id)}
    if to not in earlier:
        raise NotFound
    entry = earlier[to]
    body = exchange.to_toml(entry) if entry is not None else ""
    return await _write(ctx, actor, entry_id, body, revision)


async def take_in(ctx: Context, actor: Actor, entries: Sequence[Entry]) -> list[str]:
    """Publishes all entries that differ from those in force, or none of them; their ids. Raises Invalid, Stale."""
    found = await shelf(ctx)
    changed = [entry for entry in entries if found.entries.get(entry.id) != entry]
    await _check(ctx, changed)
    statements = []
    for entry in changed:
        revision, body = found.revision(entry.id), exchange.to_toml(entry)
        statements.append(_publishing(ctx, actor, entry.id, body, revision))
    if statements:
        await _commit(ctx, statements)
    return [entry.id for entry in changed]


def read_entries(text: str, form: str) -> list[Entry]:
    """Entries out of a file of this form: `csv`, or `toml` for one. Raises Invalid (`faq_file`) with what is wrong."""
    try:
        return exchange.from_csv(text) if form == "csv" else [exchange.from_toml(text)]
    except BadCorpus as error:
        raise Invalid("faq_file") from error


def entry_from(table: Mapping[str, object]) -> Entry:
    """An entry out of its parts. Raises Invalid (`faq_entry`)."""
    try:
        return read_entry(table, str(table.get("id", "")))
    except BadCorpus as error:
        raise Invalid("faq_entry") from error


async def mistakes(ctx: Context, entry: Entry) -> list[str]:
    """What a writer might mend; none of it stands in the way of publishing."""
    bot = await ctx.faq.refresh(ctx.store)
    others = [other for other in bot.entries.values() if other.id != entry.id]
    return [said for said in lint([*others, entry], PLACEHOLDERS) if said.startswith(entry.id)]


async def dismiss(ctx: Context, turns: Sequence[Turn]) -> None:
    """These need no entry. Again is fine."""
    await ctx.store.commit(Commit(_settling(ctx, turns)))


async def unanswered(ctx: Context) -> list[Cluster]:
    """What could not be answered in the last 90 days, grouped, the most asked first."""
    since = ctx.clock.now_ms() - LOOKED_BACK_MS
    turns = [turn for turn in await ctx.store.all(_OPEN, since=since) if not _was_chosen(turn)]
    turns.reverse()
    texts = [(turn.text, turn.language) for turn in turns]
    groups = await asyncio.to_thread(grouping.clusters, texts, shipped_lexicon())
    return [_cluster([turns[number] for number in group]) for group in groups]


def _was_chosen(turn: _Open) -> bool:
    """Whether one of the guesses was tapped: then it was understood after all."""
    if turn.outcome != "options" or turn.helpful == 0 or not turn.next_body:
        return False
    return str(json.loads(turn.next_body).get("pick", "")).startswith("entry:")


def _cluster(turns: list[_Open]) -> Cluster:
    examples = list(dict.fromkeys(turn.text for turn in reversed(turns)))
    likeliest = [turn.entry for turn in turns if turn.entry and turn.outcome != "miss"]
    return Cluster(
        tuple(Turn(turn.thread_id, turn.seq) for turn in turns),
        tuple(examples[:MOST_EXAMPLES]),
        max({t.language for t in turns}, key=lambda lang: [t.language for t in turns].count(lang)),
        max(set(likeliest), key=likeliest.count) if likeliest else "",
        sum(turn.helpful == 0 for turn in turns),
        max(turn.at for turn in turns),
    )


class Tried(NamedTuple):
    """What the bot would say, and why."""

    outcome: str
    text: str
    why: Why


async def tried(ctx: Context, question: str, language: str) -> Tried:
    """What the bot would say to a question now."""
    bot = await ctx.faq.refresh(ctx.store)
    turn = bot.turn(question, language)
    match turn:
        case Answer(entry):
            given = bot.entries[entry]
            spoken = given.nearest(turn.why.language)
            return Tried("answer", rendered(given.wordings[spoken].answer, spoken), turn.why)
        case Smalltalk(_, text):
            return Tried("smalltalk", text, turn.why)
        case HandOff():
            return Tried("handoff", "", turn.why)
        case DidYouMean(entries):
            return Tried("options" if entries else "miss", "", turn.why)


async def figures(ctx: Context, days: int) -> Figures:
    """How the bot did in the last days."""
    since = ctx.clock.now_ms() - days * DAY_MS
    talks, handed = await ctx.store.one(_TALKS, since=since) or (0, 0)
    taken = await ctx.store.one(_TAKEN, since=since) or 0
    return Figures(
        await ctx.store.all(_DAYS, since=since),
        await ctx.store.all(_GIVEN, since=since),
        talks,
        handed,
        taken,
    )


async def _check(ctx: Context, entries: Sequence[Entry]) -> None:
    """What would make the bot say something wrong. Raises Invalid with what it is."""
    bot = await ctx.faq.refresh(ctx.store)
    known = {*bot.entries, *(entry.id for entry in entries)}
    for entry in entries:
        if entry.group not in GROUPS:
            raise Invalid("faq_group")
        if any(action not in ACTIONS for action in entry.actions):
            raise Invalid("faq_action")
        if any(other not in known or other == entry.id for other in entry.related):
            raise Invalid("faq_related")
        for wording in entry.wordings.values():
            if not wording.question or not wording.answer:
                raise Invalid("faq_empty")
            if placeholders(wording.answer) - set(PLACEHOLDERS):
                raise Invalid("faq_placeholder")


async def _write(
    ctx: Context,
    actor: Actor,
    entry_id: str,
    body: str,
    revision: int,
    settles: Sequence[Turn] = (),
) -> int:
    publishing = _publishing(ctx, actor, entry_id, body, revision)
    await _commit(ctx, [publishing, *_settling(ctx, settles)])
    return revision + 1


async def _commit(ctx: Context, statements: list[Statement]) -> None:
    try:
        await ctx.store.commit(Commit(statements))
    except Conflict:
        raise Stale from None
    await ctx.faq.refresh(ctx.store)


def _publishing(ctx: Context, actor: Actor, entry_id: str, body: str, revision: int) -> Statement:
    values: dict[str, Value] = {
        "entry": entry_id,
        "revision": revision + 1,
        "body": body,
        "at": ctx.clock.now_ms(),
        "me": actor.person_id,
    }
    return Statement("publish_revision", values)


def _settling(ctx: Context, turns: Iterable[Turn]) -> list[Statement]:
    now = ctx.clock.now_ms()
    return [
        Statement("settle_turn", {"thread_id": t.thread_id, "seq": t.seq, "at": now}, ANY)
        for t in turns
    ]


__all__ = [
    "ACTIONS",
    "ANSWER_AT",
    "GROUPS",
    "LANGUAGES",
    "OFFER_AT",
    "PLACEHOLDERS",
    "Cluster",
    "Entry",
    "Figures",
    "Revision",
    "Shelf",
    "Tried",
    "Turn",
    "dismiss",
    "entry_from",
    "entry_of",
    "figures",
    "history",
    "mistakes",
    "publish",
    "read_entries",
    "remove",
    "shelf",
    "take_in",
    "to_csv",
    "to_toml",
    "tried",
    "unanswered",
    "undo",
]
