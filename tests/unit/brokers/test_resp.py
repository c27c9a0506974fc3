"""Redis's protocol is cut right, however the network chopped it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.brokers.resp import Garbled, Pushed, Refused, Replies, Reply, command

STREAM = (
    b"+OK\r\n:-12\r\n_\r\n#t\r\n#f\r\n,1.5\r\n(123456789012345678901\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n"
    b"-NOSCRIPT none\r\n!9\r\nERR\r\nbad!\r\n=7\r\ntxt:abc\r\n"
    b"*2\r\n:1\r\n*1\r\n$1\r\nx\r\n~1\r\n:7\r\n"
    b"%2\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n*0\r\n>3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$4\r\n\r\n\r\n\r\n"
)
MEANT: list[Reply] = [
    b"OK",
    -12,
    None,
    True,
    False,
    1.5,
    123456789012345678901,
    b"a\r\nbc",
    b"",
    None,
    None,
    Refused("NOSCRIPT none"),
    Refused("ERR\r\nbad!"),
    b"txt:abc",
    [1, [b"x"]],
    [7],
    [b"a", 1, b"b", []],
    Pushed([b"message", b"c", b"\r\n\r\n"]),
]


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_replies_are_the_same_wherever_the_stream_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    replies = Replies()

    found = [
        reply
        for start, end in itertools.pairwise(edges)
        for reply in replies.feed(STREAM[start:end])
    ]

    assert found == MEANT


def test_every_single_byte_may_come_alone() -> None:
    replies = Replies()

    found = [
        reply for place in range(len(STREAM)) for reply in replies.feed(STREAM[place : place + 1])
    ]

    assert found == MEANT


@pytest.mark.parametrize(
    "junk", [b"HTTP/1.1 400 Bad Request\r\n", b":one\r\n", b"$x\r\n", b"\r\n", b"*?\r\n"]
)
def test_what_is_not_the_protocol_is_refused(junk: bytes) -> None:
    with pytest.raises(Garbled):
        Replies().feed(junk)


@given(st.binary(max_size=300))
def test_junk_raises_nothing_else(junk: bytes) -> None:
    replies = Replies()

    try:
        replies.feed(junk)
    except Garbled:
        return
    assert replies.feed(b"") == []


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5))
def test_a_command_is_an_array_of_texts(parts: list[bytes]) -> None:
    assert Replies().feed(command(*parts)) == [parts]


def test_an_error_is_known_by_its_first_word() -> None:
    assert Refused("READONLY You can't write").word == "READONLY"
    assert Refused("").word == ""
