"""The long run: everything that Parley promises to survive, at full length (`make soak`).

    python -m benchmarks.soak [words for pytest]

What is killed, cut, frozen, filled and flooded is described in `tests/faults`; this gives it its
full length, one after the other, and says how it ended.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = (
    "tests/faults",
    "tests/property/test_desk.py",
    "tests/property/test_ratings_kept.py",
    "tests/property/test_disputes.py",
)


def main() -> int:
    """Runs the tests of faults and of chance at full length; the status of the run."""
    begin = time.monotonic()
    options = ["--verbose", "--capture=no", "--durations=0", "--durations-min=1", "-p", "no:xdist"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *TESTS, *options, *sys.argv[1:]],
        cwd=ROOT,
        env={**os.environ, "PARLEY_SOAK": "1"},
        check=False,
    )
    minutes = (time.monotonic() - begin) / 60
    print(f"\nThe soak {'held' if done.returncode == 0 else 'FAILED'} after {minutes:.1f} minutes.")
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
