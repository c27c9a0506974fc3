"""How a figure is judged: by itself, by its ratio to the baseline, and by both."""

from benchmarks.measures import Figure, Measure, verdict

MORE = Measure("rate", "messages", "/s", "more", 100, 200, "other", 0.9, 1.5)
LESS = Measure("time", "time", "ms", "less", 10, 5)


def test_more_is_better_where_it_is_said() -> None:
    assert verdict(MORE, Figure("rate", 200)) == "goal"
    assert verdict(MORE, Figure("rate", 150)) == "floor"
    assert verdict(MORE, Figure("rate", 99)) == "below"


def test_less_is_better_elsewhere() -> None:
    assert verdict(LESS, Figure("time", 5)) == "goal"
    assert verdict(LESS, Figure("time", 7)) == "floor"
    assert verdict(LESS, Figure("time", 11)) == "below"


def test_figure_and_ratio_are_judged_apart() -> None:
    assert verdict(MORE, Figure("rate", 210, 100)) == "goal"
    assert verdict(MORE, Figure("rate", 90, 60)) == "below (ratio: goal)"


def test_the_median_of_rounds_goes_before_the_quotient_of_medians() -> None:
    assert Figure("rate", 210, 100, 0.5).proportion == 0.5


def test_without_a_goal_there_is_no_verdict() -> None:
    assert verdict(Measure("any", "any", "ms"), Figure("any", 1, 2)) == ""
