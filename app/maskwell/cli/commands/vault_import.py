"""`maskwell vault import`: another vault joined to this one."""

from pathlib import Path
from typing import Annotated

import typer

from maskwell.cli.commands.vault import app
from maskwell.cli.options import AsJson, session_of
from maskwell.cli.passphrases import PassphraseSource
from maskwell.cli.tables import show_json
from maskwell.cli.terminal import ask_secret, can_ask, say
from maskwell.errors import VaultLocked

__all__ = ["import_"]


@app.command("import")
def import_(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="A backup of the other vault, or its folder.")
    ],
    *,
    their_file: Annotated[
        str | None,
        typer.Option(
            "--their-passphrase-file",
            metavar="FILE",
            help="Read the other vault's passphrase from the first line of FILE.",
        ),
    ] = None,
    their_key_file: Annotated[
        str | None,
        typer.Option("--their-key-file", metavar="FILE", help="The other vault's key file."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in all of another vault: its people, scopes, chats, ledger and words.

    Tokens of both go on restoring. A scope whose name is taken gets a number behind it. What was
    erased here does not come back from a copy of this vault.
    """
    with session_of(context).open() as shield:
        passphrase = _theirs(their_file)
        key_file = Path(their_key_file) if their_key_file else None
        joined = shield.vault.import_vault(Path(source), passphrase, key_file=key_file)
    counts = {
        "entities": joined.entities,
        "tokens": joined.tokens,
        "conversations": joined.conversations,
        "messages": joined.messages,
        "ledger_entries": joined.ledger_entries,
        "files": joined.files,
        "terms": joined.terms,
        "erased": joined.erased,
    }
    if as_json:
        show_json({"scopes": joined.scopes, **counts})
    for theirs, ours in joined.scopes.items():
        if theirs != ours:
            say(f"The scope {theirs} of the other vault is called {ours} here.")
    say(f"Taken in: {joined.tokens} tokens, {joined.conversations} chats, {joined.terms} words.")


def _theirs(file: str | None) -> str:
    """Return the other vault's passphrase.

    Raises:
        VaultLocked: there is none to be had.
    """
    if file is not None:
        return PassphraseSource(file).get()
    if not can_ask():
        raise VaultLocked("The other vault needs its passphrase: give --their-passphrase-file.")
    return ask_secret("Passphrase of the other vault: ")
