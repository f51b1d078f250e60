"""The command tree and the options that stand before every command."""

import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from maskwell import __version__
from maskwell.cli import crash_log
from maskwell.cli.commands import (
    ask,
    audit,
    clip,
    destination,
    doctor,
    entity,
    entity_changes,
    entity_guard,
    history,
    history_keep,
    ledger,
    model,
    policy,
    redact,
    restore,
    scan,
    vault,
    vault_agent,
    vault_import,
    vault_keys,
    vault_repair,
    vault_slots,
    watch,
)
from maskwell.cli.passphrases import PassphraseSource
from maskwell.cli.session import Session
from maskwell.errors import UsageError

__all__ = ["command"]

_ADDED = (
    entity_changes,
    entity_guard,
    history_keep,
    vault_agent,
    vault_import,
    vault_keys,
    vault_repair,
    vault_slots,
)
"""Modules that add their commands to another's group when they are imported."""


@cache
def command() -> Any:
    """Return the whole command line as one click command."""
    app = typer.Typer(
        name="maskwell",
        help="Keep real people out of what you send to language models.",
        epilog="Without a command the terminal app opens.",
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_before)
    for one in (redact.redact, restore.restore, scan.scan, ask.ask, clip.clip, watch.watch):
        app.command()(one)
    for name, group in (
        ("history", history.app),
        ("vault", vault.app),
        ("entity", entity.app),
        ("ledger", ledger.app),
        ("audit", audit.app),
        ("policy", policy.app),
        ("destination", destination.app),
        ("model", model.app),
    ):
        app.add_typer(group, name=name)
    app.command()(doctor.doctor)
    return typer.main.get_command(app)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"maskwell {__version__}")
        raise typer.Exit


_HomeFolder = Annotated[
    str | None,
    typer.Option(
        "--home",
        metavar="DIR",
        envvar="MASKWELL_HOME",
        help="The folder that holds the vault and the settings.",
    ),
]
_Offline = Annotated[
    bool,
    typer.Option(
        "--offline",
        envvar="MASKWELL_OFFLINE",
        help="Refuse every connection that leaves this machine.",
    ),
]
_PassphraseFile = Annotated[
    str | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        envvar="MASKWELL_PASSPHRASE_FILE",
        help="Read the vault's passphrase from the first line of FILE.",
    ),
]
_PassphraseDescriptor = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd",
        metavar="N",
        min=0,
        help="Read the vault's passphrase from file descriptor N.",
    ),
]
_KeyFile = Annotated[
    str | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        envvar="MASKWELL_KEY_FILE",
        help="The key file of a vault that wants one besides the passphrase.",
    ),
]
_NoAgent = Annotated[
    bool,
    typer.Option(
        "--no-agent",
        envvar="MASKWELL_NO_AGENT",
        help="Do without the agent of `maskwell vault unlock`, even when it is there.",
    ),
]
_Version = Annotated[
    bool,
    typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version."),
]


def _before(
    context: typer.Context,
    *,
    home: _HomeFolder = None,
    offline: _Offline = False,
    passphrase_file: _PassphraseFile = None,
    passphrase_fd: _PassphraseDescriptor = None,
    key_file: _KeyFile = None,
    no_agent: _NoAgent = False,
    _version: _Version = False,
) -> None:
    if passphrase_fd is not None:
        passphrase_file = None
    crash_log.log_in(home)
    named = context.get_parameter_source("passphrase_file")
    source = PassphraseSource(
        passphrase_file or None,
        passphrase_fd,
        is_explicit=passphrase_fd is not None or getattr(named, "name", "") == "COMMANDLINE",
    ).taken()
    context.obj = Session(
        home_choice=home or None,
        offline=offline,
        passphrase=source,
        key_file=key_file or None,
        uses_agent=not no_agent,
    )
    if context.invoked_subcommand is None:
        _open_app(context.obj)


def _open_app(session: Session) -> None:
    """Start the terminal app.

    Raises:
        UsageError: there is no terminal to show it on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The app needs a terminal; for what works without one see: maskwell -h.")
    from maskwell.tui import run  # noqa: PLC0415  # loads Textual

    passphrase = session.passphrase.get() if session.passphrase.is_given else None
    code = run(
        session.home,
        session.settings,
        offline=session.offline,
        passphrase=passphrase,
        key_file=Path(session.key_file) if session.key_file else None,
        uses_agent=session.uses_agent and not session.passphrase.is_explicit,
    )
    raise typer.Exit(code)
