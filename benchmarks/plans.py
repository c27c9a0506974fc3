"""How much of everything is measured: in minutes, at length, and only to see whether it runs."""

from dataclasses import dataclass, field

from benchmarks import chat, clients, deadlines, desk, faq, growth, reviews, services


@dataclass(frozen=True)
class Plan:
    """One size of the whole; `name` is that of the file of results."""

    name: str
    posting: chat.Plan = field(default_factory=chat.Plan)
    crowds: clients.Plan = field(default_factory=clients.Plan)
    growing: growth.Plan = field(default_factory=growth.Plan)
    sharing: services.Plan = field(default_factory=services.Plan)
    asking: faq.Plan = field(default_factory=faq.Plan)
    helping: desk.Plan = field(default_factory=desk.Plan)
    rating: reviews.Plan = field(default_factory=reviews.Plan)
    expiring: deadlines.Plan = field(default_factory=deadlines.Plan)
    starts: int = 3
    ceiling_seconds: float = 1.0
    postgres_grows: bool = False


SHORT = Plan("bench")
FULL = Plan(
    "bench-full",
    posting=chat.Plan(rounds=5, seconds=8, paced_seconds=10),
    crowds=clients.Plan(idle=4000, rounds=5, many=10_000),
    growing=growth.Plan(large=(100_000, 10_000_000), asked=1000),
    sharing=services.Plan(rounds=5, seconds=8),
    asking=faq.Plan(asked=1000, of_a_set=0),
    helping=desk.Plan(asked=1000, patience=60, seconds=30),
    rating=reviews.Plan(asked=1000, patience=20, texts=1000, mixtures=300),
    expiring=deadlines.Plan(seconds=30),
    starts=7,
    ceiling_seconds=3,
    postgres_grows=True,
)
TINY = Plan(
    "bench-tiny",
    posting=chat.Plan(rounds=1, seconds=0.2, paced_seconds=0.2, talks=4, rates=(200,)),
    crowds=clients.Plan(idle=20, returning=20, rounds=1),
    growing=growth.Plan(small=(400, 4000), large=(800, 8000), asked=10),
    sharing=services.Plan(rounds=1, seconds=0.2, talks=4),
    asking=faq.Plan(sizes=(270, 1500), asked=5, of_a_set=20),
    helping=desk.Plan(small=(40, 2), large=(200, 10), asked=10, seconds=0.5),
    rating=reviews.Plan(sizes=(1000, 2000), asked=10, texts=5, mixtures=2),
    expiring=deadlines.Plan(waiting=1000, due=60, seconds=0.5),
    starts=1,
    ceiling_seconds=0.05,
    postgres_grows=True,
)
