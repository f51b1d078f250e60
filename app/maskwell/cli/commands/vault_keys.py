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
from maskwell.errors import VaultLocked

if TYPE_CHECKING:
    from maskwell.cli.session import Session
    from maskwell.vault import KdfParameters, Secret, Vault

__all__ = ["backup", "code_secret", "kdf_of", "passphrase", "recovery", "restore", "rotate"]

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
    """Change the passphrase; a forgotten one is replaced with the help of the recovery code.

    A key file that was given stays the second thing the vault asks for. If somebody may have the
    old passphrase and an old copy of the vault, make a new key as well: maskwell vault rotate.
    """
    session = session_of(context)
    with _opened(session, code_file) as vault:
        new = PassphraseSource(new_file).choose()
        key_file = Path(session.key_file) if session.key_file else None
        vault.slots.change_passphrase(new, key_file=key_file, kdf=kdf_of(session))
    say("The vault opens with the new passphrase from now on, and not with the old one.")


@app.command()
def recovery(
    context: typer.Context,
    is_removing: Annotated[
        bool, typer.Option("--remove", help="Let no recovery code open the vault any more.")
    ] = False,
) -> None:
    """Print a new recovery code; an older one no longer opens the vault.

    Write it down and keep it away from this machine: it opens the vault without the
    passphrase. It is kept nowhere else.
    """
    with session_of(context).open_vault() as vault:
        if not is_removing:
            typer.echo(vault.slots.new_recovery_code())
            return
        for slot in vault.slots.all():
            if slot.kind == "recovery":
                vault.slots.remove(slot.id)
    say("No recovery code opens the vault from now on.")


@app.command()
def rotate(context: typer.Context) -> None:
    """Encrypt everything anew, with another key; prints the new recovery code if there was one."""
    from maskwell.agent.client import renew_key  # noqa: PLC0415  # loads SQLCipher

    session = session_of(context)
    session.passphrase = session.passphrase.remembered()
    key_file = Path(session.key_file) if session.key_file else None
    with session.open_vault() as vault:
        rotated = vault.rotate(session.passphrase.get(), key_file=key_file)
        renew_key(session.home, vault.copy_key())
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
    with session_of(context).open() as shield:
        report = shield.vault.backup(Path(file))
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
    code_file: _CodeFile = None,
) -> None:
    """Put the vault of a backup in its place; it opens with what opened it then."""
    from maskwell.agent.client import lock_agent  # noqa: PLC0415  # loads SQLCipher
    from maskwell.cli.unlocking import given_secret  # noqa: PLC0415  # likewise
    from maskwell.vault.backup import restore_backup  # noqa: PLC0415  # likewise
    from maskwell.vault.unlocking import unlock  # noqa: PLC0415  # likewise

    session = session_of(context)
    secret = given_secret(session) if code_file is None else code_secret(code_file)
    aside = restore_backup(
        Path(file),
        session.home,
        lambda header: unlock(header, secret),
        is_replacing=is_replacing,
    )
    if lock_agent(session.home):
        say("The agent was locked: it held the key of the vault that was there.")
    if aside is not None:
        say(f"The vault that was there is kept in {aside}.")
    say(f"The vault of the backup is in {session.home.root}.")


def kdf_of(session: "Session") -> "KdfParameters":
    """Return what deriving a key from a new passphrase shall cost."""
    from maskwell.vault import DEFAULT_KDF  # noqa: PLC0415  # loads SQLCipher

    return replace(DEFAULT_KDF, memory_kib=session.settings.vault.kdf_memory_mib * 1024)


def _opened(session: "Session", code_file: str | None) -> "Vault":
    """Open the vault with its passphrase, or with the recovery code."""
    from maskwell.cli.unlocking import refuse_missing  # noqa: PLC0415  # loads SQLCipher
    from maskwell.vault import Vault  # noqa: PLC0415  # likewise

    if code_file is None:
        return session.open_vault()
    refuse_missing(session.home)
    return Vault.open_with_secret(session.home, code_secret(code_file))


def code_secret(code_file: str) -> "Secret":
    """Return the recovery code in a file, or as it is typed where the file is `-`.

    Raises:
        VaultLocked: there is nobody to ask.
        UsageError: it is mistyped; the message says where.
    """
    from maskwell.vault import recovery_secret  # noqa: PLC0415  # loads SQLCipher

    if code_file != "-":
        return recovery_secret(PassphraseSource(code_file).get())
    if can_ask():
        return recovery_secret(ask_secret("Recovery code: "))
    raise VaultLocked("The recovery code is asked for at a terminal; or give its file.")


def _and(words: tuple[str, ...]) -> str:
    return ", ".join(words)
