"""Records of the desk as the console sees them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from chat_server.domain.desk import (
    AgentRow,
    Attempt,
    Count,
    Customer,
    DeskCard,
    Episode,
    Team,
)
from chat_server.domain.desk import Note as StoredNote
from chat_server.domain.events import NoteWritten
from chat_server.domain.ids import show
from chat_server.domain.people import Role
from chat_server.domain.support import State, shown_state
from chat_server.wire import desk
from chat_server.wire.desk import AgentLoad, DeskCounts, DeskThread, Note, TeamCounts
from chat_server.wire.shapes import PersonView
from chat_server.wire.views import last_view

_QUEUES: Final = (State.QUEUED, State.QUEUED_OFFLINE)


def desk_thread(card: DeskCard, *, shared: bool = False) -> DeskThread:
    """A support thread in a list. One that all of a team are told of leaves out what is each reader's own."""
    customer = Customer(
        card.customer_id,
        card.customer_name,
        card.customer_kind,
        card.locale,
        card.zone,
        card.country,
        card.shops,
    )
    return msgspec.convert(
        {
            "id": show(card.id),
            "revision": card.revision,
            "state": shown_state(card.state, card.waiting_since),
            "customer": customer_view(customer),
            "topic": card.topic,
            "team_id": show(card.team_id),
            "last_seq": card.last_seq,
            "last_at": card.last_at,
            "created_at": card.created_at,
            "note_seq": card.note_seq,
            "agent": person(card.agent_id, card.agent_name),
            "last_agent": person(card.last_agent_id, card.last_agent_name),
            "priority": card.priority,
            "labels": card.labels.split(),
            "last": last_view(card),
            "waiting_since": card.waiting_since,
            "queued_at": card.queued_at,
            "queue_key": card.queue_key,
            "assigned_at": card.assigned_at,
            "wake_at": card.wake_at,
            "resolved_at": card.resolved_at,
            "first_due": card.first_due,
            "resolve_due": card.resolve_due,
            "csat": card.csat,
            "unread": None if shared else card.unread,
            "read": None if shared else card.read,
        },
        DeskThread,
        from_attributes=True,
    )


def person(person_id: int | None, name: str | None) -> PersonView | None:
    """Somebody, where there is somebody."""
    return None if person_id is None else PersonView(id=show(person_id), name=name or "")


def customer_view(customer: Customer) -> desk.CustomerView:
    """Who asks."""
    return desk.CustomerView(
        id=show(customer.id),
        name=customer.name,
        kind="visitor" if customer.kind == "visitor" else "customer",
        locale=customer.locale,
        zone=customer.zone,
        country=customer.country,
        sells=customer.shops > 0,
    )


def note_view(note: StoredNote | NoteWritten) -> Note:
    """A private note."""
    return Note(
        note_seq=note.note_seq,
        after_seq=note.after_seq,
        at=note.at,
        author=PersonView(id=show(note.author_id), name=note.author_name),
        text=note.text,
        mentions=[show(person_id) for person_id in note.mentioned],
    )


def desk_counts(
    counts: Iterable[Count],
    agents: Iterable[AgentRow],
    members: Iterable[tuple[int, int]],
    teams: Mapping[int, Team],
    now: int,
) -> DeskCounts:
    """The numbers beside the lists, of all teams and all agents."""
    by_team: dict[int, defaultdict[str, int]] = {team: defaultdict(int) for team in teams}
    held: defaultdict[int, int] = defaultdict(int)
    for count in counts:
        tally = by_team[count.team_id]
        tally["open"] += count.threads
        tally["unassigned"] += count.threads if count.state in _QUEUES else 0
        tally["snoozed"] += count.threads if count.state == State.SNOOZED else 0
        tally["waiting"] += count.waiting
        if count.agent_id is not None and count.state == State.ASSIGNED:
            held[count.agent_id] += count.threads
    works: defaultdict[int, list[str]] = defaultdict(list)
    for person_id, team_id in members:
        works[person_id].append(show(team_id))
    return DeskCounts(
        teams=[_team_counts(team, by_team[team.id], now) for team in teams.values()],
        agents=[agent_load(agent, held[agent.id], works[agent.id], now) for agent in agents],
    )


def _team_counts(team: Team, tally: Mapping[str, int], now: int) -> TeamCounts:
    is_open, opens, closes = team.opening(now)
    return TeamCounts(
        team_id=show(team.id),
        unassigned=tally["unassigned"],
        open=tally["open"],
        snoozed=tally["snoozed"],
        waiting=tally["waiting"],
        is_open=is_open,
        next_opening=opens,
        next_closing=closes,
    )


def agent_load(agent: AgentRow, held: int, teams: list[str], now: int) -> AgentLoad:
    """Somebody who works here, and how busy he is."""
    return msgspec.convert(
        {
            "id": show(agent.id),
            "name": agent.name,
            "availability": agent.availability,
            "connected": agent.connected(now),
            "load": agent.load,
            "open": held,
            "capacity": agent.capacity,
            "teams": teams,
            "supervises": agent.role == Role.SUPERVISOR,
        },
        AgentLoad,
    )


def of_teams(counts: DeskCounts, teams: Collection[int] | None) -> DeskCounts:
    """Of all numbers those that somebody of these teams may see; None is a supervisor, who sees all."""
    if teams is None:
        return counts
    mine = {show(team) for team in teams}
    return DeskCounts(
        teams=[count for count in counts.teams if count.team_id in mine], agents=counts.agents
    )


def attempt_view(attempt: Attempt, questions: Mapping[str, str]) -> desk.Attempt:
    """What the bot made of a question."""
    return msgspec.convert(
        {
            "seq": attempt.seq,
            "at": attempt.at,
            "question": attempt.question or "",
            "outcome": attempt.outcome,
            "entry": attempt.entry,
            "entry_question": questions.get(attempt.entry, ""),
            "runner_up": attempt.runner_up,
            "probability": attempt.probability / 1000,
            "helpful": None if attempt.helpful is None else bool(attempt.helpful),
        },
        desk.Attempt,
    )


def episode_view(episode: Episode) -> desk.EpisodeView:
    """One run of a thread with people."""
    return msgspec.convert(
        {
            "number": episode.number,
            "asked_at": episode.asked_at,
            "cause": episode.cause,
            "answered_at": episode.answered_at,
            "resolved_at": episode.resolved_at,
            "agent": person(episode.agent_id, episode.agent_name),
            "csat": episode.csat,
            "comment": episode.comment,
        },
        desk.EpisodeView,
        from_attributes=True,
    )
