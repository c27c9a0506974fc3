"""What canned replies and macros may be made of."""

import pytest

from chat_server.domain.tools import MOST_SNOOZED, Known, Step, step_fault, unknown_variable

KNOWN = Known({"vip"}, {"t1"}, {"a1"})


@pytest.mark.parametrize("text", ["{customer} {agent} {order}", "no braces", "{}", "{ }", "{\n}"])
def test_words_that_stand_for_something_and_empty_braces_are_fine(text: str) -> None:
    assert unknown_variable([text]) == ""


def test_the_first_word_that_stands_for_nothing_is_named() -> None:
    assert unknown_variable(["{customer}", "{Order} {x}"]) == "Order"
    assert unknown_variable(["{ customer }"]) == " customer "


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("reply", "Hello"),
        ("note", "{order}"),
        ("label", "vip"),
        ("unlabel", "vip"),
        ("priority", "-1"),
        ("assign", "me"),
        ("assign", "a1"),
        ("transfer", "t1"),
        ("snooze", "1"),
        ("snooze", str(MOST_SNOOZED)),
        ("resolve", ""),
    ],
)
def test_steps_that_can_be_done_may_be_kept(kind: str, value: str) -> None:
    assert step_fault(Step(kind, value), KNOWN) == ""


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("reply", "", "macro_text"),
        ("reply", "{whom}", "variable"),
        ("unlabel", "other", "label_unknown"),
        ("priority", "", "macro_step"),
        ("assign", "", "agent_unknown"),
        ("transfer", "t2", "team_unknown"),
        ("snooze", "", "macro_snooze"),
        ("snooze", str(MOST_SNOOZED + 1), "macro_snooze"),
        ("snooze", "1.5", "macro_snooze"),
        ("resolve", "x", "macro_step"),
        ("dance", "", "macro_step"),
    ],
)
def test_what_cannot_be_done_is_said(kind: str, value: str, reason: str) -> None:
    assert step_fault(Step(kind, value), KNOWN) == reason
