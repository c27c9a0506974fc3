"""A move of a support thread as a write: what the thread is afterwards, the event that tells of it, what is kept of it.

Who may move what, and when, is asked by those who call: `desk` for people, `routing` for the clock and the queue.
"""

from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.writes import unsigned
from chat_server.domain import hours as working
from chat_server.domain.audit import Action
from chat_server.domain.desk import Desk, Team
from chat_server.domain.events import Body, Card, DeskMoved, Draft, ThreadChanged, pack
from chat_server.domain.ids import PersonId
from chat_server.domain.people import Side
from chat_server.domain.support import (
    BUSY_MS,
    MINUTE_MS,
    Agent,
    Cause,
    Move,
    State,
    TeamScope,
    choose_team,
    queue_key,
)
from chat_server.domain.threads import EventKind
from chat_server.i18n import language_of, opening_phrase, shipped
from chat_server.ports import ANY, Commit, Query, Statement, Value


def _team(
    id: int, name: str, languages: str, topics: str, zone: str, hours: str, first: int, whole: int
) -> Team:
    scope = TeamScope(id, frozenset(languages.split()), frozenset(topics.split()))
    return Team(
        id,
        name,
        scope,
        working.read_hours(zone, hours),
        first * MINUTE_MS,
        whole * MINUTE_MS,
    )


TEAMS: Final = Query("team_routes", _team, light=True)
AGENT: Final = Query("agent_by_id", Agent, light=True)
_SERVES: Final = Query("serves_team", lambda found: int(found), light=True)
_NAME: Final = Query("person_name", lambda name: str(name), light=True)


async def teams_by_id(ctx: Context) -> dict[int, Team]:
    """All teams."""
    return {team.id: team for team in await ctx.store.all(TEAMS)}


async def team_for(ctx: Context, topic: str, language: str) -> int:
    """The team that answers about a topic in a language."""
    teams = await ctx.store.all(TEAMS)
    return choose_team([team.scope for team in teams], topic, language_of(language))


async def public_name(ctx: Context, agent_id: int) -> str:
    """The name under which customers see an agent; empty where the marketplace shows none."""
    return await name_of(ctx, agent_id) if ctx.settings.agent_names else ""


async def name_of(ctx: Context, person_id: int) -> str:
    """How somebody is called."""
    return await ctx.store.one(_NAME, person_id=person_id) or ""


async def agent_now(ctx: Context, agent_id: int | None) -> Agent | None:
    """What routing knows of an agent; None for nobody, or who no longer works here."""
    if agent_id is None:
        return None
    busy_since = ctx.clock.now_ms() - BUSY_MS
    return await ctx.store.one(AGENT, agent_id=agent_id, busy_since=busy_since)


async def serves(ctx: Context, agent_id: int | None, team_id: int) -> bool:
    """Whether somebody works here and sees the threads of a team."""
    found = await ctx.store.one(_SERVES, agent_id=agent_id, team_id=team_id)
    return bool(found)


class Step(NamedTuple):
    """Where a thread is to go."""

    move: Move
    state: State
    team: Team
    agent_id: int | None = None
    wake_at: int | None = None
    front: bool = False
    """To the front of the queue."""
    seen: int | None = None
    """The newest message that whoever ends it has seen: more, and it is not ended."""
    answered: int = 0
    """Up to here the bot need not answer any more."""
    cause: Cause = Cause.TAKEN
    """Where an episode begins with it."""
    language: str = ""


SNOOZE: Final = "support.snooze"
"""The deadline of a thread that was put aside."""

_SAME_WAIT: Final = (Move.OPEN, Move.CLOSE, Move.TRANSFER)
"""Moves from one queue to another, which cost a customer nothing of what he has waited already."""


def placed(desk: Desk, step: Step, now: int) -> dict[str, Value]:
    """The columns of a thread after a step."""
    state, agent = step.state, step.agent_id
    waits = state in (State.QUEUED, State.QUEUED_OFFLINE)
    keeps_place = desk.queued_at is not None and step.move in _SAME_WAIT
    came_back = (desk.waiting_since or now) if step.move in (Move.RETURN, Move.WAKE) else now
    queued_at = (desk.queued_at if keeps_place else came_back) if waits else None
    fresh = begins(desk, step) and desk.episode > 0
    key = None
    if state is State.QUEUED and queued_at is not None:
        priority = 0 if fresh else desk.priority
        key = queue_key(queued_at, priority, visitor=desk.is_visitors, front=step.front)
    return {
        "thread_id": desk.id,
        "revision": desk.revision,
        "at": now,
        "state": state,
        "team_id": step.team.id,
        "agent_id": agent,
        "last_agent_id": agent or desk.agent_id or desk.last_agent_id,
        "queue_key": key,
        "queued_at": queued_at,
        "assigned_at": now if state is State.ASSIGNED else desk.assigned_at,
        "wake_at": step.wake_at,
        "aside_seq": desk.last_seq if state is State.SNOOZED else None,
        "resolved_at": now if state is State.RESOLVED else None,
        "episode": desk.episode + begins(desk, step),
        "fresh": int(fresh),
        "seen": step.seen,
        "answered": step.answered or (desk.last_seq if _was_for_people(step) else 0),
        "passed": int(desk.agent_id is not None and agent not in (None, desk.agent_id)),
    }


def _was_for_people(step: Step) -> bool:
    """Whether what was written so far is not the bot's to answer, who goes on while people are away."""
    return step.state is State.QUEUED_OFFLINE and step.move not in (Move.ASK, Move.REOPEN)


def begins(desk: Desk, step: Step) -> bool:
    """Whether people begin to have something to do with it. An end that is taken back is no beginning."""
    if step.state in (State.BOT, State.RESOLVED):
        return False
    if desk.state == State.RESOLVED:
        return step.move is not Move.REOPEN or step.cause is Cause.AGAIN or not desk.episode
    return desk.state == State.BOT


def episode_statements(desk: Desk, step: Step, values: dict[str, Value]) -> list[Statement]:
    """What is kept of a step for service levels and reports."""
    now = values["at"]
    assert isinstance(now, int)
    if begins(desk, step):
        team = step.team
        begun: dict[str, Value] = {
            **values,
            "language": step.language or language_of(desk.locale),
            "cause": step.cause,
            "first_due": working.after_working(team.hours, now, team.first_answer_ms),
            "resolve_due": working.after_working(team.hours, now, team.resolution_ms),
            "assigned_at": now if step.state is State.ASSIGNED else None,
        }
        return [Statement("begin_episode", begun)]
    if step.state is State.RESOLVED and desk.episode:
        return [Statement("episode_ended", values, ANY)]
    found = []
    if desk.state == State.RESOLVED and step.state is not State.BOT:
        found.append(Statement("episode_resumed", values, ANY))
    if step.state is State.ASSIGNED:
        found.append(Statement("episode_assigned", values, ANY))
    elif step.move is Move.TRANSFER:
        found.append(Statement("episode_passed", values, ANY))
    elif step.state is State.BOT and desk.state != State.RESOLVED:
        found.append(Statement("episode_ended", values, ANY))
    return found


_DEEDS: Final = {
    Move.CLAIM: Action.CLAIMED,
    Move.ASSIGN: Action.ASSIGNED,
    Move.OFFER: Action.ASSIGNED,
    Move.TRANSFER: Action.TRANSFERRED,
    Move.GIVE_BACK: Action.GIVEN_BACK,
    Move.SNOOZE: Action.SNOOZED,
    Move.WAKE: Action.WOKEN,
    Move.RETURN: Action.RETURNED,
    Move.RESOLVE: Action.RESOLVED,
    Move.REOPEN: Action.REOPENED,
}
"""What is kept in the audit of a move; of the queue's own there is nothing to keep."""

_CODES: Final = {
    Move.ASK: "support.queued",
    Move.OPEN: "support.queued",
    Move.WAKE: "support.queued",
    Move.TRANSFER: "support.transferred",
    Move.GIVE_BACK: "support.bot",
    Move.RETURN: "support.requeued",
    Move.RESOLVE: "support.resolved",
    Move.REOPEN: "support.reopened",
}


async def commit_step(
    ctx: Context,
    desk: Desk,
    step: Step,
    by: PersonId | None = None,
    *besides: Statement,
) -> None:
    """Makes a step and tells of it. Raises Conflict where the thread has moved, or its agent was given another.

    `besides` are written with it. `by` is who made it; None is the system.
    """
    now = ctx.clock.now_ms()
    values = placed(desk, step, now)
    if step.move is Move.SNOOZE or (step.move is Move.WAKE and step.agent_id == desk.agent_id):
        move, draft = [Statement("move_quietly", values)], None
    else:
        side, kind, text, body = await _told(ctx, desk, step, now)
        move = [
            Statement("move_thread", {**values, "side": int(side)}),
            unsigned(desk.id, kind, now, text, body),
        ]
        draft = Draft(desk.id, kind, now, None, text, body)
    if step.move is Move.GIVE_BACK:
        move.append(Statement("give_back", values))
    kept = _clock(desk, step)
    if step.move in _DEEDS:
        agent = step.agent_id or desk.agent_id
        kept.append(audited(ctx, by, _DEEDS[step.move], desk.id, agent=agent, team=step.team.id))
    await ctx.store.commit(
        Commit([*move, *episode_statements(desk, step, values), *besides, *kept], draft)
    )
    if draft is None:
        ctx.sink.tell(DeskMoved(desk.id, step.team.id))
    else:
        tell(ctx, desk, step.team.id)


def _clock(desk: Desk, step: Step) -> list[Statement]:
    """A snooze has a deadline; whatever ends it takes that away."""
    subject: dict[str, Value] = {"kind": SNOOZE, "subject_id": desk.id}
    if step.wake_at is not None:
        until = {"due_at": step.wake_at, "revision": desk.revision + 1}
        return [Statement("set_deadline", {**subject, **until})]
    return [Statement("clear_deadline", subject, ANY)] if desk.state == State.SNOOZED else []


def tell(ctx: Context, desk: Desk, team_id: int) -> None:
    """Lets both sides see what a thread has become."""
    left = desk.team_id if desk.team_id != team_id else None
    ctx.sink.tell(DeskMoved(desk.id, team_id, left))
    ctx.sink.tell(ThreadChanged(desk.id, desk.customer_id))


async def _told(ctx: Context, desk: Desk, step: Step, now: int) -> tuple[Side, EventKind, str, str]:
    """How the parties are told of a step: a line of the system, or the bot's words where there is more to say."""
    if step.state is State.QUEUED_OFFLINE:
        text = offline_text(ctx, step.team, desk, now, closing=step.move is Move.CLOSE)
        return Side.BOT, EventKind.POSTED, text, pack(Body(card=Card("offline")))
    if step.state is State.ASSIGNED and step.agent_id is not None:
        code = "support.reopened" if step.move is Move.REOPEN else "support.joined"
        params = {"name": await public_name(ctx, step.agent_id)}
        return Side.SYSTEM, EventKind.STATE, "", pack(Body(code=code, params=params))
    code = _CODES[step.move]
    if step.move is Move.REOPEN and step.state is State.BOT:
        code = "support.bot"
    return Side.SYSTEM, EventKind.STATE, "", pack(Body(code=code))


def offline_text(ctx: Context, team: Team, desk: Desk, now: int, *, closing: bool = False) -> str:
    """When people are back, in the customer's language and zone; nothing is promised where it is not known.

    An answer by mail is offered only where mail is sent.
    """
    opening = working.next_opening(team.hours, now)
    key, when = "offline_unknown", ""
    if opening is not None:
        key = "closing" if closing else "offline"
        when = opening_phrase(opening, now, team.hours.zone, desk.zone, desk.locale)
    where = "" if ctx.settings.smtp else "_here"
    return shipped().sentence(f"server.desk.{key}{where}", desk.locale, when=when)


def labels_of(text: str) -> list[str]:
    """The labels of a thread."""
    return text.split()


def with_labels(labels: list[str]) -> str:
    """The same as they are stored: each between blanks, so that one can be looked for."""
    return f" {' '.join(dict.fromkeys(labels))} " if labels else ""
