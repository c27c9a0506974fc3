"""How words come before the public, and how they leave it and come back."""

import pytest

from chat_server.domain.publishing import (
    MOVES,
    Hand,
    Move,
    Piece,
    Reason,
    State,
    move_fault,
    moved,
)
from chat_server.domain.review_faults import Fault

SENT = Piece(State.PENDING, 100)


def after(*moves: Move) -> Piece:
    """A part after some moves, each with a reason and ten later than the one before."""
    piece = SENT
    for number, move in enumerate(moves, 1):
        piece = moved(piece, move, 100 + 10 * number, Reason.INSULT)
    return piece


def test_the_table_of_moves_is_total_and_each_leads_elsewhere() -> None:
    assert set(MOVES) == set(Move)
    assert {step.hand for step in MOVES.values()} == set(Hand)
    for step in MOVES.values():
        assert step.before
        assert step.after not in step.before


def test_every_state_is_reached_from_being_sent_and_none_is_a_dead_end() -> None:
    reached = {State.PENDING}
    while more := {step.after for step in MOVES.values() if step.before & reached} - reached:
        reached |= more

    assert reached == set(State)
    assert {state for step in MOVES.values() for state in step.before} == set(State)


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_move_leads_away_from_the_states_of_its_row_and_from_no_others(
    move: Move, state: State
) -> None:
    fault = move_fault(move, state, Reason.OTHER)

    assert fault == ("" if state in MOVES[move].before else Fault.MODERATED)


@pytest.mark.parametrize(("move", "state"), [("refuse", "pending"), ("hide", "published")])
@pytest.mark.parametrize("reason", ["", "because", "INSULT"])
def test_nothing_is_refused_or_hidden_without_a_reason_that_its_author_can_be_told(
    move: Move, state: str, reason: str
) -> None:
    assert move_fault(Move(move), state, reason) == Fault.REASON


def test_only_supervisors_hide_and_show_again_and_only_writers_send_again() -> None:
    assert {move for move, step in MOVES.items() if step.hand is Hand.SUPERVISOR} == {
        Move.HIDE,
        Move.RESTORE,
    }
    assert {move for move, step in MOVES.items() if step.hand is Hand.WRITER} == {Move.SEND_AGAIN}


def test_what_is_published_says_since_when() -> None:
    assert after(Move.PUBLISH) == Piece(State.PUBLISHED, 100, 1, 110, 110)


def test_what_is_refused_says_why() -> None:
    assert after(Move.REFUSE) == Piece(State.REFUSED, 100, 1, 110, None, "insult")


def test_a_refusal_that_is_taken_back_leaves_no_reason() -> None:
    assert after(Move.REFUSE, Move.PUBLISH) == Piece(State.PUBLISHED, 100, 1, 120, 120)


def test_what_is_sent_again_waits_as_if_new_and_counts_how_often() -> None:
    assert after(Move.REFUSE, Move.SEND_AGAIN) == Piece(State.PENDING, 120, 2)
    assert after(Move.REFUSE, Move.SEND_AGAIN, Move.REFUSE, Move.SEND_AGAIN).times == 3


def test_what_was_hidden_and_restored_keeps_its_first_publication() -> None:
    assert after(Move.PUBLISH, Move.HIDE) == Piece(State.HIDDEN, 100, 1, 120, 110, "insult")
    assert after(Move.PUBLISH, Move.HIDE, Move.RESTORE) == Piece(State.PUBLISHED, 100, 1, 130, 110)


def test_a_move_that_was_not_asked_for_first_is_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError):
        moved(SENT, Move.HIDE, 200, Reason.OTHER)
