"""The wire: closed sets, one schema, and frames that come back as they went out."""

import json
import typing
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.errors import Invalid
from chat_server.wire import bodies, frames, schema, shapes
from chat_server.wire.codec import encode
from chat_server.wire.codes import CLOSE_REASONS, CloseCode, ErrorCode, may_come_back
from chat_server.wire.places import read_place, show_place

COMMANDS = typing.get_args(frames.Command)
ANSWERS = typing.get_args(frames.Answer)
PUSHES = typing.get_args(frames.Push | frames.DeskNews)

IDS = st.from_regex(r"[0-7][0-9a-f]{15}", fullmatch=True)
KEYS = st.from_regex(r"[0-9A-Za-z_-]{8,64}", fullmatch=True)
SEQS = st.integers(0, 2**53 - 1)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=50)
REQUESTS = st.integers(1, 2**53 - 1)
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "id": REQUESTS,
    "thread_id": IDS,
    "client_key": KEYS,
    "text": TEXTS,
    "photos": st.lists(IDS, max_size=10),
    "reply_to": st.none() | SEQS,
    "seq": SEQS,
    "ticket": st.text(st.characters(codec="utf-8"), min_size=20, max_size=200),
    "epoch": TEXTS,
    "locale": st.text(st.characters(codec="utf-8"), max_size=20),
    "known": st.lists(st.builds(frames.Known, IDS, SEQS), max_size=5),
    "marks": st.lists(st.builds(frames.MarkItem, IDS, SEQS, SEQS), min_size=1, max_size=5),
    "before": st.none() | SEQS,
    "after": st.none() | SEQS,
    "around": st.none() | SEQS,
    "limit": st.integers(1, 100),
    "archived": st.booleans(),
    "doing": st.sampled_from(["looking", "answering", "left"]),
    "pick": st.none() | st.sampled_from(["human", "entry:order_status"]),
}


def built(kind: Any) -> st.SearchStrategy[Any]:
    fields = {name: BY_NAME[name] for name in kind.__struct_fields__}
    if kind is frames.ListThreads:
        fields["before"] = TEXTS
    return st.builds(kind, **fields)


@given(st.one_of([built(kind) for kind in COMMANDS]))
def test_every_command_comes_back_as_it_went_out(command: Any) -> None:
    assert msgspec.json.decode(encode(command), type=frames.Command) == command


@pytest.mark.parametrize("kind", [*COMMANDS, *ANSWERS, *PUSHES], ids=lambda k: k.__name__)
def test_frames_are_tagged_closed_and_described(kind: Any) -> None:
    assert kind.__struct_config__.tag_field == "t"
    assert kind.__struct_config__.forbid_unknown_fields
    assert kind.__struct_config__.frozen
    assert len(kind.__doc__) > 4


def test_tags_are_used_once() -> None:
    tags = [kind.__struct_config__.tag for kind in (*ANSWERS, *PUSHES)]

    assert len(set(tags)) == len(tags)
    assert len({kind.__struct_config__.tag for kind in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda k: k.__name__)
def test_every_command_carries_its_number_and_every_write_a_key(kind: Any) -> None:
    fields = set(kind.__struct_fields__)

    assert "id" in fields
    writes = kind in (frames.SendMessage, frames.EditMessage, frames.WithdrawMessage)
    assert ("client_key" in fields) is writes


def test_every_answer_repeats_the_number_and_no_push_has_one() -> None:
    assert all("id" in kind.__struct_fields__ for kind in ANSWERS)
    assert not any("id" in kind.__struct_fields__ for kind in PUSHES)


def test_close_codes_say_whether_to_come_back() -> None:
    assert set(CLOSE_REASONS) == set(CloseCode)
    for code in CloseCode:
        assert len(CLOSE_REASONS[code].encode()) <= 123, "a close frame holds no more"
        assert may_come_back(code) is (code < 4500)
    assert {c.name for c in CloseCode if not may_come_back(c)} == {
        "BAD_TICKET",
        "SIGNED_OUT",
        "BAD_PROTOCOL",
        "NO_HELLO",
        "TOO_MANY",
    }


def test_the_schema_describes_every_frame_and_body() -> None:
    document = json.loads(schema.text())
    described = set(document["$defs"])

    for module in (frames, bodies, shapes):
        for name, kind in vars(module).items():
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                public = kind.__module__ == module.__name__
                if public and name not in ("Frame", "Shape"):
                    assert name in described, name
    assert document["x-error-codes"] == [code.value for code in ErrorCode]
    assert document["x-limits"]["text"] == 4000
    assert schema.text() == schema.text()


@given(st.integers(0, 10**18 - 1), st.integers(0, 2**63 - 1))
def test_places_come_back_as_they_were_shown(at: int, number: int) -> None:
    assert read_place(show_place((at, number))) == (at, number)


def test_the_end_of_a_list_is_nowhere() -> None:
    assert (show_place(None), read_place("")) == ("", None)


@pytest.mark.parametrize(
    "text",
    ["1", "a.0000000000000000", "1.000000000000000", "1.0000000000000000\n", "1.8000000000000000"],
)
def test_places_that_nobody_shows_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_place(text)
