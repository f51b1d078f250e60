"""`maskwell clip`: protect or restore what is on the clipboard, in place."""

from typing import Annotated

import typer

from maskwell.cli.clipboard import PRINTED, clear_later, copy_or_print, paste
from maskwell.cli.options import Policy, Scope, session_of
from maskwell.cli.receipts import tell_receipt
from maskwell.errors import InputUnreadable

__all__ = ["clip"]

DESTINATION = "clipboard"


def clip(
    context: typer.Context,
    restore: Annotated[
        bool, typer.Option("--restore", help="Put the real values back instead.")
    ] = False,
    scope: Scope = None,
    policy: Policy = None,
    clear_after: Annotated[
        float | None,
        typer.Option(
            "--clear-after",
            metavar="SECONDS",
            min=0,
            help="Stay, and clear the clipboard after this time if it is unchanged.",
        ),
    ] = None,
) -> None:
    """Protect the text on the clipboard, or restore it.

    Copy a text, run this, and paste into any chatbot; copy its reply, run this with
    --restore, and paste.
    """
    session = session_of(context)
    text = paste()
    if not text.strip():
        raise InputUnreadable("The clipboard holds no text; copy some first.")
    name = scope or session.settings.default.scope
    if restore:
        with session.open() as shield:
            restored = shield.restore(text, scope=name)
        result = restored.text
        how = copy_or_print(result, "the restored text")
        tell_receipt(restored.receipt)
    else:
        with session.open(detecting=True, offer_vault=True) as shield:
            protected = shield.protect(text, scope=name, policy=policy, destination=DESTINATION)
            entry = shield.hand_over(protected, destination=DESTINATION)
            result = protected.text
            how = copy_or_print(result, "the protected text")
            shield.vault.ledger.finish(entry, "sent", detail=how)
    if clear_after is not None and how != PRINTED:
        clear_later(result, clear_after)
