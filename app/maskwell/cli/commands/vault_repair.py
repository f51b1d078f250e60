"""`maskwell vault repair`: a damaged header mended with a secret that still opens it."""

from typing import Annotated

import typer

from maskwell.cli.commands.vault import app
from maskwell.cli.commands.vault_keys import code_secret
from maskwell.cli.options import session_of
from maskwell.cli.terminal import say

__all__ = ["repair"]

_WAYS = {
    "passphrase": "passphrase",
    "passphrase+keyfile": "passphrase with the key file",
    "recovery": "recovery code",
}


@app.command()
def repair(
    context: typer.Context,
    code_file: Annotated[
        str | None,
        typer.Option(
            "--recovery-code-file",
            metavar="FILE",
            help="Open what is left with the recovery code in FILE; - asks for it.",
        ),
    ] = None,
) -> None:
    """Mend a damaged header: what tells how the vault opens, not what it holds.

    One changed byte is undone. Of a header that is damaged further, the one way in that still
    opens is kept. The damaged header is kept beside.
    """
    from maskwell.cli.unlocking import given_secret, refuse_missing  # noqa: PLC0415  # loads SQLCipher
    from maskwell.vault.repairing import is_damaged, repair_header  # noqa: PLC0415  # likewise

    session = session_of(context)
    refuse_missing(session.home)
    if not is_damaged(session.home):
        say("The vault's header is whole; there is nothing to mend.")
        return
    secret = given_secret(session) if code_file is None else code_secret(code_file)
    repaired = repair_header(session.home, secret)
    say(f"The header is mended; the damaged one is kept in {repaired.aside}.")
    if not repaired.is_exact:
        (left,) = repaired.slots
        say(f"Only the {_WAYS[left]} opens it now: set the other ways in up anew.")
    if repaired.is_end_lost:
        say(
            "Nothing in the vault's folder remembers where the audit trail ended: entries that "
            "were cut off its end would not be noticed."
        )
