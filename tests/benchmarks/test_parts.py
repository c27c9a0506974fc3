"""Each part of the benchmark runs, tiny, in a process of its own as `make bench` would run it."""

import json
import math
import subprocess
import sys

import pytest

from benchmarks.measures import measure_of
from benchmarks.report import RESULTS

PARTS = {
    "ceilings": set(),
    "chat": {"throughput", "cpu", "p50_200", "p99_200", "cpu_trickle", "index"},
    "clients": {"idle", "return_1000"},
    "startup": {"start", "empty"},
    "growth": {
        f"{engine}.{operation}"
        for engine in ("sqlite", "postgres")
        for operation in ("list", "history", "resume", "unread", "search", "post")
    },
    "services": {"services", "services_cpu"},
    "desk": {
        "desk_pushes",
        "desk_push_cpu",
        "desk_delivered",
        "desk_lag",
        "desk_memory",
        *(
            f"{engine}.desk_{step}"
            for engine in ("sqlite", "postgres")
            for step in (
                "route",
                "counts",
                "seen",
                "look",
                "mine",
                "unassigned",
                "all",
                "snoozed",
                "resolved",
                "bot",
            )
        ),
    },
    "reviews": {
        "reviews_check",
        "reviews_check_set",
        "reviews_check_worst",
        "reviews_contacts",
        "reviews_insults",
        "reviews_alarms",
        *(
            f"{engine}.reviews_{step}"
            for engine in ("sqlite", "postgres")
            for step in (
                "card",
                "newest",
                "helpful",
                "stars",
                "photos",
                "language",
                "helpful_language",
                "rare",
                "deep",
                "other",
                "queue",
                "shop",
                "to_answer",
                "explained",
                "explained_deep",
                "explained_earlier",
                "publish",
                "rate_2000",
            )
        ),
    },
    "deadlines": {
        f"{engine}.deadlines_{what}"
        for engine in ("sqlite", "postgres")
        for what in ("idle", "lag")
    },
    "faq": {"faq_270", "faq_1500", "faq_bm25", "faq_build", "faq_memory", "faq_add"},
}


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_part_runs_and_keeps_its_figures(part: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--tiny", part],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    kept = json.loads((RESULTS / f"bench-tiny-{part}.json").read_text())
    found = {figure["measure"]: figure["value"] for figure in kept["figures"]}
    assert PARTS[part] <= set(found)
    assert all(math.isfinite(value) for value in found.values())
    for name in found:
        assert measure_of(name).what in done.stdout
