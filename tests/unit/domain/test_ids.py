"""Ids: what is one, and what only looks like one."""

import pytest

from chat_server.domain.ids import is_external, make_id, read, show


def test_ids_rise_with_time_and_come_back_from_the_wire() -> None:
    older, newer = make_id(1_800_000_000_000, 2**22 - 1), make_id(1_800_000_000_001, 0)

    assert older < newer < 2**63
    assert read(show(older)) == older
    assert len(show(older)) == 16


def test_an_id_takes_no_more_chance_than_it_has_room_for() -> None:
    assert make_id(1_800_000_000_000, 2**22) == make_id(1_800_000_000_000, 0)


@pytest.mark.parametrize("text", ["ana", "order-1", "№7", "a:b", "a" * 128, "заказ"])
def test_a_marketplace_may_call_things_like_this(text: str) -> None:
    assert is_external(text)


@pytest.mark.parametrize(
    "text",
    ["", "a" * 129, "a b", "a\n", "\na", "a\x00", "a/b", "a?b", "a#b", "a%b", "a\\b", "a\u2028"],
)
def test_and_not_like_this(text: str) -> None:
    assert not is_external(text)
