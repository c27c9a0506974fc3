"""The rules of one connection, without IO: first hello, rates, and junk."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.ids import PersonId
from chat_server.domain.people import Actor, Role
from chat_server.realtime.session import (
    PATIENCE,
    BadFrame,
    Close,
    Refuse,
    Session,
    Stage,
    decode,
    request_of,
)
from chat_server.wire.codes import CloseCode, ErrorCode
from chat_server.wire.frames import Command, Hello, Watch

HELLO = json.dumps({"t": "hello", "id": 1, "ticket": "x" * 20}).encode()
WATCH = json.dumps({"t": "watch", "id": 2, "thread_id": "0" * 16}).encode()
ACTOR = Actor(PersonId(1), Role.BUYER)


def session(*, rate: float = 10, burst: int = 1000, stage: Stage = Stage.OPEN) -> Session:
    made = Session(rate, burst, 0)
    if stage is not Stage.NEW:
        made.receive(HELLO, 0)
    if stage is Stage.OPEN:
        made.welcome(ACTOR)
    return made


def test_hello_opens_and_what_follows_is_run() -> None:
    new = session(stage=Stage.NEW)

    assert new.overdue()
    assert new.receive(HELLO, 0) == Hello(1, "x" * 20)
    assert new.overdue()
    new.welcome(ACTOR)
    assert not new.overdue()
    assert new.receive(WATCH, 0) == Watch(2, "0" * 16)


@pytest.mark.parametrize(
    "first", [WATCH, b"{}", b"", b"junk", b'{"t":"hello"}', b'{"t":"admin","id":1}']
)
def test_whatever_is_not_hello_at_first_is_the_end(first: bytes) -> None:
    assert session(stage=Stage.NEW).receive(first, 0) == Close(CloseCode.BAD_PROTOCOL)


@pytest.mark.parametrize("frame", [HELLO, WATCH, b"junk"])
def test_nothing_is_said_while_a_hello_is_being_answered(frame: bytes) -> None:
    assert session(stage=Stage.GREETING).receive(frame, 0) == Close(CloseCode.BAD_PROTOCOL)


def test_there_is_one_hello() -> None:
    assert session().receive(HELLO, 0) == Close(CloseCode.BAD_PROTOCOL)


def test_a_closed_session_hears_nothing() -> None:
    closed = session()
    closed.close()

    assert closed.receive(WATCH, 0) is None


@pytest.mark.parametrize("stage", list(Stage)[:3])
def test_bytes_that_are_no_text_are_the_end(stage: Stage) -> None:
    assert session(stage=stage).receive(b'{"t":"\xff"}', 0) == Close(CloseCode.BAD_TEXT)


@pytest.mark.parametrize(
    ("frame", "number"),
    [
        (b'{"t":"admin","id":7}', 7),
        (b'{"id":7}', 7),
        (b'{"t":"watch","id":7,"thread_id":"0"}', 7),
        (b'{"t":"watch","id":7,"thread_id":"0000000000000000","more":1}', 7),
        (b'{"t":"watch","id":0,"thread_id":"0000000000000000"}', None),
        (b'{"t":"watch","id":-1,"thread_id":"0000000000000000"}', None),
        (b'{"t":"watch","id":9007199254740992,"thread_id":"0000000000000000"}', None),
        (b'{"t":"watch","id":"7","thread_id":"0000000000000000"}', None),
        (b'{"t":"watch","id":7.5,"thread_id":"0000000000000000"}', None),
        (b'{"t":"watch","id":7', None),
        (b"[1]", None),
        (b"null", None),
        (b"", None),
    ],
)
def test_a_wrong_frame_is_refused_under_its_number(frame: bytes, number: int | None) -> None:
    effect = session().receive(frame, 0)

    assert isinstance(effect, Refuse)
    assert (effect.code, effect.request) == (ErrorCode.BAD_FRAME, number)


def test_too_fast_is_refused_with_the_time_to_wait_and_then_the_end() -> None:
    fast = session(rate=2, burst=3, stage=Stage.NEW)
    fast.receive(HELLO, 0)
    fast.welcome(ACTOR)
    effects = [fast.receive(WATCH, 0) for _ in range(PATIENCE + 3)]

    assert [type(e) for e in effects[:2]] == [Watch, Watch]
    assert effects[2] == Refuse(ErrorCode.RATE_LIMITED, 2, "", 500)
    assert set(effects[2:-1]) == {effects[2]}
    assert effects[-1] == Close(CloseCode.TOO_FAST)


def test_who_slows_down_is_heard_again_and_forgiven() -> None:
    fast = session(rate=2, burst=2)
    assert isinstance(fast.receive(WATCH, 0), Watch)

    for second in range(1, 200):
        for _ in range(30):
            fast.receive(WATCH, 1000 * second)
        assert isinstance(fast.receive(WATCH, 1000 * second + 500), Watch)


def test_fifty_wrong_frames_in_a_row_are_the_end_and_a_right_one_forgives() -> None:
    wrong = session()
    for _ in range(3):
        for _ in range(PATIENCE):
            assert isinstance(wrong.receive(b"junk", 0), Refuse)
        assert isinstance(wrong.receive(WATCH, 0), Watch)
    for _ in range(PATIENCE):
        wrong.receive(b"junk", 0)

    assert wrong.receive(b"junk", 0) == Close(CloseCode.BAD_PROTOCOL)


def test_a_clock_that_steps_back_gives_nothing_away() -> None:
    fast = session(rate=1, burst=2)
    for _ in range(2):
        fast.receive(WATCH, 10_000)

    assert isinstance(fast.receive(WATCH, 0), Refuse)
    assert isinstance(fast.receive(WATCH, 10_999), Refuse)
    assert isinstance(fast.receive(WATCH, 11_000), Watch)


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TAGS = [
    "hello",
    "message.send",
    "mark",
    "watch",
    "history",
    "threads",
    "token.renew",
    "message.edit",
]
FIELDS = ["thread_id", "client_key", "text", "photos", "marks", "ticket", "known", "seq", "limit"]
NEAR_FRAMES = st.fixed_dictionaries(
    {"t": st.sampled_from(TAGS) | JSON, "id": st.integers() | JSON},
    optional=dict.fromkeys(FIELDS, JSON),
)


@given(st.binary(max_size=200))
def test_junk_raises_bad_frame_and_nothing_else(junk: bytes) -> None:
    try:
        decode(junk)
    except BadFrame:
        request_of(junk)


@given(NEAR_FRAMES.map(lambda frame: json.dumps(frame).encode("utf-8", "surrogatepass")))
def test_what_is_nearly_a_frame_raises_bad_frame_and_nothing_else(frame: bytes) -> None:
    for stage in (Stage.NEW, Stage.GREETING, Stage.OPEN):
        effect = session(stage=stage).receive(frame, 0)
        assert isinstance(effect, Command | Refuse | Close)


@pytest.mark.parametrize(
    "deep",
    [b"[" * 60_000, b'{"a":' * 12_000, b'{"t":"hello","id":1,"known":' + b"[" * 60_000],
)
def test_what_is_too_deep_is_a_bad_frame(deep: bytes) -> None:
    with pytest.raises(BadFrame):
        decode(deep)
    assert request_of(deep) is None
