"""What agents say and do often: which words stand for what, and what a macro may be made of."""

import re
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

VARIABLES: Final = ("customer", "agent", "order")
"""Filled in by the console when a canned reply is used."""

MOST_SNOOZED: Final = 366 * 24 * 60
"""Minutes that a thread may be put off, by a macro or by hand."""

ME: Final = "me"
"""Of an `assign` step: to whoever uses the macro."""

_IN_BRACES: Final = re.compile(r"\{([^{}\n]*\w[^{}\n]*)\}")


class Step(NamedTuple):
    """One action of a macro, as `wire.desk.MacroStep` has it."""

    kind: str
    value: str


class Known(NamedTuple):
    """What the steps of a macro may point to."""

    labels: Collection[str]
    teams: Collection[str]
    agents: Collection[str]


def unknown_variable(texts: Iterable[str]) -> str:
    """The first word in braces that stands for nothing; empty where there is none."""
    for text in texts:
        for name in _IN_BRACES.findall(text):
            if name not in VARIABLES:
                return str(name)
    return ""


def step_fault(step: Step, known: Known) -> str:
    """Why a step may not be kept, as the reason of a refusal; empty where it may."""
    kind, value = step
    match kind:
        case "reply" | "note":
            if not value.strip():
                return "macro_text"
            return "variable" if unknown_variable([value]) else ""
        case "label" | "unlabel":
            return "" if value in known.labels else "label_unknown"
        case "priority":
            return "" if value in ("-1", "0", "1", "2") else "macro_step"
        case "assign":
            return "" if value == ME or value in known.agents else "agent_unknown"
        case "transfer":
            return "" if value in known.teams else "team_unknown"
        case "snooze":
            return "" if _is_minutes(value) else "macro_snooze"
        case _:
            return "" if kind == "resolve" and not value else "macro_step"


def _is_minutes(value: str) -> bool:
    return (
        value.isascii() and value.isdigit() and len(value) < 7 and 1 <= int(value) <= MOST_SNOOZED
    )
