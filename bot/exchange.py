"""The FAQ as text that other programs read and write: TOML (the form it is kept in), CSV, JSON lines."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.corpus import BadCorpus, Entry, read_entry
from bot.language import LANGUAGES

COLUMNS: Final = (
    "id", "group", "language", "question", "answer", "phrasings", "related", "actions", "needs_order", "ask_human",
)  # fmt: skip
"""Of the CSV: a row an entry and language; lists have a line a value."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would carry out; such a cell is led by an apostrophe, which reading takes off again."""


def to_toml(entry: Entry) -> str:
    """One entry as its file has it."""
    lines = [f"id = {_quoted(entry.id)}", f"group = {_quoted(entry.group)}"]
    lines += [
        f"{name} = [{', '.join(map(_quoted, values))}]"
        for name, values in (("related", entry.related), ("actions", entry.actions))
    ]
    lines += [f"{name} = true" for name in ("needs_order", "ask_human") if getattr(entry, name)]
    for language, wording in entry.wordings.items():
        lines += ["", f"[{language}]", f"question = {_quoted(wording.question)}"]
        lines += [f"answer = {_quoted(wording.answer)}", "phrasings = ["]
        lines += [f"    {_quoted(phrasing)}," for phrasing in wording.phrasings]
        lines.append("]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # What JSON escapes, TOML reads alike; DEL alone is allowed there and not here.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(text: str, source: str = "the file") -> Entry:
    """One entry. Raises BadCorpus."""
    try:
        return read_entry(tomllib.loads(text), source)
    except tomllib.TOMLDecodeError as error:
        raise BadCorpus(f"{source}: {error}") from error


def to_jsonl(entries: Iterable[Entry]) -> str:
    """A line an entry and language: `{"id", "lang", "questions"}`."""
    return "".join(
        json.dumps(
            {"id": entry.id, "lang": language, "questions": list(wording.questions)},
            ensure_ascii=False,
        )
        + "\n"
        for entry in entries
        for language, wording in entry.wordings.items()
    )


def to_csv(entries: Iterable[Entry]) -> str:
    """All entries as RFC 4180 has it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        for language, wording in entry.wordings.items():
            row = (
                entry.id,
                entry.group,
                language,
                wording.question,
                wording.answer,
                "\n".join(wording.phrasings),
                "\n".join(entry.related),
                "\n".join(entry.actions),
                "yes" if entry.needs_order else "",
                "yes" if entry.ask_human else "",
            )
            writer.writerow([_guarded(cell) for cell in row])
    return out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def from_csv(text: str, source: str = "the file") -> list[Entry]:
    """Entries from rows of `COLUMNS`; the languages of one may stand anywhere. Raises BadCorpus."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if set(reader.fieldnames or ()) != set(COLUMNS):
        raise BadCorpus(f"{source}: the first line must name the columns {', '.join(COLUMNS)}")
    found: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(reader, 2):
        place = f"{source}, row {number}"
        if None in row or None in row.values():
            raise BadCorpus(f"{place}: has not {len(COLUMNS)} columns")
        cells = {name: cell.removeprefix("'") for name, cell in row.items()}
        if cells["language"] not in LANGUAGES:
            raise BadCorpus(
                f"{place}: unknown language {cells['language']!r}; there are {', '.join(LANGUAGES)}"
            )
        table = found.setdefault(cells["id"], _head(cells))
        if table | _head(cells) != table:
            raise BadCorpus(f"{place}: {cells['id']} says something else in another language's row")
        if cells["language"] in table:
            raise BadCorpus(f"{place}: {cells['id']} has {cells['language']} twice")
        table[cells["language"]] = {
            "question": cells["question"],
            "answer": cells["answer"],
            "phrasings": cells["phrasings"].splitlines(),
        }
    return [read_entry(table, source) for table in found.values()]


def _head(cells: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": cells["id"],
        "group": cells["group"],
        "related": cells["related"].splitlines(),
        "actions": cells["actions"].splitlines(),
        "needs_order": cells["needs_order"] == "yes",
        "ask_human": cells["ask_human"] == "yes",
    }
