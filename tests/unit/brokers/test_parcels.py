"""Parcels hold what was put in, in order, and are bounded."""

from hypothesis import example, given
from hypothesis import strategies as st

from chat_server.brokers.parcels import FRAME_OVERHEAD, PARCEL_BYTES, Mailbag, Note, unpack

FRAMES = st.lists(st.tuples(st.text(max_size=8), st.binary(max_size=40)), max_size=40)


@given(frames=FRAMES, note=st.sampled_from([Note.NOTHING, Note.WOKEN, Note.WOKEN | Note.LOST]))
def test_what_is_packed_is_unpacked(frames: list[tuple[str, bytes]], note: Note) -> None:
    bag = Mailbag("node", 1_000_000)
    for channel, frame in frames:
        assert bag.add(channel, frame)

    parcels = [unpack(packed) for packed, _ in bag.empty_into(note)]

    assert [frame for parcel in parcels if parcel for frame in parcel.frames] == frames
    assert [parcel.note for parcel in parcels if parcel] == ([int(note)] if frames or note else [])
    assert len(bag) == 0


def test_a_large_lot_becomes_several_parcels_and_the_note_is_on_the_first() -> None:
    bag = Mailbag("node", 100 * PARCEL_BYTES)
    frames = [("t", bytes([number]) * (PARCEL_BYTES // 3)) for number in range(5)]
    frames.insert(3, ("t", b"x" * (2 * PARCEL_BYTES)))
    for channel, frame in frames:
        assert bag.add(channel, frame)

    packed = list(bag.empty_into(Note.WOKEN))

    parcels = [unpack(parcel) for parcel, _ in packed]
    assert [count for _, count in packed] == [2, 1, 1, 2]
    assert [parcel.note for parcel in parcels if parcel] == [1, 0, 0, 0]
    assert [frame for parcel in parcels if parcel for frame in parcel.frames] == frames


def test_beyond_its_limit_a_bag_takes_nothing() -> None:
    bag = Mailbag("node", 3 * (FRAME_OVERHEAD + 10))

    taken = [bag.add("t", b"0123456789") for _ in range(5)]

    assert taken == [True, True, True, False, False]
    assert bag.clear() == 3
    assert bag.add("t", b"0123456789")


def test_a_node_knows_its_own_parcels_without_opening_them() -> None:
    one, other = Mailbag("0123abcd", 1000), Mailbag("0123abce", 1000)
    one.add("t", b"frame")

    [(packed, _)] = one.empty_into(Note.NOTHING)

    assert one.is_ours(packed)
    assert not other.is_ours(packed)


@given(st.binary(max_size=60))
@example(b"\x93\xa4\x00\x00\x00\x80")  # A name that is no text.
def test_junk_is_no_parcel_and_raises_nothing(junk: bytes) -> None:
    parcel = unpack(junk)

    assert parcel is None or isinstance(parcel.node, str)
