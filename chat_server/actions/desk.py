"""What people who work here do with support threads: take, give, put aside, end, mark. The queue moves by `routing`."""

from typing import Final

from chat_server.actions import notes, routing, tools
from chat_server.actions.access import DESK, access_desk
from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.moves import (
    Step,
    commit_step,
    labels_of,
    teams_by_id,
    with_labels,
)
from chat_server.domain.audit import Action
from chat_server.domain.desk import Desk, Team
from chat_server.domain.errors import Invalid, NotFound, Stale, WrongState
from chat_server.domain.events import AgentsChanged, DeskMoved
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.people import Actor
from chat_server.domain.support import MINUTE_MS, Cause, Move, State, allowed, requeued, target
from chat_server.domain.tools import MOST_SNOOZED
from chat_server.ports import Commit, Conflict, Statement, Value

MOST_SNOOZED_MS: Final = MOST_SNOOZED * MINUTE_MS


async def claim(ctx: Context, actor: Actor, thread_id: ThreadId, revision: int) -> None:
    """This agent takes a thread. Raises NotFound, WrongState (`taken`), Stale."""
    desk = await _seen(ctx, actor, thread_id, revision, Move.CLAIM)
    team = await _team(ctx, desk.team_id)
    step = Step(Move.CLAIM, State.ASSIGNED, team, actor.person_id)
    await _commit(ctx, actor, desk, step, _taking(ctx, actor.person_id, team.id))


async def assign(
    ctx: Context,
    actor: Actor,
    thread_id: ThreadId,
    revision: int,
    agent_id: PersonId,
    team_id: int | None,
    note: str,
) -> None:
    """Gives a thread to an agent of its team, or of another that is named.

    Raises NotFound, Stale, WrongState, Invalid (`agent`, `team`).
    """
    desk = await _seen(ctx, actor, thread_id, revision, Move.ASSIGN)
    team = await _team(ctx, team_id or desk.team_id)
    step = Step(Move.ASSIGN, State.ASSIGNED, team, agent_id)
    noted = notes.beside(ctx, actor, thread_id, note)
    try:
        await _commit(ctx, actor, desk, step, _taking(ctx, agent_id, team.id), *noted)
    except Stale:
        if (await _now(ctx, thread_id)).revision == desk.revision:
            raise Invalid("agent") from None
        raise
    await notes.announce(ctx, actor, thread_id, noted)


async def transfer(
    ctx: Context, actor: Actor, thread_id: ThreadId, revision: int, team_id: int, note: str
) -> None:
    """To the queue of a team. Raises NotFound, Stale, WrongState, Invalid (`team`)."""
    desk = await _seen(ctx, actor, thread_id, revision, Move.TRANSFER)
    team = await _team(ctx, team_id)
    state = target(Move.TRANSFER, is_open=team.is_open(ctx.clock.now_ms()), to_agent=False)
    noted = notes.beside(ctx, actor, thread_id, note)
    await _commit(ctx, actor, desk, Step(Move.TRANSFER, state, team), *noted)
    await notes.announce(ctx, actor, thread_id, noted)


async def give_back(
    ctx: Context, actor: Actor, thread_id: ThreadId, revision: int, note: str
) -> None:
    """The bot answers again. Raises NotFound, Stale, WrongState (`no_bot`)."""
    if not ctx.settings.bot:
        raise WrongState("no_bot")
    desk = await _seen(ctx, actor, thread_id, revision, Move.GIVE_BACK)
    team = await _team(ctx, desk.team_id)
    noted = notes.beside(ctx, actor, thread_id, note)
    await _commit(ctx, actor, desk, Step(Move.GIVE_BACK, State.BOT, team), *noted)
    await notes.announce(ctx, actor, thread_id, noted)


async def snooze(
    ctx: Context, actor: Actor, thread_id: ThreadId, revision: int, until: int
) -> None:
    """Puts a thread aside until an instant, or until its customer writes.

    Raises NotFound, Stale, WrongState, Invalid (`until`).
    """
    now = ctx.clock.now_ms()
    if not now < until <= now + MOST_SNOOZED_MS:
        raise Invalid("until")
    desk = await _seen(ctx, actor, thread_id, revision, Move.SNOOZE)
    team = await _team(ctx, desk.team_id)
    step = Step(Move.SNOOZE, State.SNOOZED, team, PersonId(desk.agent_id or 0), wake_at=until)
    await _commit(ctx, actor, desk, step)


async def wake(ctx: Context, actor: Actor, thread_id: ThreadId, revision: int) -> None:
    """Ends a snooze: to who had it, or the queue where he is gone. Raises NotFound, Stale, WrongState."""
    desk = await _seen(ctx, actor, thread_id, revision, Move.WAKE)
    await _commit(ctx, actor, desk, await routing.waking(ctx, desk))


async def resolve(
    ctx: Context, actor: Actor, thread_id: ThreadId, revision: int, seen: int
) -> None:
    """It is done. `seen` is the newest message on the agent's screen: where there is more, it is `stale`.

    Raises NotFound, Stale, WrongState.
    """
    desk = await _seen(ctx, actor, thread_id, revision, Move.RESOLVE)
    team = await _team(ctx, desk.team_id)
    await _commit(ctx, actor, desk, Step(Move.RESOLVE, State.RESOLVED, team, seen=seen))


async def reopen(ctx: Context, actor: Actor, thread_id: ThreadId, revision: int) -> None:
    """It is not done after all: to this agent. Raises NotFound, Stale, WrongState."""
    desk = await _seen(ctx, actor, thread_id, revision, Move.REOPEN)
    team = await _team(ctx, desk.team_id)
    step = Step(Move.REOPEN, State.ASSIGNED, team, actor.person_id, cause=Cause.TAKEN)
    await _commit(ctx, actor, desk, step, _taking(ctx, actor.person_id, team.id))


async def mark(
    ctx: Context,
    actor: Actor,
    thread_id: ThreadId,
    revision: int,
    priority: int | None,
    labels: list[str] | None,
) -> None:
    """Priority and labels; None leaves one as it stands. Raises NotFound, Stale, Invalid (`label`)."""
    desk = await access_desk(ctx, actor, thread_id)
    if desk.revision != revision:
        raise Stale
    if labels is not None:
        await _check_labels(ctx, labels)
    wanted = desk.priority if priority is None else priority
    marked = desk.labels if labels is None else with_labels(labels)
    key = desk.queue_key
    if key is not None:
        key = requeued(key, desk.priority, wanted)
    values: dict[str, Value] = {
        "thread_id": thread_id,
        "revision": revision,
        "priority": wanted,
        "labels": marked,
        "queue_key": key,
    }
    kept = []
    if wanted != desk.priority:
        kept.append(audited(ctx, actor.person_id, Action.PRIORITISED, thread_id, priority=wanted))
    if marked != desk.labels:
        kept.append(
            audited(ctx, actor.person_id, Action.LABELLED, thread_id, labels=labels_of(marked))
        )
    if not kept:
        return
    try:
        await ctx.store.commit(Commit([Statement("mark_thread", values), *kept]))
    except Conflict:
        raise Stale from None
    ctx.sink.tell(DeskMoved(thread_id, desk.team_id))


async def set_availability(ctx: Context, actor: Actor, availability: str) -> None:
    """Whether this agent wishes to be given threads. Raises NotFound for who is no agent."""
    values: dict[str, Value] = {"availability": availability, "me": actor.person_id}
    try:
        await ctx.store.commit(Commit([Statement("set_availability", values)]))
    except Conflict:
        raise NotFound from None
    ctx.sink.tell(AgentsChanged())


async def searched(ctx: Context, actor: Actor, hits: int) -> None:
    """Keeps that somebody looked through the threads of his teams; not for what."""
    await ctx.store.commit(Commit([audited(ctx, actor.person_id, Action.SEARCHED, hits=hits)]))


async def _check_labels(ctx: Context, labels: list[str]) -> None:
    known = {label.slug for label in (await tools.labels(ctx)).labels}
    if not known.issuperset(labels):
        raise Invalid("label")


async def _team(ctx: Context, team_id: int) -> Team:
    team = (await teams_by_id(ctx)).get(team_id)
    if team is None:
        raise Invalid("team")
    return team


async def _seen(ctx: Context, actor: Actor, thread_id: ThreadId, revision: int, move: Move) -> Desk:
    """The thread, where it still is as the caller saw it and may be moved so."""
    desk = await access_desk(ctx, actor, thread_id)
    _check_taken(desk, actor, move)
    if desk.revision != revision:
        raise Stale
    if not allowed(move, desk.state):
        raise WrongState(f"not_{move}")
    return desk


def _check_taken(desk: Desk, actor: Actor, move: Move) -> None:
    """Who wished to take what another has just taken is told so, and not merely that he is late."""
    if move is Move.CLAIM and desk.agent_id not in (None, actor.person_id):
        raise WrongState("taken")


def _taking(ctx: Context, agent_id: PersonId, team_id: int) -> Statement:
    values: dict[str, Value] = {
        "agent_id": agent_id,
        "team_id": team_id,
        "at": ctx.clock.now_ms(),
    }
    return Statement("take_on", values)


async def _now(ctx: Context, thread_id: ThreadId) -> Desk:
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None:
        raise NotFound
    return desk


async def _commit(ctx: Context, actor: Actor, desk: Desk, step: Step, *besides: Statement) -> None:
    try:
        await commit_step(ctx, desk, step, actor.person_id, *besides)
    except Conflict:
        _check_taken(await _now(ctx, desk.id), actor, step.move)
        raise Stale from None
    ctx.sink.tell(AgentsChanged())
