"""Every message is sent one to five times, shuffled, from two devices: stored once, acknowledged alike each time."""

import asyncio
import random

import pytest

from chat_server.client import Refused, new_key
from chat_server.wire.frames import Ack, SendMessage
from tests.e2e.check import check_world
from tests.e2e.crew import Crew, Party, Said, open_crew
from tests.e2e.market import build_market
from tests.e2e.node import ServerNode
from tests.faults.scale import length


@pytest.mark.slow
async def test_what_is_sent_several_times_is_stored_once(node: ServerNode) -> None:
    market = await build_market(node.url, buyers=2, shops=1)
    async with open_crew(market, lambda _: node.url, devices=2) as crew:
        sendings = _sendings(crew, length(150, 2000))
        acks = await _send_all(sendings)
        for (party, frame), ack in zip(sendings, acks, strict=True):
            said = Said(frame.thread_id, party.person.id, ack.seq, frame.text)
            assert crew.ledger.said.setdefault(frame.client_key, said) == said

        truth = await check_world(crew, node.store)
        assert sum(talk.last_seq for talk in truth.talks.values()) == len(crew.ledger.said)
        await _other_words_are_refused(crew)


def _sendings(crew: Crew, messages: int) -> list[tuple[Party, SendMessage]]:
    """Each message one to five times, each time from a device by chance, all in disorder."""
    sendings = []
    for number in range(messages):
        person = random.choice(crew.parties).person
        thread = random.choice(crew.market.threads_of(person))
        frame = SendMessage(1, thread, new_key(), f"Message {number}")
        devices = [party for party in crew.parties if party.person == person]
        sendings += [(random.choice(devices), frame) for _ in range(random.randint(1, 5))]
    random.shuffle(sendings)
    return sendings


async def _send_all(sendings: list[tuple[Party, SendMessage]]) -> list[Ack]:
    """Past the outbox, which would send each once; a hundred are under way at a time."""
    places = asyncio.Semaphore(100)

    async def send(party: Party, frame: SendMessage) -> Ack:
        async with places:
            ack = await party.client._session.ask(frame)
        assert isinstance(ack, Ack)
        party.client._held.acknowledged(frame, ack)
        return ack

    return await asyncio.gather(*(send(party, frame) for party, frame in sendings))


async def _other_words_are_refused(crew: Crew) -> None:
    key, said = random.choice(list(crew.ledger.said.items()))
    for party in crew.parties:
        if party.person.id == said.author:
            with pytest.raises(Refused, match="key_reused"):
                await party.client.send(said.thread_id, "Other words", client_key=key)
