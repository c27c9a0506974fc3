"""Which numbers are telephones'."""

import pytest

from chat_server.gateways.phones import PhonePlans


@pytest.mark.parametrize(
    "number",
    ["069 123 456", "0721.234.567", "8 (916) 123-45-67", "612345678", "07911 123456",
     "(201) 555-0123", "+373 69 123 456", "0034612345678"],
)  # fmt: skip
def test_a_number_of_one_of_our_countries_is_known_however_it_is_written(number: str) -> None:
    assert PhonePlans().knows(number)


@pytest.mark.parametrize("number", ["", "1", "+", "12345", "+999 1", "abc", "1" * 300, "4821903"])
def test_what_nobody_could_dial_is_not(number: str) -> None:
    assert not PhonePlans().knows(number)


def test_only_the_plans_that_were_asked_for_count() -> None:
    assert not PhonePlans(["US"]).knows("069123456")
