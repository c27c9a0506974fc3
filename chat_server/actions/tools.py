"""What agents say, do and mark often, in the hands of supervisors: canned replies, macros, labels."""

import json
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.domain import tools
from chat_server.domain.audit import Action
from chat_server.domain.colors import is_seen
from chat_server.domain.errors import Invalid, NotFound, Stale, WrongState
from chat_server.domain.ids import show
from chat_server.domain.people import Actor, clean_name
from chat_server.domain.tools import Known, Step
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

LABELS_REVISION: Final = "labels_revision"


class Canned(NamedTuple):
    """A text that is said often, by language."""

    id: int
    shortcut: str
    title: str
    texts: Mapping[str, str]
    team_id: int | None
    revision: int


class Macro(NamedTuple):
    """Actions that are done together, in order."""

    id: int
    name: str
    steps: tuple[Step, ...]
    team_id: int | None
    revision: int


class Label(NamedTuple):
    """A mark of a thread."""

    slug: str
    name: str
    color: str


class LabelList(NamedTuple):
    """All labels, which are changed as a whole."""

    labels: list[Label]
    revision: int


def _read_canned(
    canned_id: int, shortcut: str, title: str, texts: str, team_id: int | None, revision: int
) -> Canned:
    return Canned(canned_id, shortcut, title, json.loads(texts), team_id, revision)


def _read_macro(macro_id: int, name: str, steps: str, team_id: int | None, revision: int) -> Macro:
    kept = tuple(Step(step["kind"], step.get("value", "")) for step in json.loads(steps))
    return Macro(macro_id, name, kept, team_id, revision)


_CANNED: Final = Query("canned_in_full", _read_canned)
_MACROS: Final = Query("macros_in_full", _read_macro)
_LABELS: Final = Query("labels_in_full", Label)
_META: Final = Query("meta_value", lambda value: str(value), light=True)
_TEAMS: Final = Query("team_ids", lambda team_id: int(team_id), light=True)
_AGENTS: Final = Query("agent_ids", lambda person_id: int(person_id))


async def canned(ctx: Context) -> list[Canned]:
    """Every canned reply, by shortcut."""
    return await ctx.store.all(_CANNED)


async def put_canned(ctx: Context, actor: Actor, wished: Canned, *, is_new: bool) -> Canned:
    """A canned reply as it is to be, in the place of its revision unless it is new.

    Raises Invalid, NotFound, Stale, WrongState (`shortcut_taken`).
    """
    await _check_team(ctx, wished.team_id)
    reply = wished._replace(title=_title(wished.title))
    if not reply.texts or not all(text.strip() for text in reply.texts.values()):
        raise Invalid("canned_empty")
    if tools.unknown_variable(reply.texts.values()):
        raise Invalid("variable")
    values: dict[str, Value] = {
        "shortcut": reply.shortcut,
        "title": reply.title,
        "texts": json.dumps(dict(sorted(reply.texts.items())), ensure_ascii=False),
        "team_id": reply.team_id,
    }
    if is_new:
        reply = reply._replace(id=ctx.ids.new_id(), revision=0)
    deed = audited(ctx, actor.person_id, Action.CANNED_CHANGED, canned=show(reply.id))
    try:
        await ctx.store.commit(Commit([_put("canned", reply, values, is_new=is_new), deed]))
    except Conflict:
        if not is_new:
            _is_fresh({r.id: r.revision for r in await canned(ctx)}, reply.id, reply.revision)
        raise WrongState("shortcut_taken") from None
    return reply._replace(revision=reply.revision + 1)


async def remove_canned(ctx: Context, actor: Actor, canned_id: int, revision: int) -> None:
    """It is said no more. Raises NotFound, Stale."""
    gone = Statement("drop_canned", {"id": canned_id, "revision": revision})
    deed = audited(
        ctx, actor.person_id, Action.CANNED_CHANGED, canned=show(canned_id), what="removed"
    )
    try:
        await ctx.store.commit(Commit([gone, deed]))
    except Conflict:
        _is_fresh({r.id: r.revision for r in await canned(ctx)}, canned_id, revision)
        raise Stale from None


async def macros(ctx: Context) -> list[Macro]:
    """Every macro, by name."""
    return await ctx.store.all(_MACROS)


async def put_macro(ctx: Context, actor: Actor, wished: Macro, *, is_new: bool) -> Macro:
    """A macro as it is to be, in the place of its revision unless it is new.

    Raises Invalid, NotFound, Stale, WrongState (`macro_taken`).
    """
    await _check_team(ctx, wished.team_id)
    macro = wished._replace(name=_title(wished.name))
    await _check_steps(ctx, macro.steps)
    steps = [step._asdict() for step in macro.steps]
    values: dict[str, Value] = {
        "name": macro.name,
        "steps": json.dumps(steps, ensure_ascii=False),
        "team_id": macro.team_id,
    }
    if is_new:
        macro = macro._replace(id=ctx.ids.new_id(), revision=0)
    deed = audited(ctx, actor.person_id, Action.MACRO_CHANGED, macro=show(macro.id))
    try:
        await ctx.store.commit(Commit([_put("macro", macro, values, is_new=is_new), deed]))
    except Conflict:
        if not is_new:
            _is_fresh({m.id: m.revision for m in await macros(ctx)}, macro.id, macro.revision)
        raise WrongState("macro_taken") from None
    return macro._replace(revision=macro.revision + 1)


async def remove_macro(ctx: Context, actor: Actor, macro_id: int, revision: int) -> None:
    """It is done no more. Raises NotFound, Stale."""
    gone = Statement("drop_macro", {"id": macro_id, "revision": revision})
    deed = audited(ctx, actor.person_id, Action.MACRO_CHANGED, macro=show(macro_id), what="removed")
    try:
        await ctx.store.commit(Commit([gone, deed]))
    except Conflict:
        _is_fresh({m.id: m.revision for m in await macros(ctx)}, macro_id, revision)
        raise Stale from None


async def labels(ctx: Context) -> LabelList:
    """All labels, by name."""
    revision = await ctx.store.one(_META, key=LABELS_REVISION)
    return LabelList(await ctx.store.all(_LABELS), int(revision or 0))


async def put_labels(ctx: Context, actor: Actor, wished: LabelList) -> LabelList:
    """The whole list as it is to be; threads keep the marks that they have.

    Raises Invalid (`label_twice`, `label_color`, `title`), Stale.
    """
    kept = [label._replace(name=_title(label.name)) for label in wished.labels]
    if len({label.slug for label in kept}) < len(kept):
        raise Invalid("label_twice")
    if not all(is_seen(label.color) for label in kept):
        raise Invalid("label_color")
    deed = audited(
        ctx, actor.person_id, Action.LABELS_CHANGED, labels=[label.slug for label in kept]
    )
    statements = [
        bump(LABELS_REVISION, wished.revision),
        Statement("drop_labels", {}, ANY),
        *[Statement("add_label", label._asdict()) for label in kept],
        deed,
    ]
    try:
        await ctx.store.commit(Commit(statements))
    except Conflict:
        raise Stale from None
    return await labels(ctx)


def bump(key: str, seen: int) -> Statement:
    """The next revision of something that is kept as a whole, where the one that was seen is in force."""
    return Statement("bump_meta", {"key": key, "seen": str(seen), "next": str(seen + 1)})


def _put(
    noun: str, thing: Canned | Macro, values: Mapping[str, Value], *, is_new: bool
) -> Statement:
    """Adds it, or changes it in the place of its revision."""
    if is_new:
        return Statement(f"add_{noun}", {**values, "id": thing.id})
    return Statement(f"change_{noun}", {**values, "id": thing.id, "revision": thing.revision})


def _is_fresh(revisions: Mapping[int, int], thing_id: int, revision: int) -> None:
    """Returns where the revision was the right one, so that something else was wrong. Raises NotFound, Stale."""
    if thing_id not in revisions:
        raise NotFound
    if revisions[thing_id] != revision:
        raise Stale


def _title(text: str) -> str:
    """As it may stand beside others. Raises Invalid (`title`)."""
    cleaned = clean_name(text)
    if not cleaned:
        raise Invalid("title")
    return cleaned


async def _check_team(ctx: Context, team_id: int | None) -> None:
    if team_id is not None and team_id not in await ctx.store.all(_TEAMS):
        raise Invalid("team_unknown")


async def _check_steps(ctx: Context, steps: Sequence[Step]) -> None:
    """Raises Invalid with the first thing that is wrong."""
    known = Known(
        {label.slug for label in await ctx.store.all(_LABELS)},
        {show(team_id) for team_id in await ctx.store.all(_TEAMS)},
        {show(person_id) for person_id in await ctx.store.all(_AGENTS)},
    )
    for step in steps:
        if reason := tools.step_fault(step, known):
            raise Invalid(reason)
