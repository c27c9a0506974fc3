"""Every sentence is there in every language, and the web client's files were written from them."""

import ast
import importlib.machinery
import importlib.util
import pathlib
import subprocess
import sys
import types
from collections.abc import Iterator

from chat_server import i18n
from chat_server.domain import dispute_faults, disputes, errors
from chat_server.domain.review_faults import REFUSALS
from chat_server.gateways.image_terms import Refusal
from chat_server.wire.codes import ErrorCode

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load_script() -> types.ModuleType:
    """scripts/catalogs as a module: its name has no suffix."""
    loader = importlib.machinery.SourceFileLoader("catalogs", str(ROOT / "scripts" / "catalogs"))
    spec = importlib.util.spec_from_loader("catalogs", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_no_sentence_is_missing_or_misfit_and_the_written_files_are_fresh() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "catalogs", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stderr.splitlines() == []
    assert run.returncode == 0


def test_every_error_code_has_a_sentence_in_every_language() -> None:
    missing = [
        f"{language}: error.{code}"
        for language in i18n.LOCALES
        for code in ErrorCode
        if f"error.{code}" not in i18n.read_po(language)
    ]

    assert missing == []


def refusals_in(source: pathlib.Path) -> Iterator[str]:
    """The keys of all `SomeError("reason")` and `Refused(ErrorCode.X, "reason")` in a file."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(reason))]):
                error = getattr(errors, name, None)
                if isinstance(error, type) and issubclass(error, errors.ParleyError) and reason:
                    yield f"error.{error.code}.{reason}"
            case ast.Call(
                func=ast.Name(id="Refused"),
                args=[ast.Attribute(attr=code), ast.Constant(value=str(reason))],
            ):
                yield f"error.{ErrorCode[code]}.{reason}"


def test_every_reason_of_a_refusal_has_a_sentence() -> None:
    keys = {key for file in (ROOT / "chat_server").rglob("*.py") for key in refusals_in(file)}
    keys |= {f"error.{ErrorCode.PHOTO_REFUSED}.{reason}" for reason in Refusal}
    assert "error.wrong_state.reported" in keys, "the search for reasons finds nothing"

    catalogs = i18n.shipped()
    missing = sorted(key for key in keys if not catalogs.has(key))

    assert missing == []


def test_a_missing_sentence_a_wrong_placeholder_and_a_missing_plural_form_are_named() -> None:
    script = load_script()
    english = {
        "list.you": "You: {text}",
        "list.unread": ("{count} unread", "{count} unread"),
        "common.back": "Back",
    }
    russian = {"list.you": "Вы: {words}", "list.unread": ("{count}", "{count}")}

    mistakes = list(script.find_mistakes({"en": english, "ru": russian}))

    assert mistakes == [
        "ru: common.back has no sentence",
        "ru: list.unread has 2 plural forms, not 3",
        "ru: list.you has the placeholders ['words'], not ['text']",
    ]


def test_a_key_that_no_part_of_the_client_has_is_named() -> None:
    script = load_script()

    mistakes = list(script.find_mistakes({"en": {"nowhere.title": "Nowhere"}}))

    assert mistakes == [
        "nowhere.title: no part of the web client has this prefix (PARTS in scripts/catalogs)"
    ]


def test_a_form_for_one_may_say_its_number_in_words() -> None:
    script = load_script()

    mistakes = list(
        script.compare(
            "ar",
            "list.unread",
            ("{count} unread", "{count} unread"),
            ("لا شيء", "واحدة", "اثنتان", "{count}", "{count}", "{count}"),
        )
    )

    assert mistakes == []


def test_every_fault_and_step_of_a_dispute_has_a_sentence() -> None:
    faults = {f"error.{refusal.code}.{fault}" for fault, refusal in dispute_faults.REFUSALS.items()}
    steps = {
        f"event.dispute.{act.value}{party}"
        for act in set(disputes.Act) - {disputes.Act.EXPIRE}
        for party in _PARTIES.get(act, ("",))
    }
    times = {f"event.dispute.{told}" for told in _BY_TIME}

    keys = faults | steps | times

    assert sorted(key for key in keys if not i18n.shipped().has(key)) == []


_BOTH = (".buyer", ".seller")
_PARTIES = {
    disputes.Act.ACCEPT: _BOTH,
    disputes.Act.COUNTER: _BOTH,
    disputes.Act.ESCALATE: _BOTH,
    disputes.Act.EVIDENCE: _BOTH,
    disputes.Act.AGREE: _BOTH,
}
_BY_TIME = (
    "opened",
    "reopened",
    "settled",
    "put_off",
    "expired.refund_pending",
    "expired.awaiting_return",
    "expired.mediation",
    "expired.closed_no_refund",
    "late.mediation",
    "late.refund_pending",
)


def test_every_fault_of_a_review_has_a_sentence() -> None:
    keys = {f"error.{refusal.code}.{fault}" for fault, refusal in REFUSALS.items()}

    assert sorted(key for key in keys if not i18n.shipped().has(key)) == []
