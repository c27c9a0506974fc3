"""The FAQ's answers with the marketplace's numbers, and `parley faq`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from chat_server.__main__ import cli
from chat_server.actions.faq import PLACEHOLDERS, quantities, rendered

TOPIC = """\
id = "late"
group = "delivery"
[en]
question = "Is it late?"
answer = "The seller has {seller_answer} to answer."
phrasings = ["it is late", "my parcel is overdue", "so late", "late delivery", "delayed", "it takes for ever"]
"""
OTHER = TOPIC.replace('"late"', '"lost"', 1).replace("late", "lost").replace("overdue", "gone")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "topics").mkdir()
    (tmp_path / "eval").mkdir()
    (tmp_path / "topics" / "late.toml").write_text(TOPIC)
    (tmp_path / "topics" / "lost.toml").write_text(OTHER)
    (tmp_path / "lexicon.toml").write_text("")
    (tmp_path / "outside.toml").write_text('en = ["it rains"]')
    (tmp_path / "smalltalk.toml").write_text(
        '[greeting]\nphrases.en = ["hi"]\nreply.en = "Hello."\n'.replace("\\n", "\n")
        + '[human]\nphrases.en = ["operator"]\nreply.en = "A person will come."\n'.replace(
            "\\n", "\n"
        )
    )
    (tmp_path / "eval" / "en.tsv").write_text("late\tmy parcel is overdue\noos\tit snows\n")
    return tmp_path


def parley(*words: str | Path) -> tuple[int, str]:
    """Exit status and output of `parley faq ...`."""
    done = CliRunner().invoke(cli, ["faq", *map(str, words)])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "5 days, 24 hours, 15 MB, 4,000"),
        ("ru", "5 дней, 24 часа, 15 МБ, 4 000"),
        ("ro", "5 zile, 24 de ore, 15 MB, 4.000"),
        ("es", "5 días, 24 horas, 15 MB, 4.000"),
    ],
)
def test_an_answer_says_the_rules_in_the_readers_words(language: str, said: str) -> None:
    text = rendered("{seller_answer}, {withdraw_window}, {max_photo_size}, {max_text}", language)

    assert text.replace("\u00a0", " ") == said
    assert rendered("{unknown}", language) == "{unknown}"
    assert set(quantities(language)) == set(PLACEHOLDERS)
    assert quantities(language)["hours_zone"]


def test_writers_are_told_what_to_mend(folder: Path) -> None:
    status, said = parley("lint", "--folder", folder)

    assert status == 1
    assert "late [en]: 6 phrasings, write at least 20" in said and "late: nothing in ru" in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("my parcel is overdue", "The seller has 5 days to answer."),
        ("HI!", "small talk: greeting"),
        ("operator", "to a person, because the customer asks"),
        ("xyzzy", "not understood"),
        ("my parcel is overdu", "read as: overdu = overdue"),
    ],
)
def test_a_question_is_answered_with_its_reasons(folder: Path, question: str, said: str) -> None:
    status, output = parley("ask", question, "--folder", folder)

    assert status == 0
    assert said in output


def test_the_bot_and_a_bare_knowledge_base_are_measured(folder: Path) -> None:
    _, whole = parley("eval", "--wrong", "--folder", folder)
    kb, asked = folder / "kb.tsv", folder / "test.tsv"
    kb.write_text("a\tone thing\nb\tanother matter\n")
    asked.write_text("a\tthe one thing\nb\tthing\n")
    _, bare = parley("eval", asked, "--kb", kb, "--wrong")

    assert whole.splitlines()[1].split()[:4] == ["en", "1", "100.0", "100.0"]
    assert bare.splitlines()[1].split()[:4] == ["test", "2", "50.0", "50.0"]
    assert "b <> a: thing" in bare


@pytest.mark.parametrize("form", ["csv", "toml"])
def test_entries_go_out_and_come_back(folder: Path, form: str, tmp_path: Path) -> None:
    out = tmp_path / ("out.csv" if form == "csv" else "out")
    before = parley("export", "--format", "jsonl", "--folder", folder)[1]
    assert parley("export", "--format", form, "--to", out, "--folder", folder)[0] == 0
    for path in (folder / "topics").iterdir():
        path.unlink()

    status, said = parley("import", out, "--folder", folder)

    assert (status, said) == (0, "Wrote 2 entries.\n")
    assert parley("export", "--format", "jsonl", "--folder", folder)[1] == before
    assert "phrasings" in parley("export", "--format", form, "--folder", folder)[1]


def test_what_cannot_be_read_is_said_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("id = ")

    assert parley("import", bad, "--folder", folder)[0] == 1
    assert "Error: bad.toml" in parley("import", bad, "--folder", folder)[1]
    (folder / "eval" / "en.tsv").unlink()
    assert "no file of questions" in parley("eval", "--folder", folder)[1]
