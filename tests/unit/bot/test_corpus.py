"""The FAQ's files: their form, the writers' linter, and the way in and out."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.corpus import (
    GROUPS,
    BadCorpus,
    Entry,
    Wording,
    lint,
    load_corpus,
    load_pages,
    placeholders,
    read_entry,
)
from bot.exchange import COLUMNS, from_csv, from_toml, to_csv, to_jsonl, to_toml

TABLE: dict[str, Any] = {
    "id": "late",
    "group": "delivery",
    "related": ["lost"],
    "actions": ["show_order"],
    "needs_order": True,
    "en": {
        "question": "Is it late?",
        "answer": 'Wait for {seller_answer}, then "write" \\ to us.\nSecond line.',
        "phrasings": ["it is late", "=1+1", "'quoted", "überfällig\t!"],
    },
    "ru": {"question": "Опаздывает?", "answer": "Подождите.", "phrasings": ["опаздывает"]},
}
ENTRY = read_entry(TABLE, "late.toml")


def entry(id: str, **changes: Any) -> Entry:
    wording = Wording(
        "Where is it?",
        "Look into the list of orders.",
        tuple(f"{id} text {chr(97 + n)}x" for n in range(20)),
    )
    fields: dict[str, Any] = {"wordings": dict.fromkeys(("en", "ru", "ro", "es"), wording)}
    return Entry(id=id, group="orders", **{**fields, **changes})


def test_an_entry_survives_each_way_out_and_in() -> None:
    assert from_toml(to_toml(ENTRY)) == ENTRY
    assert from_csv(to_csv([ENTRY])) == [ENTRY]
    lines = [json.loads(line) for line in to_jsonl([ENTRY]).splitlines()]
    assert lines[1] == {"id": "late", "lang": "ru", "questions": ["Опаздывает?", "опаздывает"]}
    assert len(lines) == 2


def test_no_cell_is_a_formula() -> None:
    dangerous = entry("a", wordings={"en": Wording("=HYPERLINK()", "@SUM", ("+1", "-2"))})

    rows = to_csv([dangerous]).splitlines()

    assert rows[1].startswith("a,orders,en,'=HYPERLINK(),'@SUM,\"'+1")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"what": 1}, "unknown key 'what'"),
        ({"id": "Not an id"}, "id must be"),
        ({"en": {"question": "a", "answer": "b", "colour": 1}}, "unknown key 'colour'"),
        ({"en": {"answer": "b"}}, "'question' is missing"),
        ({"en": {"question": "a", "answer": "b", "phrasings": "c"}}, "must be a list"),
        ({"group": None}, ""),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_name(
    change: dict[str, Any], complaint: str
) -> None:
    table = {key: value for key, value in (TABLE | change).items() if value is not None}

    with pytest.raises(BadCorpus, match=f"late.toml.*{complaint}"):
        read_entry(table, "late.toml")


def test_an_entry_needs_a_language() -> None:
    with pytest.raises(BadCorpus, match="no language"):
        read_entry({"id": "late", "group": "orders"}, "late.toml")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id = ", "the file"),
        ("a,b\n1,2\n", "first line must name"),
    ],
)
def test_text_that_is_neither_toml_nor_csv_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(BadCorpus, match=complaint):
        (from_csv if "," in text else from_toml)(text)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("a,orders,xx,q,answer,,,,,", "row 2: unknown language 'xx'"),
        ("a,orders,en,q,answer,,,,,\na,orders,en,q,answer,,,,,", "has en twice"),
        ("a,orders,en,q,answer,,,,,\na,payment,ru,q,answer,,,,,", "something else"),
        ("a,orders", "has not 10 columns"),
    ],
)
def test_rows_that_contradict_are_refused(row: str, complaint: str) -> None:
    with pytest.raises(BadCorpus, match=complaint):
        from_csv(",".join(COLUMNS) + "\n" + row + "\n")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"group": "weather"}, "unknown group"),
        ({"actions": ("dance",)}, "unknown action 'dance'"),
        ({"related": ("nothing",)}, "related 'nothing'"),
        ({"wordings": {}}, "nothing in en"),
        ({"wordings": {"en": Wording("q", "short", ())}}, "write at least 20"),
        ({"wordings": {"en": Wording("q", "short", ())}}, "5 characters"),
        ({"wordings": {"en": Wording("q", "In 5 days it will come.", ())}}, "holds a number"),
        (
            {"wordings": {"en": Wording("q", "In {weather} it will come.", ())}},
            "unknown placeholder {weather}",
        ),
        ({"wordings": {"en": Wording("?!", "x" * 30, ())}}, "holds no word"),
        ({"id": "b"}, "id is used twice"),
        ({"wordings": {"en": Wording("b text ax", "x" * 30, ())}}, "stands in b as well"),
    ],
)
def test_writers_are_told_what_to_mend(changes: dict[str, Any], complaint: str) -> None:
    changed = entry("c")
    changed = Entry(**{**{name: getattr(changed, name) for name in Entry.__slots__}, **changes})

    mistakes = list(lint([entry("b"), changed], ["days"]))

    assert any(complaint in mistake for mistake in mistakes), mistakes
    assert list(lint([entry("b")])) == []
    assert placeholders("{a} and {b}") == {"a", "b"}


def test_a_folder_that_is_not_right_is_named(tmp_path: Path) -> None:
    for name, text in (("lexicon", ""), ("smalltalk", "[joke]\n"), ("outside", "")):
        (tmp_path / f"{name}.toml").write_text(text)
    (tmp_path / "topics").mkdir()
    with pytest.raises(BadCorpus, match="unknown rule 'joke'"):
        load_corpus(tmp_path)

    (tmp_path / "smalltalk.toml").write_text("[")
    with pytest.raises(BadCorpus, match=r"smalltalk.toml"):
        load_corpus(tmp_path)


def test_the_words_around_the_entries_are_there_for_every_group(tmp_path: Path) -> None:
    for said in load_pages().values():
        assert set(said.groups) == set(GROUPS)
        assert all((said.name, said.title, said.related, said.all, *said.groups.values()))

    (tmp_path / "pages.toml").write_text('[en]\nname = "English"\n')
    with pytest.raises(BadCorpus, match=r"pages\.toml"):
        load_pages(tmp_path)
