"""The knowledge room of the console over HTTP."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from starlette.responses import Response

from chat_server.actions import knowledge
from chat_server.domain.errors import Invalid
from chat_server.domain.ids import ThreadId, read, show
from chat_server.domain.orders import DAY_MS
from chat_server.web.dispatch import read_body
from chat_server.web.operations import Call
from chat_server.wire import bodies

MAX_FILE: Final = 4 * 1024 * 1024
COUNTED: Final = {
    "answer": "answers",
    "options": "options",
    "miss": "misses",
    "smalltalk": "smalltalk",
    "handoff": "handoffs",
}


class RevisionQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The revision that its writer has seen."""

    revision: Annotated[int, Meta(ge=0)]


class DaysQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many days back."""

    days: Annotated[int, Meta(ge=1, le=366)] = 30


class FormQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As what kind of file: all entries as CSV, or one of them as TOML."""

    format: Literal["csv", "toml"] = "csv"
    entry: Annotated[str, Meta(max_length=40)] = ""


class FileQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kind of file comes."""

    format: Literal["csv", "toml"] = "csv"


async def list_entries(call: Call) -> bodies.FaqShelf:
    """All entries, and what an entry may be made of."""
    shelf = await knowledge.shelf(call.ctx)
    shipped = call.ctx.faq.shipped
    entries = [*shelf.entries.values(), *(shipped[e] for e in shelf.removed if e in shipped)]
    return bodies.FaqShelf(
        entries=[_head(entry, shelf) for entry in sorted(entries, key=lambda e: e.id)],
        groups=list(knowledge.GROUPS),
        actions=list(knowledge.ACTIONS),
        placeholders=list(knowledge.PLACEHOLDERS),
        languages=list(knowledge.LANGUAGES),
    )


async def get_entry(call: Call) -> bodies.FaqDraft:
    """One entry."""
    entry, revision = await knowledge.entry_of(call.ctx, call.params["entry"])
    return await _draft(call, entry, revision)


async def put_entry(call: Call) -> bodies.FaqDraft:
    """Publishes an entry, live on all nodes."""
    body: bodies.PutFaqEntry = call.body
    if body.entry.id != call.params["entry"]:
        raise Invalid("faq_entry")
    entry = knowledge.entry_from(_table(body.entry))
    revision = await knowledge.publish(
        call.ctx, call.caller, entry, body.revision, _turns(body.settles)
    )
    return await _draft(call, entry, revision)


async def remove_entry(call: Call) -> bodies.FaqRemoved:
    """Takes an entry out of force."""
    query: RevisionQuery = call.query
    return bodies.FaqRemoved(
        revision=await knowledge.remove(call.ctx, call.caller, call.params["entry"], query.revision)
    )


async def get_history(call: Call) -> bodies.FaqHistory:
    """What an entry was."""
    found = await knowledge.history(call.ctx, call.params["entry"])
    return bodies.FaqHistory(
        revisions=[
            bodies.FaqRevision(
                revision=r.revision,
                at=r.at,
                by=r.name or "",
                entry=_shown(r.entry) if r.entry is not None else None,
            )
            for r in found
        ]
    )


async def undo(call: Call) -> bodies.FaqRemoved:
    """Publishes an earlier revision anew."""
    body: bodies.UndoFaq = call.body
    entry = call.params["entry"]
    revision = await knowledge.undo(call.ctx, call.caller, entry, body.to, body.revision)
    return bodies.FaqRemoved(revision=revision)


async def try_question(call: Call) -> bodies.FaqTried:
    """What the bot would say, and why."""
    body: bodies.TryFaq = call.body
    found = await knowledge.tried(call.ctx, body.question, body.language)
    why = found.why
    return msgspec.convert(
        {
            "outcome": found.outcome,
            "entry": why.entry,
            "text": found.text,
            "language": why.language,
            "probability": why.probability,
            "answers_from": knowledge.ANSWER_AT,
            "offers_from": knowledge.OFFER_AT,
            "ranking": [{"name": name, "score": score} for name, score in why.ranking],
            "reasons": [{"name": name, "score": score} for name, score in why.reasons],
            "repaired": dict(why.repaired or {}),
            "matched": why.matched,
            "rule": why.rule,
        },
        bodies.FaqTried,
    )


async def export_entries(call: Call) -> Response:
    """The entries in force as a file."""
    query: FormQuery = call.query
    if query.format == "toml":
        entry, _ = await knowledge.entry_of(call.ctx, query.entry)
        return _file(knowledge.to_toml(entry), "application/toml", f"{entry.id}.toml")
    shelf = await knowledge.shelf(call.ctx)
    return _file(knowledge.to_csv(shelf.entries.values()), "text/csv; charset=utf-8", "faq.csv")


async def import_entries(call: Call) -> bodies.FaqImported:
    """Publishes what a file says, all of it or nothing."""
    query: FileQuery = call.query
    try:
        text = (await read_body(call.request, MAX_FILE)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("faq_file") from None
    entries = knowledge.read_entries(text, query.format)
    changed = await knowledge.take_in(call.ctx, call.caller, entries)
    return bodies.FaqImported(changed=changed)


async def list_unanswered(call: Call) -> bodies.Unanswered:
    """What could not be answered, the most asked first."""
    return bodies.Unanswered(
        clusters=[
            bodies.FaqCluster(
                count=len(cluster.turns),
                unhelpful=cluster.unhelpful,
                examples=list(cluster.examples),
                language=cluster.language,
                nearest=cluster.nearest,
                last_at=cluster.last_at,
                turns=[bodies.TurnRef(thread_id=show(t), seq=seq) for t, seq in cluster.turns],
            )
            for cluster in await knowledge.unanswered(call.ctx)
        ]
    )


async def dismiss(call: Call) -> None:
    """These need no entry."""
    body: bodies.DismissTurns = call.body
    await knowledge.dismiss(call.ctx, _turns(body.turns))


async def get_figures(call: Call) -> bodies.BotFigures:
    """How the bot does."""
    query: DaysQuery = call.query
    figures = await knowledge.figures(call.ctx, query.days)
    counts: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    languages: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in figures.days:
        counts[row.day][COUNTED[row.outcome]] += row.turns
        counts[row.day]["helped"] += row.helped
        counts[row.day]["not_helped"] += row.not_helped
        languages[row.language][0] += row.turns
        languages[row.language][1] += row.turns if row.outcome == "answer" else 0
    today = call.ctx.clock.now_ms() // DAY_MS
    return bodies.BotFigures(
        days=[
            bodies.BotDay(at=day * DAY_MS, **dict(counts[day]))
            for day in range(today - query.days + 1, today + 1)
        ],
        entries=[
            bodies.BotEntryFigures(
                entry=row.entry, answers=row.turns, helped=row.helped, not_helped=row.not_helped
            )
            for row in figures.entries
        ],
        languages=[
            bodies.BotLanguage(language=language, turns=turns, answered=answered)
            for language, (turns, answered) in sorted(languages.items())
        ],
        talks=figures.talks,
        handed_off=figures.handed_off,
        taken=figures.taken,
    )


async def _draft(call: Call, entry: knowledge.Entry, revision: int) -> bodies.FaqDraft:
    mistakes = await knowledge.mistakes(call.ctx, entry)
    return bodies.FaqDraft(entry=_shown(entry), revision=revision, mistakes=mistakes)


def _head(entry: knowledge.Entry, shelf: knowledge.Shelf) -> bodies.FaqHead:
    change = shelf.changes.get(entry.id)
    return bodies.FaqHead(
        id=entry.id,
        group=entry.group,
        questions={language: w.question for language, w in entry.wordings.items()},
        revision=shelf.revision(entry.id),
        removed=entry.id in shelf.removed,
        changed_at=change.at if change is not None else None,
        changed_by=(change.name or "") if change is not None else "",
    )


def _shown(entry: knowledge.Entry) -> bodies.FaqEntry:
    return bodies.FaqEntry(
        id=entry.id,
        group=entry.group,
        wordings={
            language: bodies.FaqWording(
                question=w.question, answer=w.answer, phrasings=list(w.phrasings)
            )
            for language, w in entry.wordings.items()
        },
        related=list(entry.related),
        actions=list(entry.actions),
        needs_order=entry.needs_order,
        ask_human=entry.ask_human,
    )


def _table(entry: bodies.FaqEntry) -> dict[str, Any]:
    """As a file of the FAQ has it: languages beside the rest."""
    table: dict[str, Any] = msgspec.to_builtins(entry)
    for language, wording in table.pop("wordings").items():
        if language in table:
            raise Invalid("faq_entry")
        table[language] = {"phrasings": [], **wording}
    return table


def _turns(refs: Iterable[bodies.TurnRef]) -> list[knowledge.Turn]:
    return [knowledge.Turn(ThreadId(read(ref.thread_id)), ref.seq) for ref in refs]


def _file(text: str, media: str, name: str) -> Response:
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{name}"',
    }
    return Response(text.encode(), 200, headers, media)
