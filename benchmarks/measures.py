"""What is measured, what is asked of it, and how a figure is judged; nothing is measured here."""

from dataclasses import dataclass
from typing import Literal

Better = Literal["more", "less"]


@dataclass(frozen=True)
class Measure:
    """A line of the table. `floor` and `goal` are absolute, in `unit`; ratios are to the baseline.

    Absolute figures move with the machine, ratios hardly: each has its own verdict.
    """

    name: str
    what: str
    unit: str
    better: Better = "less"
    floor: float | None = None
    goal: float | None = None
    baseline: str = ""
    floor_ratio: float | None = None
    goal_ratio: float | None = None


@dataclass(frozen=True)
class Figure:
    """What was measured, and the baseline of the same run."""

    measure: str
    value: float
    baseline: float | None = None
    ratio: float | None = None
    """Median of the rounds' ratios, where there were rounds; else value by baseline."""
    note: str = ""

    @property
    def proportion(self) -> float | None:
        """Figure by baseline."""
        if self.ratio is not None:
            return self.ratio
        return self.value / self.baseline if self.baseline else None


def verdict(measure: Measure, figure: Figure) -> str:
    """`goal`, `floor` or `below`; with two words where figure and ratio are judged apart."""
    words = [
        _judge(figure.value, measure.floor, measure.goal, measure.better),
        _judge(figure.proportion, measure.floor_ratio, measure.goal_ratio, measure.better),
    ]
    said = [word for word in words if word]
    if len(said) == 2 and said[0] != said[1]:
        return f"{said[0]} (ratio: {said[1]})"
    return said[0] if said else ""


def _judge(value: float | None, floor: float | None, goal: float | None, better: Better) -> str:
    if value is None or floor is None or goal is None:
        return ""
    sign = 1 if better == "more" else -1
    if sign * value >= sign * goal:
        return "goal"
    return "floor" if sign * value >= sign * floor else "below"


YARDSTICK = "bare chat"
ECHO = "bare ASGI echo"
TOKENS = "rapidfuzz token_set_ratio"

MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            "throughput", "messages, one core, embedded store", "/s", "more",
            6500, 11000, YARDSTICK, 0.9, 1.5,
        ),
        Measure(
            "cpu", "server's processor a message", "µs", "less",
            125, 85, ECHO, 3, 2,
        ),
        Measure("cpu_yardstick", "the same, beside the bare chat", "µs", baseline=YARDSTICK),
        Measure(
            "cpu_trickle", "server's processor a message at 200/s", "µs", baseline=YARDSTICK,
        ),
        Measure("index", "search index, its processor a message, after the load", "µs"),
        Measure("p50_200", "delivered at 200/s, p50", "ms", baseline=YARDSTICK),
        Measure("p50_2000", "delivered at 2,000/s, p50", "ms", baseline=YARDSTICK),
        Measure("p50_4000", "delivered at 4,000/s, p50", "ms", baseline=YARDSTICK),
        Measure(
            "p99_200", "delivered at 200/s, p99", "ms", "less", 4, 2.5, YARDSTICK, 1, 0.6,
        ),
        Measure(
            "p99_2000", "delivered at 2,000/s, p99", "ms", "less", 10, 5, YARDSTICK, 1, 0.6,
        ),
        Measure(
            "p99_4000", "delivered at 4,000/s, p99", "ms", "less", None, None, YARDSTICK, 1, 0.6,
        ),
        Measure("idle", "memory of an idle connection", "KiB", "less", 20, 8, YARDSTICK),
        Measure(
            "idle_10000", "memory with 10,000 idle connections", "MB", "less", 300, 130, YARDSTICK,
        ),
        Measure("return_1000", "1,000 clients come back", "s", "less", 1.5, 0.9, YARDSTICK),
        Measure("return_10000", "10,000 clients come back", "s", "less", 20, 9, YARDSTICK),
        Measure("services", "messages, PostgreSQL + Redis, one core", "/s", "more", 4000, 6000),
        Measure("services_cpu", "Parley's processor a message there", "µs", "less", 110, 75),
        Measure(
            "two_nodes", "messages, two nodes sharing one core", "/s", "more", None, None,
            "one node", 0.8, 0.9,
        ),
        Measure(
            "two_cores", "messages, two nodes, a core each", "/s", "more", None, None,
            "one node", 1.5, 1.8,
        ),
        Measure("start", "start to ready, embedded store", "s", "less", 2, 1),
        Measure("empty", "memory before the first connection", "MB", "less", 90, 60),
        Measure("faq_270", "FAQ: a question among 270 texts, processor, p95", "ms", "less", 5, 2.5, TOKENS),
        Measure("faq_1500", "FAQ: a question among 1,500 texts, processor, p95", "ms", "less", 15, 7, TOKENS),
        Measure("faq_10000", "FAQ: a question among 10,000 texts, processor, p95", "ms", "less", 25, 12, TOKENS),
        Measure("faq_bm25", "FAQ: the same at 1,500 texts by BM25, p95", "ms"),
        Measure("faq_build", "FAQ: build with 1,500 texts, processor", "s", "less", 1.5, 0.8),
        Measure("faq_memory", "FAQ: memory that 1,500 texts take", "MB", "less", 80, 40),
        Measure("faq_add", "FAQ: one text added and asked for, processor", "ms", "less", 5, 2.5),
        Measure("loader", "widget: loader, gzip", "kB", "less", 3, 2),
        Measure("widget", "widget: all before the first thread opens, gzip", "kB", "less", 30, 20),
    )
}  # fmt: skip


def _growth(name: str, what: str, floor: float | None, goal: float | None) -> Measure:
    return Measure(
        name, f"{what}, p99 at the larger store", "ms", "less", floor, goal,
        "the smaller store", 1.5, 1.2,
    )  # fmt: skip


GROWTH = {
    "list": _growth("list", "thread list", 10, 4),
    "history": _growth("history", "history page of 50", 5, 2),
    "resume": _growth("resume", "resume of 200 threads", 20, 8),
    "unread": _growth("unread", "unread total", None, None),
    "post": _growth("post", "post", None, None),
    "search": Measure("search", "search in own threads, p99", "ms", "less", 100, 30),
}
"""By operation; the names of figures have the engine before them: `sqlite.list`."""


def _desk(name: str, what: str, floor: float | None = None, goal: float | None = None) -> Measure:
    return Measure(
        name, f"desk: {what}, p99", "ms", "less", floor, goal, "the smaller desk",
    )  # fmt: skip


DESK = {
    measure.name: measure
    for measure in (
        _desk("desk_route", "an offer, from the look at the queue to the commit", 20, 10),
        _desk("desk_counts", "a round of counts, told to all", 50, 20),
        _desk("desk_seen", "saying who is here"),
        _desk("desk_look", "a round in which nothing is due", 50, 20),
        _desk("desk_mine", "page of 50, mine", 20, 10),
        _desk("desk_unassigned", "page of 50, the queue", 20, 10),
        _desk("desk_all", "page of 50, all that is open", 20, 10),
        _desk("desk_snoozed", "page of 50, put aside", 20, 10),
        _desk("desk_resolved", "page of 50, done", 20, 10),
        _desk("desk_bot", "page of 50, the bot's", 20, 10),
        Measure(
            "desk_pushes", "desk: frames to agents, 50 messages a second", "/s", "more",
            baseline="the smaller desk",
        ),
        Measure("desk_push_cpu", "desk: server's processor a frame", "µs", baseline="the smaller desk"),
        Measure(
            "desk_delivered", "desk: until the last agent has it, p99", "ms", "less", 200, 100,
            "the smaller desk",
        ),
        Measure(
            "desk_lag", "desk: the loop answers from memory, p99", "ms", "less", 100, 50,
            "the smaller desk",
        ),
        Measure("desk_memory", "desk: memory", "MB", "less", 200, 150, "the smaller desk"),
    )
}  # fmt: skip
"""The support desk: steps with the engine before them, and the whole node without."""


def _reviews(name: str, what: str, floor: float | None = 10, goal: float | None = 3) -> Measure:
    return Measure(
        name, f"reviews: {what}, p99", "ms", "less", floor, goal, "1,000 ratings (ratio: p50)",
    )  # fmt: skip


def _rate(size: int) -> Measure:
    return Measure(
        f"reviews_rate_{size}", f"reviews: giving stars beside {size:,}, p99", "ms",
        baseline="1,000 ratings (ratio: p50)", floor_ratio=1.5, goal_ratio=1.2,
    )  # fmt: skip


REVIEWS = {
    measure.name: measure
    for measure in (
        _reviews("reviews_card", "seller card"),
        _reviews("reviews_newest", "product page, newest"),
        _reviews("reviews_helpful", "product page, most helpful"),
        _reviews("reviews_stars", "product page, one star"),
        _reviews("reviews_photos", "product page, with photos"),
        _reviews("reviews_language", "product page, a rare language"),
        _reviews("reviews_helpful_language", "product page, most helpful in a rare language"),
        _reviews("reviews_rare", "product page, all filters, hardly anything"),
        _reviews("reviews_deep", "product page, in the middle of the list"),
        _reviews("reviews_other", "page of another product"),
        _reviews("reviews_queue", "moderation queue", None, None),
        _reviews("reviews_shop", "page of a shop", None, None),
        _reviews("reviews_to_answer", "page of what a shop may answer", None, None),
        _reviews("reviews_explained", "a shop's figure explained, first page"),
        _reviews("reviews_explained_deep", "a shop's figure explained, in the middle"),
        _reviews("reviews_explained_earlier", "a shop's figure explained, what is too old"),
        _reviews("reviews_publish", "publishing a text", None, None),
        *map(_rate, (2000, 10_000, 100_000, 1_000_000)),
        Measure("reviews_check", "reviews: detection, 4,000 characters of prose, processor, p99", "ms", "less", 10, 5),
        Measure("reviews_check_set", "reviews: detection, 4,000 characters of the written set, processor, p99", "ms"),
        Measure("reviews_check_worst", "reviews: detection, the worst made up, processor", "ms", "less", 100, 50),
        Measure("reviews_contacts", "reviews: contact data found", "%", "more", 95, 97),
        Measure("reviews_insults", "reviews: insults found", "%", "more", 90, 95),
        Measure("reviews_alarms", "reviews: false alarms", "%", "less", 3, 1),
    )
}  # fmt: skip
"""Reviews: steps with the engine before them, and detection without."""


DEADLINES = {
    measure.name: measure
    for measure in (
        Measure(
            "deadlines_idle", "deadlines: processor of an idle node beside 100,000 that wait", "%", "less",
            baseline="none that wait",
        ),
        Measure("deadlines_lag", "deadlines: 3,000 disputes due at once, p99 until decided", "s", "less", 5, 1),
    )
}  # fmt: skip
"""Deadlines, with the engine before them."""


FAQ_SET = "accuracy"

_FLOORS = {
    "bitext_10 at 1": (92, 95), "bitext_10 at 3": (99, 99.5),
    "sofmattress at 1": (80, 83), "sofmattress at 3": (94, 96),
    "clinc_10 at 1": (81, 84), "clinc_10 at 3": (92, 94),
    "clinc_10 AUROC": (93, 95), "clinc_10 refused": (65, 75),
}  # fmt: skip


def _accuracy(what: str) -> Measure:
    floor, goal = _FLOORS.get(what, (None, None))
    return Measure(f"{FAQ_SET}.{what}", f"FAQ: {what}", "%", "more", floor, goal, TOKENS)


def measure_of(name: str) -> Measure:
    """The measure that a figure belongs to."""
    engine, _, operation = name.rpartition(".")
    if engine == FAQ_SET:
        return _accuracy(operation)
    known = (
        {**GROWTH, **DESK, **REVIEWS, **DEADLINES} if engine else {**MEASURES, **DESK, **REVIEWS}
    )
    return known[operation]
