"""The rows of the table of disputes that stories walk: what each says of itself, and what it really did."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from chat_server.domain.disputes import MOVES, Act, Party, State


class Walked(NamedTuple):
    """A row of the table, made by one of those who may."""

    state: State
    act: Act
    by: Party


Rows = frozenset[Walked]
Story = Callable[..., Any]

ALL: Final[Rows] = frozenset(
    Walked(state, act, by)
    for state, moves in MOVES.items()
    for act, row in moves.items()
    for by in row.by
)

TOLD: Final[dict[str, Rows]] = {}
"""Each story's rows, by the name of its test."""

_BEGINS: Final = ("opened", "reopened")
_ACTS: Final = {"expired": Act.EXPIRE, "late": Act.EXPIRE, "settled": Act.AGREE}


def walks(**rows: str) -> Callable[[Story], Story]:
    """Says of a story which rows it walks: `seller_turn="accept seller, evidence buyer"`."""
    said = frozenset(
        Walked(State(state), Act(act), Party(by))
        for state, steps in rows.items()
        for act, by in (step.split() for step in steps.split(", "))
    )

    def told(story: Story) -> Story:
        TOLD[story.__name__] = said
        return story

    return told


def walked(events: Sequence[dict[str, Any]]) -> Iterator[Walked]:
    """The rows behind the events of a dispute's thread, from its opening on."""
    state = State.SELLER_TURN
    for event in events:
        if event["kind"] != "state":
            continue
        name = event["code"].split(".")[1]
        if name in _BEGINS:
            state = State.SELLER_TURN
            continue
        act = _ACTS.get(name) or Act(name)
        yield Walked(state, act, Party(event["params"]["by"]))
        state = State(event["params"]["state"])
