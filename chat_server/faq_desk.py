"""What `parley faq` does: the FAQ on disk, linted, asked, measured, carried in and out. No server is needed."""

import dataclasses
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bot import Bot, build, load_corpus
from bot.answer import Answer, DidYouMean, HandOff, Outcome, Smalltalk, Why
from bot.corpus import CURVE, Entry, lint
from bot.evaluate import Ask, Report, evaluate, read_questions
from bot.exchange import from_csv, from_toml, to_csv, to_jsonl, to_toml
from chat_server.actions.faq import PLACEHOLDERS, rendered

HEAD: Final = f"{'questions':24} {'asked':>6} {'at 1':>6} {'at 3':>6} {'outside':>8} {'AUROC':>6} {'refused':>8}"


def mistakes(folder: Path) -> list[str]:
    """What a writer should mend, a sentence each."""
    return list(lint(load_corpus(folder).entries, PLACEHOLDERS))


def calibrated(folder: Path) -> str:
    """Learns how sure matches are, and keeps it, so that every node is as sure as any other. A sentence."""
    bot = Bot(dataclasses.replace(load_corpus(folder), curve=None))
    slope, bias = round(bot.curve.slope, 4), round(bot.curve.bias, 4)
    text = (
        "# How sure a match is: written by `parley faq calibrate`, after the entries have changed.\n"
        f"slope = {slope}\nbias = {bias}\n"
    )
    (folder / CURVE).write_text(text, encoding="utf-8")
    return f"{CURVE}: slope {slope}, bias {bias}"


def asked(folder: Path, question: str, language: str) -> list[str]:
    """The outcome of a question, and its reasons, as lines."""
    bot = Bot(load_corpus(folder))
    outcome = bot.turn(question, language)
    return [*_said(bot, outcome), "", *_reasons(outcome.why)]


def _reasons(why: Why) -> Iterator[str]:
    yield f"language: {why.language}   probability: {why.probability:.2f}   rule: {why.rule or 'none, matched'}"
    yield from (f"  {score:6.3f}  {entry}" for entry, score in why.ranking)
    if why.matched:
        yield f"nearest text: {why.matched}"
    if why.repaired:
        yield "read as: " + ", ".join(f"{typed} = {meant}" for typed, meant in why.repaired.items())
    if why.reasons:
        yield "in common: " + "; ".join(f"{name} {weight:.3f}" for name, weight in why.reasons)


def _said(bot: Bot, outcome: Outcome) -> Iterator[str]:
    language = outcome.why.language
    match outcome:
        case Answer(entry):
            yield f"answer: {entry}"
            yield _in(bot.entries[entry], language)
        case DidYouMean(entries):
            yield "did you mean:" if entries else "not understood"
            yield from (f"  {_question(bot.entries[entry], language)}" for entry in entries)
        case HandOff(reason, _, entry):
            yield f"to a person, because {'the customer asks' if reason == 'asked' else f'{entry} says so'}"
        case Smalltalk(kind, reply):
            yield f"small talk: {kind}"
            yield reply


def _in(entry: Entry, language: str) -> str:
    return rendered(entry.wordings[entry.nearest(language)].answer, language)


def _question(entry: Entry, language: str) -> str:
    return entry.wordings[entry.nearest(language)].question


def measured(folder: Path, files: tuple[Path, ...], kb: Path | None, *, wrong: bool) -> list[str]:
    """A table, a line a file; with `wrong` each question that went wrong below it."""
    paths = files or tuple(sorted((folder / "eval").glob("*.tsv")))
    if not paths:
        raise ValueError(f"{folder / 'eval'} has no file of questions")
    ask_in = _ranker(kb) if kb else _whole_bot(folder)
    lines = [HEAD]
    for path in paths:
        report = evaluate(ask_in(path), read_questions(path))
        lines.append(_row(path.stem, report))
        if wrong:
            lines += [f"    {topic} <> {first}: {text}" for text, topic, first in report.wrong]
    return lines


def _ranker(kb: Path) -> Callable[[Path], Ask]:
    ranker = build(read_questions(kb))

    def ask(question: str) -> tuple[list[str], float]:
        return [topic for topic, _ in ranker.rank(question)], ranker.confidence(question)

    return lambda _path: ask


def _whole_bot(folder: Path) -> Callable[[Path], Ask]:
    bot = Bot(load_corpus(folder))

    def ask_in(path: Path) -> Ask:
        # `ru-latin` is asked by somebody who reads Russian.
        language = path.stem.partition("-")[0]

        def ask(question: str) -> tuple[list[str], float]:
            match, probability = bot.look_up(question, language)
            return [topic for topic, _ in match.ranking], probability

        return ask

    return ask_in


def _row(name: str, report: Report) -> str:
    def percent(value: float | None, width: int) -> str:
        return f"{'-' if value is None else f'{value:.1f}':>{width}}"

    return (
        f"{name:24} {report.questions:6} {percent(report.at_1, 6)} {percent(report.at_3, 6)} "
        f"{report.outside:8} {percent(report.auroc, 6)} {percent(report.refused, 8)}"
    )


def export(folder: Path, form: str, to: Path | None) -> None:
    """All entries in a form, to a file (TOML: a folder) or standard output."""
    entries = load_corpus(folder).entries
    if form == "toml" and to is not None:
        to.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            (to / f"{entry.id}.toml").write_text(to_toml(entry), encoding="utf-8")
        return
    text = {
        "toml": lambda: "\n".join(map(to_toml, entries)),
        "csv": lambda: to_csv(entries),
        "jsonl": lambda: to_jsonl(entries),
    }[form]()
    if to is None:
        sys.stdout.write(text)
    else:
        to.write_text(text, encoding="utf-8", newline="")


def take(folder: Path, source: Path) -> int:
    """Entries from outside into the folder, all or none; how many. Raises BadCorpus where one must be mended first."""
    if source.is_dir():
        entries = [
            from_toml(path.read_text(encoding="utf-8"), path.name)
            for path in sorted(source.glob("*.toml"))
        ]
    elif source.suffix == ".csv":
        entries = from_csv(source.read_text(encoding="utf-8"), source.name)
    else:
        entries = [from_toml(source.read_text(encoding="utf-8"), source.name)]
    for entry in entries:
        (folder / "topics" / f"{entry.id}.toml").write_text(to_toml(entry), encoding="utf-8")
    return len(entries)
