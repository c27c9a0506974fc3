"""Names: what may stand beside others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.people import clean_name


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("Ana Maria", "Ana Maria"),
        ("  Ana \t\n Maria ", "Ana Maria"),
        ("Иван-Павел О'Нил", "Иван-Павел О'Нил"),
        ("علی‌رضا", "علی‌رضا"),
        ("👩\u200d🚀 Ana", "👩\u200d🚀 Ana"),
        ("Sup\u200bport", "Support"),
        ("Sup\u200dport", "Support"),
        ("\u200dSupport", "Support"),
        ("\u202etroppuS", "troppuS"),
        ("Ana\u2028Maria\x1b[31m", "Ana Maria [31m"),
        ("\u3164", ""),
        ("\u202e\u200b \x00", ""),
        ("", ""),
    ],
)
def test_a_name_loses_what_turns_or_hides(given_name: str, clean: str) -> None:
    assert clean_name(given_name) == clean


@given(st.text())
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    once = clean_name(name)

    assert clean_name(once) == once
    assert len(once) <= len(name)
