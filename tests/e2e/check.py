"""How each run ends: every client's log against the database, and nothing for those whom it does not concern."""

import functools
import random
from collections.abc import Awaitable, Callable

from chat_server.client import Refused
from chat_server.wire.shapes import Edited, Event, Posted, StateChanged, ThreadView, Withdrawn
from tests.e2e.crew import Crew, Ledger, Party
from tests.e2e.truth import POSTED, Row, Talk, Truth, read_truth
from tests.e2e.waiting import eventually, told, until

KINDS = {Posted: 1, Edited: 2, Withdrawn: 3, StateChanged: 4}
SIDES = {"customer": 1, "shop": 2}


Read = Callable[[], Awaitable[Truth]]


async def check_world(crew: Crew, store: str | Read, sample: int | None = None) -> Truth:
    """Everything that is promised of messages, at the end of a run; returns what the database holds.

    `store` is an address, or whatever reads one that is out of reach. Of a large crew, `sample` of
    its clients are looked at closely.
    """
    read = functools.partial(read_truth, store) if isinstance(store, str) else store
    truth = await _settled(crew, read)
    _check_store(truth)
    _check_promises(crew.ledger, truth)
    parties = random.sample(crew.parties, sample) if sample is not None else crew.parties
    for party in parties:
        await _check_party(party, truth)
    await _check_outsider(crew, truth)
    return truth


async def _settled(crew: Crew, read: Read) -> Truth:
    """The truth once nothing is under way: every client has said and heard everything, and marked it."""
    await until(
        lambda: all(party.client.unacknowledged == 0 for party in crew.parties),
        "every outbox is empty",
    )
    truth = await read()
    for party in crew.parties:
        for thread_id, talk in truth.talks.items():
            if talk.last_seq and party.person.id in truth.parties(talk):
                await until(
                    lambda p=party, t=thread_id, n=talk.last_seq: _holds(p, t, n),  # type: ignore[misc]
                    f"{party.person.key} holds {talk.last_seq} events of {thread_id}",
                )

    async def marked() -> bool:
        nonlocal truth
        truth = await read()
        return all(_marks_stand(party, truth) for party in crew.parties)

    await eventually(marked, "every mark is stored")
    for (thread_id, person), read_upto in crew.ledger.read.items():
        assert truth.talks[thread_id].read.get(person, 0) == read_upto, "a mark stands elsewhere"
    return truth


def _holds(party: Party, thread_id: str, last_seq: int) -> bool:
    held = party.client
    return thread_id in held.views() and held.log(thread_id).upto == last_seq


def _marks_stand(party: Party, truth: Truth) -> bool:
    """A mark has no answer, and is told again when it might have been lost.

    Of delivered ones only the farthest of a side is shown, so that a lost one behind it is let be.
    """
    me = party.person.id
    for mark in party.client._marks.reached:
        talk = truth.talks[mark.thread_id]
        side = 1 if talk.customer == me else 2
        if talk.mark_of(side)[0] < mark.delivered or talk.read.get(me, 0) < mark.read:
            return False
    return not party.client._marks


def _check_store(truth: Truth) -> None:
    """One gap-free order for each thread, and no client key twice."""
    for thread_id, talk in truth.talks.items():
        seqs = [row.seq for row in talk.rows]
        assert seqs == list(range(1, talk.last_seq + 1)), f"{thread_id} has holes: {seqs}"
        assert talk.last_posted == max((r.seq for r in talk.rows if r.kind == POSTED), default=0)
    rows = [row for talk in truth.talks.values() for row in talk.rows]
    keys = [(row.author, row.client_key) for row in rows if row.client_key is not None]
    assert len(keys) == len(set(keys)), "one write of one sender is stored twice"


def _check_promises(ledger: Ledger, truth: Truth) -> None:
    """Every acknowledged message is where its sender was told, unchanged, under his name."""
    for key, said in ledger.said.items():
        row = truth.talks[said.thread_id].rows[said.seq - 1]
        assert (row.client_key, row.author, row.kind) == (key, said.author, POSTED)
        assert (row.text, row.withdrawn) == (said.text, said.withdrawn)
    for talk in truth.talks.values():
        for person, read in talk.read.items():
            assert read <= talk.delivered[person] <= talk.last_seq, "a mark runs ahead"


async def _check_party(party: Party, truth: Truth) -> None:
    person, client = party.person, party.client
    mine = {t: talk for t, talk in truth.talks.items() if person.id in truth.parties(talk)}
    assert not party.witness.faults, f"{person.key}: " + "; ".join(party.witness.faults)
    spoken = {thread for thread, talk in mine.items() if talk.last_seq}
    assert spoken <= set(client.views()) <= set(mine), f"{person.key} knows other threads than his"
    for thread_id, talk in mine.items():
        if talk.last_seq:
            await _check_log(party, thread_id, talk)
            await _check_view(party, thread_id, talk)
    unread = await told(client.unread)
    assert unread.messages == sum(talk.unread_of(person.id) for talk in mine.values())


async def _check_log(party: Party, thread_id: str, talk: Talk) -> None:
    """What was pushed and resumed is what is stored; so is what is read back to the first event."""
    client = party.client
    held = client.log(thread_id)
    stored = [_as_read(row, talk) for row in talk.rows]
    assert [_of(event) for event in held.events] == stored[held.base :]
    await told(functools.partial(client.load, thread_id))
    assert [_of(event) for event in client.log(thread_id).events] == stored


def _of(event: Event) -> tuple[object, ...]:
    """What everybody must see alike. Of an edit the text is left out: it may since have been edited again."""
    kind = KINDS.get(type(event), 0)
    common = (event.seq, kind, event.at, event.author)
    if isinstance(event, Posted):
        edited = event.edited_at is not None
        return (*common, event.text, event.reply_to, edited, event.withdrawn, event.client_key)
    return (*common, event.target) if isinstance(event, Edited | Withdrawn) else common


def _as_read(row: Row, talk: Talk) -> tuple[object, ...]:
    common = (row.seq, row.kind, row.at, row.author)
    if row.kind == POSTED:
        return (*common, row.text, row.target, row.edited, row.withdrawn, row.client_key)
    assert row.target is None or row.target <= talk.last_seq
    return (*common, row.target) if row.target is not None else common


async def _check_view(party: Party, thread_id: str, talk: Talk) -> None:
    """Old state and pushes make the same as a fresh look, and both tell the truth."""
    fresh = await told(functools.partial(party.client.thread, thread_id))
    assert _shown(fresh) == _true(party, talk, fresh)
    await until(
        lambda: _shown(party.client.views()[thread_id]) == _shown(fresh),
        f"{party.person.key} shows {thread_id} as it is: {_shown(fresh)}",
    )


def _shown(view: ThreadView) -> tuple[object, ...]:
    marks = {SIDES[mark.side]: (mark.delivered, mark.read) for mark in view.marks}
    return (view.last_seq, view.read, view.unread, marks.get(1, (0, 0)), marks.get(2, (0, 0)))


def _true(party: Party, talk: Talk, view: ThreadView) -> tuple[object, ...]:
    me = party.person.id
    assert view.my_side == ("customer" if talk.customer == me else "shop")
    unread, read = talk.unread_of(me), talk.read.get(me, 0)
    return (talk.last_seq, read, unread, talk.mark_of(1), talk.mark_of(2))


async def _check_outsider(crew: Crew, truth: Truth) -> None:
    """Whoever takes no part hears nothing, and learns nothing when he asks."""
    assert crew.outsider is not None
    client, witness = crew.outsider.client, crew.outsider.witness
    await client.ready()
    assert witness.heard == 0 and witness.faults == []
    assert client.views() == {} and (await told(client.threads)).threads == []
    assert (await told(client.unread)).messages == 0
    assert (await told(functools.partial(client.search, "says"))).hits == []
    for thread_id in [thread for thread, talk in truth.talks.items() if talk.last_seq][:3]:
        for ask in (client.history, client.thread, client.watch):
            assert await _refused(functools.partial(ask, thread_id)) == "not_found"
        client.mark(thread_id, read=1)
    assert all(crew.outsider.person.id not in talk.read for talk in truth.talks.values())


async def _refused(ask: Callable[[], Awaitable[object]]) -> str:
    try:
        await told(ask)
    except Refused as refused:
        return refused.code
    return "done"
