"""How support threads move by themselves: from the bot to the queue, from the queue to agents, back from who let
them wait, with the hours of their teams, and to their end.

Everything here may be done by any node at any time: each move is checked against the revision that was read, so
of two nodes one does it, and what a dead node left undone is found by the next look of another.
"""

from typing import Final

from chat_server.actions.access import DESK
from chat_server.actions.context import Context
from chat_server.actions.moves import (
    SNOOZE,
    Step,
    agent_now,
    commit_step,
    serves,
    team_for,
    teams_by_id,
    tell,
)
from chat_server.actions.writes import unsigned
from chat_server.domain.desk import Desk, Team
from chat_server.domain.errors import Stale
from chat_server.domain.events import Body, Draft, TakenAway, pack
from chat_server.domain.ids import PersonId, ThreadId
from chat_server.domain.support import (
    ANSWER_WITHIN_MS,
    BUSY_MS,
    GONE_ANSWERED_MS,
    GONE_UNANSWERED_MS,
    HOUR_MS,
    MISSES_TO_AWAY,
    NOT_AGAIN_MS,
    REOPENS_MS,
    SILENCE_MS,
    UNSEEN_MS,
    VISITORS_PER_ADDRESS,
    WARNING_MS,
    Agent,
    Available,
    Cause,
    Move,
    State,
    allowed,
    can_take,
    choose_agent,
    is_connected,
    target,
)
from chat_server.domain.threads import EventKind
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

LOOKED_AT: Final = 50
"""So many of a queue are looked at for one agent who may not have the first of them."""

TURNED_AT_ONCE: Final = 500
"""So many of a team are told of its closing or opening in one round."""

LATE_MS: Final = 1000
"""What a customer wrote and nobody looked at for so long was taken by a node that died."""

LOOKED_BACK_MS: Final = 10 * 60 * 1000
"""So long such a question of who waits for the opening is looked for."""

ENOUGH: Final = 3
"""From so many assignments in an hour on, a wait is foretold."""


def _id(id: int) -> ThreadId:
    return ThreadId(id)


def _count(number: int) -> int:
    return int(number)


_HEADS: Final = Query("queue_heads", _id)
_AGENTS: Final = Query("team_agents", Agent)
_BARRED: Final = Query("passed_over", _count, light=True)
_QUEUED_TEAMS: Final = Query("queued_teams", _count)
_ATTEND: Final = Query("threads_to_attend", _id, light=True)
_TO_ANSWER: Final = Query("threads_to_answer", _id)
_OFFLINE: Final = Query("threads_offline", _id)
_UNANSWERED: Final = Query("threads_unanswered", _id, light=True)
_GONE: Final = Query("threads_of_gone", _id)
_STRANGERS: Final = Query("threads_of_strangers", _id)
_SILENT: Final = Query("threads_silent", _id)
_TO_WARN: Final = Query("threads_to_warn", _id)
_OF_VISITOR: Final = Query("queued_of_visitor", _count)
_OF_ORIGIN: Final = Query("queued_of_origin", _count)
_LATELY: Final = Query("assigned_lately", _count)
_PLACE: Final = Query("queue_place_of", _count)


# The queue.


async def ask(
    ctx: Context,
    desk: Desk,
    answered: int,
    cause: Cause,
    language: str,
    *besides: Statement,
) -> Team:
    """The customer of a thread that the bot has is to get a person. Raises Conflict where it has moved.

    `answered` is the question in which he asked. Returns the team that he waits for.
    """
    team_id = await team_for(ctx, desk.topic, language or desk.locale)
    team = (await teams_by_id(ctx))[team_id]
    state = target(Move.ASK, is_open=team.is_open(ctx.clock.now_ms()), to_agent=False)
    step = Step(Move.ASK, state, team, answered=answered, cause=cause, language=language)
    await commit_step(ctx, desk, step, None, *besides)
    return team


async def may_queue(ctx: Context, desk: Desk) -> bool:
    """Whether one more of this customer may wait: a visitor has one queued thread, an address three."""
    if not desk.is_visitors:
        return True
    if await ctx.store.one(_OF_VISITOR, customer_id=desk.customer_id, thread_id=desk.id):
        return False
    if not desk.origin:
        return True
    waiting = await ctx.store.one(_OF_ORIGIN, origin=desk.origin, thread_id=desk.id)
    return (waiting or 0) < VISITORS_PER_ADDRESS


async def route(ctx: Context, team: Team) -> int:
    """Gives the queue of a team to its agents, as far as they can take it; how many were given."""
    given = 0
    while True:
        heads = await ctx.store.all(_HEADS, team_id=team.id, limit=LOOKED_AT)
        if not heads:
            return given
        now = ctx.clock.now_ms()
        if not team.is_open(now):
            return given  # Nobody is on shift; those who wait are about to be told.
        agents = await ctx.store.all(_AGENTS, team_id=team.id, busy_since=now - BUSY_MS)
        if not any(can_take(agent, now) for agent in agents):
            return given
        offered = await _offer_first(ctx, team, heads, agents)
        if not offered:
            return given
        given += offered


async def _offer_first(ctx: Context, team: Team, heads: list[ThreadId], agents: list[Agent]) -> int:
    """Offers one after the other until the agents are busy; how many were taken, by us or by another node."""
    done = 0
    for thread_id in heads:
        now = ctx.clock.now_ms()
        desk = await ctx.store.one(DESK, thread_id=thread_id)
        if desk is None or desk.state != State.QUEUED or desk.team_id != team.id:
            done += 1
            continue
        barred = frozenset(await ctx.store.all(_BARRED, thread_id=thread_id, at=now))
        agent = choose_agent(agents, desk.last_agent_id, barred, now)
        if agent is None:
            continue
        try:
            await _offer(ctx, desk, team, agent, now)
        except Conflict:
            return done + 1  # Somebody was faster, with the thread or the agent: look anew.
        agents = [_busier(a, now) if a.id == agent.id else a for a in agents]
        done += 1
        if not any(can_take(a, now) for a in agents):
            break
    return done


async def _offer(ctx: Context, desk: Desk, team: Team, agent: Agent, now: int) -> None:
    turn: dict[str, Value] = {
        "agent_id": agent.id,
        "agent_revision": agent.revision,
        "team_id": team.id,
        "at": now,
    }
    step = Step(Move.OFFER, State.ASSIGNED, team, agent.id)
    await commit_step(ctx, desk, step, None, Statement("take_turn", turn))


def _busier(agent: Agent, now: int) -> Agent:
    return agent._replace(load=agent.load + 1, assigned_at=now, revision=agent.revision + 1)


async def route_all(ctx: Context) -> int:
    """Every queue; how many threads were given."""
    waiting = await ctx.store.all(_QUEUED_TEAMS)
    if not waiting:
        return 0
    teams = await teams_by_id(ctx)
    return sum([await route(ctx, teams[team_id]) for team_id in waiting if team_id in teams])


async def place_of(ctx: Context, thread_id: ThreadId, team_id: int) -> tuple[int, int | None]:
    """How many are served before a queued thread's customer is, himself counted; and how long that may take.

    0 where it is not queued; None where too little is known to foretell anything.
    """
    place = await ctx.store.one(_PLACE, thread_id=thread_id) or 0
    return place, await expected(ctx, team_id, place) if place else None


async def expected(ctx: Context, team_id: int, place: int) -> int | None:
    """How long a place of the queue waits, by the pace of the last hour."""
    since = ctx.clock.now_ms() - HOUR_MS
    assigned = await ctx.store.one(_LATELY, team_id=team_id, since=since) or 0
    return place * HOUR_MS // assigned if assigned >= ENOUGH else None


# What customers write, where no person has the thread.


async def waiting_threads(ctx: Context) -> list[ThreadId]:
    """Threads whose customer wrote a while ago, and nobody looked."""
    before = ctx.clock.now_ms() - LATE_MS
    found = await ctx.store.all(_ATTEND, before=before)
    if ctx.settings.bot:
        found += await ctx.store.all(_TO_ANSWER, before=before, after=before - LOOKED_BACK_MS)
    return found


async def welcome_back(ctx: Context, desk: Desk) -> None:
    """A customer wrote in a thread that is resolved or put aside: to his agent, the queue, or the bot."""
    try:
        if desk.state == State.RESOLVED:
            await _reopen(ctx, desk)
        elif desk.state == State.SNOOZED:
            await _wake(ctx, desk)
    except Conflict:
        pass  # Another node was faster, or an agent.


async def _reopen(ctx: Context, desk: Desk) -> None:
    now = ctx.clock.now_ms()
    team = (await teams_by_id(ctx))[desk.team_id]
    agent = await agent_now(ctx, desk.last_agent_id)
    able = agent is not None and can_take(agent, now) and team.is_open(now)
    known = agent if agent is not None and able and await serves(ctx, agent.id, team.id) else None
    late = now - (desk.resolved_at or 0) > REOPENS_MS
    if ctx.settings.bot and (late or not (known or await may_queue(ctx, desk))):
        await commit_step(ctx, desk, Step(Move.REOPEN, State.BOT, team))
        return
    state = target(Move.REOPEN, is_open=team.is_open(now), to_agent=known is not None)
    step = Step(Move.REOPEN, state, team, known and known.id, cause=Cause.AGAIN)
    await commit_step(ctx, desk, step, None, *_turn_of(known, team, now))


async def _wake(ctx: Context, desk: Desk) -> None:
    await commit_step(ctx, desk, await waking(ctx, desk))


async def waking(ctx: Context, desk: Desk) -> Step:
    """Where a thread goes that was put aside: to its agent where he is here and in its team, else to the queue."""
    now = ctx.clock.now_ms()
    team = (await teams_by_id(ctx))[desk.team_id]
    agent = await agent_now(ctx, desk.agent_id)
    connected = agent is not None and is_connected(agent.seen_at, agent.gone_at, now)
    here = connected and await serves(ctx, desk.agent_id, team.id)
    state = target(Move.WAKE, is_open=team.is_open(now), to_agent=here)
    return Step(Move.WAKE, state, team, desk.agent_id if here else None, front=True)


def _turn_of(agent: Agent | None, team: Team, now: int) -> list[Statement]:
    if agent is None:
        return []
    turn: dict[str, Value] = {
        "agent_id": agent.id,
        "agent_revision": agent.revision,
        "team_id": team.id,
        "at": now,
    }
    return [Statement("take_turn", turn)]


# What the clock does.


async def keep_hours(ctx: Context, now: int) -> int:
    """At its closing a team's queue waits for the opening, and there it comes back; how many moved."""
    moved = 0
    for team in (await teams_by_id(ctx)).values():
        is_open = team.is_open(now)
        query, move = (_OFFLINE, Move.OPEN) if is_open else (_HEADS, Move.CLOSE)
        state = State.QUEUED if is_open else State.QUEUED_OFFLINE
        for thread_id in await ctx.store.all(query, team_id=team.id, limit=TURNED_AT_ONCE):
            moved += await _moved(ctx, thread_id, move, Step(move, state, team))
    return moved


async def take_back(ctx: Context, now: int) -> int:
    """Threads whose agents let their customers wait, or are gone, go to the front of the queue; how many.

    `now` is no later than when it was last said who is here: a node that stood still in between takes nobody for gone.
    """
    returned = 0
    for thread_id in await ctx.store.all(_UNANSWERED, before=now - ANSWER_WITHIN_MS):
        returned += await _return(ctx, thread_id, missed=True)
    gone = {
        "unseen": now - UNSEEN_MS,
        "unanswered": now - GONE_UNANSWERED_MS,
        "answered": now - GONE_ANSWERED_MS,
        "now": now,
    }
    for thread_id in await ctx.store.all(_GONE, **gone):
        returned += await _return(ctx, thread_id, missed=False)
    return returned


async def take_from_strangers(ctx: Context) -> int:
    """Threads of those who work in another team by now go to the front of the queue; how many."""
    returned = 0
    for thread_id in await ctx.store.all(_STRANGERS):
        desk = await _held(ctx, thread_id)
        if desk is not None and not await serves(ctx, desk.agent_id, desk.team_id):
            returned += await _put_in_front(ctx, desk, missed=False)
    return returned


async def _held(ctx: Context, thread_id: ThreadId) -> Desk | None:
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    return desk if desk is not None and desk.state == State.ASSIGNED else None


async def _return(ctx: Context, thread_id: ThreadId, *, missed: bool) -> bool:
    desk = await _held(ctx, thread_id)
    if desk is None or desk.agent_id is None:
        return False
    now = ctx.clock.now_ms()
    if not _is_overdue(desk, now) if missed else await _is_back(ctx, desk.agent_id, now):
        return False
    return await _put_in_front(ctx, desk, missed=missed)


async def _put_in_front(ctx: Context, desk: Desk, *, missed: bool) -> bool:
    assert desk.agent_id is not None
    now = ctx.clock.now_ms()
    team = (await teams_by_id(ctx))[desk.team_id]
    state = target(Move.RETURN, is_open=team.is_open(now), to_agent=False)
    # What he writes while this is under way saves it for him: an answer alone does not raise the revision.
    step = Step(Move.RETURN, state, team, front=True, seen=desk.last_seq)
    besides = _missed(desk, desk.agent_id, now) if missed else []
    try:
        await commit_step(ctx, desk, step, None, *besides)
    except Conflict:
        return False
    agent = await agent_now(ctx, desk.agent_id)
    away = missed and agent is not None and agent.availability == Available.AWAY
    ctx.sink.tell(TakenAway(desk.id, desk.agent_id, away))
    return True


async def _is_back(ctx: Context, agent_id: int, now: int) -> bool:
    agent = await agent_now(ctx, agent_id)
    return agent is not None and is_connected(agent.seen_at, agent.gone_at, now)


def _is_overdue(desk: Desk, now: int) -> bool:
    """Whether it is still so that its agent has not written in time: it is read again before it is taken."""
    since = max(desk.waiting_since or now, desk.assigned_at or now)
    return since <= now - ANSWER_WITHIN_MS


def _missed(desk: Desk, agent_id: int, now: int) -> list[Statement]:
    agent: dict[str, Value] = {"agent_id": agent_id}
    barred: dict[str, Value] = {**agent, "thread_id": desk.id, "until": now + NOT_AGAIN_MS}
    missed: dict[str, Value] = {**agent, "most": MISSES_TO_AWAY}
    return [Statement("pass_over", barred), Statement("missed_turn", missed)]


async def wake_up(ctx: Context, thread_id: int, revision: int) -> bool:
    """The time has come of a thread that was put aside. False where it is aside no more.

    Raises Stale where it moves meanwhile, or is not due after all: what was put aside anew has another deadline.
    """
    desk = await ctx.store.one(DESK, thread_id=ThreadId(thread_id))
    if desk is None or desk.state != State.SNOOZED or desk.wake_at is None:
        return False
    if desk.wake_at > ctx.clock.now_ms():
        raise Stale
    firing: dict[str, Value] = {"kind": SNOOZE, "subject_id": thread_id, "revision": revision}
    try:
        await commit_step(
            ctx, desk, await waking(ctx, desk), None, Statement("fire_deadline", firing)
        )
    except Conflict:
        raise Stale from None
    return True


async def end_silence(ctx: Context, now: int) -> int:
    """Threads whose customers say nothing end after a day; an hour before, they are told. How many ended."""
    for thread_id in await ctx.store.all(_TO_WARN, before=now - SILENCE_MS + WARNING_MS):
        await _warn(ctx, thread_id)
    ended = 0
    teams = await teams_by_id(ctx)
    long_ago = {"before": now - SILENCE_MS, "warned": now - WARNING_MS}
    for thread_id in await ctx.store.all(_SILENT, **long_ago):
        desk = await ctx.store.one(DESK, thread_id=thread_id)
        if desk is None or not _is_silent(desk, now - SILENCE_MS):
            continue
        step = Step(Move.RESOLVE, State.RESOLVED, teams[desk.team_id], seen=desk.last_seq)
        ended += await _moved(ctx, thread_id, Move.RESOLVE, step)
    return ended


def _is_silent(desk: Desk, before: int) -> bool:
    """Whether it still is, now that it is read again."""
    began = max(desk.last_at, desk.assigned_at or 0)
    return desk.state == State.ASSIGNED and desk.waiting_since is None and began <= before


async def _warn(ctx: Context, thread_id: ThreadId) -> None:
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None:
        return
    now, body = ctx.clock.now_ms(), pack(Body(code="support.closing"))
    where: dict[str, Value] = {"thread_id": thread_id, "revision": desk.revision, "at": now}
    warning = [
        Statement("warn_of_closing", where),
        unsigned(thread_id, EventKind.STATE, now, "", body),
    ]
    try:
        draft = Draft(thread_id, EventKind.STATE, now, None, "", body)
        await ctx.store.commit(Commit(warning, draft))
    except Conflict:
        return
    tell(ctx, desk, desk.team_id)


async def _moved(ctx: Context, thread_id: ThreadId, move: Move, step: Step) -> bool:
    desk = await ctx.store.one(DESK, thread_id=thread_id)
    if desk is None or not allowed(move, desk.state) or desk.team_id != step.team.id:
        return False
    try:
        await commit_step(ctx, desk, step)
    except Conflict:
        return False
    return True


# Who is there.


async def seen(ctx: Context, agents: list[PersonId]) -> None:
    """These have a socket on this node."""
    if not agents:
        return
    now = ctx.clock.now_ms()
    # In one order, so that of two nodes that do this at once none waits for the other for ever.
    here = [
        Statement("agent_seen", {"person_id": person_id, "at": now}, ANY)
        for person_id in sorted(agents)
    ]
    await ctx.store.commit(Commit(here))


async def gone(ctx: Context, person_id: PersonId) -> None:
    """His last socket, on whichever node, has closed."""
    values: dict[str, Value] = {"person_id": person_id, "at": ctx.clock.now_ms()}
    await ctx.store.commit(Commit([Statement("agent_gone", values, ANY)]))


async def forget_passes(ctx: Context) -> None:
    """What was not to be offered again for a while may be again."""
    old = Statement("drop_old_passes", {"at": ctx.clock.now_ms()}, ANY)
    await ctx.store.commit(Commit([old]))
