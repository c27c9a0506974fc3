"""Every reason of a refusal is raised as one kind of mistake."""

from chat_server.domain.dispute_faults import REFUSALS, Fault
from chat_server.domain.errors import Invalid, NotAllowed, WrongState


def test_every_fault_is_raised_as_something() -> None:
    assert set(REFUSALS) == set(Fault)
    assert set(REFUSALS.values()) == {Invalid, NotAllowed, WrongState}


def test_no_two_faults_are_told_alike() -> None:
    assert len({fault.value for fault in Fault}) == len(Fault)
