"""What must hold of a support desk, at every moment or once all that was due has been done."""

import itertools

from chat_server.actions.moves import teams_by_id
from chat_server.domain.support import State, can_take, queue_key
from tests.property.desk_model import HELD, QUEUES, Desk, Row


def check_rows(desk: Desk) -> None:
    """What holds of every thread at every moment."""
    for row in desk.rows():
        assert (row.agent_id is not None) == (row.state in HELD), row
        assert (row.queue_key is not None) == (row.state == State.QUEUED), row
        assert (row.queued_at is not None) == (row.state in QUEUES), row
        assert (row.wake_at is not None) == (row.state == State.SNOOZED), row
        assert (row.resolved_at is not None) == (row.state == State.RESOLVED), row
        assert row.team_id is not None
        if row.state == State.ASSIGNED:
            assert row.assigned_at is not None, row
        if row.queue_key is not None and row.queued_at is not None:
            places = {
                queue_key(row.queued_at, row.priority, visitor=bool(row.visitor), front=front)
                for front in (False, True)
            }
            assert row.queue_key in places, row
        _check_events(desk, row)
        _check_episodes(desk, row)


def _check_events(desk: Desk, row: Row) -> None:
    seqs = [s for (s,) in desk.sql("SELECT seq FROM events WHERE thread_id = ? ORDER BY 1", row.id)]
    assert seqs == list(range(1, row.last_seq + 1)), row


def _check_episodes(desk: Desk, row: Row) -> None:
    """They are numbered, and one is open exactly while people have to do with the thread."""
    sql = (
        "SELECT number, resolved_at, agent_id, team_id FROM episodes WHERE thread_id = ? ORDER BY 1"
    )
    episodes = desk.sql(sql, row.id)
    assert [number for number, *_ in episodes] == list(range(1, row.episode + 1)), row
    going_on = [e for e in episodes if e[1] is None]
    if row.state in (State.BOT, State.RESOLVED):
        assert going_on == [], (row, episodes)
        return
    assert going_on == episodes[-1:], (row, episodes)
    assert going_on[0][3] == row.team_id, (row, episodes)
    if row.state in HELD:
        assert going_on[0][2] == row.agent_id, (row, episodes)


def check_order(desk: Desk) -> None:
    """The list of those who wait: by the front, priority, time and who it is, those for the opening last."""
    rows = {row.id: row for row in desk.rows()}
    waiting = [rows[thread] for thread in desk.listed("unassigned")]
    for before, after in itertools.pairwise(waiting):
        if before.state == after.state == State.QUEUED:
            assert before.queue_key is not None and after.queue_key is not None
            assert before.queue_key <= after.queue_key
        else:
            assert after.state == State.QUEUED_OFFLINE, "who waits for the opening is behind"


def check_lists(desk: Desk) -> None:
    """Whoever has said something is in exactly the lists that his thread's state has."""
    lists = {
        "unassigned": QUEUES,
        "all": (*QUEUES, *HELD),
        "snoozed": (State.SNOOZED,),
        "resolved": (State.RESOLVED,),
        "bot": (State.BOT,),
    }
    rows = desk.rows()
    for name, states in lists.items():
        said = [row.id for row in rows if row.state in states and row.last_posted]
        assert sorted(desk.listed(name)) == said, name


def check_settled(desk: Desk) -> None:
    """What holds once everything that was due has been done, whatever the nodes left undone before."""
    now = desk.clock.now_ms()
    agents = desk.agents_now()
    closed = {
        team.id for team in desk.run(teams_by_id(desk.ctx)).values() if not team.is_open(now)
    }  # fmt: skip
    for row in desk.rows():
        if row.waiting_since is not None:
            assert row.state != State.RESOLVED, "somebody wrote after the end, and nobody looks"
            assert row.state != State.BOT, "somebody asks, and the bot does not answer"
        if row.state == State.QUEUED:
            assert row.team_id not in closed, row
            able = {
                a.id
                for a in agents.values()
                if row.team_id in desk.teams_of(a.id) and can_take(a, now)
            }
            assert able <= desk.barred(row.id), f"{row} waits, though {able} can take it"
        if row.state == State.QUEUED_OFFLINE:
            assert row.team_id in closed, row
        if row.state == State.ASSIGNED and row.agent_id != desk.supervisor.person_id:
            assert row.agent_id is not None
            assert row.team_id in desk.teams_of(row.agent_id), f"{row}: he does not see it"
        if row.state == State.SNOOZED:
            assert row.wake_at is not None and row.wake_at > now, row
