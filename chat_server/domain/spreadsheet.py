"""Tables as CSV (RFC 4180) that a spreadsheet opens as text, whatever people wrote into them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

Cell = str | int | float | None

BOM: Final = "\ufeff"
"""Without it spreadsheets take the file for one of the machine's old encoding."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would carry out, or skip to carry out what follows; such a cell is led by an apostrophe."""


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The whole table. Every text is quoted, a number is not, and nothing is an empty text."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def guarded(cell: Cell) -> Cell:
    """A cell that is text and nothing else."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell
