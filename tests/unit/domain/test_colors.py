"""Colours that people choose."""

import pytest

from chat_server.domain.colors import brand_fault, contrast, is_color, is_seen


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("text", ["#0C6B58", "0c6b58", "#0c6b5", "#0c6b58\n", "red", ""])
def test_what_is_no_colour_is_not_taken_for_one(text: str) -> None:
    assert not is_color(text)
    assert brand_fault(text) == "brand_color"


def test_a_brand_must_be_told_from_white() -> None:
    assert brand_fault("#0c6b58") == ""
    assert brand_fault("#ffe600") == ""
    assert brand_fault("#fffff0") == "brand_faint"


def test_a_mark_must_be_seen_in_the_light_and_in_the_dark() -> None:
    assert is_seen("#b4482a")
    assert not is_seen("#ffe600")
    assert not is_seen("#101214")
