"""Prints figures as a table, and keeps them as JSON."""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measures import Figure, Measure, measure_of, verdict

RESULTS = Path(__file__).parent / "results"
QUOTED = Path(__file__).parent / "quoted"
"""The runs that the documents quote."""

_HEADS = ("measure", "goal", "floor", "figure", "baseline", "ratio", "verdict")


def machine() -> dict[str, Any]:
    """What the figures were measured on; nothing that names the machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "kernel": platform.release().partition("-")[0],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def keep(name: str, figures: Iterable[Figure], ceilings: dict[str, float], *, quote: bool) -> Path:
    """Writes a run to `results/<name>.json`; with `quote` also where the documents look for it."""
    entry = {
        # No clock of the product is measured here, only the day of the run.
        "day": datetime.fromtimestamp(os.stat("/proc/self").st_ctime, UTC).date().isoformat(),
        "machine": machine(),
        "ceilings": ceilings,
        "figures": [_entry(figure) for figure in figures],
    }
    text = json.dumps(entry, indent=2, ensure_ascii=False) + "\n"
    path = RESULTS / f"{name}.json"
    for folder in (RESULTS, QUOTED) if quote else (RESULTS,):
        folder.mkdir(exist_ok=True)
        (folder / path.name).write_text(text)
    return path


def show(figures: Iterable[Figure]) -> None:
    """Prints the table."""
    rows = [_HEADS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)]
        print("  ".join([*cells, row[-1]]).rstrip())
    sys.stdout.flush()


def _row(figure: Figure) -> tuple[str, ...]:
    measure = measure_of(figure.measure)
    engine = figure.measure.rpartition(".")[0]
    ratio = figure.proportion
    note = f"  [{figure.note}]" if figure.note else ""
    return (
        f"{engine}: {measure.what}" if engine else measure.what,
        _asked(measure, measure.goal, measure.goal_ratio),
        _asked(measure, measure.floor, measure.floor_ratio),
        f"{_number(figure.value)} {measure.unit}",
        f"{_number(figure.baseline)} {measure.unit}" if figure.baseline is not None else "",
        f"{ratio:.2f}" if ratio is not None else "",
        verdict(measure, figure) + note,
    )


def _asked(measure: Measure, absolute: float | None, ratio: float | None) -> str:
    sign = "≥" if measure.better == "more" else "≤"
    parts = []
    if absolute is not None:
        parts.append(f"{sign} {_number(absolute)}")
    if ratio is not None:
        parts.append(f"{sign} {ratio:g}×")
    return ", ".join(parts)


def _entry(figure: Figure) -> dict[str, Any]:
    measure = measure_of(figure.measure)
    return {
        **asdict(figure),
        "ratio": figure.proportion,
        "what": measure.what,
        "unit": measure.unit,
        "of": measure.baseline,
        "verdict": verdict(measure, figure),
    }


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
