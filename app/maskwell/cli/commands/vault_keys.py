"""`maskwell vault passphrase|recovery|rotate|backup|restore`: who can open it, and copies of it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.commands.vault import app
from maskwell.cli.options import AsJson, session_of
from maskwell.cli.passphrases import PassphraseSource
from maskwell.cli.tables import show_json
from maskwell.cli.terminal import ask_secret, can_ask, say
from maskwell.errors import UsageError, VaultLocked

if TYPE_CHECKING:
    from maskwell.cli.session import Session
    from maskwell.vault import KdfParameters, Vault

__all__ = ["backup", "passphrase", "recovery", "restore", "rotate"]

_NewFile = Annotated[
    str | None,
    typer.Option(
        "--new-passphrase-file",
        metavar="FILE",
        help="Read the new passphrase from the first line of FILE.",
    ),
]
_CodeFile = Annotated[
    str | None,
    typer.Option(
        "--recovery-code-file",
        metavar="FILE",
        help="Open with the recovery code in FILE; - asks for it.",
    ),
]


@app.command()
def passphrase(
    context: typer.Context, new_file: _NewFile = None, code_file: _CodeFile = None
) -> None:
    """Change the passphrase; a forgotten one is replaced with the help of the recovery code."""
    session = session_of(context)
    with _opened(session, code_file) as vault:
        new = PassphraseSource(new_file).choose()
        vault.slots.change_passphrase(new, kdf=_kdf(session))
    say("The vault opens with the new passphrase from now on, and not with the old one.")


@app.command()
def recovery(context: typer.Context) -> None:
    """Print a new recovery code; an older one no longer opens the vault.

    Write it down and keep it away from this machine: it opens the vault without the
    passphrase. It is kept nowhere else.
    """
    with _opened(session_of(context), None) as vault:
        typer.echo(vault.slots.new_recovery_code())


@app.command()
def rotate(context: typer.Context) -> None:
    """Encrypt everything anew, with another key; prints the new recovery code if there was one."""
    session = session_of(context)
    secret = session.passphrase.get()
    with _open_with(session, secret) as vault:
        rotated = vault.rotate(secret)
    if rotated.recovery_code:
        typer.echo(rotated.recovery_code)
        say("The recovery code on standard output replaces the old one.")
    if rotated.dropped:
        say(f"These no longer open the vault and must be set up again: {_and(rotated.dropped)}.")
    say("The vault is encrypted under a new key.")


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write it.")],
    as_json: AsJson = False,
) -> None:
    """Write an encrypted backup, and open it to prove that it is whole."""
    with _opened(session_of(context), None) as vault:
        report = vault.backup(Path(file))
    if as_json:
        show_json({"file": file, "bytes": report.size_bytes, "rows": report.rows})
    say(f"The backup in {file} is whole; it opens with the passphrase of today.")


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The backup.")],
    is_replacing: Annotated[
        bool, typer.Option("--replace", help="Move a vault that is there aside.")
    ] = False,
) -> None:
    """Put the vault of a backup in its place; it opens with the passphrase it had then."""
    from maskwell.vault import Vault  # noqa: PLC0415  # loads SQLCipher

    session = session_of(context)
    aside = Vault.restore_backup(
        Path(file), session.home, session.passphrase.get(), is_replacing=is_replacing
    )
    if aside is not None:
        say(f"The vault that was there is kept in {aside}.")
    say(f"The vault of the backup is in {session.home.root}.")


def _opened(session: "Session", code_file: str | None) -> "Vault":
    """Open the vault with its passphrase, or with the recovery code."""
    from maskwell.vault import Vault  # noqa: PLC0415  # loads SQLCipher
    from maskwell.vault.unlocking import recovery_secret  # noqa: PLC0415  # with it

    if code_file is None:
        return _open_with(session, session.passphrase.get())
    if code_file != "-":
        code = PassphraseSource(code_file).get()
    elif can_ask():
        code = ask_secret("Recovery code: ")
    else:
        raise VaultLocked("The recovery code is asked for at a terminal; or give its file.")
    return Vault.open_with_secret(session.home, recovery_secret(code))


def _open_with(session: "Session", secret: str) -> "Vault":
    from maskwell.vault import Vault  # noqa: PLC0415  # loads SQLCipher

    if not secret:
        raise UsageError("The passphrase is empty.")
    return Vault.open(session.home, secret)


def _kdf(session: "Session") -> "KdfParameters":
    from maskwell.vault import DEFAULT_KDF  # noqa: PLC0415  # loads SQLCipher

    return replace(DEFAULT_KDF, memory_kib=session.settings.vault.kdf_memory_mib * 1024)


def _and(words: tuple[str, ...]) -> str:
    return ", ".join(words)
