"""`maskwell vault keyfile|keyring`: other ways into the vault, none of which encrypts it anew."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.commands.vault import app
from maskwell.cli.commands.vault_keys import kdf_of
from maskwell.cli.options import AsJson, session_of
from maskwell.cli.tables import show_json
from maskwell.cli.terminal import say
from maskwell.errors import UsageError, VaultError

if TYPE_CHECKING:
    from maskwell.cli.session import Session

__all__ = ["keyfile", "keyring"]

keyfile = typer.Typer(
    help="A file that has to be there besides the passphrase.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
keyring = typer.Typer(
    help="The system's keyring, which opens the vault without a passphrase.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(keyfile, name="keyfile")
app.add_typer(keyring, name="keyring")

_KeyFile = Annotated[str, typer.Argument(metavar="FILE", help="The key file.")]


@keyfile.command("make")
def make_file(file: _KeyFile) -> None:
    """Make a new key file with random content; nothing asks for it until it is added."""
    from maskwell.vault import make_key_file  # noqa: PLC0415  # loads SQLCipher

    make_key_file(Path(file))
    say(f"The key file is {file}. Add it with: maskwell vault keyfile add {file}.")


@keyfile.command("add")
def add_file(context: typer.Context, file: _KeyFile) -> None:
    """Ask for this file besides the passphrase from now on; the passphrase stays as it is.

    Without the file, or with one changed byte in it, the vault does not open any more: keep a
    copy, and have a recovery code.
    """
    session = session_of(context)
    passphrase = _asked_once(session)
    with session.open_vault() as vault:
        vault.slots.change_passphrase(passphrase, key_file=Path(file), kdf=kdf_of(session))
    say(f"The vault opens with the passphrase and the key file {file} together from now on.")


@keyfile.command("remove")
def remove_file(context: typer.Context) -> None:
    """Ask for the passphrase alone again; give the key file once more with --key-file."""
    session = session_of(context)
    if not session.key_file:
        raise UsageError("Give the key file once more, before the command: --key-file FILE.")
    passphrase = _asked_once(session)
    with session.open_vault() as vault:
        vault.slots.change_passphrase(passphrase, kdf=kdf_of(session))
    say("The vault opens with the passphrase alone from now on.")


@keyring.command("add")
def add_keyring(context: typer.Context) -> None:
    """Let the system's keyring open the vault: no passphrase is asked for while you are logged in.

    Only a keyring that keeps secrets encrypted is used, and what it stored is read back.
    """
    with session_of(context).open_vault() as vault:
        vault.use_keyring()
    say("The system's keyring opens the vault too from now on.")


@keyring.command("remove")
def remove_keyring(context: typer.Context) -> None:
    """Let the keyring open the vault no more, and clear what it holds."""
    with session_of(context).open_vault() as vault:
        vault.forget_keyring()
    say("The system's keyring no longer opens the vault.")


@keyring.command("check")
def check_keyring(context: typer.Context, as_json: AsJson = False) -> None:
    """Say whether there is a keyring and whether it opens the vault; exit code 3 when not."""
    from maskwell.cli.unlocking import refuse_missing  # noqa: PLC0415  # loads SQLCipher
    from maskwell.vault.opening import read_current_header  # noqa: PLC0415  # likewise
    from maskwell.vault.systemkeyring import fetch_secret, find_keyring  # noqa: PLC0415  # likewise
    from maskwell.vault.unlocking import unlock  # noqa: PLC0415  # likewise

    session = session_of(context)
    refuse_missing(session.home)
    header = read_current_header(session.home)
    backend = find_keyring()
    name = f"{type(backend).__module__}.{type(backend).__name__}"
    problem = ""
    try:
        unlock(header, fetch_secret(header.vault_id, backend)).wipe()
    except VaultError as error:
        problem = str(error)
    if as_json:
        show_json({"keyring": name, "opens": not problem, "problem": problem})
    if problem:
        raise VaultError(problem)
    say(f"The keyring {name} opens the vault.")


def _asked_once(session: "Session") -> str:
    """Return the passphrase, which the vault is then opened with as well."""
    session.passphrase = session.passphrase.remembered()
    return session.passphrase.get()
