"""`python -m benchmarks [--full] [--tiny] [--quote] [PART ...]`: measures, prints, keeps.

Parts: ceilings, chat, clients, startup, growth, services, faq, desk, reviews, deadlines; all of them unless some are
named.
`--tiny` runs each in moments and proves only that it runs. `--quote` keeps the figures for the
documents too.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import (
    chat,
    clients,
    deadlines,
    desk,
    faq,
    growth,
    report,
    reviews,
    services,
    startup,
)
from benchmarks.measures import Figure
from benchmarks.plans import FULL, SHORT, TINY, Plan
from benchmarks.process import take_generator_core
from benchmarks.yardsticks import ceilings
from tests.services.postgres import own_postgres
from tests.services.redis import own_redis


@dataclass
class Bench:
    """One run: its folder, and what has come of it so far."""

    plan: Plan
    folder: Path
    figures: list[Figure] = field(default_factory=list)
    ceilings: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def measure_ceilings(self) -> None:
        """What the parts can do on their own."""
        seconds, folder = self.plan.ceiling_seconds, self.folder
        found = self.ceilings
        found["fdatasync, 4 KiB, ms"] = ceilings.fdatasync_ms(folder, seconds)
        for batch in (1, 100):
            found[f"SQLite rows/s, {batch} a commit"] = ceilings.sqlite_inserts(
                folder, batch, seconds
            )
        for name, microseconds in ceilings.decoding_us().items():
            found[f"decode a message.send, {name}, µs"] = microseconds
        with own_postgres(durable=True) as postgres, own_redis() as redis:
            for batch in (1, 100):
                found[f"PostgreSQL rows/s, {batch} a commit"] = ceilings.postgres_inserts(
                    postgres.url, batch, seconds
                )
            found["Redis publish to receive, ms"] = ceilings.redis_latency_ms(redis.url, seconds)
            for batch in (1, 100):
                found[f"Redis publishes/s, {batch} a pipeline"] = ceilings.redis_publishes(
                    redis.url, batch, seconds
                )

    def measure_chat(self) -> None:
        """Throughput, processor time, latency."""
        self.figures += chat.measure(self.plan.posting, self.folder)

    def measure_clients(self) -> None:
        """Idle connections, and all coming back at once."""
        self.figures += clients.measure(self.plan.crowds, self.folder)

    def measure_startup(self) -> None:
        """Time to start, memory, bytes of the widget."""
        self.figures += startup.measure(self.folder, self.plan.starts) + startup.widget()

    def measure_growth(self) -> None:
        """Small and large stores."""
        self.figures += growth.measure_sqlite(self.plan.growing, self.folder)
        if self.plan.postgres_grows:
            with own_postgres(durable=True) as postgres:
                urls = (postgres.create_database(), postgres.create_database())
                self.figures += growth.measure_postgres(self.plan.growing, urls)

    def measure_services(self) -> None:
        """PostgreSQL and Redis, one node and two."""
        with own_postgres(durable=True) as postgres, own_redis() as redis:
            url = postgres.create_database()
            self.figures += services.measure(self.plan.sharing, self.folder, url, redis.url)

    def measure_faq(self) -> None:
        """The bot: processor a question, build, memory, accuracy."""
        self.figures += faq.measure(self.plan.asking)
        folder = os.environ.get(faq.FOLDER)
        if folder:
            self.figures += faq.accuracy(Path(folder), self.plan.asking)
        else:
            print(f" ({faq.FOLDER} is not set: no accuracy)", end="", file=sys.stderr)

    def measure_desk(self) -> None:
        """The support desk: routing, counts, lists, and a node with all agents connected."""
        if not self.plan.postgres_grows:
            self.figures += desk.measure(self.plan.helping, self.folder, None)
            return
        with own_postgres(durable=True) as postgres:
            urls = (postgres.create_database(), postgres.create_database())
            self.figures += desk.measure(self.plan.helping, self.folder, urls)

    def measure_reviews(self) -> None:
        """Ratings and what is said beside them: pages, writing, detection."""
        if not self.plan.postgres_grows:
            self.figures += reviews.measure(self.plan.rating, self.folder, [])
            return
        with own_postgres(durable=True) as postgres:
            urls = [postgres.create_database() for _ in self.plan.rating.sizes]
            self.figures += reviews.measure(self.plan.rating, self.folder, urls)

    def measure_deadlines(self) -> None:
        """Deadlines that wait, and thousands that are due at once."""
        with own_postgres(durable=True) as postgres, own_redis() as redis:
            url = postgres.create_database()
            self.figures += deadlines.measure(self.plan.expiring, self.folder, url, redis.url)


PARTS: dict[str, Callable[[Bench], None]] = {
    "ceilings": Bench.measure_ceilings,
    "chat": Bench.measure_chat,
    "clients": Bench.measure_clients,
    "startup": Bench.measure_startup,
    "growth": Bench.measure_growth,
    "services": Bench.measure_services,
    "faq": Bench.measure_faq,
    "desk": Bench.measure_desk,
    "reviews": Bench.measure_reviews,
    "deadlines": Bench.measure_deadlines,
}


def run(plan: Plan, parts: list[str]) -> Bench:
    """Measures these parts, one after the other."""
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        bench = Bench(plan, Path(folder))
        for part in parts:
            begin = time.monotonic()
            print(f"{part} ...", end="", flush=True, file=sys.stderr)
            try:
                PARTS[part](bench)
            except Exception:  # noqa: BLE001  # one part that fails must not cost the figures of the others
                traceback.print_exc()
                bench.failed.append(part)
            print(f" {time.monotonic() - begin:.0f} s", file=sys.stderr)
    return bench


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--full", action="store_true", help="all sizes; takes long")
    parser.add_argument("--tiny", action="store_true", help="only proves that everything runs")
    parser.add_argument("--quote", action="store_true", help="keep for the documents, too")
    given = parser.parse_args()
    plan = TINY if given.tiny else FULL if given.full else SHORT
    take_generator_core()
    bench = run(plan, given.parts or list(PARTS))
    for what, value in bench.ceilings.items():
        print(f"{what}: {value:,.3g}" if value < 100 else f"{what}: {value:,.0f}")
    report.show(bench.figures)
    name = "-".join([plan.name, *given.parts])
    if bench.failed:
        print(f"FAILED: {', '.join(bench.failed)}")
    print(f"kept in {report.keep(name, bench.figures, bench.ceilings, quote=given.quote).name}")
    sys.exit(1 if bench.failed else 0)


if __name__ == "__main__":
    main()
