"""The `parley` command: nothing more than parsing."""

import asyncio
import dataclasses
import secrets
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from chat_server.settings import Settings, SettingsError, load_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--settings",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="TOML file of settings.",
)
@click.version_option(package_name="parley-chat", prog_name="parley")
@click.pass_context
def cli(context: click.Context, file: Path | None) -> None:
    """Parley: the conversation server of a marketplace."""
    context.obj = file


def _settings(file: Path | None, **overrides: Any) -> Settings:
    from chat_server import log

    try:
        settings = load_settings(file=file, **overrides)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    log.configure(settings.log_level)
    return settings


@cli.command()
@click.pass_obj
def serve(file: Path | None) -> None:
    """Serve. On the embedded store it also migrates and sweeps."""
    from chat_server import app, storage

    settings = _settings(file)
    try:
        settings.require_keys()
        if not storage.is_shared(settings.store):
            asyncio.run(storage.migrate_url(settings.store))
    except (SettingsError, ValueError, RuntimeError) as error:
        raise click.ClickException(str(error)) from error
    asyncio.run(app.serve(settings))


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=None, help="Default: PARLEY_PORT, else 8000.")
@click.option("--anywhere", is_flag=True, help="Allow an address that is not loopback.")
@click.pass_obj
def demo(file: Path | None, host: str, port: int | None, anywhere: bool) -> None:
    """Serve the demo marketplace on embedded SQLite. For looking at, not for use."""
    from chat_server import app
    from chat_server.demo import run

    if host not in app.LOOPBACK and not anywhere:
        raise click.ClickException(
            f"The demo has no secrets, so it listens on loopback only; {host} needs --anywhere."
        )
    settings = _settings(file, **run.overrides(host, port))
    try:
        asyncio.run(app.serve_demo(settings))
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@cli.command()
@click.pass_obj
def sweep(file: Path | None) -> None:
    """Do what is due. On the embedded store `serve` does this, and `sweep` waits idle."""
    from chat_server import app, storage

    settings = _settings(file)
    if storage.is_shared(settings.store):
        asyncio.run(app.sweep(settings))
    else:
        click.echo("On the embedded store `parley serve` sweeps by itself; waiting to be stopped.")
        asyncio.run(app.idle())


@cli.command()
@click.pass_obj
def migrate(file: Path | None) -> None:
    """Bring the store's schema up to date."""
    from chat_server import storage

    version = asyncio.run(storage.migrate_url(_settings(file).store))
    click.echo(f"The schema has version {version}.")


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the socket protocol and of the HTTP bodies."""
    from chat_server.wire import schema as wire_schema

    click.echo(wire_schema.text(), nl=False)


@cli.command()
@click.argument("email")
@click.option("--name", default="", help="Shown to customers. Default: the address's first part.")
@click.option(
    "--role", type=click.Choice(["agent", "supervisor"]), default="agent", show_default=True
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def user(file: Path | None, email: str, name: str, role: str, password_stdin: bool) -> None:
    """Add an agent or supervisor, or give one a new password."""
    from chat_server import app

    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(12)
    try:
        added = asyncio.run(app.put_staff(_settings(file), email, name, role, password))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{'Added' if added else 'Changed the password of'} {email}.")
    if not password_stdin:
        click.echo(f"Password: {password}")


@cli.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
def backup(file: Path | None, target: Path) -> None:
    """Copy the store, which may be in use, into a new file."""
    from chat_server import storage

    try:
        asyncio.run(storage.backup_url(_settings(file).store, target))
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {target}.")


@cli.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(file: Path | None, source: Path, yes: bool) -> None:
    """Put a backup in the place of the store, which no server may have open. It gets a new epoch."""
    from chat_server import storage

    settings = _settings(file)
    if not yes:
        click.confirm("All that the store holds now is replaced. Go on?", abort=True)
    try:
        epoch = asyncio.run(storage.restore_url(source, settings.store))
    except (ValueError, OSError, RuntimeError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored; the store's epoch is {epoch}.")


@cli.command("settings")
def show_settings() -> None:
    """List every setting with its default."""
    for field in dataclasses.fields(Settings):
        click.echo(f"PARLEY_{field.name.upper()}: {field.metadata['doc']}")


@cli.group()
def faq() -> None:
    """The bot's FAQ: check it, ask it, measure it, move it."""


_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="The FAQ's folder. Default: the one that comes with Parley.",
)


@faq.command("lint")
@_folder
def faq_lint(folder: Path | None) -> None:
    """Name what a writer should mend; exit with 1 where there is something."""
    from chat_server import faq_desk

    mistakes = _faq(faq_desk.mistakes, folder)
    for mistake in mistakes:
        click.echo(mistake)
    click.echo(f"{len(mistakes)} to mend." if mistakes else "Nothing to mend.")
    sys.exit(1 if mistakes else 0)


@faq.command("calibrate")
@_folder
def faq_calibrate(folder: Path | None) -> None:
    """Learn how sure matches are, after the entries have changed, and keep it beside them."""
    from chat_server import faq_desk

    click.echo(_faq(faq_desk.calibrated, folder))


@faq.command("ask")
@click.argument("question")
@click.option("--lang", default="en", show_default=True, help="The asker's language.")
@_folder
def faq_ask(question: str, lang: str, folder: Path | None) -> None:
    """Ask a question; the answer, and why it is that one."""
    from chat_server import faq_desk

    for line in _faq(faq_desk.asked, folder, question, lang):
        click.echo(line)


@faq.command("eval")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kb",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Measure the matcher alone on this knowledge base: a TSV of topic and text.",
)
@click.option("--wrong", is_flag=True, help="Name each question that went wrong.")
@_folder
def faq_eval(files: tuple[Path, ...], kb: Path | None, wrong: bool, folder: Path | None) -> None:
    """Measure on questions: TSV files of topic and question. Default: the FAQ's own `eval`."""
    from chat_server import faq_desk

    for line in _faq(partial(faq_desk.measured, wrong=wrong), folder, files, kb):
        click.echo(line)


@faq.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(["toml", "csv", "jsonl"]),
    default="jsonl",
    show_default=True,
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="A file; for TOML a folder. Default: standard output.",
)
@_folder
def faq_export(form: str, to: Path | None, folder: Path | None) -> None:
    """Write all entries."""
    from chat_server import faq_desk

    _faq(faq_desk.export, folder, form, to)


@faq.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@_folder
def faq_import(source: Path, folder: Path | None) -> None:
    """Take entries from a CSV file, a TOML file or a folder of them; each takes the place of the one with its id."""
    from chat_server import faq_desk

    click.echo(f"Wrote {_faq(faq_desk.take, folder, source)} entries.")


def _faq(work: Callable[..., Any], folder: Path | None, *words: Any) -> Any:
    from bot.corpus import SHIPPED

    try:
        return work(folder or SHIPPED, *words)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error


def main() -> None:
    """The console script."""
    cli()


if __name__ == "__main__":
    main()
