"""Whatever can be told of a complaint has a sentence, and whatever is asked over HTTP its document."""

from pathlib import Path

from chat_server import i18n
from chat_server.domain import complaints
from chat_server.web.routes import OPERATIONS

DOCUMENT = Path(__file__).parents[2] / "docs" / "complaints.md"
BY_TIME = ("opened", "put_off", "expired.under_review", "expired.answered", "expired.solved")


def test_every_fault_and_step_of_a_complaint_has_a_sentence() -> None:
    faults = {f"error.{refusal.code}.{fault}" for fault, refusal in complaints.REFUSALS.items()}
    steps = {f"event.complaint.{act}" for act in complaints.Act if act != "expire"}
    times = {f"event.complaint.{told}" for told in BY_TIME}
    # Nobody asks for what is not due: the sweeper alone looks at it.
    keys = (faults | steps | times) - {"error.wrong_state.not_due"}

    assert sorted(key for key in keys if not i18n.shipped().has(key)) == []


def test_the_document_names_every_operation() -> None:
    text = DOCUMENT.read_text("utf-8")
    module = "chat_server.web.complaints"

    mine = [op for op in OPERATIONS if op.handler.__module__ == module]

    assert [op.path for op in mine if f"{op.method} {op.path}" not in text] == []
