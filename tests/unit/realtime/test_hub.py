"""The hub: per channel, what goes in comes out in that order, to those who listen and to nobody else."""

from hypothesis import given
from hypothesis import strategies as st

from chat_server.realtime.hub import Hub, Listener


class Ear:
    """Remembers what it hears; may leave a channel when it hears a certain frame."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.leaves: tuple[Hub, str] | None = None

    def write(self, frame: bytes) -> None:
        self.heard.append(frame)
        if self.leaves is not None:
            hub, channel = self.leaves
            hub.leave(channel, self)


CHANNELS = ("a", "b", "c")
STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "say"]), st.sampled_from(CHANNELS), st.integers(0, 4)),
    max_size=60,
)  # fmt: skip


@given(STEPS)
def test_every_listener_hears_exactly_what_was_said_while_he_listened(
    steps: list[tuple[str, str, int]],
) -> None:
    hub, ears = Hub(), [Ear() for _ in range(5)]
    expected: list[list[bytes]] = [[] for _ in ears]
    joined: dict[str, list[int]] = {channel: [] for channel in CHANNELS}

    for number, (step, channel, who) in enumerate(steps):
        members = joined[channel]
        if step == "join":
            assert hub.join(channel, ears[who]) is (not members)
            if who not in members:
                members.append(who)
        elif step == "leave":
            was_last = members == [who]
            if who in members:
                members.remove(who)
            assert hub.leave(channel, ears[who]) is was_last
        else:
            frame = f"{channel}{number}".encode()
            assert hub.deliver(channel, frame) == len(members)
            for member in members:
                expected[member].append(frame)

    assert [ear.heard for ear in ears] == expected
    assert sorted(hub.channels()) == [c for c in CHANNELS if joined[c]]
    assert hub.delivered == sum(map(len, expected))


def test_who_leaves_in_the_middle_of_a_delivery_disturbs_nobody() -> None:
    hub, ears = Hub(), [Ear() for _ in range(4)]
    for ear in ears:
        hub.join("a", ear)
    ears[1].leaves = (hub, "a")

    hub.deliver("a", b"1")
    hub.deliver("a", b"2")

    assert [ear.heard for ear in ears] == [[b"1", b"2"], [b"1"], [b"1", b"2"], [b"1", b"2"]]


def test_the_one_who_said_it_may_be_left_out() -> None:
    hub, one, other = Hub(), Ear(), Ear()
    for ear in (one, other):
        hub.join("a", ear)

    assert hub.deliver("a", b"1", besides=one) == 1
    assert (one.heard, other.heard) == ([], [b"1"])


def test_a_channel_that_nobody_listens_to_is_no_mistake() -> None:
    hub, ear = Hub(), Ear()

    assert hub.deliver("a", b"1") == 0
    assert hub.leave("a", ear) is False
    assert hub.members("a") == ()


def test_who_joins_twice_hears_once() -> None:
    hub, ear = Hub(), Ear()
    first: Listener = ear

    assert (hub.join("a", first), hub.join("a", first)) == (True, False)
    hub.deliver("a", b"1")

    assert ear.heard == [b"1"]
