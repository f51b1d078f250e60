"""`maskwell clip`: protect or restore what is on the clipboard, in place."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.clipboard import (
    PRINTED,
    clear_in_background,
    clear_later,
    copy_or_print,
    paste,
    watch,
)
from maskwell.cli.options import Policy, Scope, one_of, session_of
from maskwell.cli.receipts import tell_receipt
from maskwell.cli.terminal import say
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from maskwell.cli.session import Session
    from maskwell.machine.clipboard import ClipboardWatch
    from maskwell.shield import Shield

__all__ = ["clip"]

DESTINATION = "clipboard"


def clip(
    context: typer.Context,
    *,
    restore: Annotated[
        bool, typer.Option("--restore", help="Put the real values back instead.")
    ] = False,
    keep_watching: Annotated[
        bool,
        typer.Option("--watch", help="Stay, and restore each reply as soon as it is copied."),
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
    --restore, and paste. With --watch the reply is restored as soon as you copy it. Restored
    text is cleared from the clipboard after a minute, or the time your settings say.
    """
    one_of(restore=restore, watch=keep_watching)
    session = session_of(context)
    text = paste()
    if not text.strip():
        raise InputUnreadable("The clipboard holds no text; copy some first.")
    name = scope or session.settings.default.scope
    if restore:
        result, how = _restored(session, text, name)
    else:
        with session.open(detecting=True, offer_vault=True) as shield:
            result, how = _protected(shield, text, name, policy)
            if keep_watching and how != PRINTED:
                _watch(shield, name, clear_after or session.settings.clipboard.clear_after_s)
                return
    if how == PRINTED:
        return
    if clear_after is not None:
        clear_later(result, clear_after)
    elif restore:
        clear_in_background(result, session.settings.clipboard.clear_after_s)


def _restored(session: "Session", text: str, scope: str) -> tuple[str, str]:
    with session.open() as shield:
        restored = shield.restore(text, scope=scope)
    how = copy_or_print(restored.text, "the restored text")
    tell_receipt(restored.receipt)
    return restored.text, how


def _protected(shield: "Shield", text: str, scope: str, policy: str | None) -> tuple[str, str]:
    protected = shield.protect(text, scope=scope, policy=policy, destination=DESTINATION)
    entry = shield.hand_over(protected, destination=DESTINATION, policy=shield.policy(policy))
    how = copy_or_print(protected.text, "the protected text")
    shield.vault.ledger.finish(entry, "sent", detail=how)
    return protected.text, how


def _watch(shield: "Shield", scope: str, clear_after_s: float) -> None:
    """Restore each reply that is copied, until Ctrl-C; what holds no token is left alone."""
    watching = watch()
    say("Paste it into your chatbot and copy its reply; it is restored then (Ctrl-C: end).")
    try:
        while True:
            reply = watching.wait()
            restored = shield.restore(reply or "", scope=scope)
            if not (restored.receipt.restored or restored.receipt.altered):
                continue
            watching.overlook(restored.text)
            if copy_or_print(restored.text, "the restored reply") != PRINTED and clear_after_s:
                _clear_while_watching(watching, restored.text, clear_after_s)
            tell_receipt(restored.receipt)
    except KeyboardInterrupt:
        say("")


def _clear_while_watching(watching: "ClipboardWatch", text: str, seconds: float) -> None:
    """Leave the text on the clipboard for its time; another copy ends that sooner."""
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end and watching.still_holds(text):
            time.sleep(watching.every_s)
    finally:
        if watching.clear(text):
            say("The clipboard was cleared.")
